import pytest

from ingest.document import (
    Box,
    Document,
    PageText,
    TableBlock,
    TableCell,
    TableRow,
    TextBlock,
    TextKind,
    Word,
)
from ingest.rendering import render_document
from ingest.structure import cut_report, structure_document
from records import PassageKind

HALF = Box(0.1, 0.2, 0.5, 0.25)


def read(*blocks, pages=0):
    document = Document(tuple(blocks), pages=(PageText.LAYER,) * pages)
    return cut_report("a.pdf", "0", structure_document(document, file_format="PDF"))


def row(*texts, header=False, page=None):
    cells = tuple(TableCell(text, column) for column, text in enumerate(texts))
    return TableRow(cells, page, header)


def heading(text, level=0, page=None):
    return TextBlock(text, TextKind.HEADING, level, page=page)


def test_each_block_and_row_is_a_line_with_cells_at_their_columns():
    merged = TableRow((TableCell("Xã", 0, rows=2), TableCell("Năm 2024", 2, columns=2)))
    rendered = render_document(
        Document((TextBlock("Mở đầu."), TableBlock((merged, row("", "", "Kế hoạch", "Đạt")))))
    )
    assert rendered.text == "Mở đầu.\nXã\t\tNăm 2024\n\t\tKế hoạch\tĐạt"
    cells = rendered.lines[1].hint.cells
    assert [(c.text, c.column, c.columns, c.rows) for c in cells] == [
        ("Xã", 0, 1, 2),
        ("Năm 2024", 2, 2, 1),
    ]
    for line in rendered.lines:
        assert line.text == rendered.text[line.span.start : line.span.end]
        for cell in line.hint.cells:
            assert cell.text == rendered.text[cell.span.start : cell.span.end]


def test_words_keep_their_place_on_the_page_behind_a_footnote_s_number():
    note = TextBlock(
        "Gồm 3 xã.",
        TextKind.FOOTNOTE,
        number="12",
        page=2,
        words=(Word(0, 3, HALF), Word(6, 8, HALF)),
    )
    first = TextBlock("Có 5 xã¹².", page=1)
    rendered = render_document(Document((first, note), pages=(PageText.LAYER,) * 3))
    assert rendered.text == "Có 5 xã¹².\n¹² Gồm 3 xã."
    assert rendered.page_starts == (0, 11, 24)
    assert [(rendered.text[p.span.start : p.span.end], p.page) for p in rendered.places] == [
        ("Gồm", 2),
        ("xã", 2),
    ]
    assert rendered.places[0].right == pytest.approx(0.5)


def test_blocks_that_show_nothing_are_left_away():
    assert render_document(Document((TextBlock("  "), TextBlock("Có.")))).text == "Có."


def test_a_sentence_over_a_page_break_is_one_passage_with_both_pages():
    found = read(
        TextBlock("Toàn huyện có 12 xã, trong đó có", page=1),
        TextBlock("Trang 1", page=1, left_out="số trang"),
        TextBlock("BÁO CÁO NĂM 2024", page=2, left_out="đầu trang, chân trang"),
        TextBlock("3 xã đạt chuẩn nông thôn mới.", page=2, continues=True),
        pages=2,
    )
    (passage,) = found.passages
    assert passage.text == "Toàn huyện có 12 xã, trong đó có 3 xã đạt chuẩn nông thôn mới."
    assert (passage.page, passage.last_page, len(passage.spans)) == (1, 2, 2)
    assert [entry.reason for entry in found.left_out] == ["số trang", "đầu trang, chân trang"]


def test_a_paragraph_cut_where_it_looks_like_a_heading_goes_on_as_a_paragraph():
    found = read(
        TextBlock("Mức điều chỉnh theo bảng dưới đây:", page=1),
        TextBlock("2. Đối với người lao động vừa có thời gian đóng", page=1),
        TextBlock("9", page=2, left_out="số trang"),
        TextBlock("bảo hiểm xã hội bắt buộc thì được 12 tháng.", page=2, continues=True),
        pages=2,
    )
    assert [passage.text for passage in found.passages] == [
        "Mức điều chỉnh theo bảng dưới đây:\n2. Đối với người lao động vừa có thời gian đóng "
        "bảo hiểm xã hội bắt buộc thì được 12 tháng."
    ]


def test_a_heading_over_a_page_break_is_one():
    found = read(
        heading("I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ", 1, page=1),
        TextBlock("PHÁT TRIỂN KINH TẾ", TextKind.HEADING, 1, page=2, continues=True),
        TextBlock("Thu hút 3 dự án.", page=2),
        pages=2,
    )
    assert found.passages[0].section == ("I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ PHÁT TRIỂN KINH TẾ",)


