"""Read the sheets of an old .xls workbook: what each cell shows, its font, merges, what is hidden."""

import struct
from io import StringIO

import xlrd

from errors import UnreadableReportError
from ingest.formats.legacy_letters import Run
from ingest.formats.number_formats import show_number, show_plain
from ingest.formats.sheets import Merge, Sheet, Workbook
from ingest.formats.zip_limits import damaged, locked

_FORMAT_FAULTS = (AssertionError, AttributeError, LookupError, TypeError, ValueError, struct.error)


def read_xls(content: bytes, name: str) -> Workbook:
    """Read a workbook of Excel 2 to 2003.

    Args:
        content: The file's bytes.
        name: The file's name, for messages.

    Raises:
        UnreadableReportError: It is damaged or locked by a password.
    """
    try:
        book = _open(content)
        workbook = Workbook()
        for number in range(book.nsheets):
            source = book.sheet_by_index(number)
            sheet = Sheet(source.name, source.visibility != 0)
            workbook.sheets.append(sheet)
            _read_sheet(book, source, sheet, workbook)
    except xlrd.XLRDError as error:
        raise (locked(name) if "encrypted" in str(error) else damaged(name)) from error
    except UnreadableReportError:
        raise
    except Exception as error:  # on damaged files the library fails in any way
        raise damaged(name) from error
    return workbook


def _open(content: bytes) -> xlrd.Book:
    quiet = StringIO()
    try:
        return xlrd.open_workbook(
            file_contents=content, logfile=quiet, formatting_info=True, ragged_rows=True
        )
    except _FORMAT_FAULTS:
        # What other programs write of formats is often wrong, while the cells are right.
        return xlrd.open_workbook(file_contents=content, logfile=quiet, ragged_rows=True)


def _read_sheet(
    book: xlrd.Book, source: xlrd.sheet.Sheet, sheet: Sheet, workbook: Workbook
) -> None:
    for row in range(source.nrows):
        ruled = 0
        for column, cell in enumerate(source.row(row)):
            if ruled < 2 and _is_ruled(book, cell):
                ruled += 1
            if cell.ctype not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                workbook.put(sheet, row, column, _shown(book, source, row, column))
        if ruled >= 2:
            sheet.ruled.add(row)
    for top, bottom, left, right in source.merged_cells:
        sheet.merges.append(Merge(top, left, bottom - 1, right - 1))
    sheet.hidden_rows.update(n for n, info in source.rowinfo_map.items() if info.hidden)
    sheet.hidden_columns.update(n for n, info in source.colinfo_map.items() if info.hidden)


def _is_ruled(book: xlrd.Book, cell: xlrd.sheet.Cell) -> bool:
    if cell.xf_index is None:
        return False
    border = book.xf_list[cell.xf_index].border
    return bool(border.left_line_style or border.right_line_style)


def _shown(book: xlrd.Book, source: xlrd.sheet.Sheet, row: int, column: int) -> tuple[Run, ...]:
    cell = source.cell(row, column)
    font, code = "", "General"
    if cell.xf_index is not None:
        style = book.xf_list[cell.xf_index]
        font = book.font_list[style.font_index].name
        code = book.format_map[style.format_key].format_str
    if cell.ctype == xlrd.XL_CELL_TEXT:
        changes = source.rich_text_runlist_map.get((row, column), [])
        return _runs(book, cell.value, font, changes)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return (Run("TRUE" if cell.value else "FALSE", font),)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return (Run(xlrd.error_text_from_code.get(cell.value, "#N/A"), font),)
    if cell.ctype == xlrd.XL_CELL_DATE and code == "General":
        code = "dd/mm/yyyy"
    shown = (
        show_plain(cell.value)
        if code == "General"
        else show_number(cell.value, code, counts_from_1904=bool(book.datemode))
    )
    return (Run(shown, font),)


def _runs(book: xlrd.Book, text: str, font: str, changes: list[tuple[int, int]]) -> tuple[Run, ...]:
    runs, start = [], 0
    for offset, number in changes:
        runs.append(Run(text[start:offset], font))
        start, font = offset, book.font_list[number].name
    runs.append(Run(text[start:], font))
    return tuple(run for run in runs if run.text)
