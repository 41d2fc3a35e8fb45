"""Tell whether words speak of a result, an estimate or a target, and of which year."""

import re

from records import FigureStatus, ReportMetadata
from retrieval.answer_kinds import single_years, speaks_of_target, years
from vietnamese import fold

NOT_DATED = 9999  # nothing tells when a report was written: no year is taken for one still to come
# Narrower than what ranks candidates: an answer says "mục tiêu" only where the report does.
_TARGET = re.compile(
    r"\b(?:phan dau|muc tieu|du kien|dat muc tieu|chi tieu (?:den|nam)|ke hoach (?:nam|den)|theo nghi quyet den)\b"
    r"(?!\s*(?:nghi quyet|nqdh|nq\b|quoc gia))"
)
_SHARE_OF_TARGET = re.compile(r"%\s*(?:so voi |so )?(?:muc tieu|chi tieu|ke hoach)[^,;.]*")
_TARGET_HEADING = re.compile(
    r"\b(?:phuong huong|muc tieu|chi tieu chu yeu|dinh huong xay dung ke hoach|nhiem vu)\b"
)
_RESULT_HEADING = re.compile(r"\b(?:ket qua|danh gia|tinh hinh|thuc hien)\b")
_RESOLVED = re.compile(r"\b(?:nghi quyet|nq|nqdh|ke hoach|muc tieu|chi tieu)\b")
_ESTIMATE = re.compile(r"\buoc\b")
_ASKS_TARGET = re.compile(r"\b(?:phan dau|muc tieu|du kien|dat ra|de ra|huong toi)\b")
_ASKS_RESULT = re.compile(
    r"\b(?:ket qua|thuc te|da (?:dat|co|lam|trong|xay|hoan thanh|thuc hien)|hien (?:nay|co|tai|dang)|den nay|dat duoc)\b"
)


def column_status(column: str) -> FigureStatus:
    """Tell what a table's column holds by its name: "Ước thực hiện năm 2024"."""
    folded = fold(column)
    if _ESTIMATE.search(folded):
        return FigureStatus.ESTIMATE
    if re.search(r"\bso sanh\b", folded):
        return FigureStatus.COMPARISON
    return FigureStatus.TARGET if _RESOLVED.search(folded) else FigureStatus.RESULT


def words_status(words: str, section: tuple[str, ...], written: int) -> FigureStatus:
    """Tell what some words of a report, under its headings, speak of.

    Args:
        words: The clause, with what stands around it.
        section: Headings from the outermost in.
        written: Year the report was written in; what is to be by a later one is a target.
    """
    folded = _SHARE_OF_TARGET.sub(" ", fold(words))
    if _ESTIMATE.search(folded):
        return FigureStatus.ESTIMATE
    later = any(int(year) > written for year in single_years(words))
    if _TARGET.search(folded) or later:
        return FigureStatus.TARGET
    for heading in (fold(heading) for heading in reversed(section)):
        if _RESULT_HEADING.search(heading):
            return FigureStatus.RESULT
        if _TARGET_HEADING.search(heading):
            return FigureStatus.TARGET
    return FigureStatus.RESULT


def year_written(metadata: ReportMetadata) -> int:
    """Give the year in which a report was written, as far as its date or period tells."""
    dated = years(metadata.date)
    if dated:
        return int(max(dated))
    period = sorted(years(metadata.period))
    return int(period[-1]) if period else NOT_DATED


def mismatch(question: str, status: FigureStatus, *, speaks_of_plans: bool) -> FigureStatus | None:
    """Give what a question asks for where the answer is something else.

    Args:
        question: The question.
        status: What the answer is.
        speaks_of_plans: Words around the answer are of a plan too, so that it is not certain.

    Returns:
        `TARGET` if a target was asked for and a result is told, `RESULT` the other way round.
    """
    folded = fold(question)
    asks_target = bool(_ASKS_TARGET.search(folded))
    if asks_target and status is FigureStatus.RESULT and not speaks_of_plans:
        return FigureStatus.TARGET
    if status is FigureStatus.TARGET and _ASKS_RESULT.search(folded) and not asks_target:
        return None if speaks_of_target(question) else FigureStatus.RESULT
    return None
