import pytest

from ingest.document import Box, TableCell, TableRow, Word
from ingest.formats.pdf.cut_words import is_cut_word
from ingest.formats.pdf.page_words import PageWord, TextLine
from ingest.formats.pdf.split_rows import goes_on, join_row

BOX = Box(0.1, 0.1, 0.2, 0.2)


def row(*texts, page=1):
    words = (Word(0, 2, BOX),)
    return TableRow(tuple(TableCell(t, n, words=words) for n, t in enumerate(texts) if t), page)


HEAD = row("STT", "Chỉ tiêu", "Năm 2024", "Ghi chú")
FIRST = row("1", "Số xã", "12", "đạt")
LONG = row("2", "Nông, lâm nghiệp và thủy", "giảm còn", "Đạt 99% chỉ tiêu")


@pytest.mark.parametrize(
    "rest",
    [
        row("", "sản", "", ""),
        row("", "", "15,83%.", ""),
        row("", "sản", "15,83%.", "nghị quyết."),
        row("", "NTM", "trên 12 bản", ""),
    ],
)
def test_cells_that_go_on_on_the_next_page_are_the_same_row(rest):
    assert goes_on(LONG, rest, (HEAD, FIRST, LONG, rest))


@pytest.mark.parametrize(
    ("last", "following"),
    [
        (LONG, row("3", "tổng số hộ", "900", "")),  # has a number of its own
        (LONG, row("", "- Công nghiệp", "30%", "")),
        (LONG, row("", "Độ che phủ rừng", "34%", "")),
        (LONG, row("", "NTM nâng cao", "34%", "")),
        (row("", "10.1", "Tiếp xúc nguồn bệnh", ""), row("", "10.2", "tiếp xúc động vật", "")),
        (row("2", "Số hộ", "Không", "Chưa"), row("", "", "Không tiếp xúc", "Có nguy cơ")),
        (row("2", "Số hộ.", "900.", ""), row("", "", "15.", "")),  # the row above has ended
        (row("2", "Số hộ", "", ""), row("", "", "15", "")),  # in a column it left empty
        (LONG, row("", "", "", "")),
    ],
)
def test_a_row_of_its_own_stays_apart(last, following):
    assert not goes_on(last, following, (HEAD, FIRST, last, following))


def test_without_a_column_of_numbers_the_first_column_names_rows():
    last, rest = row("Nông nghiệp và thủy", "đạt"), row("sản", "29,2%")
    rows = (row("Ngành", "Tỷ trọng"), row("Dịch vụ", "44%"), last, rest)
    assert goes_on(last, rest, rows)
    assert not goes_on(last, row("Xây dựng", "26%"), rows)


def test_the_words_of_the_joined_row_know_their_page():
    joined = join_row(LONG, row("", "sản", "", "", page=2))
    cell = joined.cells[1]
    assert cell.text == "Nông, lâm nghiệp và thủy sản"
    assert [(w.start, w.end, w.page) for w in cell.words] == [(0, 2, None), (25, 27, 2)]
    assert joined.page == 1


def line(text, right):
    parts = text.split(" ")
    step = right / len(parts)
    return TextLine(
        [PageWord(part, n * step, (n + 1) * step, 10.0, 10.0, BOX) for n, part in enumerate(parts)]
    )


@pytest.mark.parametrize(
    ("above", "below"),
    [("đồng/ng", "ười/năm"), ("3,5%/nă", "m trở lên"), ("31/12/2", "025"), ("101.13", "%")],
)
def test_a_word_cut_at_a_cell_s_edge_is_known(above, below):
    assert is_cut_word(line(above, 45), line(below, 20), 50)


@pytest.mark.parametrize(
    ("above", "below", "right"),
    [
        ("tiêu", "chuẩn", 45),
        ("12.345", "678", 45),  # two numbers
        ("đồng/ng", "ười/năm", 20),  # the line had room left
        ("xã nă", "m nay", 45),  # a word begins within the line: it would have gone down whole
    ],
)
def test_words_below_each_other_stay_apart(above, below, right):
    assert not is_cut_word(line(above, right), line(below, 20), 50)
