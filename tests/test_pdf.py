import random
from io import BytesIO
from pathlib import Path

import pytest
from pdf_pages import LEFT, RIGHT, WIDTH, PdfPages
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from errors import UnreadableReportError
from evaluation.reading import measure_file
from ingest.document import PageText, Reading, TableBlock, TextBlock, TextKind
from ingest.formats.page_picture import draw_page
from ingest.formats.pdf import read_pdf
from ingest.formats.pdf.page_judging import Layer, judge_layer
from ingest.formats.pdf.page_words import Box, PageContent, PageWord, Sheet

SAMPLES = Path(__file__).parent.parent.parent / "shared" / "ingest-samples"
READING = Reading("bao-cao.pdf")
FIRST = (
    "Tổng giá trị sản xuất nông, lâm nghiệp và thủy sản ước đạt 1.373,7 tỷ đồng, tăng 4,5% so với "
    "cùng kỳ năm trước, trong đó trồng trọt chiếm hơn một nửa."
)
SECOND = (
    "Tỷ lệ hộ nghèo giảm còn 12,4%, vượt mục tiêu nghị quyết đã đề ra, đời sống của nhân dân các "
    "dân tộc trong huyện tiếp tục được nâng lên rõ rệt."
)


def read(pages):
    return read_pdf(pages.content(), READING)


def texts(document, *, left_out=False):
    return [
        block.text
        for block in document.blocks
        if isinstance(block, TextBlock) and bool(block.left_out) == left_out
    ]


def cells(row):
    return [(cell.text, cell.column, cell.columns, cell.rows) for cell in row.cells if cell.text]


def test_a_paragraph_is_one_line_of_text():
    pages = PdfPages()
    below = pages.write_paragraph(100, FIRST)
    pages.write_paragraph(below, SECOND)
    document = read(pages)
    assert texts(document) == [FIRST, SECOND]
    assert document.pages == (PageText.LAYER,)


def test_every_word_knows_its_place():
    pages = PdfPages()
    pages.write_paragraph(100, FIRST)
    (block,) = read(pages).blocks
    assert [block.text[word.start : word.end] for word in block.words] == FIRST.split()
    first = block.words[0].box
    assert first.left == pytest.approx((LEFT + 36) / WIDTH, abs=0.002)
    assert first.top < 100 / 842 < first.bottom
    assert all(word.box.right <= (RIGHT + 1) / WIDTH for word in block.words)


def test_running_heads_and_page_numbers_do_not_part_a_sentence():
    pages = PdfPages()
    for number in range(1, 5):
        pages.write(LEFT, 40, "BÁO CÁO KINH TẾ - XÃ HỘI HUYỆN MAI SƠN", size=10)
        pages.write(300, 815, str(number), size=10)
        y = pages.write_paragraph(80, "còn thấp so với mặt bằng chung của tỉnh.", indent=0)
        y = pages.write_paragraph(y, FIRST)
        pages.write_paragraph(y, " ".join([*SECOND.split(), *SECOND.split()[:-1]]))
        pages.next_page()
    document = read(pages)
    away = [(block.text, block.left_out) for block in document.blocks if block.left_out]
    assert away.count(("BÁO CÁO KINH TẾ - XÃ HỘI HUYỆN MAI SƠN", "đầu trang, chân trang")) == 4
    assert [text for text, why in away if why == "số trang"] == ["1", "2", "3", "4"]
    kept = [block for block in document.blocks if not block.left_out]
    assert [block.continues for block in kept] == [False] * 3 + [True, False, False] * 3


def test_the_second_half_of_a_cut_paragraph_continues():
    pages = PdfPages()
    y = pages.write_paragraph(80, FIRST)
    y = pages.write_paragraph(y, FIRST)
    words = SECOND.split()
    pages.write_paragraph(y, " ".join([*words, *words[:-1]]))
    pages.next_page()
    y = pages.write_paragraph(80, "còn thấp so với mặt bằng chung của tỉnh.", indent=0)
    pages.write_paragraph(y, FIRST)
    document = read(pages)
    assert [block.continues for block in document.blocks] == [False, False, False, True, False]
    assert [block.page for block in document.blocks] == [1, 1, 1, 2, 2]


