import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from page_view import Mark
from records import (
    Answer,
    AnswerStatus,
    Citation,
    Origin,
    Passage,
    PassageKind,
    ReportMetadata,
    Span,
)
from ui.answers import answer_part
from ui.highlight import Piece, pieces, said_spans
from ui.page_picture import choose_page
from ui.places import facts, file_facts, kind, pages, place, shorten
from ui.plain import Part, Tag, as_data, part
from ui.session import Opened
from ui.understood import understood_part

TEXT = "Toàn huyện có 181 HTX, có 20 sản phẩm OCOP."


def cited(quote="20 sản phẩm OCOP", section=(), page=None):
    start = TEXT.index(quote)
    return Citation("mai-son.txt", section, page, quote, Span(start, start + len(quote)), "p1")


def buttons(content):
    if isinstance(content, str):
        return []
    mine = [content] if content.tag == "button" else []
    return mine + [found for child in content.children for found in buttons(child)]


def test_quoted_words_are_cut_out_exactly():
    found = pieces(TEXT, (Span(0, len(TEXT)),), cited().span)
    assert found == (
        Piece("Toàn huyện có 181 HTX, có ", False, False),
        Piece("20 sản phẩm OCOP", True, False),
        Piece(".", False, False),
    )


@pytest.mark.parametrize(
    ("spans", "quoted", "expected"),
    [
        pytest.param([(0, 4)], (10, 12), [("Toàn", False)], id="elsewhere"),
        pytest.param([(0, 4)], (0, 99), [("Toàn", True)], id="all and more"),
        pytest.param([(2, 4)], (0, 3), [("à", True), ("n", False)], id="begins before"),
        pytest.param([(0, 4), (5, 10)], (2, 7), [("To", False), ("àn", True), (" ", True), ("hu", True), ("yện", False)], id="over a page break"),
        pytest.param([(0, 4), (5, 10)], (0, 4), [("Toàn", True), (" ", False), ("huyện", False)], id="ends at a break"),
        pytest.param([(0, 4)], (2, 2), [("To", False), ("àn", False)], id="nothing quoted"),
    ],
)  # fmt: skip
def test_pieces_give_back_the_passage(spans, quoted, expected):
    found = pieces(TEXT, tuple(Span(*span) for span in spans), Span(*quoted))
    assert [(piece.text, piece.quoted) for piece in found] == expected


@pytest.mark.parametrize(
    ("section", "page", "expected"),
    [
        pytest.param((), None, "", id="nothing known"),
        pytest.param((), 3, "Trang 3", id="only a page"),
        pytest.param(("II- Kết quả",), 3, "Mục II- Kết quả (trang 3)", id="both"),
        pytest.param(("Phần một", "II- Kết quả", "1. Kinh tế"), None, "Mục II- Kết quả › 1. Kinh tế", id="the last two headings"),
    ],
)  # fmt: skip
def test_a_place_is_said_in_one_line(section, page, expected):
    assert place(cited(section=section, page=page)) == expected


def test_a_long_heading_is_cut_after_a_word():
    cut = shorten("ĐÁNH GIÁ TÌNH HÌNH, " * 10)
    assert cut.endswith("HÌNH, ĐÁNH GIÁ…")
    assert len(cut) <= 71


@pytest.mark.parametrize(
    ("of", "label", "named"),
    [
        (PassageKind.PARAGRAPH, "", ""),
        (PassageKind.FOOTNOTE, "5", "Chú thích 5"),
        (PassageKind.TABLE_ROW, "Độ che phủ rừng", "Dòng trong bảng: Độ che phủ rừng"),
    ],
)
def test_a_passage_that_is_no_paragraph_is_named(of, label, named):
    assert kind(Passage("p1", "a.txt", of, (), (), "", label=label)) == named


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [(None, None, ""), (3, None, "Trang 3"), (3, 3, "Trang 3"), (3, 4, "Trang 3 - 4")],
)
def test_pages_are_said_as_a_viewer_counts_them(first, last, expected):
    passage = Passage("p1", "a.txt", PassageKind.PARAGRAPH, (), (), "", page=first, last_page=last)
    assert pages(passage) == expected


