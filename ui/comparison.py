"""Show an answer across reports as a table: a row for each locality, with its citation."""

from collections.abc import Callable
from dataclasses import replace

from records import Answer, Comparison, ComparisonRow, FigureStatus
from ui.plain import Part, part

_STATUSES = {
    FigureStatus.RESULT: "kết quả",
    FigureStatus.ESTIMATE: "ước",
    FigureStatus.TARGET: "mục tiêu",
    FigureStatus.COMPARISON: "so sánh",
}
_NOTHING = "không nêu"
_LEAD = "Theo báo cáo của từng nơi:"


def without_rows(answer: Answer) -> Answer:
    """Leave out of an answer's text the lines that its table shows."""
    if answer.comparison is None:
        return answer
    return replace(answer, text=answer.comparison.without_rows(answer.text) or _LEAD)


def comparison_part(comparison: Comparison, mark: Callable[[int], Part]) -> Part:
    """Lay out the table.

    Args:
        comparison: What is shown.
        mark: Gives the button that opens a citation, by its number.
    """
    figures = any(row.status for row in comparison.rows)
    named = ("Số liệu", "Thời điểm", "Tính chất") if figures else ("Báo cáo nêu",)
    columns = ("Nơi", *named, "Nguồn")
    head = part("thead", part("tr", *(part("th", column) for column in columns)))
    rows = (_row(row, mark, figures=figures) for row in comparison.rows)
    table = part("table", head, part("tbody", *rows))
    label = f"Bảng theo từng nơi: {comparison.measure}"
    return part("section", table, look="table-frame compared", label=label)


def _row(row: ComparisonRow, mark: Callable[[int], Part], *, figures: bool) -> Part:
    status = _STATUSES[row.status] if row.status else ""
    details = (part("td", row.period), part("td", status)) if figures else ()
    return part(
        "tr",
        part("th", row.locality),
        part("td", row.figure or _NOTHING, look="figure" if row.citation else "silent"),
        *details,
        part("td", mark(row.citation) if row.citation else ""),
    )
