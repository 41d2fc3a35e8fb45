"""The figure in front of an answer is the one that was asked for, or there is none."""

import pytest

from records import Chunk, Hit, Passage, PassageKind, Span
from retrieval.answer_figure import pick_figure
from retrieval.asked_figure import asked_units, compared_figure, read_wanted
from retrieval.candidates import cut_candidates
from retrieval.figure_pieces import cut_pieces
from retrieval.question import understand
from retrieval.question_terms import QuestionTerms, weigh_terms

OCOP = (
    "Diện tích cây ăn quả đạt 11.200 ha (tăng 635 ha so với năm 2020), có 20 sản phẩm OCOP "
    "(trong đó 10 sản phẩm 4 sao, 10 sản phẩm 3 sao)."
)
REGIONS = (
    "giá trị sản xuất khu vực nông - lâm nghiệp đến năm 2025 ước đạt 572 tỷ đồng, tăng 161 tỷ đồng so "
    "với năm 2020; khu vực công nghiệp - xây dựng ước đạt 571 tỷ đồng, tăng 214 tỷ đồng so với năm 2020."
)


def asked(question: str) -> QuestionTerms:
    return weigh_terms(understand(question, {}), {}, 3.0)


def picked(question: str, *texts: str) -> str:
    """Give the words of the figure picked from the first text, the others being retrieved too."""
    passages = [
        Passage(f"p{n}", "a.txt", PassageKind.PARAGRAPH, (), (Span(0, len(text)),), text)
        for n, text in enumerate(texts)
    ]
    hits = [Hit(p, 1.0, Chunk(p.id, p.id, p.report, p.spans, p.text, "")) for p in passages]
    known = understand(question, {})
    wanted = read_wanted(question, known.years, percent=known.percent)
    found = pick_figure(wanted, asked(question), cut_candidates(passages[0])[0], hits)
    if found is None:
        return ""
    span = found.piece.figure.span
    return found.passage.text[span.start : span.end]


@pytest.mark.parametrize(
    ("question", "text", "figure"),
    [
        ("Có bao nhiêu sản phẩm OCOP?", OCOP, "20 sản phẩm"),
        ("co bao nhieu san pham ocop", OCOP, "20 sản phẩm"),
        ("Diện tích cây ăn quả là bao nhiêu?", OCOP, "11.200 ha"),
        ("Diện tích cây ăn quả tăng bao nhiêu ha so với năm 2020?", OCOP, "635 ha"),
        ("Giá trị sản xuất nông - lâm nghiệp năm 2025 ước đạt bao nhiêu?", REGIONS, "572 tỷ đồng"),
    ],
)
def test_the_figure_asked_for_is_picked(question: str, text: str, figure: str) -> None:
    assert picked(question, text) == figure


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Có bao nhiêu hợp tác xã?", OCOP),  # no such unit
        ("Năm 2023 giá trị sản xuất là bao nhiêu?", REGIONS),  # another year
        ("Giá trị sản xuất khu vực công nghiệp - xây dựng tăng bao nhiêu phần trăm?", REGIONS),
        ("Có bao nhiêu sản phẩm OCOP?", "Huyện giàu đẹp."),
    ],
)
def test_where_none_fits_no_figure_is_picked(question: str, text: str) -> None:
    assert picked(question, text) == ""


def test_a_later_figure_that_says_more_of_the_question_forbids_the_first() -> None:
    question = "Giá trị sản xuất công nghiệp - xây dựng năm 2025 ước đạt bao nhiêu?"
    assert picked(question, REGIONS) != "572 tỷ đồng"


def test_another_passage_with_another_figure_leaves_it_open() -> None:
    question = "Tổng dư nợ là bao nhiêu?"
    one, other = "Tổng dư nợ ước đạt 872 tỷ đồng.", "Tổng dư nợ 519.196 triệu đồng."
    assert picked(question, one) == "872 tỷ đồng"
    assert picked(question, one, one) == "872 tỷ đồng"
    assert picked(question, one, other) == ""


def test_pieces_part_at_commas_brackets_and_joining_words() -> None:
    text = "có 6 xã đạt chuẩn và 2 xã nâng cao, tỷ lệ che phủ rừng (42,05%, đạt 100% kế hoạch)"
    pieces = cut_pieces(text, Span(0, len(text)))
    assert [text[p.span.start : p.span.end].strip() for p in pieces] == [
        "có 6 xã đạt chuẩn",
        "và 2 xã nâng cao",
        "42,05%",
        "đạt 100% kế hoạch",
    ]
    head = pieces[2].head
    assert head is not None
    assert text[head.start : head.end].strip() == "tỷ lệ che phủ rừng"
    assert [p.is_completion for p in pieces] == [False, False, False, True]


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("Có bao nhiêu sản phẩm OCOP?", ("sản phẩm",)),
        ("co may hop tac xa", ("hợp tác xã",)),
        ("thu duoc may ty dong", ("đồng",)),
        ("Bán được bao nhiêu tiền?", ("đồng", "USD")),
        ("Dân số là bao nhiêu?", ("người",)),
        ("Tỷ lệ hộ nghèo là bao nhiêu?", ()),
    ],
)
def test_the_unit_asked_in_is_read(question: str, units: tuple[str, ...]) -> None:
    assert asked_units(question) == units


@pytest.mark.parametrize(
    ("question", "comparison", "value"),
    [
        ("Có trên 60% không?", ">", 60),
        ("ty le co duoi 3% khong", "<", 3),
        ("Đã đạt 820 tỷ đồng chưa?", ">=", 820_000_000_000),
        ("Có 25 sản phẩm phải không?", "=", 25),
        ("Có không quá 5 xã phải không?", "<=", 5),
    ],
)
def test_a_comparison_is_read(question: str, comparison: str, value: int) -> None:
    compared = compared_figure(question)
    assert compared is not None
    assert (compared.comparison, compared.quantity.value) == (comparison, value)


def test_a_question_with_two_figures_compares_with_none() -> None:
    assert compared_figure("Có 5 xã và 6 bản phải không?") is None
