"""Tables of documents as passages, chunks and figures."""

import random
from decimal import Decimal

import pytest
from grids import document, table

from ingest.document import Document, TableBlock, TableCell, TableRow, TextBlock
from ingest.structure import cut_report, structure_document
from records import FigureStatus, PassageKind
from spans import read_spans

INVESTMENT = """
TT | Công trình | Chủ đầu tư | Tổng mức đầu tư | Kế hoạch vốn năm 2024 | <
^ | ^ | ^ | ^ | Vốn được giao | Giải ngân
I | Lĩnh vực giao thông | | 98.000 | 27.000 | 25.800
1 | Cầu treo bản Huổi Luông | Phòng Kinh tế | 30.000 | 10.000 | 9.400
 | TỔNG SỐ | | 152.400 | 41.200 | 38.950
"""
POVERTY = """
TT | Xã | Hộ nghèo | <
^ | ^ | Số hộ | Tỷ lệ (%)
1 | Dồm Cang | 201 | 19,51
 | Tổng cộng | 1.980 | 20,95
"""
CROPS = """
Cây trồng | Năm 2023 | < | Năm 2024 | <
^ | Diện tích (ha) | Năng suất (tạ/ha) | Diện tích (ha) | Năng suất (tạ/ha)
1. Lúa cả năm | 2.900 | 48,2 | 2.950 | 49,1
- Lúa mùa | 1.700 | 42,7 | 1.720 | 43,3
"""


def read(*blocks):
    title = "BÁO CÁO tình hình kinh tế - xã hội năm 2024 huyện Sốp Cộp, tỉnh Sơn La"
    return cut_report("bao-cao.docx", "0", structure_document(document(title, *blocks)))


def rows(read_report):
    return [each for each in read_report.passages if each.kind is PassageKind.TABLE_ROW]


def figure(read_report, text):
    return next(each for each in read_report.figures if each.text == text)


@pytest.fixture(scope="module")
def investment():
    return read(
        "Phụ lục 3. Giải ngân vốn đầu tư công năm 2024",
        "Đơn vị tính: Triệu đồng",
        table(INVESTMENT),
    )


def test_a_figure_has_the_unit_stated_above_its_table(investment):
    found = figure(investment, "30.000")
    assert (found.value, found.unit, found.period) == (Decimal(30_000_000_000), "đồng", "2024")


def test_a_figure_is_of_its_row_and_its_column(investment):
    assert figure(investment, "30.000").indicator == (
        "Lĩnh vực giao thông - Cầu treo bản Huổi Luông, tổng mức đầu tư"
    )


def test_a_figure_is_part_of_the_one_in_its_group_s_row(investment):
    assert figure(investment, "30.000").part_of == "Lĩnh vực giao thông, tổng mức đầu tư"


def test_what_was_spent_of_a_plan_is_a_result(investment):
    assert figure(investment, "10.000").status is FigureStatus.TARGET
    assert figure(investment, "9.400").status is FigureStatus.RESULT


def test_a_total_says_what_table_it_totals(investment):
    assert figure(investment, "152.400").indicator == (
        "Tổng mức đầu tư - Phụ lục 3. Giải ngân vốn đầu tư công năm 2024"
    )


def test_a_row_of_a_place_gives_its_figures_the_place():
    found = figure(read(table(POVERTY)), "201")
    assert (found.indicator, found.unit, found.locality) == ("Hộ nghèo, số hộ", "hộ", "xã Dồm Cang")


def test_a_total_of_places_is_the_district_s():
    found = figure(read(table(POVERTY)), "20,95")
    assert (found.indicator, found.unit, found.locality) == ("Hộ nghèo, tỷ lệ", "%", "Sốp Cộp")


def test_a_column_gives_the_period():
    found = read(table(CROPS))
    assert (figure(found, "1.700").period, figure(found, "1.720").period) == ("2023", "2024")


def test_a_yield_is_no_part_of_another_yield():
    found = read(table(CROPS))
    assert figure(found, "1.700").part_of == "Lúa cả năm, diện tích"
    assert figure(found, "42,7").part_of == ""


