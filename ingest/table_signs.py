"""Tell by its words what a cell of a table is: a figure, a period, a number of order, a unit."""

import re
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from units import read_unit
from vietnamese import fold, has_diacritics

_FIGURE = re.compile(
    r"[<>≥≤~±+\-–−]?\s?\(?\d[\d.,\s/–-]*\)?\s?(?:%|‰|[^\W\d]{1,7}[²³]?(?:[ /][^\W\d]{1,7}[²³]?){0,3})?"
)
_YEAR = r"(?:19|20)\d\d"
_PERIOD = re.compile(
    rf"{_YEAR}(?:\s?[-–]\s?{_YEAR})?|\d{{1,2}}/\d{{1,2}}/{_YEAR}|\d{{1,2}}/{_YEAR}"
    rf"|(?:nam|thang|quy|giai doan|ngay|tuan|den|thoi diem|hoc ky)\b.*|.{{0,40}}\b{_YEAR}"
    r"|\d{1,2} thang (?:dau|cuoi) nam.*|\d{1,2} thang.{0,12}"
    rf"|[a-z.]{{0,4}}\s?\d{{0,2}}t\d{{0,2}}(?:\s?[-/]\s?{_YEAR})?"
)
_BARE_YEAR = re.compile(rf"(?:nam )?{_YEAR}(?:\s?[-–]\s?{_YEAR})?")
_ORDER_HEADER = re.compile(r"(?:stt|tt|so tt|so thu tu|thu tu|no)\W*")
_UNIT_HEADER = re.compile(r"(?:dvt|dv ?tinh|don vi(?: -)? ?tinh|don vi do)\W*")
_MAYBE_UNIT_HEADER = re.compile(r"(?:don vi|dv)\W*")
_CODE_HEADER = re.compile(r"(?:ma|ma so|ky hieu|ma hieu|ma \w{1,9}(?: \w{1,9})?)\W*")
_PERIOD_HEADER = re.compile(r"(?:nam|thang|quy|ngay|thoi gian|thoi diem|giai doan|nam hoc)\W*")
# Words that head columns; a table whose first row has them is headed by it.
_HEADER_WORDS = re.compile(
    r"(?:stt|tt|chi tieu|chi so|noi dung|ten\b.*|ho (?:va |, )?(?:chu )?(?:ten|dem).*|chuc (?:vu|danh).*|don vi.*"
    r"|dvt|dia (?:chi|ban|phuong|danh).*|xa\b.*|huyen|ban|thon.*|tinh|nam|thang|quy|ngay\b.*|ghi chu|so (?:luong|lieu|tien|ho|nguoi|khau)\b.*"
    r"|ket qua.*|thuc hien.*|uoc.*|ke hoach.*|muc tieu.*|nhiem vu.*|thoi (?:gian|han|diem).*|co quan.*|(?:chu tri|phoi hop).*"
    r"|san pham.*|dien tich.*|nang suat.*|san luong.*|loai.*|danh muc.*|hang muc|du an|kinh phi.*|von.*|gia tri.*|ty le.*|tong.*"
    r"|trinh do.*|gioi tinh|dan toc|que quan|so dien thoai|ma\b.*|linh vuc.*|nhom.*|tien do.*|muc\b.*|dien giai.*|mo ta.*|tieu chi.*|nguoi.*|can cu.*)"
)
_COUNT = re.compile(
    r"\(?(?P<at>[A-Z]|\d{1,2})\)?(?:\s?=\s?[\d\s()+\-–/*x:.%,A-Z]+)?\)?", re.IGNORECASE
)
_CAPTION_UNIT = re.compile(
    r"\(?\s*(?:don vi(?:\s*(?:tinh|tien|do))?|dvt|d\.?v\.?t)\s*[:;]\s*(?P<unit>[^();]*[^();\s.])[\s.)]*"
)
_SAME_AS_ABOVE = re.compile(r"[\"“”'’`´]{1,2}|-?\s?nt\s?-?|như trên", re.IGNORECASE)
# How units are shortened in the columns of tables, and in full.
_SHORTENED = (
    (re.compile(r"^(?:tr|trđ)(?:\.\s?|\s)(?=\S)|^tr(?=đ)", re.IGNORECASE), "triệu "),
    (re.compile(r"^(?:ng|ngh)(?:\.\s?|\s)(?=\S)", re.IGNORECASE), "nghìn "),
    (re.compile(r"^1[.,\s]?000[.,\s]?000\s+(?=\D)"), "triệu "),
    (re.compile(r"^1[.,\s]?000\s+(?=\D)"), "nghìn "),
)
_TOTAL = re.compile(
    r"(?:tong(?: so| cong)?|cong(?: so)?|toan (?:huyen|tinh|xa|vung|thi xa|thanh pho)|tong (?:so )?toan (?:huyen|tinh|xa)|binh quan chung)\W*"
)
_NOTE = re.compile(r"\W*(?:nguon|ghi chu|chu thich|luu y|chu giai)\b|\(\*+\)|\*+\s?\)")
_PART = re.compile(r"\W*(?:trong (?:đó|số đó)|tr[đ.]+|bao gồm|gồm|chia ra)\b\s*[:,;]?\s*", re.I)
_EMPTY = re.compile(r"[-–—…._\s]+")
_MARK = re.compile(
    r"(?P<sign>[IVXLC]{1,6}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3}){0,4}|[a-zđ]|[-–+*•·])(?P<end>[.)/:]*)"
)
_LEADING_MARK = re.compile(
    r"(?:(?P<sign>[IVX]{1,5}|[A-ZĐ]|\d{1,2}|[a-zđ])[.)/]+|(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,3})[.)]?"
    r"|(?P<dash>[-–+*•·]))\s*(?=\S)"
)
_ROMAN = re.compile(r"[IVX]+")
_COUNTS = re.compile(r"(?:số|các|tổng)\b", re.IGNORECASE)  # "Số trường" names a column
_LONGEST_UNIT = 40  # characters
_LONGEST_HEADER = 120  # characters of a column's name


