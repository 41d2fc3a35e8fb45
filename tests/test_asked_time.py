import pytest

from records import Cell, Passage, PassageKind, Span
from retrieval.asked_time import is_of_other_years, of_the_asked_year, years_covered
from retrieval.candidates import cut_candidates
from retrieval.question import AnswerKind, understand

RESULTS = ("I. KẾT QUẢ NĂM 2024", "1. Kinh tế")
PLANS = ("II. KẾ HOẠCH NĂM 2025",)
QUESTION = understand("Năm 2025 độ che phủ rừng đạt bao nhiêu?", {})


def clause(section, text="Tỷ lệ che phủ rừng đạt 66,8%."):
    return cut_candidates(
        Passage("p", "a.txt", PassageKind.PARAGRAPH, section, (Span(0, len(text)),), text)
    )[0]


@pytest.mark.parametrize(
    ("candidate", "other"),
    [
        (clause(RESULTS), True),
        (clause(PLANS), False),
        (clause((*RESULTS, "2. Mục tiêu năm 2025")), False),
        (clause(RESULTS, "Đến năm 2025 che phủ rừng đạt 68,5%."), False),
        (clause(("Nhiệm kỳ 2020 - 2025",)), False),
        (clause(("2. Kết quả",)), False),
    ],
)
def test_a_clause_under_a_heading_of_other_years_is_told(candidate, other):
    assert is_of_other_years(QUESTION, candidate) is other


def test_a_cell_is_of_its_column_s_year_whatever_its_heading():
    span = Span(0, 4)
    row = Passage(
        "p", "a.txt", PassageKind.TABLE_ROW, RESULTS, (span,), "68,5", label="Che phủ rừng",
        cells=(Cell("Kế hoạch năm 2025", span),),
    )  # fmt: skip
    assert not is_of_other_years(QUESTION, cut_candidates(row)[0])


def test_a_question_of_no_year_or_of_two_leaves_nothing_aside():
    for text in ("Độ che phủ rừng là bao nhiêu?", "Từ 2024 đến 2025 tăng bao nhiêu?"):
        assert not is_of_other_years(understand(text, {}), clause(RESULTS))


def test_where_all_is_of_other_years_all_is_kept():
    assert of_the_asked_year(QUESTION, [clause(RESULTS), clause(PLANS)]) == [1]
    assert of_the_asked_year(QUESTION, [clause(RESULTS)]) == [0]


def test_a_period_covers_its_years():
    assert years_covered("giai đoạn 2021 - 2023 và năm 2030") == {2021, 2022, 2023, 2030}
    assert years_covered("không nêu") == frozenset()


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Độ che phủ rừng Mường Tè?", AnswerKind.NUMBER),
        ("Mục tiêu năm 2025, tỷ lệ hộ nghèo?", AnswerKind.NUMBER),
        ("dan so muong ang", AnswerKind.NUMBER),
        ("Tỷ lệ hộ nghèo là chỉ tiêu nào?", AnswerKind.ENTITY),
        ("Thế mạnh của Mường Tè?", AnswerKind.ENTITY),
    ],
)
def test_a_measure_without_a_word_that_asks_wants_its_figure(question, kind):
    assert understand(question, {}).kind is kind
