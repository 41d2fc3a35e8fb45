"""Tables as Vietnamese reports have them, drawn: rows bound to head, unit, groups and places."""

import re

import pytest
from grids import CROPS, INDICATORS, POVERTY, STAFF, TASKS, bound, shown, table

BUDGET = """
STT | Nội dung | Dự toán năm 2024 | < | Thực hiện | So sánh (%)
^ | ^ | Tỉnh giao | Huyện giao | ^ | ^
A | TỔNG THU NSNN | 50.000 | 52.000 | 54.100 | 104
I | Thu nội địa | 48.000 | 50.000 | 51.900 | 103,8
1 | Thu từ khu vực ngoài quốc doanh | 20.000 | 21.000 | 22.050 | 105
a | Thuế giá trị gia tăng | 15.000 | 15.500 | 16.020 | 103,4
b | Thuế tài nguyên | 5.000 | 5.500 | 6.030 | 109,6
2 | Lệ phí trước bạ | 9.000 | 9.300 | 9.450 | 101,6
II | Thu viện trợ | 2.000 | 2.000 | 2.200 | 110
B | TỔNG CHI NGÂN SÁCH | 610.000 | 615.000 | 598.700 | 97,3
I | Chi đầu tư phát triển | 110.000 | 112.000 | 99.800 | 89,1
"""
POPULATION = """
Xã | Bản | Số hộ | Số nhân khẩu | <
^ | ^ | ^ | Tổng số | Trong đó: Nữ
Mường Và | Bản Mường Và | 120 | 560 | 281
^ | Bản Pá Khoang | 85 | 402 | 198
Nậm Lạnh | Bản Phổng | 64 | 318 | 160
^ | Bản Lạnh | 71 | 333 | 170
Tổng cộng | < | 340 | 1.613 | 809
"""
FORM = """
Tên công trình | Trường PTDTBT Tiểu học Nậm Lạnh
Chủ đầu tư | Ban Quản lý dự án huyện
Tổng mức đầu tư | 14.500 triệu đồng
Số phòng học | 12 phòng
Thời gian thi công | 2023 - 2025
"""
YEARS_DOWN = """
NIÊN GIÁM THỐNG KÊ HUYỆN | | |
Diện tích và sản lượng chè | | |
 | | | ĐVT: ha, tấn
Năm | Diện tích | Sản lượng | Năng suất bình quân
 | (ha) | (tấn) | (tạ/ha)
2020 | 410 | 2.050 | 50,0
2021 | 425 | 2.210 | 52,0
2022 | 440 | 2.376 | 54,0
"""
TWO_IN_A_SHEET = """
đầu tư trực tiếp nước ngoài theo ngành 1988-2005 | | | | |
(tính tới ngày 22/8/2005 - chỉ tính các dự án còn hiệu lực) | | | | |
STT | Chuyên ngành | Số dự án | TVĐT | Vốn pháp định | Đầu tư thực hiện
I | Công nghiệp và xây dựng | 3798 | 28996154868 | 12601111219 | 17717309149
 | CN dầu khí | 28 | 1913191815 | 1406191815 | 4587290313
 | CN nhẹ | 1569 | 7996396563 | 3580697658 | 3015658859
II | Nông-Lâm-Ngư nghiệp | 747 | 3610051804 | 1569811509 | 1758118839
 | Thủy sản | 109 | 301421180 | 133005381 | 152017375
Tổng số | | 5617 | 48154971106 | 21555956808 | 25769527089
Nguồn: Cục Đầu tư nước ngoài - Bộ Kế hoạch và Đầu tư | | | | |
đầu tư trực tiếp nước ngoài theo htđt 1988-2005 | | | | |
Hình thức đầu tư | | Số dự án | TVĐT | Vốn pháp định | Đầu tư thực hiện
Công ty quản lý vốn | | 1 | 14448000 | 14448000 | 0
Công ty cổ phần | | 6 | 168910000 | 65518203 | 124704385
"""
IMPORTS = """
Ước thực hiện nhập khẩu tháng 2 và 2 tháng năm 2005 | | | | | | | |
Stt | | Đơn vị | K.H | TH | Ư.TH | So sánh (%) | |
 | | tính | 2005 | T1/2005 | T2/2005 | T2-2005/ T1-2005 | 2T-2005/ 2T-2004 | 2T-2005/ KH2005
 | Tổng kim ngạch nhập khẩu | Tr. USD | 36500 | 2553 | 2350 | 92.05 | 124.16 | 13.43
 | Trong đó: - DN ĐTNN | " | 12800 | 907 | 830 | 91.51 | 127.35 | 13.57
 | Mặt hàng chủ yếu | | | | | | |
1 | Ôtô nguyên chiếc các loại | Chiếc | 25000 | 1261 | 1000 | 79.30 | 118.75 | 9.04
6 | Phân bón các loại | Ng. tấn | | 133 | 150 | 112.78 | 48.79 |
 | Trong đó: Phân urê | " | 1700 | 34 | 50 | 147.06 | 23.77 | 4.95
7 | Thép các loại | " | 5700 | 348 | 320 | 91.95 | 96.53 | 11.72
"""


