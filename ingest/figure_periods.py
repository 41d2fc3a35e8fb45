"""Find the period that a figure is of in the words around it."""

import re

from records import ReportMetadata
from vietnamese import fold

_YEAR = r"(?:19|20)\d\d"
_PERIOD = re.compile(
    rf"""
    (?P<months>\b\d{{1,2}}\s+thang\s+(?:dau|cuoi)\s+nam)(?:\s+(?P<of>{_YEAR}))?
    | \bquy\s+(?P<quarter>i{{1,3}}|iv|[1-4])\s?(?:/|\snam\s)\s?(?P<quarter_of>{_YEAR})
    | (?P<first>{_YEAR})\s?[-–]\s?(?P<last>{_YEAR})
    | \b\d{{1,2}}\s?/\s?(?:\d{{1,2}}\s?/\s?)?(?P<date>{_YEAR})
    | \bthang\s+\d{{1,2}}\s?/\s?(?P<month>{_YEAR})
    | \b(?:nam|cuoi|den|het|dau|vu|hoc)\s+(?P<year>{_YEAR})(?!\s?[-–]\s?{_YEAR})
    | ^\W*(?P<bare>{_YEAR})(?=\s+(?:co|dat|la|:))
    | (?P<now>\b(?:den\s+nay|hien\s+nay|(?:(?:huyen|ban|nay)\s+|[,;]\s|^\W*)hien\s+co|hien\s+tai|hien\s+dang|den\s+het\s+nay|thoi\s+diem\s+hien\s+tai)\b)
    | (?P<term>\b(?:trong|ca|tu\s+dau|dau|cuoi|het)\s+(?:nhiem\s+ky|giai\s+doan)\b)
    """,
    re.VERBOSE,
)
# Years that a change is counted from, that a standard is of, or that a document was signed in.
_OTHER = re.compile(
    r"(?:so\s+voi[^,;]{0,25}|chuan\s+ngheo[^,;.]{0,30}|nghi\s+quyet[^,;.]{0,60}nhiem\s+ky\s"
    r"|(?:-|/)\w+(?:/\w+)?,?\s+ngay\s+|ke\s+hoach\s+so[^;.]{0,30}|tam\s+nhin\s|thang\s+\d+\s)$"
)
_RIGHT_BEHIND = re.compile(
    r"\W{0,2}(?:trong|vao|cua|o)?\s*(?:nam|giai doan|nhiem ky|quy|den nam)\s"
)
_OWN_YEAR = re.compile(_YEAR)


def report_year(metadata: ReportMetadata) -> int | None:
    """Give the year a report was made in; where it has no date, the last of its period."""
    years = _OWN_YEAR.findall(metadata.date) or _OWN_YEAR.findall(metadata.period)
    return int(years[-1]) if years else None


def last_year(period: str) -> int | None:
    """Give the last year that a period names."""
    years = _OWN_YEAR.findall(period)
    return int(years[-1]) if years else None


def last_period(words: str, metadata: ReportMetadata, term: str = "") -> str:
    """Give the period said last in some words; an empty string if they say none.

    Args:
        words: Of the report, as written.
        metadata: Of the report: what "đến nay" is.
        term: What "trong nhiệm kỳ" is.
    """
    folded = fold(words)
    for found in reversed(list(_PERIOD.finditer(folded))):
        before = folded[max(0, found.start() - 70) : found.start()]
        if _OTHER.search(before) or (found["year"] and before.endswith("tu ")):
            continue
        if period := _named(words, found, metadata, term):
            return period
    return ""


def period_behind(words: str, metadata: ReportMetadata) -> str:
    """Give the period that follows a figure at once: "404 tỷ đồng năm 2023"."""
    near = _RIGHT_BEHIND.match(fold(words))
    if near is None:
        return ""
    found = _PERIOD.match(fold(words), near.end() - 5) or _PERIOD.search(
        fold(words)[: near.end() + 12]
    )
    return _named(words, found, metadata, "") if found else ""


def section_period(section: tuple[str, ...], metadata: ReportMetadata) -> str:
    """Give the period of the innermost heading that names one, else the report's own."""
    for heading in reversed(section):
        if found := first_period(heading):
            return found
    return metadata.period


def first_period(heading: str) -> str:
    """Give the first period that a heading or a column's name says."""
    folded = fold(heading)
    for found in _PERIOD.finditer(folded):
        if period := _named(heading, found, ReportMetadata(), ""):
            return period
    years = _OWN_YEAR.findall(heading)
    return years[0] if years else ""


def _named(words: str, found: re.Match[str], metadata: ReportMetadata, term: str) -> str:
    year = str(report_year(metadata) or "")
    if found["months"]:
        said = re.sub(r"\s+", " ", words[found.start("months") : found.end("months")].lower())
        return f"{said.lstrip('0')} {found['of'] or year}".rstrip()
    if found["quarter"]:
        return f"quý {found['quarter'].upper()}/{found['quarter_of']}"
    if found["first"]:
        return f"{found['first']} - {found['last']}"
    if found["now"]:
        return year if metadata.date else metadata.period
    if found["term"]:
        return term
    return found["date"] or found["month"] or found["year"] or found["bare"] or ""
