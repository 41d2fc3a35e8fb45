from io import BytesIO

import pytest
from PIL import Image

from page_view import Mark, mark_page, marks_of
from records import Span, WordPlace

WORDS = (  # two words on a line, one on the next, one far off in another column
    WordPlace(Span(0, 4), 1, 0.10, 0.50, 0.20, 0.52),
    WordPlace(Span(5, 9), 1, 0.21, 0.50, 0.30, 0.52),
    WordPlace(Span(10, 14), 1, 0.10, 0.53, 0.20, 0.55),
    WordPlace(Span(15, 19), 1, 0.70, 0.53, 0.80, 0.55),
)


def paper(colour="white", size=(400, 600)):
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def pixels(picture):
    return Image.open(BytesIO(picture)).convert("RGB")


def test_words_of_a_line_are_joined_and_other_lines_and_columns_are_not():
    assert marks_of(WORDS) == (
        Mark(1, 0.10, 0.50, 0.30, 0.52),
        Mark(1, 0.10, 0.53, 0.20, 0.55),
        Mark(1, 0.70, 0.53, 0.80, 0.55),
    )


def test_words_on_two_pages_are_two_stretches():
    over = WordPlace(Span(20, 24), 2, 0.81, 0.53, 0.9, 0.55)
    assert [mark.page for mark in marks_of((*WORDS[3:], over))] == [1, 2]


def test_words_that_the_answer_says_are_marked_besides():
    said = [mark for mark in marks_of(WORDS, [Span(7, 12)]) if mark.said]
    assert said == [
        Mark(1, 0.21, 0.50, 0.30, 0.52, said=True),
        Mark(1, 0.10, 0.53, 0.20, 0.55, said=True),
    ]


def test_paper_is_coloured_under_the_words_only():
    marked = pixels(mark_page(paper(), marks_of(WORDS, [Span(5, 9)]), whole=True))
    assert marked.size == (400, 600)
    assert marked.getpixel((60, 306)) == (255, 236, 163)  # quoted
    assert marked.getpixel((100, 306)) == (255, 206, 84)  # said
    assert marked.getpixel((200, 306)) == (255, 255, 255)
    assert marked.getpixel((60, 100)) == (255, 255, 255)


def test_what_is_printed_stays_as_dark_as_it_was():
    marked = pixels(mark_page(paper("black"), marks_of(WORDS[:1]), whole=True))
    assert marked.getpixel((60, 306)) == (0, 0, 0)
    assert marked.getpixel((60, 313)) == (185, 137, 0)  # the line below shows on dark paper too


def test_the_part_around_the_words_is_cut_out():
    part = pixels(mark_page(paper("grey"), marks_of(WORDS), whole=False))
    assert part.size == (400, 132)  # 0.43 to 0.62 of 600, made 0.22 high
    assert mark_page(paper(), (), whole=False) == mark_page(paper(), (), whole=True)


def test_white_margins_are_cut_off_with_it():
    page = Image.new("RGB", (400, 600), "white")
    page.paste("black", (100, 290, 300, 330))
    out = BytesIO()
    page.save(out, "PNG")
    part = pixels(mark_page(out.getvalue(), marks_of(WORDS[1:2]), whole=False))
    assert part.size[0] == (300 + 8) - (84 - 8)  # from the marked words to the end of the print


@pytest.mark.parametrize(
    "mark",
    [
        Mark(1, -1.0, -1.0, 2.0, 2.0),
        Mark(1, 0.9, 0.9, 0.9, 0.9),
        Mark(1, 1.0, 1.0, 1.0, 1.0),
    ],
    ids=["beyond the page", "without size", "in the corner"],
)
@pytest.mark.parametrize("whole", [True, False])
def test_marks_at_and_over_the_edge_do_no_harm(mark, whole):
    assert pixels(mark_page(paper(size=(40, 60)), (mark,), whole=whole)).size[0] > 0


def test_a_large_picture_is_sent_as_jpeg():
    noise = Image.effect_noise((1200, 1200), 100).convert("RGB")
    out = BytesIO()
    noise.save(out, "PNG")
    sent = mark_page(out.getvalue(), (), whole=True)
    assert Image.open(BytesIO(sent)).format == "JPEG"
    assert len(sent) < len(out.getvalue())