def test_years_down_the_first_column_are_the_periods():
    found = read(table("Năm | Diện tích chè (ha) | Ghi chú\n2021 | 425 | \n2022 | 440 | "))
    assert (figure(found, "440").indicator, figure(found, "440").period) == (
        "Diện tích chè",
        "2022",
    )


def test_the_caption_gives_the_period_where_no_column_does():
    found = read("Bảng 5. Tổng đàn gia súc năm 2022", table("Xã | Trâu (con)\nMường Và | 1.250"))
    assert figure(found, "1.250").period == "2022"


def test_a_code_is_no_figure():
    found = read(table("Mã số | Tên trạm | Số giường\n1205 | Trạm y tế Dồm Cang | 12"))
    assert [each.text for each in found.figures] == ["12"]


def test_words_shared_with_the_row_above_stand_in_a_passage_of_two_places():
    drawn = "TT | Nhiệm vụ | Chủ trì | Thời hạn\n1 | Rà soát | Phòng A | Quý I\n2 | Cấp giấy | ^ | Quý II"
    found = read(table(drawn))
    last = rows(found)[-1]
    assert last.text == "Phòng A 2\tCấp giấy\t\tQuý II"
    assert read_spans(found.report.text, last.spans) == last.text


def test_two_tables_without_words_between_have_each_its_head():
    found = read(
        table("Xã | Trâu (con)\nMường Và | 1.250"), table("Xã | Lợn (con)\nMường Và | 5.400")
    )
    assert [row.cells[0].column for row in rows(found)] == ["Trâu (con)", "Lợn (con)"]


def test_a_table_goes_on_behind_a_footnote():
    note = TextBlock("Số liệu của Chi cục Thống kê.")
    first = table("TT | Xã | Số hộ\n1 | Mường Và | 210", headers=1)
    rest = table("TT | Xã | Số hộ\n2 | Nậm Lạnh | 320", headers=1, continues=True)
    found = cut_report("a.docx", "0", structure_document(Document((first, note, rest))))
    assert [(row.label, row.cells[0].column) for row in rows(found)] == [
        ("Xã Mường Và", "Số hộ"),
        ("Xã Nậm Lạnh", "Số hộ"),
    ]


def test_a_long_row_is_searched_in_pieces_that_name_row_and_column():
    duties = "Rà soát hộ nghèo theo chuẩn mới. Lập danh sách đề nghị hỗ trợ nhà ở. " * 20
    found = read(table(f"TT | Nhiệm vụ | Nội dung\n1 | Giảm nghèo | {duties}", headers=1))
    chunks = [each for each in found.chunks if each.text.startswith("Giảm nghèo: Nội dung ")]
    [row] = rows(found)
    assert len(chunks) > 1
    assert max(len(each.text) for each in chunks) < 1700
    for chunk in chunks:
        assert all(row.spans[0].start <= s.start < s.end <= row.spans[0].end for s in chunk.spans)


@pytest.mark.parametrize("seed", range(40))
def test_any_grid_is_read_and_every_place_is_exact(seed):
    draw = random.Random(seed)
    words = ["STT", "1", "I", "Xã Mường Và", "12,5", "Năm 2024", "Tổng số", "-", "ĐVT: ha", "ha", "(1)",
             "Trong đó: - nữ", "\"", "Nguồn: UBND", "x" * 400, "Cộng", "2.1", "a)"]  # fmt: skip
    table_rows = tuple(
        TableRow(
            tuple(
                TableCell(draw.choice(words), column, draw.randint(1, 3), draw.randint(1, 4))
                for column in sorted(draw.sample(range(9), draw.randint(1, 6)))
            ),
            header=draw.random() < 0.1,
        )
        for _ in range(draw.randint(1, 25))
    )
    found = read("Nội dung báo cáo.", TableBlock(table_rows))
    for row in rows(found):
        assert read_spans(found.report.text, row.spans) == row.text
        for cell in row.cells:
            assert any(s.start <= cell.span.start < cell.span.end <= s.end for s in row.spans)
