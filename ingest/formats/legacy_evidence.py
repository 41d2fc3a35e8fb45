"""Find which stretches of a document are in which legacy encoding.

Each word with signs beyond ASCII speaks for the encodings in which it makes Vietnamese syllables
and against the others. The best sequence of encodings is the one that most words and fonts speak
for, when each change of encoding costs something, less where the font changes too.
"""

import itertools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.formats.legacy_tables import ENCODINGS, VISCII, VPS, encoding_of_font, letters_of
from ingest.formats.syllables import is_syllable

UNICODE = ""
_STATES = (UNICODE, *ENCODINGS)

# A word as it stands in any encoding: ASCII letters, and all beyond ASCII but spaces.
_TOKEN = re.compile(
    r"[A-Za-z\u0080-\u009f\u00a1-\u1fff\u2010-\u2027\u2030-\u2fff\u3001-\U0010ffff]+"
)
_LETTERS = re.compile(r"[^\W\d_]+")
# Signs that stand beside letters in legacy text, hardly ever in Unicode text.
_SIGN = "\u00a1-\u00b0\u00b4-\u00be\u00d7\u00f7\u0080-\u009f\uf020-\uf0ff"
_SIGN_IN_WORD = re.compile(rf"[A-Za-z][{_SIGN}]|[{_SIGN}][A-Za-z]")
# What does stand there: micrograms, trade marks, French quotation marks, degrees, optional hyphens.
_UNITS = re.compile(
    r"[µμ](?:[mgslLAVWF]|Sv|mol)\b|(?<=[A-Za-z]{3})[®©]|^[«°]+|[»°]+$|°(?=[CF]\b)|\u00ad"
)
_ONLY_VIETNAMESE = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]")
_ACRONYM = re.compile("[A-ZĂÂĐÊÔƠƯ]{1,8}|đ")

# Worth of a font's name, in words, and at most of what the rest of its text speaks against it.
_NAMED, _AGAINST = 0.6, 0.9
_FEW_WORDS = 5  # of a font; so many say half as much about the rest as very many
_ONE_LETTER = 0.3  # worth of a word that is one: "ở", but also a sign of any other language
_RARE = -0.4  # VISCII and VPS, unless the font says so
# A change of encoding costs as much evidence as this.
_CHANGE_IN_LINE, _CHANGE_WITH_LINE, _CHANGE_WITH_FONT = 3.0, 1.5, 1.0
_LEGACY_AT_START = 2.5  # in a font that does not say so


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text that is in one encoding: `text[start:end]`."""

    start: int
    end: int
    encoding: str  # "" for Unicode


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    font: str
    line: int
    scores: tuple[float, ...]  # as _STATES


def find_encodings(text: str, starts: Sequence[int], fonts: Sequence[str]) -> list[Stretch]:
    """Cut a document's text where its encoding changes.

    Args:
        text: All runs joined.
        starts: Where each run begins, and the end of the last.
        fonts: Each run's font.
    """
    named = {font: encoding_of_font(font) for font in set(fonts)}
    if not any(named.values()) and _is_unicode(text):
        return [Stretch(0, len(text), UNICODE)]
    words = _judge_words(text, starts, fonts)
    path = _best_path(words, named)
    stretches: list[Stretch] = []
    begin, state = 0, path[0] if path else UNICODE
    for word, encoding in zip(words, path, strict=True):
        if encoding != state:
            stretches.append(Stretch(begin, word.start, state))
            begin, state = word.start, encoding
    stretches.append(Stretch(begin, len(text), state))
    return stretches


def _is_unicode(text: str) -> bool:
    """Say whether no word reads better in any legacy encoding: so it is in most documents."""
    tokens = (token for token in set(_TOKEN.findall(text)) if not token.isascii())
    return all(scores[0] >= max(scores) for scores in map(_scores, tokens))


def _judge_words(text: str, starts: Sequence[int], fonts: Sequence[str]) -> list[_Word]:
    words: list[_Word] = []
    line = at_line = 0
    for match in _TOKEN.finditer(text):
        if match[0].isascii():
            continue
        cuts = [match.start(), match.end()]
        last = bisect_right(starts, match.end() - 1) - 1
        first = bisect_right(starts, match.start()) - 1
        if last > first and max(_scores(match[0])) <= 0:
            # No word in any encoding: perhaps the last of one cell and the first of the next.
            cuts[1:1] = [start for start in starts[first + 1 : last + 1] if start > cuts[0]]
        for start, end in itertools.pairwise(cuts):
            token = text[start:end]
            if not token.isascii():
                at = start + next(i for i, c in enumerate(token) if c > "\x7f")
                font = fonts[bisect_right(starts, at) - 1]
                line, at_line = line + text.count("\n", at_line, start), start
                words.append(_Word(start, font, line, _scores(token)))
    return words


def _best_path(words: Sequence[_Word], named: dict[str, str]) -> list[str]:
    """Give each word's encoding in the sequence that is worth most (Viterbi)."""
    if not words:
        return []
    worth = [0.0] + [
        0.0 if named[words[0].font] == state else -_LEGACY_AT_START for state in ENCODINGS
    ]
    came_from: list[list[int]] = []
    states = range(len(_STATES))
    priors = _weigh_fonts(words, named)
    for before, word in itertools.pairwise([words[0], *words]):
        cost = _CHANGE_IN_LINE if word.line == before.line else _CHANGE_WITH_LINE
        if word.font != before.font:
            cost = _CHANGE_WITH_FONT
        best = max(states, key=worth.__getitem__)
        come = [best if worth[best] - cost > worth[state] else state for state in states]
        prior = priors[word.font]
        worth = [
            worth[come[state]]
            - (cost if come[state] != state else 0.0)
            + word.scores[state]
            + prior[state]
            for state in states
        ]
        came_from.append(come)
    state = max(states, key=worth.__getitem__)
    path = []
    for come in reversed(came_from):
        path.append(_STATES[state])
        state = come[state]
    return path[::-1]