class Rank(IntEnum):
    """How deep a row stands by what numbers it; lower is further out."""

    LETTER = 10
    ROMAN = 20
    NUMBER = 30  # and one more for each dot
    SMALL_LETTER = 80
    NAMED = 85  # names a group without a number
    PLAIN = 90
    TOTAL = 95
    DASH = 100
    PLUS = 110


@dataclass(frozen=True, slots=True)
class Mark:
    """What numbers a row."""

    sign: str  # "I", "1.2", "-"
    rank: int


def is_figure(text: str) -> bool:
    """Say whether a cell holds a figure, with or without its unit, and is no period."""
    return bool(_FIGURE.fullmatch(text)) and not is_period(text)


def is_empty(text: str) -> bool:
    """Say whether a cell is filled only to show that it is empty: "-", "…"."""
    return bool(_EMPTY.fullmatch(text))


def is_period(text: str) -> bool:
    """Say whether a cell names a year, quarter, day or another time: "2024", "Năm 2024"."""
    return bool(_PERIOD.fullmatch(fold(text))) and len(text) < _LONGEST_HEADER


def is_year(text: str) -> bool:
    """Say whether a cell holds a year alone, or a span of years."""
    return bool(_BARE_YEAR.fullmatch(fold(text)))


def is_order_header(text: str) -> bool:
    """Say whether a column is headed as one that numbers the rows: "STT"."""
    return bool(_ORDER_HEADER.fullmatch(fold(text)))


def is_unit_header(text: str) -> bool:
    """Say whether a column is headed as one of units: "ĐVT"."""
    return bool(_UNIT_HEADER.fullmatch(fold(text)))


def may_head_units(text: str) -> bool:
    """Say whether a column's head is one of units or of places, as its cells tell: "Đơn vị"."""
    return bool(_MAYBE_UNIT_HEADER.fullmatch(fold(text)))


def is_code_header(text: str) -> bool:
    """Say whether a column is headed as one of codes: "Mã số"."""
    return bool(_CODE_HEADER.fullmatch(fold(text)))


def is_period_header(text: str) -> bool:
    """Say whether a column is headed as one of years, months or days."""
    return bool(_PERIOD_HEADER.fullmatch(fold(text)))


def is_header_word(text: str) -> bool:
    """Say whether a cell reads as the name of a column: "Chỉ tiêu", "Diện tích (ha)", "2024"."""
    if len(text) > _LONGEST_HEADER or is_figure(text):
        return False
    return bool(_HEADER_WORDS.fullmatch(fold(text))) or is_period(text) or bool(bracketed(text))


def bracketed(text: str) -> str:
    """Give the unit that a column's name ends in: of "Diện tích (ha)" the "ha"."""
    found = re.search(r"\(([^()]+)\)\s*$", text)
    return found[1].strip() if found and is_unit(found[1].strip()) else ""


