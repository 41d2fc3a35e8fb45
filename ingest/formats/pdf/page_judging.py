"""Judge a page's text layer: whether its letters are the words that a reader sees."""

import re
from collections.abc import Sequence
from enum import StrEnum

from ingest.formats.pdf.page_words import PageContent, PageWord
from ingest.formats.syllables import is_syllable
from vietnamese import has_diacritics

_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-z]*[aeiouy][a-z]*", re.IGNORECASE)

_FEW_WORDS = 12  # too few to judge a page by
_FEW_BESIDE_PICTURE = 60  # a stamp over a scan has no more
_PICTURE = 0.5  # of the page, from which it is a scan
_FAULTS = 0.08  # share of unknown letters
_WORDLIKE = 0.6  # share of words below which a layer is garbled
_SYLLABLES = 0.82  # the same for an invisible layer, as scanning machines write it
_MARKED = 0.35  # share of a Vietnamese page's syllables that carry marks, at least


class Layer(StrEnum):
    """What a page's text layer is worth."""

    GOOD = "good"
    BAD = "bad"  # garbled
    ABSENT = "absent"
    BLANK = "blank"  # nothing is drawn on the page either


def judge_layer(page: PageContent) -> Layer:
    """Judge a page by the words that its file gives, in Unicode."""
    words = whole_words(page.words)
    if not words:
        if page.faults:
            return Layer.BAD
        return Layer.ABSENT if page.is_marked else Layer.BLANK
    if page.faults > _FAULTS:
        return Layer.BAD
    if page.picture_share >= _PICTURE and len(words) < _FEW_BESIDE_PICTURE and not page.is_hidden:
        return Layer.ABSENT
    letters = letter_words(words)
    if len(letters) < _FEW_WORDS:
        return Layer.BAD if page.is_hidden else Layer.GOOD
    if page.is_hidden:
        return (
            Layer.GOOD if syllable_share(words) >= _SYLLABLES and _is_marked(letters) else Layer.BAD
        )
    wordlike = sum(_is_wordlike(word) for word in letters)
    return Layer.GOOD if wordlike >= _WORDLIKE * len(letters) else Layer.BAD


def whole_words(parts: Sequence[PageWord]) -> list[str]:
    """Put the parts of words together that are set in several fonts."""
    words: list[str] = []
    for part in parts:
        if part.glued and words:
            words[-1] += part.text
        else:
            words.append(part.text)
    return words


def letter_words(words: Sequence[str]) -> list[str]:
    """Give the words without digits and signs."""
    return [match for word in words for match in _LETTERS.findall(word)]


def syllable_share(words: Sequence[str]) -> float:
    """Say which share of the words of letters are Vietnamese syllables; 0 if there is none."""
    letters = letter_words(words)
    if not letters:
        return 0.0
    return sum(_is_known(word) for word in letters) / len(letters)


def _is_known(word: str) -> bool:
    # Short words in capitals are names of bodies: "UBND", "HĐND".
    return is_syllable(word.lower()) or (word.isupper() and len(word) <= 6)


def _is_wordlike(word: str) -> bool:
    return _is_known(word) or (bool(_LATIN.fullmatch(word)) and len(word) <= 20)


def _is_marked(letters: Sequence[str]) -> bool:
    return sum(map(has_diacritics, letters)) >= _MARKED * len(letters)
