import pytest

from ingest.document import Box
from ingest.formats.pdf.page_words import PageWord
from ingest.formats.pdf.split_words import join_pieces


def piece(text, left, right, font="A", baseline=100.0, size=10.0):
    box = Box(left / 100, 0.1, right / 100, 0.2)
    return PageWord(text, left, right, baseline, size, box, font)


def texts(*words):
    return [word.text for word in join_pieces(words)]


def test_letters_of_another_font_drawn_after_the_others_go_to_their_word():
    words = (
        piece("Ngh", 0, 15), piece("quy", 21, 36), piece("t,", 41, 46),
        piece("ị", 15, 18, "B"), piece("ế", 36, 41, "B"),
    )  # fmt: skip
    joined = join_pieces(words)
    assert [word.text for word in joined] == ["Nghị", "quyết,"]
    assert (joined[1].left, joined[1].right, joined[1].font) == (21, 46, "A")
    assert joined[1].box == Box(0.21, 0.1, 0.46, 0.2)


def test_a_stop_in_the_other_font_stays_with_its_word():
    assert texts(piece("bộ", 0, 10), piece(",", 10, 12, "B")) == ["bộ,"]


@pytest.mark.parametrize(
    "other",
    [
        piece("xã", 12.5, 22, "B"),  # a narrow space parts them
        piece("xã", 10, 20),  # the same font: the file has parted them
        piece("xã", 10, 20, "B", baseline=112),
        piece("2", 10, 14, "B"),
        piece("xã", 10, 20, "B", size=7.0),
    ],
)
def test_words_of_their_own_stay_apart(other):
    assert texts(piece("Các", 0, 10), other) == ["Các", other.text]