def read(*drawn, caption=()):
    """Give the rows of a table by name: their values by column."""
    rows, rendered = bound(*drawn, caption=caption)
    found = shown(rows, rendered)
    assert len({name for name, _ in found}) == len(found)
    return dict(found)


def units(drawn):
    return {row.name: row.unit for row in bound(drawn)[0]}


def test_a_head_of_merged_cells_names_each_column_by_its_path():
    assert read(INDICATORS)["VỀ KINH TẾ › Tổng giá trị sản xuất"] == {
        "Năm 2024 - Kế hoạch": "2.150",
        "Năm 2024 - Ước thực hiện": "2.210",
        "Năm 2024 - So sánh TH/KH (%)": "102,8",
        "Kế hoạch năm 2025": "2.400",
    }


def test_a_row_that_numbers_the_columns_is_no_data():
    assert list(read(INDICATORS)) == [
        "VỀ KINH TẾ › Tổng giá trị sản xuất",
        "VỀ KINH TẾ › Tổng giá trị sản xuất › Nông, lâm nghiệp",
        "VỀ KINH TẾ › Tổng giá trị sản xuất › Công nghiệp, xây dựng",
        "VỀ KINH TẾ › Thu ngân sách trên địa bàn",
        "VỀ XÃ HỘI › Tỷ lệ hộ nghèo",
    ]


def test_an_empty_cell_leaves_the_others_under_their_columns():
    assert read(INDICATORS)["VỀ XÃ HỘI › Tỷ lệ hộ nghèo"] == {
        "Năm 2024 - Kế hoạch": "21,5",
        "Năm 2024 - Ước thực hiện": "20,9",
        "Kế hoạch năm 2025": "18,0",
    }


def test_a_ditto_mark_repeats_the_unit_above():
    assert units(INDICATORS)["Công nghiệp, xây dựng"] == "Tỷ đồng"


def test_letters_numerals_numbers_and_small_letters_make_a_path():
    assert list(read(BUDGET)) == [
        "TỔNG THU NSNN",
        "TỔNG THU NSNN › Thu nội địa",
        "TỔNG THU NSNN › Thu nội địa › Thu từ khu vực ngoài quốc doanh",
        "TỔNG THU NSNN › Thu nội địa › Thu từ khu vực ngoài quốc doanh › Thuế giá trị gia tăng",
        "TỔNG THU NSNN › Thu nội địa › Thu từ khu vực ngoài quốc doanh › Thuế tài nguyên",
        "TỔNG THU NSNN › Thu nội địa › Lệ phí trước bạ",
        "TỔNG THU NSNN › Thu viện trợ",
        "TỔNG CHI NGÂN SÁCH",
        "TỔNG CHI NGÂN SÁCH › Chi đầu tư phát triển",
    ]


