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
      cong\ hoa\ xa\ hoi\ chu\ nghia\ viet\ nam$ | doc\ lap\ ?-\ ?tu\ do\ ?-\ ?hanh\ phuc$
    | dang\ cong\ san\ viet\ nam$ | so\ *:?[\s\d./_…]*-?\ ?[a-z]+[-/][a-z-]+$
    | (?:uy\ ban\ nhan\ dan|ubnd|hoi\ dong\ nhan\ dan|hdnd|huyen\ uy|tinh\ uy|dang\ uy)\b.{0,40}$
    | (?:huyen|tinh|xa|thi\ xa|thi\ tran|thanh\ pho)\ [a-z\ ]{2,25}$
    )""",
    re.VERBOSE,
)
_ADDRESSEES = re.compile(r"^noi nhan\b")
_ADDRESSEE = re.compile(r"^(?:-|\+|luu\b|nhu tren\b)")


def find_furniture(lines: Sequence[Line]) -> list[tuple[Line, LeftOut]]:
    """Pick the lines to leave out, each with its reason, in order.

    Only short lines near the two ends are looked at, and letterhead only before the first line
    of prose, so that a report's own words are never taken for furniture.
    """
    found = {}
    prose = next((n for n, line in enumerate(lines) if len(line.text) > _SHORT), len(lines))
    for n, line in enumerate(lines):
        if _EDGE <= n < len(lines) - _EDGE or line.is_row:
            continue
        folded = fold(line.text)
        if _MEDIA.match(folded):
            found[n] = WEB_PAGE
        if len(line.text) > _SHORT:
            continue
        if not any(c.isalnum() for c in folded):
            found[n] = MARKS
        elif _WEB.match(folded):
            found[n] = WEB_PAGE
        elif n < min(prose, _EDGE) and _LETTERHEAD.match(folded):
            found[n] = LETTERHEAD
        elif _ADDRESSEES.match(folded) or (
            found.get(n - 1) == ADDRESSEES and _ADDRESSEE.match(folded)
        ):
            found[n] = ADDRESSEES
    return [(lines[n], LeftOut(lines[n].span, reason)) for n, reason in sorted(found.items())]