def test_a_footnote_is_read_with_the_sentence_that_refers_to_it():
    found = read(
        heading("II. Kinh tế", 1),
        TextBlock("Huyện có 20 sản phẩm OCOP³."),
        TextBlock("Gồm 15 sản phẩm 3 sao.", TextKind.FOOTNOTE, number="3"),
        TextBlock("Thu ngân sách đạt 120 tỷ đồng."),
    )
    note = next(p for p in found.passages if p.kind is PassageKind.FOOTNOTE)
    assert (note.text, note.label) == ("³ Gồm 15 sản phẩm 3 sao.", "3")
    assert note.section == ("II. Kinh tế",)
    assert "20 sản phẩm OCOP" in note.context
    assert [p.text for p in found.passages if p.kind is PassageKind.PARAGRAPH] == [
        "Huyện có 20 sản phẩm OCOP³.",
        "Thu ngân sách đạt 120 tỷ đồng.",
    ]


def test_a_footnote_that_goes_on_over_the_page_stays_one():
    found = read(
        TextBlock("Có 5 dự án¹.", page=1),
        TextBlock("Gồm dự án cầu Nậm Mức,", TextKind.FOOTNOTE, number="1", page=1),
        TextBlock("Các dự án khác đang chờ vốn.", page=2),
        TextBlock("đường Pá Mỳ.", TextKind.FOOTNOTE, page=2, continues=True),
        pages=2,
    )
    note = next(p for p in found.passages if p.kind is PassageKind.FOOTNOTE)
    assert note.text == "¹ Gồm dự án cầu Nậm Mức, đường Pá Mỳ."
    assert (note.page, note.last_page) == (1, 2)


def test_headings_by_style_and_by_number_form_one_tree():
    found = read(
        heading("I. KẾT QUẢ", 1),
        heading("Lĩnh vực kinh tế", 2),
        TextBlock("1. Nông nghiệp"),
        TextBlock("Sản lượng đạt 500 tấn."),
        heading("Lĩnh vực xã hội", 2),
        TextBlock("Giảm 200 hộ nghèo."),
        heading("II. NHIỆM VỤ", 1),
        TextBlock("Thu hút 3 dự án."),
    )
    assert [passage.section for passage in found.passages] == [
        ("I. KẾT QUẢ", "Lĩnh vực kinh tế", "1. Nông nghiệp"),
        ("I. KẾT QUẢ", "Lĩnh vực xã hội"),
        ("II. NHIỆM VỤ",),
    ]


def test_a_paragraph_set_in_a_heading_s_style_is_text():
    long = "Nhờ sự chỉ đạo quyết liệt của các cấp, " * 8 + "huyện đã về đích."
    found = read(heading("Kết quả", 1), heading(long, 2), TextBlock("Có 3 xã đạt chuẩn."))
    assert long in " ".join(passage.text for passage in found.passages)


def test_two_tables_that_touch_are_told_apart():
    head = row("STT", "Xã", "Số hộ", header=True)
    one = TableBlock((head, row("1", "Ảng Cang", "120")))
    other = TableBlock((row("STT", "Bản", "Số dân", header=True), row("1", "Hón", "340")))
    found = read(one, other)
    assert [(p.label, [c.column for c in p.cells]) for p in found.passages] == [
        ("Xã Ảng Cang", ["Số hộ"]),
        ("Bản Hón", ["Số dân"]),
    ]


def test_a_table_over_two_pages_is_one_and_each_row_knows_its_page():
    head = row("STT", "Xã", "Số hộ", header=True, page=1)
    again = row("STT", "Xã", "Số hộ", header=True, page=2)
    found = read(
        TableBlock((head, row("1", "Ảng Cang", "120", page=1))),
        TextBlock("2", page=2, left_out="số trang"),
        TableBlock((again, row("2", "Ảng Nưa", "95", page=2)), continues=True),
        pages=2,
    )
    assert [(p.label, p.page, p.cells[-1].column) for p in found.passages] == [
        ("Xã Ảng Cang", 1, "Số hộ"),
        ("Xã Ảng Nưa", 2, "Số hộ"),
    ]
    text = found.report.text
    assert [text[p.cells[-1].span.start : p.cells[-1].span.end] for p in found.passages] == [
        "120",
        "95",
    ]


def test_how_a_file_was_read_goes_with_the_report():
    document = Document(
        (TextBlock("Có 3 xã.", page=2), TableBlock((row("a", "b", "c", page=4),))),
        encoding="TCVN3",
        pages=(PageText.BLANK, PageText.OCR, PageText.UNREAD, PageText.LAYER),
        warnings=("trang 3 không đọc được",),
    )
    structured = structure_document(document, file_format="PDF")
    origin = structured.origin
    assert (origin.format, origin.encoding, origin.pages) == ("PDF", "TCVN3", 4)
    assert (origin.ocr_pages, origin.unread_pages, origin.tables) == ((2,), (3,), 1)
    assert structured.warnings == ("trang 3 không đọc được",)
    assert structured.page_starts == (0, 0, 9, 9)