LONG = "Cây ăn quả đạt 11.200 ha (tăng 635 ha), có 20 sản phẩm OCOP (10 sản phẩm 4 sao), và 3 xã."


@pytest.mark.parametrize(
    ("answer", "quote", "said"),
    [
        pytest.param("Theo báo cáo: có 20 sản phẩm OCOP (10 sản phẩm 4 sao) [1]", LONG, ["có 20 sản phẩm OCOP (10 sản phẩm 4 sao)"], id="a clause"),
        pytest.param("Độ che phủ rừng, Ước năm 2024: 34.11% [1]", "Độ che phủ rừng\t34%\t34.11%\t36%", ["Độ che phủ rừng", "34.11%"], id="a table row"),
        pytest.param("Có 0.11% [1]", "đạt 34.11% năm", [], id="not a part of a figure"),
        pytest.param("Chưa có.", LONG, [], id="other words"),
    ],
)  # fmt: skip
def test_the_words_an_answer_says_are_found_in_its_quote(answer, quote, said):
    assert [quote[span.start : span.end] for span in said_spans(answer, quote)] == said


def test_said_words_are_marked_within_the_quote():
    found = pieces("a bb c", (Span(0, 6),), Span(2, 6), (Span(2, 4),))
    assert found == (Piece("a ", False, False), Piece("bb", True, True), Piece(" c", True, False))


def test_a_long_quote_is_shown_from_near_the_words_that_are_said():
    quote = "Phần đầu dài. " * 20 + "Huyện có 20 sản phẩm OCOP."
    citation = Citation("a.txt", (), None, quote, Span(0, len(quote)), "p1")
    answer = Answer("?", AnswerStatus.ANSWERED, "Có 20 sản phẩm OCOP [1]", (citation,))
    shown = buttons(answer_part(answer, None))[-1].children[-1]
    assert shown.children[0] == "“…"
    assert part("span", "20 sản phẩm OCOP", look="said") in shown.children
    assert len("".join(str(child) for child in shown.children if isinstance(child, str))) < 100


def test_unknown_facts_are_left_out():
    told = ReportMetadata(district="Mai Sơn", province="Sơn La", period="2025")
    assert facts(told) == ("Huyện Mai Sơn, tỉnh Sơn La", "2025")
    assert facts(ReportMetadata()) == ()


def test_marks_become_buttons_and_other_brackets_stay_words():
    answer = Answer("?", AnswerStatus.ANSWERED, "Có 20 [1], xem [2] và [0].", (cited(),))
    words = answer_part(answer, None).children[0]
    assert isinstance(words, Part)
    assert [child if isinstance(child, str) else child.pick for child in words.children] == [
        "Có 20 ",
        "1",
        ", xem [2] và [0].",
    ]


def test_what_was_understood_is_shown_with_ways_to_change_it():
    shown = understood_part("Còn <b>Mộc Châu</b>?", editing=True)
    assert "Còn <b>Mộc Châu</b>?" in shown.children[0].children
    assert [(button.pick, button.pressed) for button in buttons(shown)] == [
        ("edit", True),
        ("typed", False),
    ]


def test_each_citation_opens_by_its_number():
    answer = Answer("?", AnswerStatus.ANSWERED, "Có.", (cited(), cited("181 HTX")))
    found = buttons(answer_part(answer, 1))
    assert [(button.pick, button.pressed) for button in found] == [("1", False), ("2", True)]


def test_near_passages_are_not_numbered_as_citations():
    answer = Answer("?", AnswerStatus.NOT_FOUND, "Không có [1].", (cited(),))
    shown = answer_part(answer, None)
    assert "Các đoạn gần nhất (không phải câu trả lời)" in str(shown)
    assert "[1] mai-son.txt" not in str(shown)
    assert [button.pick for button in buttons(shown)] == ["1"]


