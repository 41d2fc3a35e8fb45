"""Passages to figures: what each measures, when, where, what it is said to be, of what a part."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from ingest import read_report
from ingest.structure import cut_report, structure_text
from records import FigureStatus

REPORTS = Path(__file__).parent.parent / "reports"
HEAD = "BÁO CÁO\nKết quả thực hiện nhiệm vụ kinh tế - xã hội huyện Mai Sơn\nMai Sơn, ngày 5 tháng 12 năm 2024\n\n"
RESULT, ESTIMATE = FigureStatus.RESULT, FigureStatus.ESTIMATE
TARGET, COMPARISON = FigureStatus.TARGET, FigureStatus.COMPARISON


def figures(text, head=HEAD):
    """Give the figures of a text below the head of a report made in December 2024."""
    read = cut_report("a.txt", "0", structure_text(f"{head}{text}"))
    return [each for each in read.figures if each.span.start >= len(head)]


def shown(text, *fields):
    return [tuple(getattr(each, field) for field in ("text", *fields)) for each in figures(text)]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("Tỷ lệ che phủ rừng đạt 42,05%.", "Tỷ lệ che phủ rừng"),
        ("Hiện nay, toàn huyện có 181 HTX.", "HTX"),
        ("Toàn huyện có trên 11,5 nghìn ha cây ăn quả.", "Cây ăn quả"),
        ("Có 42/63 trường đạt chuẩn quốc gia.", "Trường đạt chuẩn quốc gia"),
        ("98% số hộ ở nông thôn được sử dụng nước hợp vệ sinh.", "Số hộ ở nông thôn được sử dụng nước hợp vệ sinh"),
        ("Dân số trung bình toàn huyện khoảng 53.207 người.", "Dân số trung bình toàn huyện"),
        ("Diện tích trồng rừng mới tập trung (819,2/750 ha).", "Diện tích trồng rừng mới tập trung"),
        ("Với tổng số 6.253 đảng viên.", "Tổng số đảng viên"),
        ("Tỷ lệ trẻ em dưới 5 tuổi suy dinh dưỡng là 18,1%.", "Tỷ lệ trẻ em dưới 5 tuổi suy dinh dưỡng"),
        ("Giải quyết việc làm cho 270 lao động.", "Giải quyết việc làm cho lao động"),
        ("HTX Đoàn Kết, quy mô 26 ha.", "Quy mô (HTX Đoàn Kết)"),
        ("Bản, tiểu khu văn hóa đạt 63%.", "Bản, tiểu khu văn hóa"),
        ("Tổng kế hoạch vốn 03 chương trình MTQG là 173 tỷ đồng.", "Tổng kế hoạch vốn 03 chương trình MTQG"),
    ],
)  # fmt: skip
def test_what_a_figure_measures_is_named_as_worded(text, indicator):
    (figure,) = figures(text)
    assert figure.indicator == indicator


def test_a_figure_behind_another_of_its_list_keeps_what_the_list_is_of():
    text = "Tỷ lệ huy động học sinh gồm: Mẫu giáo là 98,5%; Tiểu học là 99,9%."
    assert shown(text, "indicator") == [
        ("98,5%", "Tỷ lệ huy động học sinh: Mẫu giáo"),
        ("99,9%", "Tỷ lệ huy động học sinh: Tiểu học"),
    ]


def test_what_a_parallel_leaves_out_is_put_back():
    text = "Giá trị sản xuất khu vực nông nghiệp ước đạt 572 tỷ đồng; khu vực dịch vụ ước đạt 1.350 tỷ đồng."
    assert [each.indicator for each in figures(text)] == [
        "Giá trị sản xuất khu vực nông nghiệp",
        "Giá trị sản xuất khu vực dịch vụ",
    ]


def test_a_change_and_a_share_of_a_plan_are_comparisons():
    text = (
        "Toàn huyện có 181 HTX, tăng 54 HTX so với năm 2020; độ che phủ rừng đạt 34,39%, "
        "đạt 101,15% NQĐH; diện tích trồng rừng (819,2/750 ha, đạt 109,2%)."
    )
    assert shown(text, "indicator", "status") == [
        ("181 HTX", "HTX", RESULT),
        ("54 HTX", "HTX", COMPARISON),
        ("34,39%", "Độ che phủ rừng", RESULT),
        ("101,15%", "Độ che phủ rừng", COMPARISON),
        ("819,2/750 ha", "Diện tích trồng rừng", RESULT),
        ("109,2%", "Diện tích trồng rừng", COMPARISON),
    ]


def test_a_rate_of_change_is_an_indicator_of_its_own():
    (figure,) = figures("Tổng đàn gia súc trung bình tăng 2,5%/năm.")
    assert (figure.status, figure.unit) == (RESULT, "%/năm")


def test_parts_name_their_whole():
    text = "Có 20 sản phẩm OCOP (trong đó 12 sản phẩm 4 sao), trồng 532 ha rừng (396 ha rừng phòng hộ)."
    assert shown(text, "part_of") == [
        ("20 sản phẩm", ""),
        ("12 sản phẩm", "Sản phẩm OCOP"),
        ("532 ha", ""),
        ("396 ha", "Trồng rừng"),
    ]


def test_what_is_larger_or_of_another_unit_is_no_part():
    text = "Có 3 vùng sản xuất, trong đó diện tích đạt 500 ha."
    assert [each.part_of for each in figures(text)] == ["", ""]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Độ che phủ rừng đạt 34%.", RESULT),
        ("Độ che phủ rừng ước đạt 34%.", ESTIMATE),
        ("Đến năm 2025 độ che phủ rừng ước đạt 34%.", ESTIMATE),
        ("Phấn đấu độ che phủ rừng đạt 34%.", TARGET),
        ("Đến năm 2030, độ che phủ rừng đạt 34%.", TARGET),
        ("Đến năm 2023, độ che phủ rừng đạt 34%.", RESULT),
        ("Thu ngân sách theo Nghị quyết đến 2025 là 820 tỷ đồng.", TARGET),
        ("Phấn đấu tăng thu, kết quả lũy kế đến nay mới đạt 404 tỷ đồng.", RESULT),
        ("Đạt 98% mục tiêu Nghị quyết; 74% hộ gia đình văn hóa.", RESULT),
    ],
)
def test_what_was_reached_is_told_from_what_is_estimated_and_aimed_at(text, status):
    assert figures(text)[-1].status is status


def test_a_future_year_is_one_after_the_report_was_made():
    later = HEAD.replace("2024", "2031")
    text = "Đến năm 2030, độ che phủ rừng đạt 34%."
    assert [each.status for each in figures(text)] == [TARGET]
    assert [each.status for each in figures(text, later)] == [RESULT]


def test_the_heading_says_that_figures_are_targets():
    text = "I. PHƯƠNG HƯỚNG, MỤC TIÊU NĂM 2025\n\nThu nhập bình quân đầu người đạt 32,07 triệu đồng/người/năm.\n"
    assert shown(text, "period", "status") == [("32,07 triệu đồng/người/năm", "2025", TARGET)]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Năm 2023 tỷ lệ hộ nghèo còn 12%.", "2023"),
        ("Thu ngân sách đạt 404 tỷ đồng năm 2023.", "2023"),
        ("Giai đoạn 2021 - 2024 tổng vốn là 817 tỷ đồng.", "2021 - 2024"),
        ("Sản lượng lương thực 6 tháng đầu năm ước là 5.375 tấn.", "6 tháng đầu năm 2024"),
        ("Sản lượng lương thực quý II/2024 là 5.375 tấn.", "quý II/2024"),
        ("Đến ngày 31/10/2023 đã có 7.833 tài khoản.", "2023"),
        ("Đến nay huyện có 20 sản phẩm OCOP.", "2024"),
        ("Có 20 sản phẩm OCOP, tăng so với năm 2020.", ""),
    ],
)
def test_the_nearest_words_say_the_period(text, period):
    assert figures(text)[0].period == period


def test_a_place_within_the_district_is_named():
    text = "Xã Ảng Cang đạt 14/19 tiêu chí; có 39 sản phẩm, chiếm 20% của toàn tỉnh."
    assert [each.locality for each in figures(text)] == ["Xã Ảng Cang", "Mai Sơn", "tỉnh"]


def test_durations_ages_and_bases_are_no_figures():
    text = "Trong 5 năm, trẻ em dưới 5 tuổi; giá trị sản xuất 1 ha đất đạt 80 triệu đồng/ha/năm."
    assert [each.text for each in figures(text)] == ["80 triệu đồng/ha/năm"]


def test_a_ratio_keeps_the_unit_that_was_announced():
    (figure,) = figures("Tỷ lệ bác sỹ/vạn dân là 10 bác sỹ.")
    assert (figure.unit, figure.value) == ("bác sĩ/vạn dân", 10)


TABLE = """BIỂU KẾT QUẢ
Thực hiện chỉ tiêu nhiệm kỳ 2020-2025

