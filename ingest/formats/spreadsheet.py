"""Read a spreadsheet: each sheet's name, its tables, and the text above and below them."""

from collections.abc import Iterator

from errors import UnreadableReportError
from ingest.document import Block, Document, Reading, TextBlock, TextKind
from ingest.formats.legacy_letters import Run, convert_runs
from ingest.formats.recognise import Format, recognise
from ingest.formats.sheet_layout import Grid, lay_out
from ingest.formats.sheet_ods import read_ods
from ingest.formats.sheet_xls import read_xls
from ingest.formats.sheet_xlsx import read_xlsx
from ingest.formats.sheets import MOST_CELLS, Sheet, Workbook
from ingest.formats.zip_limits import damaged

_READERS = {Format.XLSX: read_xlsx, Format.XLS: read_xls, Format.ODS: read_ods}
_BETWEEN_CELLS = Run("\n")
_ERRORS = ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")


def read_spreadsheet(content: bytes, reading: Reading) -> Document:
    """Read an .xlsx, .xls or .ods file.

    Raises:
        UnreadableReportError: It is none of these, damaged, locked by a password or empty.
    """
    read = _READERS.get(recognise(content, reading.name))
    if read is None:
        raise damaged(reading.name)
    workbook = read(content, reading.name)
    texts, encoding = _convert(workbook)
    blocks: list[Block] = []
    for sheet in workbook.sheets:
        blocks.extend(_sheet_blocks(sheet, texts))
    if not any(sheet.rows and not sheet.is_hidden for sheet in workbook.sheets):
        raise UnreadableReportError(
            f"{reading.name}: bảng tính không có nội dung. Hãy kiểm tra lại tệp."
        )
    warnings = (*workbook.warnings, *_warnings(workbook, texts))
    return Document(tuple(blocks), encoding, (), warnings, workbook.properties)


def _convert(workbook: Workbook) -> tuple[dict[int, str], str]:
    """Give each cell's text in stored form, by the identity of its runs, and the encodings found."""
    cells = [runs for sheet in workbook.sheets for row in _rows(sheet) for runs in row]
    texts = {}
    worded = []
    for cell in cells:
        text = "".join(run.text for run in cell)
        if any(map(str.isalpha, text)) or not text.isascii():
            worded.append(cell)
        else:  # most cells are figures, which are the same in any encoding
            texts[id(cell)] = " ".join(text.split())
    runs: list[Run] = []
    for cell in worded:
        runs.extend(cell)
        runs.append(_BETWEEN_CELLS)
    converted, encoding = convert_runs(runs)
    at = 0
    for cell in worded:
        texts[id(cell)] = " ".join("".join(converted[at : at + len(cell)]).split())
        at += len(cell) + 1
    return texts, encoding


def _rows(sheet: Sheet) -> Iterator[Iterator[tuple[Run, ...]]]:
    for _, row in sorted(sheet.rows.items()):
        yield (runs for _, runs in sorted(row.items()))


def _sheet_blocks(sheet: Sheet, texts: dict[int, str]) -> Iterator[Block]:
    if not sheet.rows:
        return
    rows = {
        row: {column: texts[id(runs)] for column, runs in sorted(cells.items())}
        for row, cells in sorted(sheet.rows.items())
    }
    name = " ".join(sheet.name.split())
    if sheet.is_hidden:
        reason = f"trang tính ẩn “{name}”"
        for cells in rows.values():
            yield TextBlock(" | ".join(cells.values()), left_out=reason)
        return
    if name:
        yield TextBlock(name, TextKind.HEADING, level=1)
    yield from lay_out(Grid(rows, sheet.merges, sheet.ruled))


def _warnings(workbook: Workbook, texts: dict[int, str]) -> Iterator[str]:
    for sheet in workbook.sheets:
        if not sheet.rows:
            continue
        where = f"trang tính “{sheet.name}”"
        if sheet.is_hidden:
            yield f"{where} đang ẩn nên không đưa vào nội dung"
            continue
        columns = {column for row in sheet.rows.values() for column in row}
        hidden = [
            f"{count} {kind}"
            for count, kind in (
                (len(sheet.hidden_rows & sheet.rows.keys()), "dòng"),
                (len(sheet.hidden_columns & columns), "cột"),
            )
            if count
        ]
        if hidden:
            yield f"{where} có {' và '.join(hidden)} ẩn, vẫn được đọc"
        if sheet.without_value:
            yield (
                f"{where} có {sheet.without_value} ô công thức chưa có kết quả; "
                "hãy mở tệp bằng Excel, lưu lại rồi nạp lại"
            )
        wrong = sum(
            texts[id(runs)] in _ERRORS for row in sheet.rows.values() for runs in row.values()
        )
        if wrong:
            yield f"{where} có {wrong} ô công thức báo lỗi"
    if workbook.is_full:
        yield f"bảng tính quá lớn: chỉ đọc {MOST_CELLS - workbook.cells_left} ô đầu tiên"