def test_words_reach_the_browser_as_strings():
    data = as_data(part("p", "<b>", "", part("mark", "$x$")))
    assert data["children"][0] == "<b>"
    assert data["children"][1]["children"] == ["$x$"]
    assert len(data["children"]) == 2


def test_python_and_the_browser_know_the_same_elements():
    script = (Path(__file__).parents[1] / "ui" / "plain.js").read_text("utf-8")
    listed = re.search(r"TAGS = new Set\(\[(.*?)\]\)", script, re.DOTALL)[1]
    assert set(re.findall(r'"(\w+)"', listed)) == set(get_args(Tag))


def test_the_browser_never_parses_words():
    script = (Path(__file__).parents[1] / "ui" / "plain.js").read_text("utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|\.href|\.src\b", script
    )


def test_an_answer_writes_a_reports_decimal_point_as_a_comma():
    quote = "Độ che phủ rừng\t34%\t34.11%"
    said = said_spans("ước thực hiện năm 2024: 34,11% [1]", quote)
    assert [quote[span.start : span.end] for span in said] == ["34.11%"]


def test_a_reports_number_draft_and_signer_are_said():
    told = ReportMetadata(
        kind="Báo cáo", number="123/BC-UBND", draft="Dự thảo lần 2", signer="Nguyễn Văn A"
    )
    assert facts(told) == ("Báo cáo", "Dự thảo lần 2", "Số 123/BC-UBND", "Người ký: Nguyễn Văn A")


@pytest.mark.parametrize(
    ("origin", "told"),
    [
        (Origin("PDF", "", 78), ("PDF", "78 trang")),
        (Origin("TEXT", "UTF-8"), ("TXT",)),
        (Origin(), ()),
    ],
)
def test_a_file_is_told_by_format_and_pages(origin, told):
    assert file_facts(origin) == told


def test_words_recognised_in_a_picture_are_marked_so():
    scanned = replace(cited(), from_picture=True)
    answer = Answer("?", AnswerStatus.ANSWERED, "Có 20 sản phẩm OCOP [1]", (scanned, cited()))
    first, second = (str(button) for button in buttons(answer_part(answer, None))[1:])
    assert "chữ nhận dạng từ ảnh, cần đối chiếu với bản gốc" in first
    assert "chữ nhận dạng từ ảnh" not in second


MARKS = (Mark(3, 0.1, 0.9, 0.9, 0.92), Mark(4, 0.1, 0.1, 0.5, 0.12))


@pytest.mark.parametrize(
    ("turned", "whole", "cited", "here", "page", "marks", "shown_whole"),
    [
        pytest.param(None, False, 3, 3, 3, 1, False, id="where the quote begins"),
        pytest.param(4, False, 3, 3, 4, 1, False, id="turned to where it goes on"),
        pytest.param(7, False, 3, 3, 7, 0, True, id="turned to a page without marks"),
        pytest.param(3, True, 3, 3, 3, 1, True, id="the whole page"),
        pytest.param(None, False, None, 6, 6, 0, True, id="moved to another passage"),
        pytest.param(99, False, 3, 3, 9, 0, True, id="past the end"),
    ],
)
def test_the_page_shown_is_that_of_the_quote_until_it_is_turned(
    turned, whole, cited, here, page, marks, shown_whole
):
    opened = Opened(0, 0, "p1", 1, turned, whole)
    view = choose_page(opened, Origin("PDF", "", 9), MARKS, cited=cited, here=here)
    assert (view.page, view.pages) == (page, 9)
    assert (len(view.marks), view.whole) == (marks, shown_whole)


def test_files_without_pages_are_not_drawn():
    opened = Opened(0, 0, "p1", 1)
    assert choose_page(opened, Origin("DOCX"), (), cited=None, here=None) is None
