"""Tell a figure that was reached from an estimate, a target and a comparison."""

import re

from ingest.figure_periods import last_year
from records import FigureStatus
from vietnamese import fold

# "đạt 101% NQĐH", "bằng 104% kế hoạch", "100% so Nghị quyết", "chiếm 20% của toàn tỉnh"
_RELATION_BEHIND = re.compile(
    r"\s*(?:mức |phần trăm )?(?:so với |so |với |của )?(?:so với|so\s|kế hoạch|ch[ỉi] tiêu|nghị quyết|nqđh|nq\b|mục tiêu"
    r"|dự toán|yêu cầu|lộ trình|cùng kỳ|toàn tỉnh|của toàn tỉnh)"
)
_SO_BEHIND = re.compile(r"[^,;.()]{0,40}?\bso với\b")
_CHANGE = re.compile(
    r"\b(?:tăng|giảm|vượt)(?:\s+(?:thêm|được|lên|so với[^,;]{0,60}|bình quân|trung bình|hàng năm|hằng năm|hơn|chỉ tiêu|kế hoạch"
    r"|nghị quyết|mục tiêu|dự toán|trên))*\s*(?:khoảng|trên|gần|hơn)?\s*$"
)
_TARGET = re.compile(
    r"\b(?:phan dau|(?<!voi )(?<!vuot )muc tieu(?! (?:nghi quyet|nq|quoc gia|de ra|chung))|chi tieu (?:la|den|nam)|theo (?:nghi quyet|ke hoach) (?:den|la)|du kien(?=\W*(?:dat|la|co|\d|$))"
    r"|ke hoach (?:nam \d{4} )?(?:la|dat))(?!\w)"
)
_REACHED = re.compile(r"\b(?:ket qua|thuc hien duoc|da dat|den nay|hien nay|luy ke)\b")
_ESTIMATE = re.compile(r"\buoc\b")
_SAID = (
    (_ESTIMATE, FigureStatus.ESTIMATE),
    (_TARGET, FigureStatus.TARGET),
    (_REACHED, FigureStatus.RESULT),
)
_SHARE_OF_PLAN = re.compile(r"%\s*(?:so voi |so )?(?:muc tieu|chi tieu|ke hoach|nghi quyet)\w*")
# What the figure before was compared with: "(đạt 99%) mục tiêu Nghị quyết; …".
_OF_LAST_SHARE = re.compile(
    r"^\s*(?:so với |so )?(?:mục tiêu|chỉ tiêu|kế hoạch|nghị quyết|dự toán)[^,;.:]*"
)
_TARGET_HEADING = re.compile(
    r"\b(?:phuong huong|dinh huong|muc tieu|chi tieu chu yeu|nhiem vu|giai phap|du bao|ke hoach nam)\b"
)
_RESULT_HEADING = re.compile(
    r"\b(?:ket qua|danh gia|tinh hinh (?:thuc hien|phat trien|kinh te)|ton tai|han che|khai quat|nguyen nhan)\b"
)


def is_relation(before: str, behind: str, unit: str) -> bool:
    """Say whether a figure compares: a change, or a share of a plan or resolution.

    A rate of change ("tăng 2,5%/năm") is an indicator of its own.

    Args:
        before: The words of the clause before the figure.
        behind: Those behind it.
        unit: The figure's.
    """
    head, tail = before.lower(), behind.lower()
    if unit.startswith("%") and _RELATION_BEHIND.match(tail):
        return True
    if "/năm" in unit:
        return False
    if _CHANGE.search(head):
        return True
    return bool(_SO_BEHIND.match(tail)) and unit in ("%", "điểm %")


def tell_status(
    clause: str, sentence: str, section: tuple[str, ...], period: str, year: int | None
) -> FigureStatus:
    """Say what a figure that compares nothing is.

    Args:
        clause: The words from the last figure to this one.
        sentence: The words of its sentence before the figure.
        section: The headings it stands under.
        period: What it is of.
        year: Of the report.
    """
    near, far = fold(_OF_LAST_SHARE.sub("", clause.lower())).rsplit(";", 1)[-1], fold(sentence)
    said = [
        (found[-1].start(), status)
        for pattern, status in _SAID
        if (found := list(pattern.finditer(near)))
    ]
    if said:
        return max(said)[1]
    heading = _heading(section)
    if heading is FigureStatus.TARGET:
        return heading
    if re.match(r"\W*uoc\b", far):
        return FigureStatus.ESTIMATE
    far = _SHARE_OF_PLAN.sub("", far)
    if _TARGET.search(far) and not _REACHED.search(far):
        return FigureStatus.TARGET
    last = last_year(period)
    stated = last is not None and "-" not in period and str(last) in far
    if stated and year is not None and last is not None and last > year:
        return FigureStatus.TARGET
    return FigureStatus.RESULT


def column_status(column: str, period: str, year: int | None) -> FigureStatus:
    """Say what the figures of a table's column are."""
    name = fold(column)
    if re.search(
        r"\bso sanh\b|\bty le dat\b|\bso voi\b|\btang\b|\bgiam\b|\+/-|\bdat ?%|% (?:th|hoan thanh)",
        name,
    ):
        return FigureStatus.COMPARISON
    if _ESTIMATE.search(name):
        return FigureStatus.ESTIMATE
    if re.search(r"\bthuc hien\b|\bket qua\b|\bdat duoc\b", name):
        return FigureStatus.RESULT
    if re.search(
        r"\bmuc tieu\b|\bchi tieu\b|\bke hoach\b|\bnghi quyet\b|\bdu toan\b|\bphan dau\b|\bkh\b|\bnq\b",
        name,
    ):
        return FigureStatus.TARGET
    last = last_year(period)
    if year is not None and last is not None and last > year:
        return FigureStatus.TARGET
    return FigureStatus.RESULT


def _heading(section: tuple[str, ...]) -> FigureStatus | None:
    for title in reversed(section):
        folded = fold(title)
        if _RESULT_HEADING.search(folded):
            return FigureStatus.RESULT
        if _TARGET_HEADING.search(folded):
            return FigureStatus.TARGET
    return None
