from decimal import Decimal

from records import Answer, AnswerStatus, Citation, Comparison, ComparisonRow, FigureStatus, Span
from ui.answers import answer_part

QUOTE = "có 20 sản phẩm OCOP"
COMPARISON = Comparison(
    "số sản phẩm OCOP",
    (
        ComparisonRow("Mai Sơn", "20 sản phẩm", Decimal(20), "sản phẩm", "năm 2024", FigureStatus.RESULT, 1),
        ComparisonRow("Mường La", ""),
    ),
)  # fmt: skip
ANSWER = Answer(
    "Mỗi huyện có bao nhiêu sản phẩm OCOP?",
    AnswerStatus.ANSWERED,
    "Mai Sơn: 20 sản phẩm (năm 2024) [1].\nBáo cáo của Mường La không nêu rõ số liệu này.",
    (Citation("mai-son.txt", (), None, QUOTE, Span(0, len(QUOTE)), "p1"),),
    comparison=COMPARISON,
)


def tagged(content, tag):
    if isinstance(content, str):
        return []
    mine = [content] if content.tag == tag else []
    return mine + [found for child in content.children for found in tagged(child, tag)]


def words(content):
    return content if isinstance(content, str) else "".join(map(words, content.children))


def test_each_locality_is_a_row_with_its_citation_as_a_button():
    rows = tagged(answer_part(ANSWER, None), "tr")
    assert [words(cell) for cell in rows[1].children] == ["Mai Sơn", "20 sản phẩm", "năm 2024", "kết quả", "[1]"]  # fmt: skip
    assert tagged(rows[1], "button")[0].pick == "1"
    assert [words(cell) for cell in rows[2].children][:2] == ["Mường La", "không nêu"]


def test_the_table_has_a_name_and_headed_rows():
    content = answer_part(ANSWER, None)
    assert "Bảng theo từng nơi: số sản phẩm OCOP" in [p.label for p in tagged(content, "section")]
    assert [words(head) for head in tagged(content, "th")][-2:] == ["Mai Sơn", "Mường La"]


def test_what_the_table_shows_is_not_said_twice():
    said = next(part for part in tagged(answer_part(ANSWER, None), "div") if part.look == "answer")
    assert words(said) == "Báo cáo của Mường La không nêu rõ số liệu này."


def test_words_in_a_table_stay_words():
    row = ComparisonRow("<b>Mai Sơn</b>", "[x](javascript:alert(1))", citation=1)
    hostile = Answer(
        "?", AnswerStatus.ANSWERED, "A [1]", ANSWER.citations, comparison=Comparison("", (row,))
    )
    assert "<b>Mai Sơn</b>" in words(tagged(answer_part(hostile, None), "table")[0])