def _weigh_fonts(words: Sequence[_Word], named: dict[str, str]) -> dict[str, list[float]]:
    """Say what each font speaks for, by its name and by how all of its words read."""
    totals = {font: [0.0] * len(_STATES) for font in named}
    counts = dict.fromkeys(named, 0)
    for word in words:
        counts[word.font] += 1
        for state, score in enumerate(word.scores):
            totals[word.font][state] += score
    return {
        font: [
            (_NAMED if state == encoding else _RARE if state in (VISCII, VPS) else 0.0)
            + max((total - max(totals[font])) / (counts[font] + _FEW_WORDS), -_AGAINST)
            for state, total in zip(_STATES, totals[font], strict=True)
        ]
        for font, encoding in named.items()
    }


@lru_cache(maxsize=50_000)
def _scores(token: str) -> tuple[float, ...]:
    """Say how well a word reads in each encoding: 1 as Vietnamese, 0 as anything, below 0 not."""
    if not any(map(str.isalpha, token)):
        return (0.0,) * len(_STATES)  # "•", "…"
    worth = _ONE_LETTER if len(token) == 1 else 1.0
    legacy = (worth * _score_legacy(token, encoding) for encoding in ENCODINGS)
    return (worth * _score_unicode(token), *legacy)


def _score_unicode(token: str) -> float:
    word = _UNITS.sub("", unicodedata.normalize("NFC", token))
    if _SIGN_IN_WORD.search(word):
        return -1.0
    if _ONLY_VIETNAMESE.search(word) and all(map(_ACRONYM.fullmatch, _LETTERS.findall(word))):
        return 1.0  # "NĐ", "BLĐTBXH"
    return score_word(word)


def _score_legacy(token: str, encoding: str) -> float:
    word, foreign = to_unicode(token, encoding)
    if foreign:
        return -2.0 if _ONLY_VIETNAMESE.search(token) else -1.0
    return score_word(word)


def score_word(word: str) -> float:
    """Say whether what carries marks in a word is Vietnamese: 1, cannot be told: 0, is not: -1."""
    marked = [part for part in _LETTERS.findall(word) if not part.isascii()]
    if not marked or all(_ACRONYM.fullmatch(part) for part in marked):
        return 0.0
    return 1.0 if all(is_syllable(part) for part in marked) else -1.0


def to_unicode(token: str, encoding: str) -> tuple[str, bool]:
    """Read a word in an encoding, and say whether letters are left that the encoding lacks."""
    table = letters_of(encoding)
    out, foreign, at = [], False, 0
    while at < len(token):
        width = 2 if token[at : at + 2] in table else 1
        letter = table.get(token[at : at + width], token[at])
        if width == 1 and token[at] not in table and token[at] > "\x7f" and token[at].isalpha():
            foreign = True
        out.append(letter)
        at += width
    return "".join(out), foreign
