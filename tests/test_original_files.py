"""Open the files that reports were made from, and find an answer's words on their pages."""

import zipfile
from io import BytesIO

import pytest
from PIL import Image

import page_drawing
from errors import UnreadableReportError
from indexing import index_reports
from original_files import OriginalFiles, OriginalGoneError
from page_drawing import draw_safely
from records import Citation, Span
from tests.fakes import FakeEmbedder
from tests.pdf_pages import PdfPages
from vectorstore.report_index import ReportIndex

FIRST = "Huyện Mai Sơn có 20 sản phẩm OCOP, trong đó 10 sản phẩm đạt hạng 4 sao."
SECOND = "Toàn huyện có 181 hợp tác xã, tăng 54 hợp tác xã so với năm 2020."


def pdf():
    pages = PdfPages()
    for text in (FIRST, SECOND):
        pages.write_paragraph(200, text)
        pages.next_page()
    return pages.content()


def html():
    return f"<html><body><p>{FIRST}</p><p>{SECOND}</p></body></html>".encode()


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


class Office:
    """A folder of reports, their index, and their files as the page opens them."""

    def __init__(self, folder):
        self.folder = folder / "reports"
        self.folder.mkdir()
        embedder = FakeEmbedder()
        self.index = ReportIndex.open(
            folder / "index", embedder=embedder.name, dimension=embedder.dimension, create=True
        )
        self.files = OriginalFiles(self.index)
        self.embedder = embedder

    def add(self, name, content):
        (self.folder / name).write_bytes(content)
        index_reports([self.folder], index=self.index, embedder=self.embedder)

    def report(self, name):
        return self.index.report(name)

    def cite(self, name, words):
        """Cite words of a report."""
        text = self.report(name).text
        span = Span(text.index(words), text.index(words) + len(words))
        passage = next(
            each
            for each in self.index.passages_of(name)
            if any(part.start <= span.start and span.end <= part.end for part in each.spans)
        )
        return Citation(name, passage.section, passage.page, words, span, passage.id)


def test_quoted_words_are_coloured_where_they_stand_on_the_page(office):
    office.add("a.pdf", pdf())
    cited = office.cite("a.pdf", "181 hợp tác xã")
    marks = office.files.find_marks(cited, [Span(cited.span.start, cited.span.start + 3)])
    assert {mark.page for mark in marks} == {2}
    drawn = office.files.draw(office.report("a.pdf"), 2, marks, whole=True)
    page = Image.open(BytesIO(drawn)).convert("RGB")
    assert page.width == 1400
    coloured = [colour for _, colour in page.getcolors(200_000)]
    assert {(255, 236, 163), (255, 206, 84)} <= set(coloured)
    said = next(mark for mark in marks if mark.said)
    middle = said.top * page.height, said.bottom * page.height
    ink = page.crop(
        (int(said.left * page.width), int(middle[0]), int(said.right * page.width), int(middle[1]))
    )
    assert min(ink.convert("L").get_flattened_data()) < 60  # the box holds the letters


def test_another_page_shows_no_marks(office):
    office.add("a.pdf", pdf())
    assert {
        m.page for m in office.files.find_marks(office.cite("a.pdf", "20 sản phẩm OCOP"), ())
    } == {1}
    drawn = office.files.draw(office.report("a.pdf"), 2, (), whole=False)
    assert (255, 236, 163) not in {c for _, c in Image.open(BytesIO(drawn)).getcolors(200_000)}


def test_a_format_without_pages_has_no_marks(office):
    office.add("a.html", html())
    assert office.files.find_marks(office.cite("a.html", "181 hợp tác xã"), ()) == ()


@pytest.mark.parametrize(("name", "content"), [("a.pdf", pdf), ("a.html", html)])
def test_a_file_is_given_byte_by_byte(office, name, content):
    office.add(name, content())
    office.files.check(office.report(name))
    assert office.files.read(office.report(name)) == (office.folder / name).read_bytes()


def test_a_file_in_an_archive_is_given_by_itself(office):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("huyện/a.html", html())
    office.add("b.zip", packed.getvalue())
    report = office.report("b.zip/huyện/a.html")
    office.files.check(report)
    assert office.files.read(report) == html()
    (office.folder / "b.zip").write_bytes(b"PK\x03\x04")
    with pytest.raises(OriginalGoneError, match="đã được sửa"):
        office.files.check(report)


def test_a_file_that_was_changed_or_removed_is_not_given(office):
    office.add("a.html", html())
    report = office.report("a.html")
    office.files.check(report)
    (office.folder / "a.html").write_bytes(html() + b" ")
    for look in (office.files.check, office.files.read):
        with pytest.raises(OriginalGoneError, match="đã được sửa hoặc thay"):
            look(report)
    (office.folder / "a.html").unlink()
    for look in (office.files.check, office.files.read):
        with pytest.raises(OriginalGoneError, match="không còn ở chỗ cũ"):
            look(report)


@pytest.mark.parametrize(
    ("content", "page", "said"),
    [(b"", 1, "không phải tệp PDF"), (b"%PDF-1.4 hong", 1, "bị hỏng"), (pdf(), 9, "không có trang 9")],
    ids=["empty", "damaged", "no such page"],
)  # fmt: skip
def test_a_page_that_cannot_be_drawn_says_why(content, page, said):
    with pytest.raises(UnreadableReportError, match=said):
        draw_safely(content, page, 300)


def test_a_page_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(page_drawing, "_LIMIT_SECONDS", 0.01)
    with pytest.raises(UnreadableReportError, match="chưa vẽ xong"):
        draw_safely(pdf(), 1, 300)