def test_the_unit_above_a_table_is_that_of_columns_without_their_own():
    caption = ("Biểu 02. Thu, chi ngân sách", "Đơn vị tính: triệu đồng")
    assert read(BUDGET, caption=caption)["TỔNG THU NSNN › Thu viện trợ"] == {
        "Dự toán năm 2024 - Tỉnh giao (triệu đồng)": "2.000",
        "Dự toán năm 2024 - Huyện giao (triệu đồng)": "2.000",
        "Thực hiện (triệu đồng)": "2.200",
        "So sánh (%)": "110",
    }


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("ĐVT: 1.000 đồng", "Số tiền (nghìn đồng)"),
        ("(Đơn vị: trđ)", "Số tiền (triệu đ)"),
        ("Đơn vị tính: ha, tấn", "Số tiền"),
        ("Kết quả như sau:", "Số tiền"),
    ],
)
def test_the_unit_above_a_table_is_written_in_full(line, column):
    drawn = "Xã | Số tiền | Ghi chú\nDồm Cang | 120 | vay mới"
    assert list(read(drawn, caption=(line,))["Xã Dồm Cang"]) == [column, "Ghi chú"]


def test_a_place_merged_over_several_rows_stands_before_each():
    assert list(read(POPULATION)) == [
        "Xã Mường Và › Bản Mường Và",
        "Xã Mường Và › Bản Pá Khoang",
        "Xã Nậm Lạnh › Bản Phổng",
        "Xã Nậm Lạnh › Bản Lạnh",
        "Tổng cộng các xã",
    ]
    assert read(POPULATION)["Xã Nậm Lạnh › Bản Phổng"] == {
        "Số hộ": "64",
        "Số nhân khẩu - Tổng số": "318",
        "Số nhân khẩu - Trong đó: Nữ": "160",
    }


def test_a_place_written_once_goes_on_over_the_empty_cells_below():
    drawn = POPULATION.replace("^ | Bản", " | Bản")
    assert list(read(drawn)) == list(read(POPULATION))


def test_persons_are_rows_and_what_is_said_of_them_cells():
    assert read(STAFF)["Lò Thị Hương"] == {
        "Chức vụ": "Phó Chủ tịch UBND xã",
        "Trình độ chuyên môn": "Đại học Kinh tế",
        "Năm sinh": "1985",
    }


def test_words_merged_over_several_rows_are_said_of_each():
    found = read(TASKS)["Lĩnh vực nông nghiệp › Rà soát quy hoạch 3 loại rừng"]
    assert found == {
        "Cơ quan chủ trì": "Phòng Nông nghiệp và PTNT",
        "Cơ quan phối hợp": "Hạt Kiểm lâm",
        "Thời gian hoàn thành": "Quý II/2025",
    }


def test_a_row_with_words_of_the_row_above_stands_in_two_places():
    rows, rendered = bound(TASKS)
    texts = [rendered.text[span.start : span.end] for span in rows[1].places]
    assert texts == [
        "Phòng Nông nghiệp và PTNT",
        "2\tRà soát quy hoạch 3 loại rừng\t\tHạt Kiểm lâm\tQuý II/2025",
    ]


def test_a_figure_merged_over_several_rows_is_not_said_of_each():
    rows, rendered = bound("TT | Xã | Vốn\n1 | Dồm Cang | 500\n2 | Nậm Lạnh | ^")
    assert shown(rows, rendered) == [("Xã Dồm Cang", {"Vốn": "500"}), ("Xã Nậm Lạnh", {})]


def test_rows_with_a_dash_are_parts_of_the_numbered_row_above():
    found = read(CROPS)
    assert list(found) == [
        "Tổng diện tích cây lương thực",
        "Lúa cả năm",
        "Lúa cả năm › Lúa đông xuân",
        "Lúa cả năm › Lúa mùa",
        "Ngô",
    ]
    assert found["Lúa cả năm › Lúa mùa"]["Năm 2024 - Năng suất (tạ/ha)"] == "43,3"


def test_a_total_of_places_says_so_and_heads_no_group():
    found = read(POVERTY)
    assert found["Tổng số các xã, thị trấn"]["Hộ nghèo - Số hộ"] == "1.980"
    assert found["Xã Mường Lèo"]["Hộ cận nghèo - Tỷ lệ (%)"] == "16,02"


