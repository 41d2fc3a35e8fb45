"""Find what a text says that can be checked besides its figures: dates, numbers of documents, names."""

import re
from dataclasses import dataclass
from functools import lru_cache

from records import Span
from units import spelling
from vietnamese import CAPITALS, fold

_YEAR = r"((?:19|20)\d\d)"
# In the order they are tried; what one has taken is not read again. Groups: day, month, year.
_DATES = (
    re.compile(rf"(?<![\d.,])(\d{{1,2}})\s?[/.-]\s?(\d{{1,2}})\s?[/.-]\s?{_YEAR}(?!\d)"),
    re.compile(rf"\bngay\s+(\d{{1,2}})\s+thang\s+(\d{{1,2}})(?:\s*,?\s*nam\s+{_YEAR})?"),
    re.compile(r"\bngay\s+(\d{1,2})\s?/\s?(\d{1,2})()(?!\s?[/\d])"),
    re.compile(rf"()\bthang\s+(\d{{1,2}})(?:\s?/\s?|\s+nam\s+){_YEAR}"),
    re.compile(rf"()(?<![\d.,/])(\d{{1,2}})\s?/\s?{_YEAR}(?!\d)"),
    re.compile(rf"()()(?<![\d.,]){_YEAR}(?![.,]?\d)"),
)
_PERIOD = re.compile(rf"(?<![\d.,/]){_YEAR}\s?[-–]\s?{_YEAR}(?!\d)")
_QUARTER = re.compile(r"\bquy\s+(iv|i{1,3}|[1-4])\b")
_CODE = re.compile(r"(?<![\w.,])\d+[A-Za-z]?(?:/\d{4})?\s?[-–/]\s?[A-ZĐ][\w&/–-]*")
_GRADE = re.compile(
    r"\b(khoa|lan thu|loai|hang|quy|cap|muc do|thu|lop|dieu|giai doan)\s+(\d{1,3}|[ivx]{1,6})\b(?![,.]\d)"
)
_ROMAN_SIGNS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_ROMAN = {"i": 1, "v": 5, "x": 10}
_WORD = re.compile(r"[^\W_]+")
_NAME = re.compile(rf"(?<!\w)[{CAPITALS}]\w*(?:[ -][{CAPITALS}]\w*)*")
_BEGINS = re.compile(r"(?:^|[.:;!?“”‘\"'(\[|\n–•-])\s*$")
# Words that stand before a name at the head of a sentence and are no part of it.
_BEFORE_NAMES = frozenset(
    """huyện xã tỉnh bản thôn phường quận ông bà theo tại ở riêng còn và do của các có không chưa
    tổng cộng trong ngoài năm so""".split()
)


@dataclass(frozen=True, slots=True)
class SaidDate:
    """A date, month, quarter or year; 0 for what is not said."""

    span: Span
    day: int
    month: int
    quarter: int
    year: int
    ends_period: bool = False  # a year of "2020 - 2025"

    def is_part_of(self, other: "SaidDate") -> bool:
        """Say whether another date says all that this one does; a period's end is no year alone."""
        if other.ends_period and not self.ends_period:
            return False
        return all(
            not mine or mine == theirs
            for mine, theirs in (
                (self.day, other.day),
                (self.month, other.month),
                (self.quarter, other.quarter),
                (self.year, other.year),
            )
        )


@dataclass(frozen=True, slots=True)
class SaidGrade:
    """A number that is a name: "khóa XX", "loại IV", in Roman or Arabic numerals."""

    span: Span
    noun: str  # folded
    number: int


@lru_cache(maxsize=1024)  # a passage is read for every answer that cites it
def find_dates(text: str) -> tuple[SaidDate, ...]:
    """Give the dates of a text (NFC), in any written form, in reading order."""
    folded = fold(text)
    taken = [False] * len(folded)
    periods = [Span(*match.span()) for match in _PERIOD.finditer(folded)]
    found = []
    for pattern in _DATES:
        for match in pattern.finditer(folded):
            if any(taken[match.start() : match.end()]):
                continue
            taken[match.start() : match.end()] = [True] * (match.end() - match.start())
            day, month, year = (int(part or 0) for part in match.groups())
            in_period = any(p.start <= match.start() and match.end() <= p.end for p in periods)
            found.append(SaidDate(Span(*match.span()), day, month, 0, year, in_period))
    for match in _QUARTER.finditer(folded):
        found.append(SaidDate(Span(*match.span()), 0, 0, _number(match[1]), 0))
    return tuple(sorted(found, key=lambda date: date.span))


@lru_cache(maxsize=1024)
def find_codes(text: str) -> tuple[Span, ...]:
    """Give where the numbers of documents stand: "1280/NQ-UBTVQH15", "05-CT/TW"."""
    return tuple(Span(*match.span()) for match in _CODE.finditer(text))


def code_key(text: str) -> str:
    """Give the one form in which two writings of a document's number are compared."""
    return re.sub(r"\s", "", text).replace("–", "-").strip("-/.").casefold()


@lru_cache(maxsize=1024)
def find_grades(text: str) -> tuple[SaidGrade, ...]:
    """Give the numbered names of a text: "khóa XX", "đô thị loại 4", "lần thứ 20"."""
    found = []
    for match in _GRADE.finditer(fold(text)):
        written = text[match.start(2) : match.end(2)]
        if written.isdigit() or written.isupper():
            found.append(SaidGrade(Span(*match.span()), match[1], _number(match[2])))
    return tuple(found)


def find_names(text: str) -> list[Span]:
    """Give where names stand: words in capitals, save one that only begins a sentence."""
    found = []
    for match in _NAME.finditer(text):
        words = match[0].split(" ")
        start = match.start()
        if _BEGINS.search(text[:start]):
            if len(words) == 1 and not (len(match[0]) > 1 and match[0].isupper()):
                continue
            if words[0].lower() in _BEFORE_NAMES:
                start += len(words[0]) + 1
        if start < match.end():
            found.append(Span(start, match.end()))
    return found


@dataclass(frozen=True, slots=True)
class NameText:
    """A text in the forms in which names are looked for in it."""

    marked: str
    bare: str

    def has(self, name: str) -> bool:
        """Say whether a name stands here, case, spacing and the place of a tone mark aside.

        Diacritics count where both the name and the text have them.
        """
        asked = name_text(name)
        return asked.marked in self.marked or (
            asked.bare in (self.bare if asked.marked == asked.bare else self.marked)
        )


@lru_cache(maxsize=1024)
def name_text(text: str) -> NameText:
    """Give a text (NFC) in the forms in which names are compared."""
    spelled = [spelling(word) for word in _WORD.findall(text)]
    return NameText(
        " " + "".join(f"{letters}{marks} " for letters, marks in spelled),
        " " + "".join(f"{letters} " for letters, _ in spelled),
    )


def roman(number: int) -> str:
    """Write a number below 40 in Roman numerals: congresses, terms, grades."""
    signs = ""
    for value, sign in _ROMAN_SIGNS:
        signs += sign * (number // value)
        number %= value
    return signs


def _number(numeral: str) -> int:
    if numeral.isdigit():
        return int(numeral)
    values = [_ROMAN[sign] for sign in numeral]
    return sum(
        -value if n + 1 < len(values) and value < values[n + 1] else value
        for n, value in enumerate(values)
    )
