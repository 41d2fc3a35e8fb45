"""A question about one cell of a table finds that cell."""

from dataclasses import replace

import pytest
from grids import CROPS, INDICATORS, POVERTY, STAFF, TASKS, save_docx

import wiring
from settings import Settings

pytestmark = pytest.mark.model

INVESTMENT = """
TT | Tên công trình, dự án | Chủ đầu tư | Tổng mức đầu tư | Lũy kế giải ngân | Kế hoạch vốn năm 2024 | <
^ | ^ | ^ | ^ | ^ | Vốn được giao | Giải ngân
 | TỔNG SỐ | | 152.400 | 96.300 | 41.200 | 38.950
I | Lĩnh vực giao thông | | 98.000 | 61.200 | 27.000 | 25.800
1 | Đường Sốp Cộp - Mường Lèo | Ban QLDA huyện | 68.000 | 44.200 | 17.000 | 16.400
2 | Cầu treo bản Huổi Luông | Phòng Kinh tế và Hạ tầng | 30.000 | 17.000 | 10.000 | 9.400
II | Lĩnh vực giáo dục | | 54.400 | 35.100 | 14.200 | 13.150
1 | Trường THCS Dồm Cang | Ban QLDA huyện | 24.400 | 18.100 | 6.200 | 6.050
2 | Trường Mầm non Hoa Phượng Đỏ | UBND xã Mường Và | 30.000 | 17.000 | 8.000 | 7.100
"""
LIVESTOCK = """
Xã | Trâu (con) | Bò (con) | Lợn (con) | Gia cầm (nghìn con)
Mường Và | 1.250 | 2.310 | 5.400 | 31,2
Nậm Lạnh | 980 | 1.120 | 2.900 | 18,4
Púng Bánh | 1.105 | 1.870 | 3.350 | 22,6
Cộng | 3.335 | 5.300 | 11.650 | 72,2
"""
SCHOOLS = """
TT | Cấp học | Năm học 2022-2023 | < | < | Năm học 2023-2024 | < | <
^ | ^ | Số trường | Số lớp | Số học sinh | Số trường | Số lớp | Số học sinh
1 | Mầm non | 17 | 198 | 4.890 | 16 | 202 | 4.955
2 | Tiểu học | 15 | 260 | 6.720 | 15 | 262 | 6.801
3 | Trung học cơ sở | 14 | 141 | 4.615 | 14 | 145 | 4.702
 | Cộng | 46 | 599 | 16.225 | 45 | 609 | 16.458
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    (folder / "reports").mkdir()
    save_docx(
        folder / "reports" / "sop-cop.docx",
        "ỦY BAN NHÂN DÂN HUYỆN SỐP CỘP",
        "BÁO CÁO",
        "Tình hình kinh tế - xã hội năm 2024 huyện Sốp Cộp, tỉnh Sơn La",
        "Các chỉ tiêu chủ yếu cơ bản đạt và vượt kế hoạch. Kết quả cụ thể như sau:",
        INDICATORS,
        "Phụ lục 3. Tình hình giải ngân vốn đầu tư công",
        "(Đơn vị tính: Triệu đồng)",
        INVESTMENT,
        "Sản xuất nông nghiệp tiếp tục phát triển ổn định.",
        CROPS,
        "Bảng 5: Tổng đàn gia súc, gia cầm các xã đến 31/12/2024",
        LIVESTOCK,
        "Quy mô trường, lớp, học sinh",
        SCHOOLS,
        "Kết quả rà soát hộ nghèo năm 2024",
        POVERTY,
        "Giao các cơ quan, đơn vị thực hiện các nhiệm vụ sau:",
        TASKS,
        "Danh sách cán bộ, công chức xã",
        STAFF,
    )
    settings = replace(Settings(), index_dir=folder / "index")
    wiring.index_reports(settings, [folder / "reports"])
    return wiring.build_assistant(settings).ask


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("Tổng giá trị sản xuất ước thực hiện năm 2024 là bao nhiêu?", "2.210"),
        ("Kế hoạch thu ngân sách trên địa bàn năm 2025 là bao nhiêu?", "50.000"),
        ("gia tri san xuat cong nghiep, xay dung uoc thuc hien nam 2024", "725"),
        ("Ai là chủ đầu tư cầu treo bản Huổi Luông?", "Phòng Kinh tế và Hạ tầng"),
        ("Tổng mức đầu tư Trường THCS Dồm Cang là bao nhiêu?", "24.400"),
        ("Đường Sốp Cộp - Mường Lèo giải ngân năm 2024 được bao nhiêu?", "16.400"),
        ("luy ke giai ngan linh vuc giao duc", "35.100"),
        ("Diện tích lúa mùa năm 2024 là bao nhiêu ha?", "1.720"),
        ("Sản lượng lúa cả năm 2023 là bao nhiêu?", "13.978"),
        ("Xã Nậm Lạnh có bao nhiêu con trâu?", "980"),
        ("Số học sinh tiểu học năm học 2023-2024?", "6.801"),
        ("Tổng số học sinh năm học 2023-2024?", "16.458"),
        ("so truong trung hoc co so nam hoc 2023-2024", "14"),
        ("Xã Mường Lèo có bao nhiêu hộ nghèo?", "340"),
        ("Tổng số hộ nghèo xã Mường Lèo là bao nhiêu?", "340"),
        ("Tổng số hộ nghèo toàn huyện là bao nhiêu?", "1.980"),
        ("ty le ho ngheo thi tran Sop Cop", "7,85"),
        ("Cơ quan nào chủ trì rà soát quy hoạch 3 loại rừng?", "Phòng Nông nghiệp và PTNT"),
        ("Lò Thị Hương giữ chức vụ gì?", "Phó Chủ tịch UBND xã"),
    ],
)
def test_a_question_about_a_cell_finds_it(ask, question, cell):
    answer = ask(question)
    assert cell in [citation.quote for citation in answer.citations] or f": {cell} " in answer.text
    assert answer.citations[0].quote
