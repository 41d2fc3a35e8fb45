"""Compare the text read from a file with what was expected of it: its words, letters with diacritics.

Fonts like ".VnTimeH" draw small letters as capitals, and transcripts disagree on what that text is:
letters are counted as they are, and once more with capitals and small letters alike.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz.distance import LCSseq

from vietnamese import fold, has_diacritics, normalise

_WORD = re.compile(r"\w+")
# A footnote in stored text begins with its number in raised digits, "⁵ Xã Ảng Cang": in its file the
# number is a word by itself, and expected texts write it in plain digits.
_FOOTNOTE = re.compile(r"^[⁰¹²³⁴⁵⁶⁷⁸⁹]+ ", re.MULTILINE)
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What was expected of a text, and how much of it came out."""

    words: int = 0  # cut at white space
    in_order: int = 0  # of them
    letters: int = 0  # with diacritics
    right: int = 0  # of them
    right_in_any_case: int = 0

    def __add__(self, other: "Reckoning") -> "Reckoning":
        return Reckoning(
            *(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__)
        )


def reckon(expected: str, read: str) -> Reckoning:
    """Compare a text with what was expected of it.

    Words count that stand in the longest sequence common to both. For letters, words are aligned
    without their diacritics, so that a wrong one spoils no word but its own; where words differ even
    so, their letters are aligned.
    """
    expected, read = normalise(expected), normalise(read)
    words = expected.split()
    read_words = _FOOTNOTE.sub(lambda mark: mark[0].translate(_PLAIN), read).split()
    counted = Reckoning(words=len(words), in_order=LCSseq.similarity(words, read_words))
    return counted + _compare_letters(_WORD.findall(expected), _WORD.findall(read))


def _compare_letters(wanted: list[str], found: list[str]) -> Reckoning:
    total = Reckoning(letters=sum(has_diacritics(letter) for word in wanted for letter in word))
    bare_wanted, bare_found = [fold(word) for word in wanted], [fold(word) for word in found]
    matcher = SequenceMatcher(None, bare_wanted, bare_found, autojunk=False)
    for kind, start, end, from_, to in matcher.get_opcodes():
        if kind == "equal":
            for one, other in zip(wanted[start:end], found[from_:to], strict=True):
                total += _count_right(one, other)
        elif kind == "replace":
            total += _within(" ".join(wanted[start:end]), " ".join(found[from_:to]))
    return total


def _within(wanted: str, found: str) -> Reckoning:
    total = Reckoning()
    matcher = SequenceMatcher(None, fold(wanted), fold(found), autojunk=False)
    for start, from_, size in matcher.get_matching_blocks():
        total += _count_right(wanted[start : start + size], found[from_ : from_ + size])
    return total


def _count_right(wanted: str, found: str) -> Reckoning:
    pairs = zip(wanted, found, strict=True)
    marked = [(one, other) for one, other in pairs if has_diacritics(one)]
    return Reckoning(
        right=sum(one == other for one, other in marked),
        right_in_any_case=sum(one.lower() == other.lower() for one, other in marked),
    )
