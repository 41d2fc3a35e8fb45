import pytest

from errors import InvalidQuestionError
from retrieval.question import LONGEST_QUESTION, AnswerKind, understand
from retrieval.spelling import Vocabulary
from retrieval.wording import Wording, other_wordings

PLACES = {"mai-son.txt": "Mai Sơn", "muong-la.txt": "Mường La", "bo-sung.txt": ""}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Huyện Mai Sơn có bao nhiêu sản phẩm OCOP?", AnswerKind.NUMBER),
        ("mai son co may truong dat chuan", AnswerKind.NUMBER),
        ("Tỷ lệ hộ nghèo năm 2024 là", AnswerKind.NUMBER),
        ("Nghị quyết số mấy về chuyển đổi số?", AnswerKind.CODE),
        ("Huyện được thành lập ngày tháng năm nào?", AnswerKind.TIME),
        ("Ai ký báo cáo này?", AnswerKind.PERSON),
        ("Kể tên các xã đạt chuẩn nông thôn mới", AnswerKind.LIST),
        ("Những xã nào về đích?", AnswerKind.LIST),
        ("Vì sao thu ngân sách giảm?", AnswerKind.REASON),
        ("Huyện có đạt kế hoạch không?", AnswerKind.YES_NO),
        ("truong da kien co het chua", AnswerKind.YES_NO),
        ("Hợp tác xã nào trồng sơn tra?", AnswerKind.ENTITY),
    ],
)
def test_the_kind_of_answer_is_seen(text: str, kind: AnswerKind) -> None:
    assert understand(text, PLACES).kind is kind


@pytest.mark.parametrize(
    "text", ["Mai Sơn có gì?", "mai son co gi", "MAI SƠN CÓ GÌ", "Huyện Mai Sơn"]
)
def test_a_place_chooses_its_report_however_it_is_typed(text: str) -> None:
    question = understand(text, PLACES)
    assert question.reports == ("mai-son.txt",)
    assert not {"mai", "son"} & set(question.terms)


def test_a_question_without_a_place_is_about_all_reports() -> None:
    assert understand("Tổng đàn gia súc là bao nhiêu?", PLACES).reports == ()


def test_a_district_without_report_is_named() -> None:
    assert understand("Huyện Sông Mã có bao nhiêu xã?", PLACES).unknown_place == "Sông Mã"


def test_a_neighbour_named_beside_the_district_is_no_unknown_place() -> None:
    question = understand("Mai Sơn giáp huyện Sông Mã ở phía nào?", PLACES)
    assert (question.reports, question.unknown_place) == (("mai-son.txt",), "")


def test_what_is_counted_and_when_are_seen() -> None:
    question = understand("Năm 2024 Mai Sơn có bao nhiêu hợp tác xã?", PLACES)
    assert (question.unit, question.years) == (("hop", "tac", "xa"), ("2024",))
    assert understand("mai son dat bao nhieu phan tram", PLACES).percent
    assert understand("mai son co bao nhieu dang vien", PLACES).unit == ("dang", "vien")


@pytest.mark.parametrize("text", ["", "   ", "?!…", "\u200b"])
def test_an_empty_question_is_refused(text: str) -> None:
    with pytest.raises(InvalidQuestionError, match="trống"):
        understand(text, PLACES)


def test_a_pasted_document_is_refused() -> None:
    with pytest.raises(InvalidQuestionError, match=r"10\.000 ký tự"):
        understand("a" * 10_000, PLACES)
    assert understand("a" * LONGEST_QUESTION, PLACES).terms


@pytest.mark.parametrize(
    ("question", "wording"),
    [
        ("Mai Sơn có mấy HTX?", Wording(("htx",), ("hop", "tac", "xa"))),
        ("mai son co may htx", Wording(("htx",), ("hop", "tac", "xa"))),
        ("có mấy hợp tác xã?", Wording(("hop", "tac", "xa"), ("htx",))),
        (
            "cấp bao nhiêu sổ đỏ?",
            Wording(("so", "do"), tuple(["giay", "chung", "nhan", "quyen", "su", "dung", "dat"])),
        ),
    ],
)
def test_abbreviations_and_everyday_words_have_other_wordings(
    question: str, wording: Wording
) -> None:
    assert wording in other_wordings(question)


@pytest.mark.parametrize(
    "question", ["Ăn uống ra sao?", "tu năm nay", "Hàng hóa phát triển thế nào?"]
)
def test_syllables_are_not_taken_for_abbreviations(question: str) -> None:
    said = {w.said for w in other_wordings(question)}
    assert not said & {("an",), ("tu",), ("hang",), ("phat",)}


VOCABULARY = Vocabulary(
    {"cong": 5, "nghe": 5, "cong_nghe": 4, "gia": 9, "suc": 3, "xuc": 1, "gia_suc": 3}, chunks=10
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param(["cong", "ngehe"], "nghe", id="a syllable never seen"),
        pytest.param(["gia", "xuc"], "suc", id="a syllable never seen beside its neighbour"),
    ],
)
def test_a_slip_of_the_finger_is_guessed(typed: list[str], meant: str) -> None:
    assert VOCABULARY.guesses(typed, typed) == [Wording((typed[1],), (meant,))]


def test_a_known_word_is_left_alone() -> None:
    assert VOCABULARY.guesses(["cong", "nghe"], ["nghe"]) == []


def test_a_word_that_begins_otherwise_is_another_word() -> None:
    assert VOCABULARY.guesses(["cong", "oghe"], ["oghe"]) == []
