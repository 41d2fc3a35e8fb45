import random
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText
from openpyxl.cell.rich_text import TextBlock as RichText
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Font, Side

from errors import UnreadableReportError
from ingest.document import Reading, TableBlock, TextBlock, TextKind
from ingest.formats.legacy_letters import Run
from ingest.formats.number_formats import show_number
from ingest.formats.sheets import Sheet, Workbook
from ingest.formats.spreadsheet import read_spreadsheet

SAMPLES = Path(__file__).parent.parent.parent / "shared" / "ingest-samples"
LINE = Side(style="thin")
RULED = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)


def saved(book):
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sheet(rows, *, ruled=()):
    """Make a workbook of one sheet; `ruled` gives the rows, from 1, with lines between cells."""
    book = openpyxl.Workbook()
    book.active.title = "Biểu 1"
    for row in rows:
        book.active.append(row)
    for number in ruled:
        for cell in book.active[number]:
            cell.border = RULED
    return book


def read(content):
    return read_spreadsheet(content, Reading("bieu.xlsx"))


def shown(document):
    """Give texts as they are, and tables as lists of rows of texts."""
    return [
        block.text
        if isinstance(block, TextBlock)
        else [[cell.text for cell in row.cells] for row in block.rows]
        for block in document.blocks
    ]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (1234567.5, "General", "1.234.567,5"),
        (2024, "General", "2024"),
        (0.1 + 0.2, "General", "0,3"),
        (28996154868, "#,##0", "28.996.154.868"),
        (92.0485703, "0.0", "92,0"),
        (1.005, "0.00", "1,01"),
        (0.3456, "0.0%", "34,6%"),
        (-1234.5, "_(* #,##0.0_);_(* (#,##0.0);_(* -??_);_(@_)", "-1.234,5"),
        (-5, "#,##0;[Red]#,##0", "-5"),
        (0, '_(* #,##0_);_(* (#,##0);_(* "-"??_)', "0"),
        (12.0, "#,##0.##", "12"),
        (5, "000", "005"),
        (1234567890, "#,##0,,", "1.235"),
        (1500, '#,##0 "đồng"', "1.500 đồng"),
        (36.6, '0.0"%"', "36,6%"),
        (45610, "m/d/yyyy", "14/11/2024"),
        (45610.3541667, "dd/mm/yyyy hh:mm", "14/11/2024 08:30"),
        (45610, "mmm-yy", "11/2024"),
        (45610, '"Ngày" d "tháng" mm "năm" yyyy', "Ngày 14 tháng 11 năm 2024"),
        (45610, '"T"m/yyyy', "T11/2024"),
        (44148, "dd/mm/yyyy;@", "13/11/2020"),
        (1.5, "[h]:mm", "36:00"),
        (0.5, ";;;", ""),
        (1e300, "0", "1E+300"),
        (float("nan"), "0", ""),
    ],
)
def test_numbers_are_written_as_the_sheet_shows_them(value, code, text):
    assert show_number(value, code) == text


def test_title_table_and_notes_are_told_apart_by_the_lines_of_the_table():
    book = sheet(
        [
            ["BIỂU 1. SẢN LƯỢNG"],
            ["ĐVT: tấn"],
            ["STT", "Tên", "2024"],
            [1, "Lúa", 1250.5],
            ["Nguồn: Phòng NN"],
        ],
        ruled=(3, 4),
    )
    document = read(saved(book))
    assert shown(document) == [
        "Biểu 1",
        "BIỂU 1. SẢN LƯỢNG",
        "ĐVT: tấn",
        [["STT", "Tên", "2024"], ["1", "Lúa", "1.250,5"]],
        "Nguồn: Phòng NN",
    ]
    assert document.blocks[0].kind is TextKind.HEADING


def test_without_lines_tables_are_parted_by_empty_rows():
    rows = [
        ["Bảng A"],
        ["TT", "Tên", "Số"],
        [1, "Lúa", 5],
        ["Ghi chú: ước"],
        [],
        ["TT", "Huyện", "Số"],
        [1, "Mai Sơn", 7],
    ]
    assert shown(read(saved(sheet(rows)))) == [
        "Biểu 1",
        "Bảng A",
        [["TT", "Tên", "Số"], ["1", "Lúa", "5"]],
        "Ghi chú: ước",
        [["TT", "Huyện", "Số"], ["1", "Mai Sơn", "7"]],
    ]


