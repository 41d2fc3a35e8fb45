"""Turn letters of legacy Vietnamese encodings into Unicode, run by run of one font.

A font's name says what its letters are, unless the letters say otherwise: officials set Unicode
text in ".VnTime" and TCVN3 text in "Times New Roman", and one document holds both. So each word is
judged by whether it makes Vietnamese syllables in an encoding, and words next to each other are
taken to be in one encoding unless they clearly are not. `viparse` judges whole blocks by the
frequency of single letters, which leaves short runs and mixed blocks to chance.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ingest.formats.diacritics import attach_marks, mend_marks
from ingest.formats.legacy_evidence import Stretch, find_encodings, score_word, to_unicode
from ingest.formats.legacy_tables import (
    ENCODINGS,
    TCVN3,
    VNI,
    VNI_TONES,
    letters_of,
)
from ingest.formats.syllables import is_syllable, strip_tones
from vietnamese import normalise

_WINDOWS = "windows-1258"
# Of the marked words of a text file: this share makes it Vietnamese, this much more than the next
# best reading makes it that one, and fewer words than this tell nothing.
_MOSTLY, _CLEARLY, _FEWEST = 0.75, 0.02, 2
# What stands at 0x80 to 0x9f of files otherwise read as Latin-1: quotation marks, dashes, points.
_WINDOWS_SIGNS = {
    byte: bytes([byte]).decode("cp1252", "ignore") or None for byte in range(0x80, 0xA0)
}
_SOFT_HYPHEN = "\u00ad"
_VOWELS = frozenset("aăâeêioôơuưy")
_NO_WORDS = frozenset("ãìắằẳẵặ")
_TCVN3_SIGNS = frozenset(letters_of(TCVN3))
_BEFORE = re.compile(r"[^\W\d_\s](?:[^\s\d\-.,;:()/])*\Z|[A-Za-z]+\Z")
_AFTER = re.compile(r"[^\s\d\-.,;:()/]+")
_MARKED_WORD = re.compile(r"[^\s\x21-\x40]*[^\x00-\x7f\s][^\s\x21-\x40]*")


@dataclass(frozen=True, slots=True)
class Run:
    """Text set in one font."""

    text: str
    font: str = ""  # name as the file gives it: ".VnTime", "ABCDEE+VNI-Times"; "" if it gives none


def convert_runs(runs: Sequence[Run]) -> tuple[tuple[str, ...], str]:
    r"""Give the texts of a document's runs in Unicode, in stored form, and what they were in.

    Fonts that draw small letters as capitals (".VnTimeH") change no letter: what was typed is kept.

    Args:
        runs: All runs of one document, in reading order. Runs follow each other without a space
            unless one has it; a run of "\n" between paragraphs or cells keeps their words apart.

    Returns:
        As many texts as runs, and the legacy encodings found, "TCVN3, VNI"; "" if none.
    """
    text = "".join(run.text for run in runs)
    if text.isascii():
        return tuple(normalise(run.text) for run in runs), ""
    starts = [0, *accumulate(len(run.text) for run in runs)]
    pieces: list[list[str]] = [[] for _ in runs]
    counts: Counter[str] = Counter()
    for stretch in find_encodings(text, starts, [run.font for run in runs]):
        if not stretch.encoding:
            _share(text, stretch, starts, pieces)
            continue
        for letter, at, changed in _letters(text, stretch):
            run = bisect_right(starts, at) - 1
            counts[stretch.encoding] += changed
            pieces[run].append(letter)
    joined = [unicodedata.normalize("NFC", "".join(piece)) for piece in pieces]
    mended = map(mend_marks, attach_marks(joined))
    found = ", ".join(encoding for encoding, count in counts.most_common() if count)
    return tuple(normalise(piece) for piece in mended), found


def decode_legacy(content: bytes) -> tuple[str, str] | None:
    """Decode a text file's bytes from TCVN3, VNI, VISCII, VPS or windows-1258.

    Returns:
        The text in stored form and the encoding's name; None if it is none of these.
    """
    if content.isascii() or b"\x00" in content:
        return None
    shown = content.decode("latin-1")
    read = {encoding: to_unicode(shown, encoding)[0] for encoding in ENCODINGS}
    read[_WINDOWS] = unicodedata.normalize("NFC", content.decode("cp1258", "replace"))
    shares = {encoding: _vietnamese_share(text) for encoding, text in read.items()}
    best, runner_up = sorted(shares, key=shares.__getitem__, reverse=True)[:2]
    if shares[best] < _MOSTLY or shares[best] - shares[runner_up] < _CLEARLY:
        return None
    text = read[best] if best != TCVN3 else convert_runs([Run(shown, ".VnTime")])[0][0]
    return normalise(mend_marks(text.translate(_WINDOWS_SIGNS))), best


def _share(text: str, stretch: Stretch, starts: Sequence[int], pieces: list[list[str]]) -> None:
    """Hand a stretch that is Unicode already back to its runs."""
    at = stretch.start
    while at < stretch.end:
        run = bisect_right(starts, at) - 1
        end = min(starts[run + 1], stretch.end)
        pieces[run].append(text[at:end])
        at = end


def _letters(text: str, stretch: Stretch) -> Iterator[tuple[str, int, bool]]:
    """Give each letter of a legacy stretch, where its first sign stands, and if it was changed."""
    table = letters_of(stretch.encoding)
    tcvn3 = stretch.encoding == TCVN3
    # PDF readers show the sign of TCVN3's ư as a hyphen, for that is its glyph's name.
    hyphens = tcvn3 and _SOFT_HYPHEN not in text
    at = stretch.start
    word = ""  # as far as it is read
    while at < stretch.end:
        sign = text[at : at + 2]
        if sign not in table:
            sign = text[at]
        letter = table.get(sign)
        if letter is None and hyphens and sign == "-" and _is_horned_u(text, at):
            letter = "ư"
        elif tcvn3 and sign == _SOFT_HYPHEN and _only_parts_lines(text, at):
            sign, letter = _SOFT_HYPHEN, ""
        elif letter is not None and tcvn3 and _stands_alone(text, at, letter):
            letter = None
        elif letter is None and stretch.encoding == VNI and _lacks_tone(word):
            letter = VNI_TONES.get(sign.lower())
        shown = sign if letter is None else letter
        yield shown, at, shown != sign
        word = f"{word}{shown}" if shown.isalpha() or shown == " " else ""
        word = shown if word[-2:-1] == " " else word
        at += len(sign)


def _lacks_tone(word: str) -> bool:
    """Say whether a tone mark that stands astray can belong to a word: "giô ø" is "giờ"."""
    bare, tones = strip_tones(word.rstrip().lower())
    return not tones and bare[-1:] in _VOWELS


def _stands_alone(text: str, at: int, letter: str) -> bool:
    """Say whether a sign is itself: a bullet, "3 × 4", "½"; such letters are no words."""
    around = text[at - 1 : at] + text[at + 1 : at + 2]
    return letter in _NO_WORDS and not any(c.isalpha() or c in _TCVN3_SIGNS for c in around)


def _only_parts_lines(text: str, at: int) -> bool:
    """Say whether a soft hyphen of TCVN3 text is one, for the same byte is its ư.

    Word's optional hyphen has another byte, but both come out of a .doc as soft hyphens.
    """
    left, right = _around(text, at)
    if left.endswith(_SOFT_HYPHEN) or left[-1:] == "ư":
        return True
    whole = is_syllable(f"{left}ư{right}") or not left + right
    return not whole and is_syllable(left + right)


def _is_horned_u(text: str, at: int) -> bool:
    """Say whether a hyphen of TCVN3 text is an ư: "n-íc" is "nước", "kinh tÕ-x· héi" is not."""
    left, right = _around(text, at)
    if not is_syllable(f"{left}ư{right}") or not left + right:
        return False
    return bool(left and not is_syllable(left)) or bool(right and not is_syllable(right))


def _around(text: str, at: int) -> tuple[str, str]:
    """Give the letters before and after a sign within its word, read as TCVN3."""
    before, after = _BEFORE.search(text, max(at - 8, 0), at), _AFTER.match(text, at + 1)
    left = to_unicode(before[0], TCVN3)[0] if before else ""
    right = to_unicode(after[0].lstrip(_SOFT_HYPHEN), TCVN3)[0] if after else ""
    return left, right


def _vietnamese_share(text: str) -> float:
    """Give the share of words with marks that are Vietnamese; 0 if there are too few to tell."""
    scores = [score_word(word) for word in _MARKED_WORD.findall(text)]
    judged = [score for score in scores if score]
    return sum(score > 0 for score in judged) / len(judged) if len(judged) >= _FEWEST else 0.0
