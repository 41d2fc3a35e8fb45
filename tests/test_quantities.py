import time
import unicodedata
from decimal import Decimal

import pytest

from quantities import convert, find_quantities, format_quantity, same_unit


def read(text):
    """Give each figure as its words, its value with high or whole, and its unit."""
    found = []
    for each in find_quantities(text):
        more = each.high if each.high is not None else each.whole
        worded = text[each.span.start : each.span.end]
        found.append((worded, each.value, *([] if more is None else [more]), each.unit))
    return found


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("diện tích 1.234,5 ha", "1234.5", "ha"),
        ("tỷ trọng 29.40%", "29.4", "%"),
        ("độ che phủ 34.39%", "34.39", "%"),
        ("ước đạt 1.350 tỷ đồng", "1350000000000", "đồng"),
        ("tổng số 6.253 đảng viên", "6253", "đảng viên"),
        ("trên 11,5 nghìn ha cây ăn quả", "11500", "ha"),
        ("1,5 ngàn tấn", "1500", "tấn"),
        ("5 vạn dân", "50000", "dân"),
        ("vay 300 triệu", "300000000", "đồng"),
        ("gần 8 triệu lượt khách du lịch", "8000000", "lượt khách"),
        ("21,6 Triệu Kwh", "21600000", "kWh"),
        ("giảm 6,37%/năm", "6.37", "%/năm"),
        ("tỷ suất 0,7‰", "0.7", "‰"),
        ("mức giảm sinh 0,62%0", "0.62", "‰"),
        ("11,5 bác sỹ/vạn dân", "11.5", "bác sĩ/vạn dân"),
        ("số bác sĩ/10.000 dân đạt 6,92", "6.92", "bác sĩ/vạn dân"),
        ("39 triệu đồng/người/năm", "39000000", "đồng/người/năm"),
        ("dân số 148.259 người", "148259", "người"),
        ("có 01 người", "1", "người"),
        ("trồng 20ha", "20", "ha"),
        ("dài 5km", "5", "km"),
        ("chiếm 32 %", "32", "%"),
        ("rộng 1.072,09 km2", "1072.09", "km²"),
        ("hiến 1.000 m² đất", "1000", "m²"),
        ("tăng trưởng -2,5%", "-2.5", "%"),
        ("có 181 HTX", "181", "hợp tác xã"),
        ("139 ô đất", "139", "ô"),
        ("trên 100 số hộ gia đình", "100", "hộ gia đình"),
        ("đạt 404 năm 2023", "404", ""),
        ("cho 2000 người", "2000", "người"),
    ],
)
def test_a_figure_is_read_with_its_unit(text, value, unit):
    (found,) = find_quantities(text)
    assert (found.value, found.unit) == (Decimal(value), unit)


def test_dots_are_thousands_or_decimals_by_the_digits_behind_them():
    text = "29.40%; 1.350; 34.45; 16.097,12ha; 6.253; 1,234,567 đồng"
    assert [each.value for each in find_quantities(text)] == [
        Decimal(value) for value in ("29.40", "1350", "34.45", "16097.12", "6253", "1234567")
    ]


def test_a_comma_parts_thousands_only_where_the_row_shows_it():
    row = "Sản lượng lương thực\t17.000 tấn/năm\t17,504\t17,500\t103%"
    assert [each.value for each in find_quantities(row)] == [17000, 17504, 17500, 103]
    assert find_quantities("đạt 83,019/99 điểm; 89,608%")[0].value == Decimal("83.019")


def test_a_range_has_two_ends():
    assert read("từ 340 - 440 tỷ đồng/năm; 340 – 440 ha; từ 1,5 đến 2 triệu đồng; 5-10 HTX") == [
        ("340 - 440 tỷ đồng/năm", 340 * 10**9, 440 * 10**9, "đồng/năm"),
        ("340 – 440 ha", 340, 440, "ha"),
        ("1,5 đến 2 triệu đồng", 1_500_000, 2_000_000, "đồng"),
        ("5-10 HTX", 5, 10, "hợp tác xã"),
    ]


def test_a_change_from_one_value_to_another_is_no_range():
    assert [each.high for each in find_quantities("tăng từ 20% lên 30%")] == [None, None]


def test_a_part_of_a_whole_keeps_both():
    text = "42/63 trường; 10/10 xã; 128,3km/365,8km; 373 ha/375 ha; 15/15 các xã"
    assert read(text) == [
        ("42/63 trường", 42, 63, "trường"),
        ("10/10 xã", 10, 10, "xã"),
        ("128,3km/365,8km", Decimal("128.3"), Decimal("365.8"), "km"),
        ("373 ha/375 ha", 373, 375, "ha"),
        ("15/15 các xã", 15, 15, "xã"),
    ]


def test_a_rank_is_no_count_of_districts():
    assert read("được tỉnh xếp thứ 4/12 huyện, thành phố") == [("4/12", 4, 12, "hạng")]


