"""Find the figures of a Vietnamese text: value, unit, range, whole and qualifier.

Numbers that name something (dates, documents, places, list numbering) are no figures.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from number_forms import format_quantity, read_number
from number_names import NumberNames, find_number_names
from records import Span
from units import Unit, convert, read_stated_unit, read_unit, same_unit
from vietnamese import fold, has_diacritics

__all__ = ["Quantity", "convert", "find_quantities", "format_quantity", "same_unit"]

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WHOLE = re.compile(r"\s?/\s?(?=\d)")
_TO = re.compile(r"\s?[-–—]\s?(?=\d)|\s(?:đến|den|tới|toi)\s(?=\d)")
_YEAR = re.compile(r"19[2-9]\d|20\d\d")
_QUALIFIER = re.compile(
    r"(?:(?<=^)|(?<=[\s(]))(khoang|tren|gan|hon|duoi|xap xi|toi thieu|it nhat|toi da|nhieu nhat|khong qua"
    r"|chua den|chua toi|khong duoi|khong it hon|khong con|tu|trung binh|binh quan|ngot|>=|<=|[><≥≤~≈])"
    r"\s?$"
)
_FROM = re.compile(r"(?:^|[\s(])(?:tu)\s$")
_ONWARDS = re.compile(r"[^.;,()]{0,40}?\b(tro len|tro xuong)\b")
# What a number without a unit must follow to be a figure.
_SAYS_VALUE = re.compile(
    r"(?:\b(?:dat|la|con|bang|duoc|co|giam|tang|xuong|len|uoc|den|toi|chiem|voi|mang|thuc hien|gom|hoan thanh)|[:(=><≥≤])\s?$"
)
_RANK = {  # for texts with diacritics (True) and without
    True: re.compile(r"\b(?:xếp|đứng|vị trí)\s(?:hạng\s)?(?:thứ\s)?(?:hạng\s)?(?:thứ\s)?$"),
    False: re.compile(r"\b(?:xep|dung|vi tri)\s(?:hang\s)?(?:thu\s)(?:hang\s)?$"),
}
_BULLET = re.compile(r"(?:^|\n)[ \t]*$")
_ADMINISTRATIVE = frozenset(
    "xã phường thị trấn huyện thành phố tỉnh bản thôn xóm tiểu khu thị xã tổ dân phố".split()
) | {"thị trấn", "thành phố", "tiểu khu", "thị xã", "tổ dân phố"}
_BEFORE = 40  # characters looked at for a qualifier
_STATED_BEFORE = 120  # characters looked at for "bác sỹ/vạn dân"
_SENTENCE_END = re.compile(r"[;\n]|\.\s")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in a text."""

    span: Span  # of the text given: number and unit, without the qualifier: "11,5 nghìn ha"
    number: Span  # the digits alone, with the range or whole: "11,5", "340 - 440", "42/63"
    value: Decimal  # in `unit`, scaled: 11500
    high: Decimal | None  # upper end of a range ("từ 340 - 440")
    whole: Decimal | None  # of "42/63 trường": 63
    unit: str  # in its one form: "%", "ha", "đồng/người/năm", "sản phẩm", "hạng"; "" if none
    qualifier: str  # as worded: "khoảng", "trên", "trung bình"; "" if none