def test_totals_of_groups_are_named_by_their_group():
    drawn = """
STT | Đơn vị | Số đảng viên
 | Khối Đảng | <
1 | Văn phòng Huyện ủy | 31
2 | Ban Tổ chức | 12
 | Cộng | 43
 | Khối chính quyền | <
3 | Văn phòng HĐND - UBND | 28
 | Cộng | 28
 | Tổng cộng | 71
"""
    assert list(read(drawn)) == [
        "Khối Đảng › Văn phòng Huyện ủy",
        "Khối Đảng › Ban Tổ chức",
        "Khối Đảng › Cộng các đơn vị",
        "Khối chính quyền › Văn phòng HĐND - UBND",
        "Khối chính quyền › Cộng các đơn vị",
        "Tổng cộng các đơn vị",
    ]


def test_a_form_of_two_columns_names_what_it_is_of():
    found = read(FORM)
    assert found["Tên công trình"] == {"": "Trường PTDTBT Tiểu học Nậm Lạnh"}
    assert found["Trường PTDTBT Tiểu học Nậm Lạnh › Số phòng học"] == {"": "12 phòng"}


def test_years_down_the_first_column_name_the_rows():
    assert read(YEARS_DOWN)["Năm 2021"] == {
        "Diện tích (ha)": "425",
        "Sản lượng (tấn)": "2.210",
        "Năng suất bình quân (tạ/ha)": "52,0",
    }


def test_lines_above_the_head_within_a_table_are_its_caption():
    assert bound(YEARS_DOWN)[0][0].caption == (
        "NIÊN GIÁM THỐNG KÊ HUYỆN",
        "Diện tích và sản lượng chè",
        "ĐVT: ha, tấn",
    )


def test_two_tables_in_one_sheet_have_each_its_head_and_title():
    rows, rendered = bound(TWO_IN_A_SHEET)
    assert dict(shown(rows, rendered))["Nông-Lâm-Ngư nghiệp › Thủy sản"]["Số dự án"] == "109"
    assert rows[-1].caption == ("đầu tư trực tiếp nước ngoài theo htđt 1988-2005",)
    assert rows[-1].name == "Công ty cổ phần"


def test_a_remark_below_a_table_is_kept_as_a_row_of_its_own():
    rows, _ = bound(TWO_IN_A_SHEET)
    [remark] = [row for row in rows if row.name.startswith("Nguồn:")]
    assert (remark.group, remark.cells) == ("", ())


def test_names_typed_over_several_rows_of_a_sheet_are_one_name():
    found = read(IMPORTS)
    assert found["Tổng kim ngạch nhập khẩu › DN ĐTNN"] == {
        "K.H 2005": "12800",
        "TH T1/2005": "907",
        "Ư.TH T2/2005": "830",
        "So sánh (%) - T2-2005/ T1-2005": "91.51",
        "So sánh (%) - 2T-2005/ 2T-2004": "127.35",
        "So sánh (%) - 2T-2005/ KH2005": "13.57",
    }
    assert units(IMPORTS)["Phân urê"] == "nghìn tấn"


def test_a_name_without_values_heads_the_count_that_begins_behind_it():
    assert list(read(IMPORTS))[2:5] == [
        "Mặt hàng chủ yếu › Ôtô nguyên chiếc các loại",
        "Mặt hàng chủ yếu › Phân bón các loại",
        "Mặt hàng chủ yếu › Phân bón các loại › Phân urê",
    ]


def test_a_name_without_values_heads_no_count_that_only_goes_on():
    drawn = """
STT | Nội dung | Dự toán
1 | Thu bổ sung | 900
 | Bổ sung cân đối | 900
 | Bổ sung có mục tiêu |
2 | Thu chuyển nguồn | 40
"""
    assert list(read(drawn)) == [
        "Thu bổ sung",
        "Thu bổ sung › Bổ sung cân đối",
        "Thu bổ sung › Bổ sung có mục tiêu",
        "Thu chuyển nguồn",
    ]


def test_a_table_of_one_row_under_a_head_has_its_columns():
    rows, rendered = bound("Tổng số đảng viên | Kết nạp mới | Tỷ lệ (%)\n4.215 | 180 | 4,27")
    assert shown(rows, rendered) == [
        ("", {"Tổng số đảng viên": "4.215", "Kết nạp mới": "180", "Tỷ lệ (%)": "4,27"})
    ]


