import pytest

from errors import InvalidQuestionError
from retrieval.other_languages import is_foreign, translate_terms
from retrieval.question import AnswerKind, understand
from retrieval.wording import Wording, other_wordings

PLACES = {"mai-son.txt": "Mai Sơn", "muong-la.txt": "Mường La"}


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("How many OCOP products does Mai Sơn have?", "bao nhiêu sản phẩm OCOP Mai Sơn"),
        ("Forest cover rate of Mai Son?", "tỷ lệ che phủ rừng Mai Son là bao nhiêu?"),
        ("Mai Sơn forest cover rate là bao nhiêu?", "Mai Sơn tỷ lệ che phủ rừng là bao nhiêu?"),
        (
            "What is the poverty rate of Mai Son in 2024?",
            "tỷ lệ hộ nghèo Mai Son năm 2024 là bao nhiêu?",
        ),
    ],
)
def test_english_terms_are_written_in_vietnamese(english: str, vietnamese: str) -> None:
    assert translate_terms(english) == vietnamese


@pytest.mark.parametrize(
    "question",
    [
        "Mai Sơn có bao nhiêu sản phẩm OCOP?",
        "mai son co may htx",
        "huyen di theo huong the nao",
        "Target của huyện là gì?",
    ],
)
def test_vietnamese_is_left_as_it_is(question: str) -> None:
    assert translate_terms(question) == question


@pytest.mark.parametrize(
    "question",
    [
        "何个产品？",
        "Сколько продуктов OCOP в Май Шон?",
        "Combien de produits OCOP à Mai Sơn?",
        "Wie viele OCOP-Produkte hat Mai Sơn?",
        "<script>alert(document.cookie)</script>",
    ],
)
def test_other_languages_are_refused_politely(question: str) -> None:
    with pytest.raises(InvalidQuestionError, match="Hãy hỏi bằng tiếng Việt"):
        understand(question, PLACES)


@pytest.mark.parametrize(
    "question",
    [
        "ty le ho ngheo mai son",
        "Đuờng trong bản ở Mường La đã bê tông, cứng hóa đựoc bao nhiêu km rồi?",
        "mai son co may ho lam duoc cong nha voi den chieu sang",
        "HTX Mai Sơn",
    ],
)
def test_slips_and_missing_marks_are_no_other_language(question: str) -> None:
    assert understand(question, PLACES).terms


@pytest.mark.parametrize(
    "question", ["mai son duoc nhieu htx roi", "bn htx o mai son", "Mai Sơn có mấy HTX"]
)
def test_ways_to_ask_how_many_are_understood(question: str) -> None:
    assert understand(question, PLACES).kind is AnswerKind.NUMBER


@pytest.mark.parametrize(
    ("question", "wording"),
    [
        ("Nghị quyết khóa 23", Wording(("23",), ("xxiii",))),
        ("Đại hội lần thứ XX", Wording(("xx",), ("20",))),
        ("đô thị loại 4", Wording(("4",), ("iv",))),
        ("quy 2 nam 2024", Wording(("2",), ("ii",))),
    ],
)
def test_roman_and_arabic_numerals_stand_for_each_other(question: str, wording: Wording) -> None:
    assert wording in other_wordings(question)


@pytest.mark.parametrize("question", ["Henri Frenay là ai?", "vinhomes d'capitale nam o quan nao?"])
def test_a_vietnamese_question_full_of_foreign_names_is_understood(question):
    assert not is_foreign(question, ())
