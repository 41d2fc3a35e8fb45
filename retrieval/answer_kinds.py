"""Tell whether a clause holds the kind of thing that a question asks for."""

import re
from collections.abc import Sequence
from functools import lru_cache

from vietnamese import CAPITALS, fold

# Dates and the numbers of documents are no figures: "01/10/2021", "05-CT/TW", "1280/NQ-UBTVQH15".
_NO_FIGURE = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b|\b\d+[-/][A-ZĐ][\w/-]*")
_NUMBER = re.compile(
    r"\d+(?:[.,]\d+)*(?:/\d+(?:[.,]\d+)*)?\s*(?:%|‰)?"
    # "đô thị loại IV", "khóa XXIII" are numbers too.
    r"|(?<=\bloại )[IVX]+\b|(?<=\bhạng )[IVX]+\b|(?<=\bkhóa )[IVX]+\b|(?<=\bthứ )[IVX]+\b"
)
_CODE = re.compile(
    r"\b\d+[-/]?[A-ZĐ]|\b(?:số|QL|quốc lộ|đề án|dự án|loại|khóa)\s*\d+|\d+/\d{4}/|[A-ZĐ]{2,}\d+",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:ngày|tháng|năm|quý|giai đoạn|nhiệm kỳ)\s+\d|\b\d{1,2}/\d{1,2}/\d{4}|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    rf"(?<=[\w,:(“\"] )[“\"]?[{CAPITALS}][^\W\d_]*(?:\s+[{CAPITALS}][^\W\d_]*)+"
    r"|[“\"][^”\"]{3,60}[”\"]"
)
_SURNAMES = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Lò Lường Cầm Quàng Vì Giàng"
    " Thào Mùa Vàng Sùng Tòng Cà Điêu Bạc Hà Đinh Trương Đoàn Đào Lương Tô Chu Sìn Pờ Lỳ Tẩn Chảo Khoàng"
    " Tráng Hạng Vừ Hờ Lầu Cứ Sộng Phàng Phùng Triệu Bàn Mai Cao Trịnh Tạ Hứa Lầm Vi Kha Lô Mạc Tống Thái"
).replace(" ", "|")
_PERSON = re.compile(
    rf"\b(?:[Ôô]ng|[Bb]à|đồng chí|đ/c) [{CAPITALS}][^\W\d_]*(?: [{CAPITALS}][^\W\d_]*)+"
    rf"|\b(?:{_SURNAMES})(?: [{CAPITALS}][^\W\d_]*){{2,3}}\b"
)
_REASON = re.compile(
    r"\b(?:do|vì|bởi|nhằm|để|nên|dẫn đến|nguyên nhân|qua đó|thông qua|bằng|góp phần|tạo)\b",
    re.IGNORECASE,
)
_LIST_LEAD = re.compile(r"(?:gồm|như|là|cụ thể|trong đó|sau|đó)\s*:", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_YEARS = re.compile(r"\b((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)\b")
_CHANGE = re.compile(r"\b(?:tang|giam|hon|chenh lech|so voi)\b")
_TARGET = re.compile(
    r"\b(?:muc tieu|chi tieu den|phan dau|ke hoach|dinh huong|phuong huong|nhiem vu|de ra|dat ra"
    r"|du kien|se|giao)\b"
)
_UNTIL = re.compile(r"\bden nam (20\d\d)\b")
# Year in which most reports of the term were written, where nothing tells a report's own.
_WRITTEN = 2025
# All clauses of a sentence are asked about the same sentence.
_cached = lru_cache(maxsize=4096)


def find_numbers(text: str) -> list[str]:
    """Give the figures of a text as written, with their per cent sign; years too."""
    return [number.strip() for number in _NUMBER.findall(_NO_FIGURE.sub(" ", text))]


def is_year(number: str) -> bool:
    """Say whether a number is a year."""
    return bool(_YEAR.fullmatch(number))


def has_code(text: str) -> bool:
    """Say whether a text has the number of a document, road or project."""
    return bool(_CODE.search(text))


def has_time(text: str) -> bool:
    """Say whether a text has a date, a year or a period."""
    return bool(_TIME.search(text))


def has_name(text: str) -> bool:
    """Say whether a text has a name of two capitals or more, or words in quotation marks."""
    return bool(_NAME.search(text))


@_cached
def has_person(text: str) -> bool:
    """Say whether a text names a person."""
    return bool(_PERSON.search(text))


def gives_reason(text: str) -> bool:
    """Say whether a text has a word that joins a cause, an end or a means."""
    return bool(_REASON.search(text))


def enumerates(text: str) -> float:
    """Say how much a text lists things, 0 to 1: its separators, up to eight."""
    return min(len(re.findall(r"[,;]\s", text)), 8) / 8


def leads_a_list(text: str) -> bool:
    """Say whether a text announces a list: "gồm:", "như:"."""
    return bool(_LIST_LEAD.search(text))


@_cached
def speaks_of_change(text: str) -> bool:
    """Say whether a text compares: more, less, than before."""
    return bool(_CHANGE.search(fold(text)))


@_cached
def speaks_of_target(text: str, written: int = _WRITTEN) -> bool:
    """Say whether a text is about what is aimed at or planned rather than what came about.

    Args:
        text: Words of a report, or a question.
        written: Year the report was written in: what is to be by a later one is planned.
    """
    folded = fold(text)
    later = any(int(year) > written for year in _UNTIL.findall(folded))
    return later or bool(_TARGET.search(folded))


@_cached
def single_years(text: str) -> frozenset[str]:
    """Give the years of a text that stand for themselves, not as an end of a period."""
    return frozenset(_YEAR.findall(_YEARS.sub(" ", text)))


@_cached
def years(text: str) -> frozenset[str]:
    """Give all years of a text, the ends of periods too."""
    return frozenset(_YEAR.findall(text))


def counts(words: Sequence[str], unit: Sequence[str]) -> bool:
    """Say whether a number stands before what is counted: "bao nhiêu xã" and "02 xã".

    Args:
        words: Folded terms of a clause.
        unit: Folded terms after "bao nhiêu"; the first two must stand together.
    """
    if not unit:
        return False
    width = min(len(unit), 2)
    wanted = tuple(unit[:width])
    return any(
        word[0].isdigit() and tuple(words[at : at + width]) == wanted
        for n, word in enumerate(words)
        for at in (n + 1, n + 2)
    )