def test_the_unit_in_brackets_before_bare_numbers_is_theirs():
    row = "Thu nhập bình quân (triệu đồng/người/năm)\t35\t34.45\t>39"
    assert [(each.value, each.unit) for each in find_quantities(row)] == [
        (Decimal(value), "đồng/người/năm") for value in (35_000_000, 34_450_000, 39_000_000)
    ]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("khoảng 20 xã", "khoảng"),
        ("đạt trên 30.000 tấn", "trên"),
        ("Xấp xỉ 5 ha", "xấp xỉ"),
        ("ít nhất 80%", "ít nhất"),
        ("tối thiểu 80%", "tối thiểu"),
        (">39 triệu đồng", ">"),
        ("trung bình 20 ha", "trung bình"),
        ("từ 130 đảng viên mới trở lên", "trở lên"),
        ("trên địa bàn có 20 xã", ""),
    ],
)
def test_what_qualifies_a_figure_is_kept_as_worded(text, qualifier):
    assert [each.qualifier for each in find_quantities(text)] == [qualifier]


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 14/11/2024",
        "tháng 6/2024",
        "ngày 3/2",
        "quý II/2024",
        "Quý 2/2024",
        "nhiệm kỳ 2020 - 2025",
        "giai đoạn 2021-2025, năm 2024",
        "6 tháng đầu năm 2024",
        "Nghị quyết số 1280/NQ-UBTVQH15",
        "Nghị quyết số 05",
        "Thông tư 32/2021/TT-BLĐTBXH",
        "Kế hoạch số 16-CTr/HU, ngày 09/02/2021",
        "Chương trình 135",
        "QL 6, Quốc lộ 279, QL279",
        "Đề án 06 của Chính phủ",
        "từ tiểu khu 26/3 xã Cò Nòi đến tiểu khu 10, xã Hát Lót",
        "bản 2, tổ 5, phường 8",
        "1. Về kinh tế",
        "2.1. Về kinh tế",
        "a) Khóa XV; cấp độ 3; mức độ 3",
        "điện thoại 0212.3881.229",
        "dịch Covid-19, hệ thống DC01, mạng 4G, công nghệ 4.0",
        "đạt 3 sao",
        "Km0+529,58m",
        "Nghị quyết Trung ương 4 khoá XI",
        "mục 2.5 Lao động, việc làm",
        "chú thích 30 ghi",
        "ISO 9001:2008",
        "http://www.bao12.vn/2024/5",
    ],
)
def test_numbers_that_are_names_are_no_figures(text):
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    ["ngay 14/11/2024", "thang 6/2024", "nhiem ky 2020 - 2025", "6 thang dau nam 2024", "de an 06",
     "tieu khu 26/3 xa Co Noi", "muc do 3", "nam 2025", "quoc lo 279", "nghi quyet so 05"],
)  # fmt: skip
def test_numbers_that_are_names_are_no_figures_without_diacritics_either(text):
    assert read(text) == []


def test_a_place_name_is_told_from_a_count():
    assert read("danh mục 20 dự án") == [("20 dự án", 20, "dự án")]
    assert read("có 8 phường, 7 xã; mỗi bản 200 triệu đồng; cấp 20 giấy chứng nhận") == [
        ("8 phường", 8, "phường"),
        ("7 xã", 7, "xã"),
        ("200 triệu đồng", 200_000_000, "đồng"),
        ("20 giấy chứng nhận", 20, "giấy chứng nhận"),
    ]


def test_a_text_without_diacritics_gives_the_same_units():
    text = "co 20 san pham OCOP, 2 tram y te, 12 van de, 30 ty dong, 5 van dan"
    assert [each.unit for each in find_quantities(text)] == [
        "sản phẩm", "trạm y tế", "vấn đề", "đồng", "dân",
    ]  # fmt: skip


def test_superscript_footnote_marks_belong_to_no_figure():
    assert read("10 sản phẩm OCOP⁵, 42.719 con⁶ và 60.000m³") == [
        ("10 sản phẩm", 10, "sản phẩm"),
        ("42.719 con", 42719, "con"),
        ("60.000m³", 60000, "m³"),
    ]


def test_spans_are_of_the_text_given():
    text = "đạt khoảng 11,5 nghìn ha cây"
    (found,) = find_quantities(text)
    assert text[found.span.start : found.span.end] == "11,5 nghìn ha"
    assert text[found.number.start : found.number.end] == "11,5"


def test_units_are_compared_by_what_they_mean():
    assert same_unit("hộ", "hộ gia đình")
    assert same_unit("người", "nhân khẩu")
    assert not same_unit("ha", "km²")
    assert not same_unit("%", "%/năm")
    assert convert(Decimal(2), "km²", "ha") == 200
    assert convert(Decimal(5), "tạ", "tấn") == Decimal("0.5")
    assert convert(Decimal(5), "tạ", "ha") is None


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        ("1234.5", "ha", "1.234,5 ha"),
        ("1350000000000", "đồng", "1.350 tỷ đồng"),
        ("39000000", "đồng/người/năm", "39 triệu đồng/người/năm"),
        ("6.370", "%/năm", "6,37%/năm"),
        ("34.110", "%", "34,11%"),
        ("100", "xã", "100 xã"),
        ("-2.5", "%", "-2,5%"),
        ("6.92", "", "6,92"),
        ("1", "hạng", "hạng 1"),
    ],
)
def test_a_value_is_written_the_vietnamese_way(value, unit, written):
    assert format_quantity(Decimal(value), unit) == written


@pytest.mark.parametrize(
    "text",
    ["", "...", "1" * 5000, "1.2.3.4.5.6", "/5", "5/0 xã", "1.", "٣٤ xã", "%" * 500, "-" * 500, "5" + "/5" * 900],
    ids=range(11),
)  # fmt: skip
def test_hostile_text_is_survived(text):
    for each in find_quantities(text):
        assert 0 <= each.span.start < each.span.end <= len(text)


def test_text_that_is_not_in_stored_form_gives_no_wrong_offsets():
    text = unicodedata.normalize("NFD", "có 20 sản phẩm")
    assert find_quantities(text) == ()


def test_a_long_text_takes_no_more_than_its_length():
    text = "Toàn huyện có 20 sản phẩm OCOP, đạt 34,39%; "
    started = time.process_time()
    assert len(find_quantities(text * 2000)) == 4000
    assert time.process_time() - started < 10