def test_a_table_of_one_row_without_a_head_is_a_name_and_its_value():
    assert read("Tổng diện tích tự nhiên | 147.342 ha") == {
        "Tổng diện tích tự nhiên": {"": "147.342 ha"}
    }


def test_the_same_head_side_by_side_is_two_tables():
    drawn = """
STT | Tên bản | Số hộ | STT | Tên bản | Số hộ
1 | Men | 60 | 3 | Hua | 71
2 | Củ | 45 | 4 | Kéo | 38
"""
    rows, rendered = bound(drawn)
    assert shown(rows, rendered) == [
        ("Bản Men", {"Số hộ": "60"}),
        ("Bản Hua", {"Số hộ": "71"}),
        ("Bản Củ", {"Số hộ": "45"}),
        ("Bản Kéo", {"Số hộ": "38"}),
    ]
    assert [rendered.text[r.places[0].start : r.places[0].end] for r in rows[:2]] == [
        "1\tMen\t60",
        "3\tHua\t71",
    ]


def test_a_table_on_three_pages_is_one_and_its_repeated_head_no_row():
    head = "STT | Xã | Năm 2024 | <\n^ | ^ | Số hộ | Số khẩu\n"
    pages = [
        table(f"{head}{n} | Xã {name} | {n}10 | {n}450", headers=2, continues=n > 1, page=n)
        for n, name in enumerate(("Mường Và", "Nậm Lạnh", "Púng Bánh"), 1)
    ]
    assert read(*pages) == {
        f"Xã {name}": {"Năm 2024 - Số hộ": f"{n}10", "Năm 2024 - Số khẩu": f"{n}450"}
        for n, name in enumerate(("Mường Và", "Nậm Lạnh", "Púng Bánh"), 1)
    }


def test_a_repeated_head_that_is_not_marked_is_no_row_either():
    head = "STT | Xã | Số hộ\n"
    pages = [
        table(f"{head}1 | Xã Mường Và | 10"),
        table(f"{head}2 | Xã Nậm Lạnh | 20", continues=True),
    ]
    assert list(read(*pages)) == ["Xã Mường Và", "Xã Nậm Lạnh"]


def test_a_row_cut_by_a_page_goes_on_under_its_name():
    pages = [
        table("TT | Nhiệm vụ | Nội dung\n1 | Giảm nghèo | Rà soát hộ nghèo,", headers=1),
        table(" | | lập danh sách hỗ trợ", continues=True),
    ]
    rows, _ = bound(*pages)
    assert [row.name for row in rows] == ["Giảm nghèo", "Giảm nghèo"]


def test_a_column_of_codes_does_not_name_the_rows():
    drawn = "TT | Mã | Nhiệm vụ | Điểm\n1 | CH.01 | Soạn văn bản | 5\n2 | CH.02 | Lưu hồ sơ | 3"
    assert read(drawn)["Lưu hồ sơ"] == {"Mã": "CH.02", "Điểm": "3"}


def test_a_head_alone_is_kept_as_lines():
    rows, _ = bound(table("STT | Họ và tên | Chức vụ", headers=1))
    assert [(row.name, row.cells) for row in rows] == [("", ())]


@pytest.mark.parametrize("drawn", [INDICATORS, BUDGET, POPULATION, CROPS, POVERTY, TWO_IN_A_SHEET])
def test_every_figure_stands_in_one_row(drawn):
    rows, rendered = bound(drawn)
    told = [rendered.text[c.span.start : c.span.end] for row in rows for c in row.cells]
    data = drawn.strip().split("\n")[2:]
    drawn_figures = [
        text
        for line in data
        for text in (cell.strip() for cell in line.split("|")[1:])
        if re.fullmatch(r"[\d.,]+", text) and len(text) > 1
    ]
    assert sorted(each for each in told if re.fullmatch(r"[\d.,]+", each) and len(each) > 1) == (
        sorted(drawn_figures)
    )


def test_a_long_list_without_values_keeps_every_line():
    rows, _ = bound("TT | Xã | Ghi chú\n" + "\n".join(f" | bản số {n} | " for n in range(2000)))
    assert len(rows) == 2000
    assert {row.group for row in rows} == {""}
