"""Read Word files (.docx): text in order with headings, lists, tables, notes and pages."""

from itertools import chain

from errors import UnreadableReportError
from ingest.document import Document, PageText, Reading
from ingest.formats.word_body import BodyReader
from ingest.formats.word_numbering import Numbering
from ingest.formats.word_package import WORD, Element, WordPackage
from ingest.formats.word_parts import Item, Letters
from ingest.formats.word_runs import Story
from ingest.formats.word_styles import Styles
from ingest.formats.word_writing import BlockWriter
from ingest.formats.zip_limits import damaged

FURNITURE = "đầu trang, chân trang"
_NO_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read_docx(content: bytes, reading: Reading) -> Document:
    """Read a Word file.

    Args:
        content: The file's bytes: a .docx or .docm package.
        reading: What is told besides.

    Raises:
        UnreadableReportError: It is damaged, or holds no text.
    """
    package = WordPackage(content, reading.name)
    try:
        return _read(package)
    except (RecursionError, MemoryError) as error:
        raise UnreadableReportError(
            f"{reading.name}: các phần của tệp lồng nhau quá sâu nên không đọc được. "
            "Hãy kiểm tra nguồn gốc của tệp."
        ) from error
    except (AttributeError, LookupError, ValueError, TypeError, OverflowError) as error:
        # Bytes that form a package may still break every rule of its contents.
        raise damaged(reading.name) from error


def _read(package: WordPackage) -> Document:
    letters = Letters()
    styles = Styles(_first(package.related("styles")))
    story = Story(letters, styles)
    notes = {kind: _notes(package, kind) for kind in ("footnote", "endnote")}
    numbering = Numbering(_first(package.related("numbering")), styles)
    body = package.body
    items = BodyReader(story, numbering, notes).read(body)
    properties = package.properties()
    paged = _pages_hold(story, properties.get("Pages", ""))
    furniture = _furniture(package, letters, styles)
    title = letters.add(properties.get("title", ""))
    letters.convert()
    writer = BlockWriter(letters, paged=paged)
    blocks = tuple(chain(writer.write(items), writer.write_left_out(furniture, FURNITURE)))
    if not any(getattr(block, "text", True) for block in blocks):
        raise UnreadableReportError(f"{package.name}: {_why_empty(body)}")
    return Document(
        blocks,
        encoding=letters.encoding or "UTF-8",
        pages=(PageText.LAYER,) * story.page if paged else (),
        warnings=tuple(_warnings(story, body)),
        properties={
            key: said
            for key, said in (
                ("title", letters[title]),
                ("modified", properties.get("modified", "")),
            )
            if said
        },
    )


def _first(parts: list[Element]) -> Element | None:
    return parts[0] if parts else None


def _notes(package: WordPackage, kind: str) -> dict[str, Element]:
    found = (part.findall(f"{WORD}{kind}") for part in package.related(f"{kind}s"))
    return {
        note.get(f"{WORD}id", ""): note
        for note in chain.from_iterable(found)
        if note.get(f"{WORD}type", "") not in _NO_NOTES
    }


def _furniture(package: WordPackage, letters: Letters, styles: Styles) -> list[Item]:
    aside = Story(letters, styles)
    reader = BodyReader(aside, Numbering(None, styles), {"footnote": {}, "endnote": {}})
    parts = [*package.related("header"), *package.related("footer")]
    return [item for part in parts for item in reader.read(part)]


def _pages_hold(story: Story, said: str) -> bool:
    """Say whether the file knows its pages.

    Word marks each page break of the layout on which it last saved, for its author's fonts and
    printer: another machine may show a paragraph one page earlier or later. Other programs keep no
    marks, or keep old ones beside new text; then the count is not the one that the file says
    (python-docx leaves 1 for all). Typed page breaks alone tell pages only if they are all breaks.
    """
    pages = int(said) if said.isdecimal() and len(said) < 7 else 0
    if story.rendered_breaks:
        return pages <= 1 or abs(pages - story.page) <= max(2, pages // 10)
    return story.hard_breaks > 0 and pages == story.page


def _why_empty(body: Element) -> str:
    if body.find(f".//{WORD}drawing") is not None or body.find(f".//{WORD}pict") is not None:
        return (
            "tệp Word chỉ có hình ảnh, không có chữ. "
            "Hãy lưu thành PDF để nhận dạng chữ, hoặc dùng bản có chữ."
        )
    return "tệp không có nội dung. Hãy kiểm tra lại tệp."


def _warnings(story: Story, body: Element) -> list[str]:
    told = (
        (story.deletions, "{} chỗ đã xoá khi theo dõi thay đổi (track changes) được bỏ qua"),
        (story.comments, "{} ghi chú bên lề (comment) được bỏ qua"),
        (story.pictures, "{} hình ảnh lớn không đọc được chữ bên trong"),
        (story.charts, "{} biểu đồ không đọc được số liệu bên trong"),
        (
            sum(1 for _ in body.iter(f"{WORD}altChunk", f"{WORD}subDoc")),
            "{} tài liệu nhúng không đọc được; hãy chép nội dung vào báo cáo",
        ),
    )
    return [text.format(count) for count, text in told if count]