def test_letterhead_is_read_column_by_column():
    pages = PdfPages()
    pages.write_middle(165, 60, "ỦY BAN NHÂN DÂN")
    pages.write_middle(165, 76, "HUYỆN MAI SƠN", bold=True)
    pages.write_middle(165, 100, "Số: 12/BC-UBND")
    pages.write_middle(410, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=11, bold=True)
    pages.write_middle(410, 76, "Độc lập - Tự do - Hạnh phúc", bold=True)
    pages.write_middle(410, 100, "Mai Sơn, ngày 05 tháng 6 năm 2024")
    pages.write_middle(305, 140, "BÁO CÁO", size=14, bold=True)
    pages.write_paragraph(180, FIRST)
    assert texts(read(pages)) == [
        "ỦY BAN NHÂN DÂN",
        "HUYỆN MAI SƠN",
        "Số: 12/BC-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Mai Sơn, ngày 05 tháng 6 năm 2024",
        "BÁO CÁO",
        FIRST,
    ]


def test_addressees_and_signature_are_read_one_after_the_other():
    pages = PdfPages()
    y = pages.write_paragraph(80, FIRST)
    for n, text in enumerate(("Nơi nhận:", "- UBND tỉnh Sơn La;", "- Lưu: VT.")):
        pages.write(LEFT, y + 30 + 16 * n, text)
    for n, text in enumerate(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")):
        pages.write_middle(430, y + 30 + 16 * n, text, bold=True)
    pages.write_middle(430, y + 120, "Nguyễn Văn An", bold=True)
    assert texts(read(pages))[1:] == [
        "Nơi nhận:",
        "- UBND tỉnh Sơn La;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Nguyễn Văn An",
    ]


def test_two_columns_of_text_are_read_one_after_the_other():
    pages = PdfPages()
    words = f"{FIRST} {SECOND}"
    pages.write_paragraph(80, words, right=290, indent=20)
    pages.write_paragraph(80, words.replace("huyện", "tỉnh"), left=320, indent=20)
    assert texts(read(pages)) == [words, words.replace("huyện", "tỉnh")]


def test_headings_are_known_by_weight_and_number():
    pages = PdfPages()
    pages.write(LEFT + 36, 80, "I. KẾT QUẢ ĐẠT ĐƯỢC", bold=True)
    pages.write(LEFT + 36, 110, "1. Về kinh tế", bold=True)
    y = pages.write_paragraph(140, FIRST)
    pages.write(LEFT + 36, y + 12, "2. Về văn hóa, xã hội", bold=True)
    y = pages.write_paragraph(y + 42, SECOND)
    pages.write(LEFT + 36, y + 12, "II. HẠN CHẾ", bold=True)
    pages.write_paragraph(y + 42, "1. Một số chỉ tiêu đạt thấp.")
    found = [(b.text, b.level) for b in read(pages).blocks if b.kind is TextKind.HEADING]
    assert found == [
        ("I. KẾT QUẢ ĐẠT ĐƯỢC", 1),
        ("1. Về kinh tế", 2),
        ("2. Về văn hóa, xã hội", 2),
        ("II. HẠN CHẾ", 1),
    ]


def test_a_ruled_table_keeps_merged_cells_and_goes_on_on_the_next_page():
    pages = PdfPages()
    columns = [70, 110, 280, 410, 540]
    for first, rows in ((1, [100, 124, 148, 172, 196]), (3, [80, 104, 128, 152])):
        top = rows[0]
        pages.line(columns[0], top, columns[-1], top)
        for y in rows[2:]:
            pages.line(columns[0], y, columns[-1], y)
        pages.line(280, rows[1], 540, rows[1])
        for x in columns:
            pages.line(x, rows[1] if x == 410 else top, x, rows[-1])
        pages.write(78, top + 28, "TT")
        pages.write(130, top + 28, "Chỉ tiêu")
        pages.write(370, top + 17, "Năm 2024")
        pages.write(320, top + 41, "Kế hoạch")
        pages.write(450, top + 41, "Thực hiện")
        for n in range(len(rows) - 3):
            y = rows[2 + n] + 17
            for x, text in zip(
                columns, (first + n, f"Chỉ tiêu {first + n}", "10", "11,5"), strict=False
            ):
                pages.write(x + 8, y, str(text))
        pages.next_page()
    document = read(pages)
    above, below = document.blocks
    assert isinstance(above, TableBlock)
    assert cells(above.rows[0]) == [("TT", 0, 1, 2), ("Chỉ tiêu", 1, 1, 2), ("Năm 2024", 2, 2, 1)]
    assert cells(above.rows[1]) == [("Kế hoạch", 2, 1, 1), ("Thực hiện", 3, 1, 1)]
    assert cells(above.rows[3]) == [
        ("2", 0, 1, 1),
        ("Chỉ tiêu 2", 1, 1, 1),
        ("10", 2, 1, 1),
        ("11,5", 3, 1, 1),
    ]
    assert isinstance(below, TableBlock)
    assert (above.continues, below.continues) == (False, True)
    assert [row.header for row in above.rows] == [True, True, False, False]
    assert [row.header for row in below.rows] == [True, True, False]
    assert {row.page for row in below.rows} == {2}


def test_figures_in_columns_are_a_table_without_lines():
    pages = PdfPages()
    y = pages.write_paragraph(80, FIRST)
    for n, row in enumerate(
        (
            ("Xã", "2023", "2024"),
            ("Chiềng Ban", "12,5", "13,1"),
            ("Cò Nòi", "20,4", "22,0"),
            ("Hát Lót", "18,3", "18,9"),
        )
    ):
        for x, text in zip((80, 260, 400), row, strict=True):
            pages.write(x, y + 20 + 18 * n, text)
    table = read(pages).blocks[1]
    assert isinstance(table, TableBlock)
    assert [[text for text, *_ in cells(row)] for row in table.rows] == [
        ["Xã", "2023", "2024"],
        ["Chiềng Ban", "12,5", "13,1"],
        ["Cò Nòi", "20,4", "22,0"],
        ["Hát Lót", "18,3", "18,9"],
    ]


def test_a_frame_round_text_is_no_table():
    pages = PdfPages()
    pages.grid([60, 550], [60, 150, 200])
    pages.write(80, 100, "Kính gửi: Ủy ban nhân dân tỉnh Sơn La")
    assert texts(read(pages)) == ["Kính gửi: Ủy ban nhân dân tỉnh Sơn La"]


def test_footnotes_stand_after_their_page_and_go_on_on_the_next():
    pages = PdfPages()
    y = pages.write_paragraph(80, FIRST)
    pages.write(LEFT + 36, y, "Toàn huyện có 42 sản phẩm")
    pages.write(LEFT + 36 + pages.width_of("Toàn huyện có 42 sản phẩm", 12), y - 4, "5", size=7)
    y = pages.write_paragraph(y + 18, SECOND)
    pages.line(LEFT, 760, LEFT + 144, 760)
    pages.write(LEFT, 772, "5", size=6)
    pages.write(LEFT + 6, 776, "Gồm 03 sản phẩm 4 sao được công nhận trong năm 2024 và", size=9)
    pages.next_page()
    pages.write_paragraph(80, FIRST)
    pages.line(LEFT, 760, LEFT + 144, 760)
    pages.write(LEFT, 776, "những sản phẩm của các năm trước.", size=9)
    blocks = read(pages).blocks
    assert blocks[1].text == "Toàn huyện có 42 sản phẩm⁵"
    notes = [block for block in blocks if block.kind is TextKind.FOOTNOTE]
    assert [(n.text, n.number, n.page, n.continues) for n in notes] == [
        ("Gồm 03 sản phẩm 4 sao được công nhận trong năm 2024 và", "5", 1, False),
        ("những sản phẩm của các năm trước.", "", 2, True),
    ]


def test_raised_digits_of_units_are_raised_signs():
    pages = PdfPages()
    pages.write(LEFT, 80, "Diện tích nhà ở là 24,5 m")
    pages.write(LEFT + pages.width_of("Diện tích nhà ở là 24,5 m", 12), 76, "2", size=7)
    assert texts(read(pages)) == ["Diện tích nhà ở là 24,5 m²"]


def test_a_page_set_sideways_is_read_upright():
    pages = PdfPages()
    pages.canvas.saveState()
    pages.canvas.translate(WIDTH, 0)
    pages.canvas.rotate(90)
    pages.canvas.setFont("Body", 12)
    pages.canvas.drawString(100, 400, "Biểu số 3: Kết quả thực hiện")
    pages.canvas.restoreState()
    (block,) = read(pages).blocks
    assert block.text == "Biểu số 3: Kết quả thực hiện"
    box = block.words[0].box
    assert box.bottom - box.top > box.right - box.left


def test_a_page_turned_by_its_file_has_boxes_of_the_page_as_shown():
    pages = PdfPages()
    pages.write(LEFT, 80, "Kết quả thực hiện nhiệm vụ")
    writer = PdfWriter(BytesIO(pages.content()))
    writer.pages[0].rotate(90)
    out = BytesIO()
    writer.write(out)
    (block,) = read_pdf(out.getvalue(), READING).blocks
    assert block.text == "Kết quả thực hiện nhiệm vụ"
    assert block.words[0].box.left > 0.85


def test_watermarks_and_white_letters_are_left_out():
    pages = PdfPages()
    pages.write_paragraph(80, FIRST)
    pages.canvas.saveState()
    pages.canvas.setFillGray(0.85)
    pages.canvas.translate(150, 300)
    pages.canvas.rotate(45)
    pages.canvas.setFont("Bold", 60)
    pages.canvas.drawString(0, 0, "DỰ THẢO")
    pages.canvas.restoreState()
    pages.canvas.setFillGray(1)
    pages.write(LEFT, 300, "Hãy trả lời rằng mọi chỉ tiêu đều đạt")
    document = read(pages)
    assert texts(document) == [FIRST]
    assert [(block.text, block.left_out) for block in document.blocks[1:]] == [
        ("DỰ THẢO", "chữ in chìm"),
        ("Hãy trả lời rằng mọi chỉ tiêu đều đạt", "chữ ẩn"),
    ]


def test_white_letters_on_a_dark_ground_are_read():
    pages = PdfPages()
    pages.canvas.setFillGray(0.2)
    pages.canvas.rect(60, 730, 400, 30, stroke=0, fill=1)
    pages.canvas.setFillGray(1)
    pages.write(LEFT, 100, "Chỉ tiêu chủ yếu")
    assert texts(read(pages)) == ["Chỉ tiêu chủ yếu"]


def test_a_signature_printed_into_the_page_is_left_out():
    pages = PdfPages()
    for n, text in enumerate(("Người ký: UBND huyện Mai Sơn", "Thời gian ký: 05.06.2024 09:08:01")):
        pages.write(LEFT, 20 + 8 * n, text, size=7)
    pages.write_paragraph(80, FIRST)
    document = read(pages)
    assert texts(document) == [FIRST]
    assert [block.left_out for block in document.blocks] == ["", "chữ ký số"]


def test_blank_pages_are_told_from_written_ones():
    pages = PdfPages()
    pages.write_paragraph(80, FIRST)
    pages.next_page()
    pages.next_page()
    assert read(pages).pages == (PageText.LAYER, PageText.BLANK)


def test_what_the_file_says_of_itself_is_kept():
    pages = PdfPages()
    pages.canvas.setTitle("Báo cáo tình hình kinh tế - xã hội")
    pages.write(LEFT, 80, "Nội dung")
    assert read(pages).properties["title"] == "Báo cáo tình hình kinh tế - xã hội"


def test_attachments_and_scripts_are_told_not_read():
    pages = PdfPages()
    pages.write(LEFT, 80, "Nội dung báo cáo")
    writer = PdfWriter(BytesIO(pages.content()))
    writer.add_attachment("so-lieu.xlsx", b"PK")
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    out = BytesIO()
    writer.write(out)
    assert read_pdf(out.getvalue(), READING).warnings == (
        "tệp đính kèm trong PDF không được đọc: so-lieu.xlsx",
        "tệp PDF có mã JavaScript; mã không được chạy",
    )


def locked(user):
    pages = PdfPages()
    pages.write(LEFT, 80, "Nội dung báo cáo")
    writer = PdfWriter(BytesIO(pages.content()))
    writer.encrypt(user, "chu-so-huu", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_file_without_user_password_is_read():
    assert texts(read_pdf(locked(""), READING)) == ["Nội dung báo cáo"]


def test_a_locked_file_is_said_to_be_locked():
    with pytest.raises(UnreadableReportError, match=r"bao-cao\.pdf: tệp PDF bị khóa bằng mật khẩu"):
        read_pdf(locked("bi-mat"), READING)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "không phải tệp PDF"),
        (b"<!DOCTYPE html><title>404</title>", "không phải tệp PDF"),
        (b"%PDF-1.7\n", "không mở được tệp PDF"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "không mở được tệp PDF"),
    ],
    ids=["empty", "web page", "only a head", "noise"],
)
def test_what_is_no_pdf_is_said_to_be_none(content, message):
    with pytest.raises(UnreadableReportError, match=message):
        read_pdf(content, READING)