STT	Lĩnh vực	Nghị quyết ĐH	Ước thực hiện năm 2024	So sánh với NQ (%)	Mục tiêu đến năm 2030
1	Cơ cấu kinh tế:				
	- Nông nghiệp	29,2%	29.40%	99%	28.50%
	- Thu nhập bình quân đầu người (triệu đồng/người/năm)	35	34.45	111%	>47
2	Sản lượng lương thực	17.000 tấn/năm	17,504	103%	17.000 tấn/năm
3	Tỷ lệ hộ nghèo	Giảm 3,5%/năm	Tỷ lệ hộ nghèo còn 15,83%	Đạt 182% chỉ tiêu NQ	
"""


def test_a_table_gives_each_figure_its_row_and_column():
    rows = [each for each in figures(TABLE) if "Nông nghiệp" in each.indicator]
    assert [(each.text, each.value, each.period, each.status) for each in rows] == [
        ("29,2%", Decimal("29.2"), "2020 - 2025", TARGET),
        ("29.40%", Decimal("29.40"), "2024", ESTIMATE),
        ("99%", 99, "2020 - 2025", COMPARISON),
        ("28.50%", Decimal("28.50"), "2030", TARGET),
    ]
    assert {each.indicator for each in rows} == {"Cơ cấu kinh tế: Nông nghiệp"}


def test_bare_numbers_of_a_table_take_the_unit_of_their_row():
    rows = [each for each in figures(TABLE) if "Thu nhập" in each.indicator]
    assert [(each.value, each.unit, each.qualifier) for each in rows if each.unit != "%"] == [
        (35_000_000, "đồng/người/năm", ""),
        (34_450_000, "đồng/người/năm", ""),
        (47_000_000, "đồng/người/năm", ">"),
    ]
    assert {each.indicator for each in rows} == {"Cơ cấu kinh tế: Thu nhập bình quân đầu người"}


def test_a_comma_in_a_table_may_part_thousands():
    rows = [each for each in figures(TABLE) if "lương thực" in each.indicator]
    assert [each.value for each in rows] == [17000, 17504, 103, 17000]


def test_a_share_of_a_plan_in_a_cell_is_of_the_row():
    (figure,) = [each for each in figures(TABLE) if each.text == "182%"]
    assert (figure.indicator, figure.status) == ("Tỷ lệ hộ nghèo", COMPARISON)


def test_a_unit_column_is_used():
    table = (
        "STT\tChỉ tiêu\tĐVT\tThực hiện năm 2024\n1\tDiện tích lúa\tha\t1.200\n2\tĐàn bò\tcon\t350\n"
    )
    assert [(each.value, each.unit) for each in figures(table)] == [(1200, "ha"), (350, "con")]


def test_a_footnote_divides_what_it_hangs_on():
    text = (
        "Tổng đàn gia súc đạt 42.719 con, đạt 71% NQĐH¹, tổng đàn gia cầm đạt 287.815 con.\n\n"
        "¹ Trong đó: Đàn trâu 4.230 con; đàn bò 8.985 con.\n"
    )
    parts = [each for each in figures(text) if each.indicator in ("Đàn trâu", "Đàn bò")]
    assert [each.part_of for each in parts] == ["Tổng đàn gia súc", "Tổng đàn gia súc"]


@pytest.fixture(scope="module", params=sorted(path.name for path in REPORTS.glob("*.txt")))
def sample(request):
    return read_report(REPORTS / request.param)


def test_every_figure_is_what_stands_at_its_place(sample):
    passages = {passage.id: passage for passage in sample.passages}
    for figure in sample.figures:
        own = passages[figure.passage_id].spans
        assert sample.report.text[figure.span.start : figure.span.end] == figure.text
        assert any(o.start <= figure.span.start and figure.span.end <= o.end for o in own)
        assert re.search(r"\d", figure.text)
        assert figure.indicator
        assert figure.indicator[0] == figure.indicator[0].upper()


def test_figures_have_ids_of_their_own(sample):
    assert len({figure.id for figure in sample.figures}) == len(sample.figures)


def test_a_report_without_figures_has_none():
    assert figures("Không có số nào ở đây.") == []


def test_a_sentence_of_ten_thousand_figures_is_read():
    assert len(figures("Có 20 xã, " * 3000)) >= 2900
