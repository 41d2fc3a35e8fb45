import pytest

from errors import InvalidQuestionError
from retrieval.comparison_question import ask_everywhere, understand_comparison
from retrieval.comparison_slips import mend_slips
from retrieval.comparison_words import Operation

PLACES = {
    "mai-son.txt": "Mai Sơn",
    "moc-chau.txt": "Mộc Châu",
    "muong-la.txt": "Mường La",
    "khac.txt": "",
}


def asked(text):
    found = understand_comparison(text, PLACES)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("Huyện nào có nhiều sản phẩm OCOP nhất?", Operation.EXTREME),
        ("huyen nao dan dau ve so san pham ocop", Operation.EXTREME),
        ("Mai Sơn và Mộc Châu bên nào đông dân hơn?", Operation.EXTREME),
        ("Mai Sơn hay Mộc Châu có tỷ lệ hộ nghèo thấp hơn?", Operation.EXTREME),
        ("Xếp hạng các huyện theo độ che phủ rừng", Operation.RANK),
        ("So sánh dân số của Mai Sơn và Mộc Châu", Operation.COMPARE),
        ("Số HTX của Mai Sơn, Mộc Châu lần lượt là bao nhiêu?", Operation.LIST),
        ("moi huyen co bao nhieu hop tac xa?", Operation.LIST),
        ("Cộng cả Mai Sơn và Mộc Châu thì có bao nhiêu HTX?", Operation.SUM),
        ("hai huyen mai son va moc chau co tong cong bao nhieu htx", Operation.SUM),
        ("Dân số Mai Sơn và Mộc Châu chênh nhau bao nhiêu?", Operation.DIFFERENCE),
        ("Mộc Châu nhiều hơn Mai Sơn bao nhiêu sản phẩm OCOP?", Operation.DIFFERENCE),
        ("Dân số Mộc Châu gấp mấy lần Mai Sơn?", Operation.RATIO),
        ("Trung bình mỗi huyện Mai Sơn, Mộc Châu có mấy HTX?", Operation.AVERAGE),
        ("Những huyện nào đã đạt chuẩn xóa mù chữ mức độ 2?", Operation.HAVE),
    ],
)
def test_what_is_wanted_of_several_districts_is_recognised(question, operation):
    assert asked(question).operation is operation


@pytest.mark.parametrize(
    "question",
    [
        "Huyện Mai Sơn có bao nhiêu sản phẩm OCOP?",
        "Mộc Châu có nằm trong tốp 3 huyện đứng đầu tỉnh về CCHC không?",
        "Trồng mới, khoanh nuôi và bảo vệ rừng của Mai Sơn lần lượt đạt bao nhiêu?",
        "Xã nào của Mai Sơn có nhiều hợp tác xã nhất?",
        "Mai Sơn có bao nhiêu diện tích ứng dụng công nghệ cao?",
    ],
)
def test_a_question_about_one_district_is_no_comparison(question):
    assert understand_comparison(question, PLACES) is None


def test_each_district_named_is_asked_the_same_without_the_words_that_compare():
    found = asked("Mai Sơn với Mộc Châu bên nào có diện tích cây ăn quả lớn hơn?")
    assert [part.locality.name for part in found.parts] == ["Mai Sơn", "Mộc Châu"]
    assert {part.text for part in found.parts} == {"có diện tích cây ăn quả"}
    assert found.named
    assert not found.lowest
    assert found.adjective == "lớn"


def test_without_a_name_every_district_that_has_a_report_is_asked():
    found = asked("Huyện nào ít hợp tác xã nhất?")
    assert [part.locality.name for part in found.parts] == ["Mai Sơn", "Mường La", "Mộc Châu"]
    assert found.lowest
    assert found.adjective == "ít"


def test_two_reports_of_one_district_are_one_locality():
    places = {"a.txt": "Mai Sơn", "b.txt": "Mai Sơn", "c.txt": "Mộc Châu"}
    found = understand_comparison("Huyện nào nhiều hợp tác xã nhất?", places)
    assert found is not None
    assert found.parts[0].locality.reports == ("a.txt", "b.txt")


def test_districts_may_be_asked_different_things():
    found = asked("thu ngan sach: mai son luy ke duoc bao nhieu, moc chau nam 2024 duoc bao nhieu?")
    assert [part.text for part in found.parts] == [
        "thu ngan sach, luy ke duoc bao nhieu",
        "thu ngan sach, nam 2024 duoc bao nhieu",
    ]


def test_a_part_without_a_subject_of_its_own_takes_that_of_the_first():
    found = asked("Mai Sơn có bao nhiêu sản phẩm OCOP, còn Mộc Châu thì sao?")
    assert {part.text for part in found.parts} == {"có bao nhiêu sản phẩm OCOP"}


def test_an_adjective_is_told_from_a_word_that_is_written_alike_without_marks():
    found = asked("Huyện nào có nhiều trường đại học nhất?")
    assert found.adjective == "nhiều"
    assert found.parts[0].text == "có trường đại học"


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("Mai Sơn và Mộc Châu bên nào đông dân hơn?", "dân số"),
        ("mai son va moc chau ben nao dong dan hon", "dan so"),
        ("Huyện nào nghèo nhất?", "tỷ lệ hộ nghèo"),
    ],
)
def test_an_adjective_may_name_what_is_measured(question, measure):
    assert asked(question).parts[0].text == measure


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("huyen nao co nhiue htx nhat", "huyen nao co nhieu htx nhat"),
        ("Tỷ lệ là mấy phầm trăm?", "Tỷ lệ là mấy phần trăm?"),
        ("Huyện nào nhiều trường nhất?", "Huyện nào nhiều trường nhất?"),
        ("OCOP", "OCOP"),
    ],
)
def test_slips_in_words_that_compare_are_mended(typed, meant):
    assert mend_slips(typed) == meant


def test_a_yes_no_question_is_a_claim_about_the_district_named_first():
    assert asked("Mai Sơn có nhiều sản phẩm OCOP hơn Mộc Châu không?").claim


def test_only_a_question_for_a_figure_that_names_no_place_is_asked_everywhere():
    assert ask_everywhere("Độ che phủ rừng là bao nhiêu?", PLACES)
    assert ask_everywhere("Độ che phủ rừng của Mai Sơn là bao nhiêu?", PLACES) is None
    assert ask_everywhere("Chợ xã Búng Lao có bao nhiêu hộ kinh doanh?", PLACES) is None
    assert ask_everywhere("Bí thư Huyện ủy là ai?", PLACES) is None
    assert ask_everywhere("Độ che phủ rừng là bao nhiêu?", {"a.txt": "Mai Sơn"}) is None


@pytest.mark.parametrize(
    "text", ["", "???", "Huyện nào nhiều nhất " * 200], ids=["empty", "signs", "huge"]
)
def test_a_question_that_is_none_is_refused(text):
    with pytest.raises(InvalidQuestionError):
        understand_comparison(text, PLACES)


def test_words_that_compare_and_nothing_else_are_no_comparison():
    assert understand_comparison("Mai Sơn và Mộc Châu bên nào cao hơn?", PLACES) is None