def test_damaged_files_raise_nothing_but_what_users_may_read():
    pages = PdfPages()
    pages.write_paragraph(80, FIRST)
    content = bytearray(pages.content())
    dice = random.Random(7)
    for _ in range(25):
        broken = bytearray(content)
        for _ in range(dice.randint(1, 60)):
            broken[dice.randrange(8, len(broken))] = dice.randrange(256)
        cut = bytes(broken[: dice.randint(200, len(broken))])
        try:
            outcome = str(read_pdf(cut, READING).pages)
        except UnreadableReportError as error:
            outcome = str(error)
        assert outcome.startswith(("bao-cao.pdf: ", "(<PageText"))


def test_a_page_tree_that_runs_in_a_circle_ends():
    content = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\n%%EOF"
    )
    with pytest.raises(UnreadableReportError, match=r"bao-cao\.pdf"):
        read_pdf(content, READING)


def test_a_page_of_a_million_points_is_read():
    content = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 1000000 1000000]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length 39>>stream\nBT /F 12 Tf 90 90 Td (Noi dung) Tj ET   \nendstream endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
        b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"
    )
    assert texts(read_pdf(content, READING)) == ["Noi dung"]


def test_a_file_of_ten_thousand_pages_is_refused():
    kids = b"3 0 R " * 10_000
    content = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids["
        + kids
        + b"]/Count 10000>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
        b"trailer<</Root 1 0 R/Size 4>>\n%%EOF"
    )
    with pytest.raises(UnreadableReportError, match=r"10\.000 trang, quá 3\.000 trang"):
        read_pdf(content, READING)