def is_count_row(texts: list[str]) -> bool:
    """Say whether a row numbers the columns: "A | B | 1 | 2 | 3=2/1"."""
    found = [_COUNT.fullmatch(text.strip()) for text in texts]
    if len(found) < 3 or not all(found):
        return False
    signs = [match["at"] for match in found if match]
    letters = [sign.upper() for sign in signs if sign.isalpha()]
    numbers = [int(sign) for sign in signs if sign.isdigit()]
    in_order = all(b - a == 1 for a, b in pairwise(numbers))
    letters_first = "".join(letters) == "ABCDEFGH"[: len(letters)]
    return (
        in_order
        and letters_first
        and (not numbers or numbers[0] <= 2)
        and signs[0] in "Aa1" + ("2" if letters else "")
    )


def is_unit(text: str) -> bool:
    """Say whether words are a unit and no more: "ha", "triệu đồng", "1.000 con"."""
    if not text or len(text) > _LONGEST_UNIT or _COUNTS.match(text):
        return False
    text = full_unit(text)
    unit = read_unit(text, 0, loose=not has_diacritics(text)) or read_unit(
        text.lower(), 0, loose=not has_diacritics(text)
    )
    return unit is not None and unit.known and not text[unit.end :].strip(" .")


def full_unit(text: str) -> str:
    """Write a unit of a table in full: "Tr. USD" is "triệu USD", "1.000 con" "nghìn con"."""
    text = " ".join(text.split())
    for pattern, word in _SHORTENED:
        text = pattern.sub(word, text)
    return text


def caption_unit(text: str) -> str:
    """Give the unit that a line above a table states: "Đơn vị tính: triệu đồng"."""
    found = _CAPTION_UNIT.search(fold(text))
    return text[found.start("unit") : found.end("unit")].strip(" .") if found else ""


def is_unit_line(text: str) -> bool:
    """Say whether a line only states a table's unit."""
    return bool(_CAPTION_UNIT.fullmatch(fold(text)))


def repeats_above(text: str) -> bool:
    """Say whether a cell stands for the one above it: a ditto mark."""
    return bool(_SAME_AS_ABOVE.fullmatch(text))


def is_total(text: str) -> bool:
    """Say whether a row's name is a total and nothing more: "Tổng số", "Cộng"."""
    return bool(_TOTAL.fullmatch(fold(text)))


def fold_total(text: str) -> str:
    """Give a total's name in the form in which it is told from others: "tong cong"."""
    return re.sub(r"\W+$", "", fold(text))


def is_remark_header(text: str) -> bool:
    """Say whether a column holds remarks on the row."""
    return fold(text).startswith(("ghi chu", "chu thich"))


def names_object(text: str) -> bool:
    """Say whether a line of a form gives the name of what the form is of: "Tên công trình"."""
    return bool(re.match(r"(?:ten|ho(?: va)? ten)\b", fold(text)))


def is_note(text: str) -> bool:
    """Say whether a line in a table is a remark on it: "Nguồn: …"."""
    return bool(_NOTE.match(fold(text)))


def without_part_words(text: str) -> tuple[str, bool]:
    """Leave "Trong đó:" out of a row's name, and say whether it was there."""
    found = _PART.match(text)
    return (text[found.end() :], True) if found else (text, False)


def read_mark(text: str, before: str = "") -> Mark | None:
    """Read a cell that holds only a row's number; `before` is the last capital letter so used."""
    found = _MARK.fullmatch(text.strip())
    return Mark(found["sign"], _rank(found["sign"], before)) if found else None


def cut_mark(text: str, before: str = "") -> tuple[Mark | None, str]:
    """Part a row's name from the number it begins with: "1.2. Thu nội địa", "- Lúa"."""
    found = _LEADING_MARK.match(text)
    if found is None:
        return None, text
    sign = found["sign"] or found["dotted"] or found["dash"]
    return Mark(sign, _rank(sign, before)), text[found.end() :]


def _rank(sign: str, before: str) -> int:
    if sign[0].isdigit():
        return Rank.NUMBER + sign.count(".")
    if _ROMAN.fullmatch(sign) and not (len(sign) == 1 and before and ord(sign) == ord(before) + 1):
        return Rank.ROMAN
    if sign.isupper():
        return Rank.LETTER if len(sign) == 1 else Rank.ROMAN
    if sign.isalpha():
        return Rank.SMALL_LETTER
    return Rank.PLUS if sign == "+" else Rank.DASH