def test_rows_without_a_head_go_on_with_the_table_above_the_empty_row():
    rows = [["TT", "Tên", "Số"], [1, "Lúa", 5], [], [None, "Trong đó: nếp", 2]]
    assert shown(read(saved(sheet(rows)))) == [
        "Biểu 1",
        [["TT", "Tên", "Số"], ["1", "Lúa", "5"], ["Trong đó: nếp", "2"]],
    ]


def test_agency_and_signatures_side_by_side_are_no_tables():
    rows = [
        ["UBND HUYỆN", None, "CỘNG HÒA"],
        ["Số: 5/BC", None, "Độc lập"],
        [],
        ["Lập biểu", None, "CHỦ TỊCH"],
    ]
    assert shown(read(saved(sheet(rows)))) == [
        "Biểu 1", "UBND HUYỆN", "CỘNG HÒA", "Số: 5/BC", "Độc lập", "Lập biểu", "CHỦ TỊCH",
    ]  # fmt: skip


def test_merged_header_cells_say_what_they_cover():
    book = sheet(
        [["TT", "Tên", "Năm"], [None, None, 2023, 2024], [1, "Lúa", 5, 6]], ruled=(1, 2, 3)
    )
    for cells in ("A1:A2", "B1:B2", "C1:D1"):
        book.active.merge_cells(cells)
    table = read(saved(book)).blocks[1]
    assert [(c.text, c.column, c.columns, c.rows) for c in table.rows[0].cells] == [
        ("TT", 0, 1, 2),
        ("Tên", 1, 1, 2),
        ("Năm", 2, 2, 1),
    ]
    assert [(c.text, c.column) for c in table.rows[1].cells] == [("2023", 2), ("2024", 3)]


def test_cells_are_shown_by_their_formats():
    book = sheet(
        [
            ["Tên", "Tỷ lệ", "Ngày", "Lúc"],
            ["Lúa", 0.345, date(2024, 11, 14), datetime(2024, 1, 2, 8, 30)],
        ]
    )
    for cell, code in (("B2", "0.0%"), ("C2", "dd/mm/yyyy"), ("D2", "m/d/yyyy h:mm")):
        book.active[cell].number_format = code
    assert shown(read(saved(book)))[1][1] == ["Lúa", "34,5%", "14/11/2024", "02/01/2024 08:30"]


def test_what_is_hidden_is_told_of_and_hidden_sheets_are_left_out():
    book = sheet([["TT", "Tên", "Số"], [1, "Lúa", 5], [2, "Ngô", 6]])
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["C"].hidden = True
    book.create_sheet("Nháp").append(["x", "y"])
    book["Nháp"].sheet_state = "hidden"
    document = read(saved(book))
    assert shown(document)[1][2] == ["2", "Ngô", "6"]
    assert (document.blocks[-1].text, document.blocks[-1].left_out) == (
        "x | y",
        "trang tính ẩn “Nháp”",
    )
    assert document.warnings == (
        "trang tính “Biểu 1” có 1 dòng và 1 cột ẩn, vẫn được đọc",
        "trang tính “Nháp” đang ẩn nên không đưa vào nội dung",
    )


def test_formulas_without_a_value_are_told_of():
    document = read(saved(sheet([["TT", "Tên", "Số"], [1, "Lúa", "=SUM(A1:A2)"]])))
    assert document.warnings == (
        "trang tính “Biểu 1” có 1 ô công thức chưa có kết quả; hãy mở tệp bằng Excel, lưu lại rồi nạp lại",
    )


def test_letters_of_old_fonts_become_unicode_run_by_run():
    book = sheet([["x", "Tên chỉ tiêu", "Số"], [1, "", 5]])
    book.active["A1"] = "Sè thø tù"
    book.active["A1"].font = Font(name=".VnTime")
    old, new = InlineFont(rFont=".VnTime"), InlineFont(rFont="Arial")
    book.active["B2"] = CellRichText(RichText(old, "Tæng diÖn tÝch "), RichText(new, "gieo trồng"))
    document = read(saved(book))
    assert shown(document)[1] == [
        ["Số thứ tự", "Tên chỉ tiêu", "Số"],
        ["1", "Tổng diện tích gieo trồng", "5"],
    ]
    assert document.encoding == "TCVN3"