@dataclass(frozen=True, slots=True)
class _Written:
    """A number's digits, before it is known what the separators mean."""

    span: Span
    text: str
    thousands: bool  # read as "17,504" = 17504


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Give the figures of a text in stored form (NFC), in reading order."""
    folded = fold(text)
    if len(folded) != len(text) or not any(sign.isdigit() for sign in text):
        return ()
    reading = _Reading(text, folded, find_number_names(text))
    found: list[Quantity] = []
    at = 0
    while match := _NUMBER.search(text, at):
        quantity = reading.read(match)
        at = match.end() if quantity is None else max(match.end(), quantity.span.end)
        if quantity is not None:
            found.append(quantity)
    return _with_table_thousands(text, found)


class _Reading:
    """One text, with what is known of its numbers."""

    def __init__(self, text: str, folded: str, names: NumberNames) -> None:
        self._text = text
        self._folded = folded
        self._always = _Covered(names.always)
        self._named = _Covered(names.unless_measured)
        self._loose = not has_diacritics(text)
        self._comma_decimals = bool(re.search(r"\d,\d{1,2}(?!\d)", text))

    def read(self, match: re.Match[str]) -> Quantity | None:
        """Read the figure that begins at a number, if it is one."""
        start = match.start()
        rank = _RANK[not self._loose].search(self._text[max(0, start - _BEFORE) : start].lower())
        if self._is_inside_word(start) or (not rank and self._always.has(start)):
            return None
        first = match
        second = whole = None
        unit = read_unit(self._text, first.end(), loose=self._loose)
        if slash := self._next(_WHOLE, unit, first, inside_name=bool(rank)):
            whole = _NUMBER.match(self._text, slash.end())
        elif dash := self._next(_TO, unit, first, inside_name=False):
            second = self._upper(first, dash)
        last = second or whole or first
        if last is not first:
            unit = read_unit(self._text, last.end(), loose=self._loose) or (
                unit if unit and unit.end <= last.start() else None
            )
        if (
            last.end() < len(self._text)
            and self._text[last.end()].isalpha()
            and (unit is None or unit.end <= last.end() or not unit.known)
        ):
            return None  # "4G", "10A"
        if rank:
            unit = Unit("hạng", Decimal(1), last.end(), known=True)
        if self._is_name(first, last, unit, has_whole=whole is not None):
            return None
        return self._quantity(first, second, whole, unit)

    def _next(
        self, sign: re.Pattern[str], unit: Unit | None, first: re.Match[str], *, inside_name: bool
    ) -> re.Match[str] | None:
        """Find the sign that joins a second number to the first or to its unit."""
        found = sign.match(self._text, first.end())
        if found is None and unit is not None:
            found = sign.match(self._text, unit.end)
        if found is None or (self._always.has(found.end()) and not inside_name):
            return None
        return found

    def _upper(self, first: re.Match[str], dash: re.Match[str]) -> re.Match[str] | None:
        """Give the upper end of a range; "tăng từ 20% đến 30%" with units is one too."""
        other = _NUMBER.match(self._text, dash.end())
        if other is None:
            return None
        worded = dash[0].strip() not in "-–—"
        before = self._folded[max(0, first.start() - 4) : first.start()]
        if worded and not _FROM.search(before):
            return None
        low, high = (
            read_number(first[0], "", comma_decimals=self._comma_decimals),
            read_number(other[0], "", comma_decimals=self._comma_decimals),
        )
        return other if low is not None and high is not None and low < high else None

    def _is_inside_word(self, start: int) -> bool:
        if start == 0:
            return False
        before = self._text[start - 1]
        if before.isalnum() or before in "_@#":
            return True
        # "Covid-19", "DC-01", "sỹ/10.000 dân", "v1.2"
        return before in "-–/." and start > 1 and self._text[start - 2].isalpha()

    def _is_name(
        self, first: re.Match[str], last: re.Match[str], unit: Unit | None, *, has_whole: bool
    ) -> bool:
        known = unit is not None and unit.known
        if self._named.has(first.start()):
            return not known or (unit is not None and unit.name in _ADMINISTRATIVE)
        if _YEAR.fullmatch(first[0]) and (not known or last is not first):
            return True
        if unit is not None:
            return False
        before = self._folded[max(0, first.start() - _BEFORE) : first.start()]
        alone = not before.strip() and not self._text[last.end() :].strip()
        qualified = _QUALIFIER.search(before)
        says = _SAYS_VALUE.search(before) or (qualified and qualified[1] != "tu")
        grouped = "." in first[0] or "," in first[0]
        cell = self._is_cell(first, last)
        return not (alone or says or cell or (grouped and (has_whole or last is first)))

    def _is_cell(self, first: re.Match[str], last: re.Match[str]) -> bool:
        return self._text[first.start() - 1 : first.start()] == "\t" and (
            self._text[last.end() : last.end() + 1] in ("", "\t", "\n")
        )

    def _quantity(
        self,
        first: re.Match[str],
        second: re.Match[str] | None,
        whole: re.Match[str] | None,
        unit: Unit | None,
    ) -> Quantity | None:
        name = unit.name if unit else ""
        value = read_number(first[0], name, comma_decimals=self._comma_decimals)
        high = read_number(second[0], name, comma_decimals=self._comma_decimals) if second else None
        total = read_number(whole[0], name, comma_decimals=self._comma_decimals) if whole else None
        if value is None or (second and high is None) or (whole and not total):
            return None
        factor = unit.factor if unit else Decimal(1)
        last = second or whole or first
        start = first.start()
        if self._is_negative(start, name):
            value, start = -value, start - 1
        end = max(last.end(), unit.end if unit else 0)
        if unit is None and (stated := self._stated_unit(start)):
            name, factor = stated.name, stated.factor
        return Quantity(
            span=Span(start, end),
            number=Span(start, last.end()),
            value=value * factor,
            high=high * factor if high is not None else None,
            whole=total * factor if total is not None else None,
            unit=name,
            qualifier=self._qualifier(start, end),
        )

    def _stated_unit(self, start: int) -> Unit | None:
        before = _SENTENCE_END.split(self._text[max(0, start - _STATED_BEFORE) : start])[-1]
        return read_stated_unit(before) if "/" in before or ")" in before else None

    def _is_negative(self, start: int, unit: str) -> bool:
        if start == 0 or self._text[start - 1] not in "-–−":
            return False
        before = self._text[: start - 1][-_BEFORE:]
        if _BULLET.search(before):
            return unit == "%" or not unit
        return before[-1] in " (\t" and not before.rstrip()[-1:].isdigit()

    def _qualifier(self, start: int, end: int) -> str:
        begin = max(0, start - _BEFORE)
        if found := _QUALIFIER.search(self._folded[begin:start]):
            worded = self._text[begin + found.start(1) : begin + found.end(1)].lower()
            if found[1] != "tu":
                return worded
            onwards = _ONWARDS.match(self._folded, end)
            return self._text[onwards.start(1) : onwards.end(1)] if onwards else ""
        onwards = _ONWARDS.match(self._folded, end)
        return self._text[onwards.start(1) : onwards.end(1)].lower() if onwards else ""


class _Covered:
    """Places in order, asked whether they cover an offset."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._offsets = {at for span in spans for at in range(span.start, span.end)}

    def has(self, offset: int) -> bool:
        """Say whether a place covers the offset."""
        return offset in self._offsets


def _with_table_thousands(text: str, found: list[Quantity]) -> tuple[Quantity, ...]:
    """Read "17,504" as 17504 where the same row has 17.000 and its like.

    A comma is a decimal sign in Vietnamese, but spreadsheets set to English leave such numbers.
    """
    sure = [
        quantity
        for quantity in found
        if re.search(r"\d\.\d{3}(?!\d)", text[quantity.number.start : quantity.number.end])
    ]
    read = []
    for quantity in found:
        digits = text[quantity.number.start : quantity.number.end]
        if re.fullmatch(r"[1-9]\d{0,2},\d{3}", digits):
            larger = quantity.value * 1000
            near = [
                each
                for each in sure
                if (not quantity.unit or each.unit == quantity.unit)
                and larger / 2 <= each.value <= larger * 2
            ]
            if near:
                quantity = replace(quantity, value=larger, unit=quantity.unit or near[0].unit)
        read.append(quantity)
    return tuple(read)
