from io import BytesIO

import pytest
from pdf_pages import FONTS, LEFT, PdfPages
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader

from errors import UnreadableReportError
from ingest.document import PageText, Reading, TableBlock, TextBlock
from ingest.formats.ocr import can_read_pictures, read_picture
from ingest.formats.pdf import read_pdf
from ingest.formats.pdf.picture_lines import find_picture_lines

LINES = (
    "Báo cáo tình hình kinh tế - xã hội năm 2024",
    "của huyện Mai Sơn, tỉnh Sơn La",
    "Tỷ lệ hộ nghèo giảm còn 12,4% so với cùng kỳ",
)
COMMAND = "sudo apt install tesseract-ocr tesseract-ocr-vie"
needs_tesseract = pytest.mark.skipif(not can_read_pictures(), reason="Tesseract is not installed")


def picture(lines=LINES, *, width=1250, height=520):
    """Draw text as a scan shows it, in large letters."""
    drawn = Image.new("L", (width, height), 255)
    font = ImageFont.truetype(str(FONTS / "DejaVuSans.ttf"), 50)
    for n, line in enumerate(lines):
        ImageDraw.Draw(drawn).text((60, 60 + 90 * n), line, fill=0, font=font)
    return drawn


def scanned(*pictures):
    """Make a PDF file of pages that are pictures; None makes a page of text."""
    pages = PdfPages(300, 125)
    for drawn in pictures:
        if drawn is None:
            pages.write(LEFT, 40, "Trang có lớp chữ", size=10)
        else:
            out = BytesIO()
            drawn.save(out, "PNG")
            pages.canvas.drawImage(ImageReader(out), 0, 0, 300, 125)
        pages.next_page()
    return pages.content()


@pytest.fixture
def no_tesseract(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))


@needs_tesseract
def test_words_of_a_picture_are_read_with_their_places():
    words = read_picture(picture(LINES[1:2], height=200)).words
    assert [word.text for word in words] == LINES[1].split()
    assert words[0].left == pytest.approx(62, abs=8)
    assert words[0].line == words[-1].line
    assert all(word.confidence > 0.6 for word in words)


@needs_tesseract
def test_a_scanned_page_is_read_once_and_kept(tmp_path, monkeypatch):
    told = []
    content = scanned(picture(), None)
    reading = Reading("quet.pdf", tmp_path / "cache", lambda done, of: told.append((done, of)))
    document = read_pdf(content, reading)
    assert document.pages == (PageText.OCR, PageText.LAYER)
    assert told == [(1, 2), (2, 2)]
    text = " ".join(block.text for block in document.blocks if isinstance(block, TextBlock))
    assert set(" ".join(LINES).split()) <= set(text.split())
    box = document.blocks[0].words[0].box
    assert (box.left, box.top) == (pytest.approx(0.05, abs=0.02), pytest.approx(0.15, abs=0.05))
    monkeypatch.setenv("PATH", str(tmp_path))  # no Tesseract: only what is kept can be read
    assert read_pdf(content, reading).blocks == document.blocks


@needs_tesseract
def test_a_page_scanned_on_its_side_is_turned():
    lines = [f"{n}. {LINES[n % 3]}" for n in range(1, 9)]
    drawn = picture(lines, width=1500, height=900)
    read = read_picture(drawn.rotate(90, expand=True))
    assert read.turn == 90
    assert {"huyện", "nghèo", "kinh"} <= {word.text for word in read.words}


@needs_tesseract
def test_a_scanned_table_is_a_table():
    drawn = picture((), height=520)
    pen = ImageDraw.Draw(drawn)
    font = ImageFont.truetype(str(FONTS / "DejaVuSans.ttf"), 42)
    for y in (60, 170, 280, 390):
        pen.line((60, y, 1190, y), fill=0, width=4)
    for x in (60, 500, 850, 1190):
        pen.line((x, 60, x, 390), fill=0, width=4)
    rows = (
        ("Chỉ tiêu", "Kế hoạch", "Thực hiện"),
        ("Hộ nghèo", "1250", "1310"),
        ("Trường học", "42", "45"),
    )
    for y, row in zip((85, 195, 305), rows, strict=True):
        for x, text in zip((90, 530, 880), row, strict=True):
            pen.text((x, y), text, fill=0, font=font)
    (table,) = read_pdf(scanned(drawn), Reading("bang.pdf")).blocks
    assert isinstance(table, TableBlock)
    assert tuple(tuple(cell.text for cell in row.cells) for row in table.rows) == rows


def test_without_tesseract_a_scan_is_refused_with_the_command_that_installs_it(no_tesseract):
    with pytest.raises(UnreadableReportError, match=rf"quet\.pdf: .*ảnh quét.*{COMMAND}"):
        read_pdf(scanned(picture(), picture()), Reading("quet.pdf"))


def test_without_tesseract_unread_pages_are_named(no_tesseract):
    pages = [picture(), None, picture(), picture()]
    document = read_pdf(scanned(*pages), Reading("quet.pdf"))
    unread, layer = PageText.UNREAD, PageText.LAYER
    assert document.pages == (unread, layer, unread, unread)
    (warning,) = document.warnings
    assert warning.startswith("không đọc được trang 1, 3-4: ")
    assert COMMAND in warning


@needs_tesseract
def test_a_picture_without_letters_is_not_read_as_success():
    with pytest.raises(UnreadableReportError, match="không nhận dạng được chữ trên trang nào"):
        read_pdf(scanned(Image.new("L", (1250, 520), 128)), Reading("hinh.pdf"))


def test_ruled_lines_of_a_picture_are_found():
    drawn = picture()
    ImageDraw.Draw(drawn).line((60, 400, 1100, 400), fill=0, width=4)
    ImageDraw.Draw(drawn).line((60, 360, 60, 480), fill=0, width=4)
    lines = find_picture_lines(drawn, 300)
    assert [tuple(round(side, -1) for side in line) for line in lines] == [
        (60, 400, 1100, 400),
        (60, 360, 60, 480),
    ]
