"""Find the lines of a file that are not the report: web pages' furniture, letterhead, addressees."""

import re
from collections.abc import Sequence

from ingest.lines import Line
from records import LeftOut
from vietnamese import fold

WEB_PAGE = "phần phụ của trang web"
LETTERHEAD = "quốc hiệu, tiêu ngữ, cơ quan ban hành (đã ghi vào thông tin báo cáo)"
ADDRESSEES = "nơi nhận"
MARKS = "dòng chỉ có dấu"

# A report starts and ends within this many lines of a file's ends; furniture is sought there only.
_EDGE = 25
# Longer lines are prose, whatever they begin with. Characters.
_SHORT = 130

# Written folded (no diacritics, lower case). The phrases are those of the content systems that
# Vietnamese government and newspaper sites use.
_WEB = re.compile(
    r"""^(?:
      ban\ con\ \d+/\d+\ ky\ tu | ban\ vui\ long\ nhap\b | vui\ long\ nhap\b
    | (?:gui\ )?(?:phan\ hoi|binh\ luan|y\ kien\ ban\ doc)(?:\ \(\d+\))?$
    | thong\ tin\ nguoi\ gui\b | (?:cac\ )?tin\ (?:khac|lien\ quan|cung\ chuyen\ muc|moi|lien\ he)
    | cac\ bai\ viet\ (?:khac|lien\ quan)\b | moi\ nhat$ | xem\ (?:nhieu|them|tiep)\b
    | lien\ ket\ (?:website|web|trang)\b | chia\ se\b | tweet$ | facebook\b | zalo\b
    | (?:luot\ xem|luot\ truy\ cap|dang\ truy\ cap)\b | in\ (?:trang|bai\ viet)\b | ban\ in$
    | gui\ (?:email|bai\ viet|tin|ban\ be)\b | trang\ chu\b | dang\ nhap\b | dang\ ky$ | tim\ kiem$
    | ban\ quyen\b | copyright\b | ©.* | ve\ dau\ trang | tro\ lai\b | quay\ lai\b | tu\ khoa\b | tags?:
    | (?:theo|nguon)\s*:?\s*(?:https?://|www\.)\S*$ | https?://\S+$ | www\.\S+$
    | doc\ bai\b | nghe\ audio\b
    | danh\ gia\ bai\ viet\b | cau\ hoi\ bao\ mat\b | ma\ (?:bao\ mat|xac\ nhan)\b
    )""",
    re.VERBOSE,
)
# The lead to a recording, however long its title.
_MEDIA = re.compile(r"^moi quy vi (?:nghe|xem|theo doi)\b.*\b(?:tai day|duoi day|sau day)\W*$")
_LETTERHEAD = re.compile(
    r"""^(?:
      cong\ hoa\ xa\ hoi\ chu\ nghia\ viet\ nam$ | doc\ lap\ ?[-–—]\ ?tu\ do\ ?[-–—]\ ?hanh\ phuc$
    | dang\ cong\ san\ viet\ nam$ | so\ *:?[\s\d./_…]*-?\ ?[a-z]+[-/][a-z-]+$
    | (?:uy\ ban\ nhan\ dan|ubnd|hoi\ dong\ nhan\ dan|hdnd|huyen\ uy|tinh\ uy|dang\ uy)\b.{0,40}$
    | (?:huyen|tinh|xa|phuong|quan|thi\ xa|thi\ tran|thanh\ pho)\ [a-z\ ]{2,25}$
    )""",
    re.VERBOSE,
)
_ADDRESSEES = re.compile(r"^noi nhan\b")
# What else stands in a letterhead, in capitals: the office that wrote it.
_OFFICE = re.compile(
    r"^(?:bo|so|phong|ban|cuc|chi cuc|tong cuc|trung tam|truong|vien|van phong|hoi|doan|cong an"
    r"|toa an|vien kiem sat|bao hiem xa hoi|kho bac|chi nhanh)\b.{2,60}$"
)
_NATION = re.compile(r"^(?:cong hoa xa hoi chu nghia|dang cong san) viet nam$")
_ADDRESSED = re.compile(r"^noi nhan ?:?$")
_ADDRESSEE = re.compile(r"^(?:-|\+|luu\b|nhu tren\b)")


def find_furniture(lines: Sequence[Line]) -> list[tuple[Line, LeftOut]]:
    """Pick the lines to leave out, each with its reason, in order.

    Only short lines near the two ends are looked at, and letterhead only before the first line
    of prose, so that a report's own words are never taken for furniture. Addressees stand before
    annexes too, so they are known anywhere by the line that heads them.
    """
    found: dict[int, str] = {}
    prose = next((n for n, line in enumerate(lines) if len(line.text) > _SHORT), len(lines))
    nation = next((n for n, line in enumerate(lines[:_EDGE]) if _NATION.match(fold(line.text))), 0)
    for n, line in enumerate(lines):
        if line.is_row:
            continue
        at_edge = n < _EDGE or n >= len(lines) - _EDGE
        if _is_addressee(line, at_edge=at_edge, goes_on=found.get(n - 1) == ADDRESSEES):
            found[n] = ADDRESSEES
        elif at_edge and (
            reason := _reason(line, above_prose=n < min(prose, _EDGE), above_nation=n < nation)
        ):
            found[n] = reason
    return [(lines[n], LeftOut(lines[n].span, reason)) for n, reason in sorted(found.items())]


def _is_addressee(line: Line, *, at_edge: bool, goes_on: bool) -> bool:
    folded = fold(line.text)
    heads = _ADDRESSEES.match(folded) if at_edge else _ADDRESSED.match(folded)
    return len(line.text) <= _SHORT and bool(heads or (goes_on and _ADDRESSEE.match(folded)))


def _reason(line: Line, *, above_prose: bool, above_nation: bool) -> str:
    """Say why a line near an end of the text is no content; "" if it is."""
    folded = fold(line.text)
    if _MEDIA.match(folded):
        return WEB_PAGE
    if len(line.text) > _SHORT:
        return ""
    if not any(c.isalnum() for c in folded):
        return MARKS
    if _WEB.match(folded):
        return WEB_PAGE
    is_office = above_nation and line.text.isupper() and _OFFICE.match(folded)
    return LETTERHEAD if above_prose and (_LETTERHEAD.match(folded) or is_office) else ""
