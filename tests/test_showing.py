from ingest.document import Document, PageText, TableBlock, TableCell, TableRow, TextBlock, TextKind
from ingest.showing import as_markdown, reading_notes
from ingest.structure import structure_document, structure_text


def row(*texts, page=None):
    return TableRow(tuple(TableCell(text, n) for n, text in enumerate(texts)), page)


def read(*blocks, pages=(), warnings=()):
    document = Document(tuple(blocks), pages=pages, warnings=warnings)
    return structure_document(document, file_format="PDF")


def test_headings_tables_and_footnotes_are_written_as_markdown():
    structured = read(
        TextBlock("I. KẾT QUẢ", TextKind.HEADING, 1),
        TextBlock("Huyện có 20 sản phẩm OCOP¹ <b>."),
        TextBlock("Gồm 15 sản phẩm 3 sao.", TextKind.FOOTNOTE, number="1"),
        TableBlock((row("STT", "Xã", "Hộ|người"), row("1", "Ảng Cang", "120"))),
    )
    assert as_markdown(structured) == (
        "# I. KẾT QUẢ\n\n"
        "Huyện có 20 sản phẩm OCOP¹ \\<b>.\n\n"
        "[^1]: Gồm 15 sản phẩm 3 sao.\n\n"
        "| STT | Xã | Hộ\\|người |\n| --- | --- | --- |\n| 1 | Ảng Cang | 120 |\n"
    )


def test_page_marks_and_what_is_left_out_stand_at_their_place():
    structured = read(
        TextBlock("Toàn huyện có 12 xã, trong đó có", page=1),
        TextBlock("1", page=1, left_out="số trang"),
        TextBlock("3 xã đạt chuẩn.", page=2, continues=True),
        TableBlock((row("STT", "Xã", "Hộ", page=2),)),
        TextBlock("2", page=2, left_out="số trang"),
        TableBlock((row("1", "Ảng Cang", "120", page=3),), continues=True),
        pages=(PageText.LAYER,) * 3,
    )
    assert as_markdown(structured).split("\n\n") == [
        "<!-- trang 1 -->",
        "Toàn huyện có 12 xã, trong đó có",
        "> 1",
        "<!-- trang 2 -->",
        "3 xã đạt chuẩn.",
        "| STT | Xã | Hộ |\n| --- | --- | --- |",
        "> 2",
        "<!-- trang 3 -->",
        "| 1 | Ảng Cang | 120 |\n| --- | --- | --- |\n",
    ]


def test_the_notes_say_how_the_file_was_read_and_what_to_look_at():
    structured = read(
        TextBlock("UBND HUYỆN MAI SƠN", page=1),
        TextBlock("Số: 12/BC-UBND", page=1),
        TextBlock("Có 3 xã đạt chuẩn nông thôn mới trên địa bàn huyện Mai Sơn.", page=1),
        TextBlock("7", page=1, left_out="số trang"),
        pages=(PageText.OCR, PageText.UNREAD),
        warnings=("trang 2 không đọc được",),
    )
    assert list(reading_notes(structured)) == [
        "Đã đọc: PDF, 2 trang",
        "Nhận dạng chữ từ ảnh, trang 1",
        "CHƯA ĐỌC ĐƯỢC, trang 2",
        "Thông tin: 12/BC-UBND; Mai Sơn; UBND huyện Mai Sơn",
        "Bỏ ra 2 dòng: quốc hiệu, tiêu ngữ, cơ quan ban hành (đã ghi vào thông tin báo cáo)",
        "Bỏ ra 1 dòng: số trang",
        "trang 2 không đọc được",
    ]


def test_plain_text_with_tabs_is_shown_as_a_table_too():
    structured = structure_text("Mở đầu.\nSTT\tXã\tHộ\n1\tẢng Cang\t120")
    assert as_markdown(structured) == (
        "Mở đầu.\n\n| STT | Xã | Hộ |\n| --- | --- | --- |\n| 1 | Ảng Cang | 120 |\n"
    )
