"""Write figures with their sources to a table that Excel opens: XLSX or CSV."""

import csv
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from errors import AssistantError
from records import Figure, FigureStatus, Passage, PassageKind

SUFFIXES = (".csv", ".xlsx")
STATUS_NAMES = {
    FigureStatus.RESULT: "kết quả",
    FigureStatus.ESTIMATE: "ước thực hiện",
    FigureStatus.TARGET: "mục tiêu, kế hoạch",
    FigureStatus.COMPARISON: "so sánh",
}
_KIND_NAMES = {
    PassageKind.PARAGRAPH: "đoạn văn",
    PassageKind.FOOTNOTE: "chú thích",
    PassageKind.TABLE_ROW: "dòng bảng",
}
# Titles, and widths in characters.
_COLUMNS = {
    "Báo cáo": 18, "Địa bàn": 14, "Chỉ tiêu": 48, "Là một phần của": 30, "Giá trị": 16,
    "Đến (khoảng giá trị)": 14, "Trên tổng số": 14, "Đơn vị": 16, "Mức độ": 10, "Kỳ": 16,
    "Tính chất": 18, "Số liệu nguyên văn": 22, "Trích đoạn": 80, "Mục": 40, "Loại đoạn": 11,
    "Trang": 7, "Vị trí đầu": 10, "Vị trí cuối": 10,
}  # fmt: skip
_LONGEST_CELL = 32_000  # characters; Excel takes 32,767
_NOT_IN_CELLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_Cell = str | int | Decimal | None


def write_figures(path: Path, figures: Sequence[Figure], passages: Mapping[str, Passage]) -> None:
    """Write figures to a file, in place of what it holds; all or nothing.

    Args:
        path: Ends in one of `SUFFIXES`.
        figures: In the order they are written.
        passages: Those that the figures stand in, by id.

    Raises:
        AssistantError: The file is of another kind, or cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise AssistantError(
            f"{path.name}: chỉ xuất được tệp {' hoặc '.join(SUFFIXES)}. Hãy đổi đuôi tệp."
        )
    rows = (_row(figure, passages[figure.passage_id]) for figure in figures)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".xuat-") as folder:
            written = Path(folder, f"tep{suffix}")
            (_write_csv if suffix == ".csv" else _write_workbook)(written, rows)
            written.replace(path)
    except OSError as error:
        raise AssistantError(
            f"{path}: không ghi được tệp ({error.strerror}). "
            "Hãy kiểm tra thư mục, quyền ghi và đóng tệp nếu đang mở trong Excel."
        ) from error


def _row(figure: Figure, passage: Passage) -> list[_Cell]:
    return [
        figure.report,
        figure.locality,
        figure.indicator,
        figure.part_of,
        figure.value,
        figure.high,
        figure.whole,
        figure.unit,
        figure.qualifier,
        figure.period,
        STATUS_NAMES[figure.status],
        figure.text,
        passage.text,
        " › ".join(passage.section),
        _KIND_NAMES[passage.kind],
        passage.page,
        figure.span.start,
        figure.span.end,
    ]


def _write_csv(path: Path, rows: Iterator[list[_Cell]]) -> None:
    # The mark at the beginning tells Excel that the text is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        for row in rows:
            writer.writerow([_csv_cell(value) for value in row])


def _csv_cell(value: _Cell) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    text = _cell_text(value)
    # An apostrophe keeps a spreadsheet from running what a report says as a formula.
    return f"'{text}" if text.startswith(_FORMULA) else text


def _write_workbook(path: Path, rows: Iterator[list[_Cell]]) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # a new book has one
    sheet.title = "Số liệu"
    sheet.append(list(_COLUMNS))
    for number, width in enumerate(_COLUMNS.values(), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        title = sheet.cell(1, number)
        title.font = Font(bold=True)
        title.alignment = Alignment(wrap_text=True, vertical="center")
    for row, values in enumerate(rows, 2):
        for column, value in enumerate(values, 1):
            if isinstance(value, str):
                cell = sheet.cell(row, column, _cell_text(value))
                cell.data_type = "s"  # text even where it begins like a formula
            elif value is not None:
                sheet.cell(row, column, float(value))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    book.save(path)


def _cell_text(text: str) -> str:
    return _NOT_IN_CELLS.sub("", text)[:_LONGEST_CELL]
