"""Open a PDF file, and find what it says of itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice

import pypdf
import pypdfium2
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from errors import UnreadableReportError
from ingest.formats.pdf.drawn_lines import Rectangle
from vietnamese import normalise

_LARGEST_BYTES = 500_000_000
_MOST_PAGES = 3000
_HEAD_BYTES = 1024  # in which the file's sign stands
_MOST_FIELDS = 2000
_DEEPEST_FIELD = 5
_LOCKED = "Incorrect password"
# Names that programs give instead of a title.
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|excel|powerpoint) - .*|untitled.*|document\d*|.*\.(?:docx?|xlsx?|pdf|rtf)"
    r"|[\d\W_]*|scan\w*[\d\W_]*|img[\d\W_]*|\S*)",
    re.IGNORECASE,
)
_INFO = {"/Title": "title", "/Author": "author", "/CreationDate": "created", "/ModDate": "modified"}


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What a file says besides its pages."""

    properties: dict[str, str] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)  # of pages that are not called by place
    stamps: dict[int, tuple[Rectangle, ...]] = field(default_factory=dict)  # of signatures, by page
    warnings: tuple[str, ...] = ()


def open_pdf(content: bytes, name: str) -> pypdfium2.PdfDocument:
    """Open a file for reading and drawing its pages.

    Args:
        content: The file's bytes.
        name: The file's name, for messages.

    Raises:
        UnreadableReportError: It is no PDF, damaged, locked or too large.
    """
    if len(content) > _LARGEST_BYTES:
        raise UnreadableReportError(
            f"{name}: tệp lớn hơn {_LARGEST_BYTES // 1_000_000} MB. Hãy chia nhỏ tệp rồi nạp lại."
        )
    if b"%PDF-" not in content[:_HEAD_BYTES]:
        raise UnreadableReportError(
            f"{name}: không phải tệp PDF, dù có tên như vậy. Hãy tải lại tệp từ nơi phát hành."
        )
    try:
        document = pypdfium2.PdfDocument(content)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        if _LOCKED in str(error) or "password" in str(error).lower():
            raise UnreadableReportError(
                f"{name}: tệp PDF bị khóa bằng mật khẩu. Hãy mở tệp bằng mật khẩu, "
                "lưu thành bản không khóa rồi nạp lại."
            ) from error
        raise UnreadableReportError(
            f"{name}: không mở được tệp PDF, tệp bị hỏng hoặc thiếu. Hãy tải hoặc xuất lại tệp."
        ) from error
    if not 0 < pages <= _MOST_PAGES:
        document.close()
        if not pages:
            raise UnreadableReportError(f"{name}: tệp PDF không có trang nào. Hãy xuất lại tệp.")
        many, most = (f"{number:,}".replace(",", ".") for number in (pages, _MOST_PAGES))
        raise UnreadableReportError(
            f"{name}: tệp PDF có {many} trang, quá {most} trang. Hãy chia nhỏ tệp rồi nạp lại."
        )
    return document


def find_facts(content: bytes, pages: int) -> PdfFacts:
    """Find what a file says of itself; nothing where it is too damaged for that.

    Args:
        content: The bytes of a file that can be opened.
        pages: How many pages it has.
    """
    try:
        reader = pypdf.PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return PdfFacts()
        return _facts(reader, pages)
    # What can be wrong in a hostile file is without end, and pypdf raises as many kinds of errors;
    # its pages are read all the same.
    except Exception:  # noqa: BLE001
        return PdfFacts(warnings=("không đọc được thông tin đi kèm của tệp PDF (tệp có lỗi)",))


def _facts(reader: pypdf.PdfReader, pages: int) -> PdfFacts:
    root = reader.root_object
    warnings = []
    names = list(islice(reader.attachments, _MOST_FIELDS))
    if names:
        warnings.append(f"tệp đính kèm trong PDF không được đọc: {', '.join(names[:5])}")
    tree = _dictionary(root.get("/Names"))
    if "/JavaScript" in tree or _dictionary(root.get("/OpenAction")).get("/S") == "/JavaScript":
        warnings.append("tệp PDF có mã JavaScript; mã không được chạy")
    return PdfFacts(
        dict(_properties(reader)),
        _labels(reader, pages),
        _stamps(reader, pages),
        tuple(warnings),
    )


def _properties(reader: pypdf.PdfReader) -> Iterator[tuple[str, str]]:
    said = reader.metadata or DictionaryObject()
    for key, own in _INFO.items():
        value = normalise(str(said.get(key) or "")).strip()
        if not value or "\n" in value:
            continue
        if own in ("created", "modified"):
            match = re.match(r"D:(\d{4})(\d{2})(\d{2})", value)
            if match:
                yield own, "-".join(match.groups())
        elif own != "title" or not _NO_TITLE.fullmatch(value):
            yield own, value[:300]


def _labels(reader: pypdf.PdfReader, pages: int) -> dict[int, str]:
    if "/PageLabels" not in reader.root_object:
        return {}
    labels = enumerate(reader.page_labels[:pages], 1)
    return {page: label for page, label in labels if label != str(page)}


def _stamps(reader: pypdf.PdfReader, pages: int) -> dict[int, tuple[Rectangle, ...]]:
    """Find where signatures show: widgets of signature fields, by page."""
    form = _dictionary(reader.root_object.get("/AcroForm"))
    signed = [
        item
        for item in islice(_widgets(form.get("/Fields"), 0), _MOST_FIELDS)
        if item.get("/FT") == "/Sig" and "/Rect" in item
    ]
    if not signed:
        return {}
    stamps: dict[int, tuple[Rectangle, ...]] = {}
    for number, page in enumerate(islice(reader.pages, pages), 1):
        own = _references(page.get("/Annots"))
        for item in signed:
            if item.indirect_reference is not None and item.indirect_reference.idnum in own:
                corners = [float(str(value)) for value in _items(item["/Rect"])][:4]
                if len(corners) == 4:
                    rectangle = corners[0], corners[1], corners[2], corners[3]
                    stamps[number] = (*stamps.get(number, ()), rectangle)
    return stamps


def _widgets(fields: object, depth: int) -> Iterator[DictionaryObject]:
    if depth > _DEEPEST_FIELD:
        return
    for reference in islice(_items(fields), _MOST_FIELDS):
        item = _dictionary(reference)
        yield item
        yield from _widgets(item.get("/Kids"), depth + 1)


def _references(annotations: object) -> set[int]:
    return {one.idnum for one in _items(annotations) if isinstance(one, IndirectObject)}


def _items(value: object) -> ArrayObject:
    if isinstance(value, IndirectObject):
        value = value.get_object()
    return value if isinstance(value, ArrayObject) else ArrayObject()


def _dictionary(value: object) -> DictionaryObject:
    if isinstance(value, IndirectObject):
        value = value.get_object()
    return value if isinstance(value, DictionaryObject) else DictionaryObject()