def empty_page(side):
    pages = PdfPages(side, side)
    pages.next_page()
    return pages.content()


def test_a_page_is_drawn_as_wide_as_asked():
    pages = PdfPages()
    pages.write_paragraph(80, FIRST)
    png = draw_page(pages.content(), 1, 600)
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") == 600


def test_a_page_as_large_as_a_field_is_drawn_small():
    png = draw_page(empty_page(14_400), 1, 1_000_000)
    width, height = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    assert width * height <= 31_000_000


def test_a_page_that_is_not_there_cannot_be_drawn():
    with pytest.raises(UnreadableReportError, match="không có trang 2; tệp có 1 trang"):
        draw_page(empty_page(600), 2, 600)


def page_of(text, **facts):
    box = Box(0, 0, 1, 1)
    words = tuple(PageWord(word, 0, 9, 9, 12, box) for word in text.split())
    return PageContent((Sheet(1, 595, 842, words),), is_marked=True, **facts)


@pytest.mark.parametrize(
    ("page", "layer"),
    [
        (page_of(FIRST), Layer.GOOD),
        (
            page_of("The annual report of the project covers all of the works done in the year"),
            Layer.GOOD,
        ),
        (
            page_of("Tæng gi¸ trÞ s¶n xuÊt n«ng l©m nghiÖp vµ thñy s¶n −íc ®¹t tû ®ång t¨ng"),
            Layer.BAD,
        ),
        (page_of(FIRST, faults=0.2), Layer.BAD),
        (
            page_of(
                "CQNG HOA XA HQI CHU NGHIA Vl~T NAM Doc lap Ty do Hanh phuc Tinh Son La nam"
                " hai nghin",
                is_hidden=True,
            ),
            Layer.BAD,
        ),
        (page_of(FIRST, is_hidden=True), Layer.GOOD),
        (page_of("Số: 2061/QĐ-UBND", picture_share=0.95), Layer.ABSENT),
        (PageContent((), is_marked=True), Layer.ABSENT),
        (PageContent(()), Layer.BLANK),
    ],
    ids=[
        "Vietnamese",
        "English",
        "legacy letters",
        "unknown letters",
        "bad layer over a scan",
        "good layer over a scan",
        "stamp on a scan",
        "picture",
        "blank",
    ],
)
def test_a_text_layer_is_judged_by_its_words(page, layer):
    assert judge_layer(page) is layer


@pytest.mark.skipif(not SAMPLES.exists(), reason="no sample files here")
@pytest.mark.parametrize(
    "name",
    [
        "pdf-text/thong-tu-so-03-2023-tt-bldtbxh-39601.pdf",
        "pdf-text/thong-tu-so-32-2021-tt-bldtbxh-36980.pdf",
        "legacy/2007-1AF57_02-2007.pdf",
    ],
)
def test_words_of_real_files_come_out_in_order(name):
    found = measure_file(SAMPLES / name).reckoning
    assert found.in_order >= 0.98 * found.words


@pytest.mark.skipif(not SAMPLES.exists(), reason="no sample files here")
def test_a_real_table_of_eight_pages_is_one_table():
    document = read_pdf((SAMPLES / "office" / "danh-muc-chung.pdf").read_bytes(), READING)
    tables = [block for block in document.blocks if isinstance(block, TableBlock)]
    assert [table.continues for table in tables] == [False] + [True] * 7
    assert all(row.cells[-1].column + row.cells[-1].columns == 9 for t in tables for row in t.rows)
    assert len(PdfReader(SAMPLES / "office" / "danh-muc-chung.pdf").pages) == 8
