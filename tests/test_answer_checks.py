import pytest

from records import Cell, Passage, PassageKind, ReportMetadata, Span
from retrieval.answer_checks import lacks_what_is_asked
from retrieval.asked_time import is_of_another_time
from retrieval.candidates import cut_candidates
from retrieval.question import understand

PLACES = {"a.txt": "Mường Ảng"}


def clause(text, section=(), context=""):
    passage = Passage(
        "p", "a.txt", PassageKind.PARAGRAPH, section, (Span(0, len(text)),), text, context
    )
    return cut_candidates(passage)[0]


def cell(label, column, value):
    span = Span(0, len(value))
    passage = Passage(
        "p",
        "a.txt",
        PassageKind.TABLE_ROW,
        (),
        (span,),
        value,
        label=label,
        cells=(Cell(column, span),),
    )
    return cut_candidates(passage)[0]


def lacks(question, text, confidence=0.9):
    return lacks_what_is_asked(understand(question, PLACES), clause(text), confidence)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Đường Mường Ảng dài bao nhiêu km?", "Thi công đường nội thị hết 4 tỷ đồng."),
        ("duong muong ang dai bao nhieu km", "Thi công đường nội thị hết 4 tỷ đồng."),
        ("Mường Ảng có bao nhiêu nhà nghỉ?", "Du lịch đem lại 15 tỷ đồng."),
        ("Mường Ảng tiêu hủy bao nhiêu con lợn?", "Dịch tả lợn Châu Phi gây thiệt hại lớn."),
        ("Mường Ảng có mấy xã nghèo?", "Theo Quyết định số 861/QĐ-TTg ngày 04/6/2021."),
        ("Ai là Chủ tịch UBND huyện Mường Ảng?", "UBND huyện Mường Ảng có 12 phòng."),
        ("Bí thư Huyện ủy tên là gì?", "Đồng chí Hà Văn Bình, Phó Bí thư Huyện ủy phát biểu."),
        ("Chủ tịch UBND huyện là ai?", "Ông Lò Văn Phới, Chủ tịch Hội Nông dân xã."),
    ],
)
def test_a_sentence_without_the_kind_of_thing_asked_for_is_no_answer(question, text):
    assert lacks(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Đường Mường Ảng dài bao nhiêu cây số?", "Đường dài 12,5 km."),
        ("Mường Ảng trồng bao nhiêu héc-ta cà phê?", "Cà phê 2.500ha."),
        ("Bao nhiêu người bị kỷ luật?", "Kỷ luật đối với 06 cán bộ, công chức."),
        ("muong ang co bao nhieu hop tac xa", "Huyện có 39 hợp tác xã."),
        ("Thu ngân sách được bao nhiêu tỷ?", "Thu ngân sách 67,5 tỷ đồng."),
        ("Khu dân cư rộng bao nhiêu?", "Khu dân cư có giá trị 5 tỷ đồng."),
        ("Nghị quyết khóa mấy?", "Nghị quyết Đại hội khóa hai mươi ba."),
        ("Tính theo bao nhiêu năm cuối?", "Tính bình quân 20 năm cuối."),
        ("Ai là Bí thư Huyện ủy?", "Đồng chí Nguyễn Tiến Đạt, Bí thư Huyện ủy, chủ trì."),
        ("Ai chi trả lương hưu?", "Cơ quan Bảo hiểm xã hội chi trả."),
        ("Vì sao hộ nghèo giảm?", "Nhờ chính sách hỗ trợ sản xuất."),
    ],
)
def test_what_may_answer_is_left_to_the_words(question, text):
    assert not lacks(question, text)


def test_what_is_counted_may_have_another_name_where_the_words_are_sure():
    question, text = "Hãng có bao nhiêu máy bay?", "Tổng đội bay đạt 31 tàu bay."
    assert not lacks(question, text, 0.9)
    assert lacks(question, text, 0.5)


@pytest.mark.parametrize(
    ("question", "column", "other"),
    [
        ("Điện bình quân năm 2024 là bao nhiêu?", "Mục tiêu đến năm 2030", True),
        ("Điện bình quân năm 2024 là bao nhiêu?", "Ước thực hiện năm 2024", False),
        ("Điện bình quân là bao nhiêu?", "Mục tiêu đến năm 2030", False),
    ],
)
def test_a_cell_is_of_its_column_s_year(question, column, other):
    asked = understand(question, PLACES)
    found = is_of_another_time(asked, cell("Điện bình quân", column, "21,6"), ReportMetadata())
    assert found is other


@pytest.mark.parametrize(
    ("year", "metadata", "other"),
    [
        ("2015", ReportMetadata(period="2020 - 2025"), True),
        ("2023", ReportMetadata(period="2020 - 2025"), False),
        ("2021", ReportMetadata(period="2025 - 2030", date="tháng 12 năm 2024"), False),
        ("2012", ReportMetadata(period="2025 - 2030", date="tháng 12 năm 2024"), True),
        ("2012", ReportMetadata(), False),
    ],
)
def test_a_clause_is_of_the_years_its_report_covers(year, metadata, other):
    asked = understand(f"Năm {year} có bao nhiêu hợp tác xã?", PLACES)
    assert is_of_another_time(asked, clause("Có 39 hợp tác xã."), metadata) is other


def test_a_year_said_in_the_passage_is_the_clause_s_too():
    asked = understand("Năm 2012 có bao nhiêu hợp tác xã?", PLACES)
    found = clause("Có 39 hợp tác xã.", section=("Kết quả năm 2012",))
    assert not is_of_another_time(asked, found, ReportMetadata(period="2020 - 2025"))