def part_replaced(content, part, change):
    """Change one part of a workbook's file."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return buffer.getvalue()


def test_a_million_formatted_empty_rows_are_passed_over():
    empty = b"".join(b'<row r="%d" s="0"/>' % n for n in range(3, 50_000)) + b'<row r="1048576"/>'
    content = part_replaced(
        saved(sheet([["TT", "Tên", "Số"], [1, "Lúa", 5]])),
        "xl/worksheets/sheet1.xml",
        lambda data: data.replace(b"</sheetData>", empty + b"</sheetData>"),
    )
    assert shown(read(content)) == ["Biểu 1", [["TT", "Tên", "Số"], ["1", "Lúa", "5"]]]


def test_entities_in_a_workbook_neither_swell_nor_read_other_files():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    content = part_replaced(
        saved(sheet([["TT", "Tên", "Số"], [1, "Lúa", 5]])),
        "xl/sharedStrings.xml",
        lambda data: bomb + data[data.index(b"<sst") :].replace(b"TT</t>", b"TT&b;&c;</t>"),
    )
    assert "root:" not in str(read(content).blocks)


ODS = """<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:fo="f">
<style:style style:name="v"><style:text-properties style:font-name=".VnTime"/></style:style>
<table:table table:name="Lúa"><table:table-column/>
<table:table-row><table:table-cell table:number-columns-spanned="3"><text:p>BẢNG 1</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell table:style-name="v"><text:p>Huyện</text:p></table:table-cell>
<table:table-cell><text:p>Số</text:p></table:table-cell><table:table-cell><text:p>Tỷ lệ</text:p></table:table-cell>
<table:table-cell><text:p>Ngày</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1"><table:table-cell><text:p>Mai<text:s/>Sơn</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="1234.5"><text:p>1,234.50</text:p></table:table-cell>
<table:table-cell office:value-type="percentage" office:value="0.345"><text:p>34.5%</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2024-11-14"><text:p>11/14/24</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table></office:document-content>"""


def ods(content):
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return buffer.getvalue()


def test_open_document_sheets_are_read_with_the_decimals_they_show():
    assert shown(read(ods(ODS))) == [
        "Lúa",
        "BẢNG 1",
        [["Huyện", "Số", "Tỷ lệ", "Ngày"], ["Mai Sơn", "1.234,50", "34,5%", "14/11/2024"]],
    ]


def test_a_workbook_takes_no_more_than_its_bounds():
    workbook, one = Workbook(cells_left=2), Sheet("a")
    for column in range(5):
        workbook.put(one, 0, column, (Run("x"),))
    assert (list(one.rows[0]), workbook.is_full) == ([0, 1], True)
    swollen = Workbook(characters_left=10)
    swollen.put(one, 1, 0, (Run("x" * 11),))
    assert swollen.is_full


def test_an_empty_workbook_is_refused():
    with pytest.raises(UnreadableReportError, match=r"^bieu\.xlsx: bảng tính không có nội dung"):
        read(saved(openpyxl.Workbook()))


def damaged_copies(content, count):
    chance = random.Random(7)
    for n in range(count):
        copy = bytearray(content)
        if n % 3 == 0:
            del copy[chance.randrange(len(copy)) :]
        for _ in range(20):
            if copy:
                copy[chance.randrange(len(copy))] = chance.randrange(256)
        yield bytes(copy)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"])
def test_damaged_parts_give_a_report_or_a_clear_error(part):
    content = saved(sheet([["TT", "Tên", "Số"], [1, "Lúa", 5.5]], ruled=(1, 2)))
    with ZipFile(BytesIO(content)) as archive:
        whole = archive.read(part)
    for copy in damaged_copies(whole, 60):
        with suppress(UnreadableReportError):
            read(part_replaced(content, part, lambda _data, copy=copy: copy))


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="no sample files here")
def test_an_old_workbook_is_read_with_its_fonts_formats_and_tables():
    content = (SAMPLES / "legacy" / "2005-34448_Data_08-2005_Website.xls").read_bytes()
    document = read_spreadsheet(content, Reading("fdi.xls"))
    assert document.encoding == "TCVN3"
    assert document.blocks[1].text == "đầu tư trực tiếp nước ngoài theo ngành 1988-2005"
    table = document.blocks[3]
    assert isinstance(table, TableBlock)
    assert [cell.text for cell in table.rows[1].cells] == [
        "I", "Công nghiệp và xây dựng", "3.798", "28.996.154.868", "12.601.111.219", "17.717.309.149",
    ]  # fmt: skip
    for copy in damaged_copies(content, 12):
        with suppress(UnreadableReportError):
            read_spreadsheet(copy, Reading("fdi.xls"))
