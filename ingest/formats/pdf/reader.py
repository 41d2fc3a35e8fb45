"""Read a PDF file into a document, each page by its text layer or else from its picture."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pypdfium2
import pypdfium2.raw as pdfium

from errors import UnreadableReportError
from ingest.document import Document, PageText, Reading
from ingest.formats.legacy_letters import Run, convert_runs
from ingest.formats.ocr import INSTALL_COMMAND, can_read_pictures
from ingest.formats.pdf.assembling import build_blocks
from ingest.formats.pdf.opening import PdfFacts, find_facts, open_pdf
from ingest.formats.pdf.page_judging import Layer, judge_layer
from ingest.formats.pdf.page_words import PageContent, PageWord, Sheet
from ingest.formats.pdf.scanned_pages import find_kept_pages, read_scanned_pages
from ingest.formats.pdf.signature_stamps import find_stamp
from ingest.formats.pdf.text_layer import SIGNATURE_STAMP, read_page

_UNSURE = 0.6  # confidence below which a word read from a picture may be wrong


@dataclass(slots=True)
class _Pages:
    """What has been read of each page so far, by number."""

    contents: dict[int, PageContent]
    texts: dict[int, PageText]
    warnings: list[str]
    encoding: str = ""


def read_pdf(content: bytes, reading: Reading) -> Document:
    """Read a PDF file.

    Args:
        content: The file's bytes.
        reading: Its name, and where readings of scanned pages are kept.

    Raises:
        UnreadableReportError: It cannot be opened, is locked, or no page of it can be read.
    """
    document = open_pdf(content, reading.name)
    try:
        facts = find_facts(content, len(document))
        pages = _read_layers(document, facts, reading)
        digest = hashlib.sha256(content).hexdigest()
        _read_pictures(document, pages, digest, reading)
        count = len(document)
    finally:
        document.close()
    texts = tuple(pages.texts[number] for number in range(1, count + 1))
    if all(text in (PageText.UNREAD, PageText.BLANK) for text in texts):
        raise UnreadableReportError(_nothing_read(reading.name, texts))
    return Document(
        tuple(build_blocks(pages.contents, facts.labels)),
        pages.encoding,
        texts,
        (*facts.warnings, *pages.warnings),
        _properties(facts, pages.encoding),
    )


def _nothing_read(name: str, texts: Sequence[PageText]) -> str:
    if PageText.UNREAD not in texts:
        return f"{name}: tệp PDF chỉ có trang trắng. Hãy kiểm tra lại tệp."
    if can_read_pictures():
        return (
            f"{name}: không nhận dạng được chữ trên trang nào ({len(texts)} trang). "
            "Hãy quét lại văn bản rõ hơn, ở 300 dpi."
        )
    return (
        f"{name}: tệp PDF là ảnh quét, không có lớp chữ ({len(texts)} trang), mà máy chưa cài "
        f"phần nhận dạng chữ. Hãy chạy lệnh: {INSTALL_COMMAND}, rồi nạp lại tệp."
    )


def _properties(facts: PdfFacts, encoding: str) -> dict[str, str]:
    # A title typed in a legacy font has no font here to tell its letters by.
    return {k: v for k, v in facts.properties.items() if not (encoding and k == "title")}


def _read_layers(document: pypdfium2.PdfDocument, facts: PdfFacts, reading: Reading) -> _Pages:
    pages = _Pages({}, {}, [])
    for number in range(1, len(document) + 1):
        content = _layer(document, number, facts)
        if content is None:
            pages.texts[number] = PageText.UNREAD
            pages.warnings.append(f"trang {number} bị hỏng, không đọc được")
        else:
            pages.contents[number] = content
    pages.contents, pages.encoding = _in_unicode(pages.contents)
    for number, content in pages.contents.items():
        pages.contents[number] = _without_stamps(content)
        layer = judge_layer(content)
        if layer is Layer.GOOD:
            pages.texts[number] = PageText.LAYER
        elif layer is Layer.BLANK:
            pages.texts[number] = PageText.BLANK
    done = len(pages.texts)
    for n in range(1, done + 1):
        reading.on_page(n, len(document))
    return pages


def _layer(document: pypdfium2.PdfDocument, number: int, facts: PdfFacts) -> PageContent | None:
    try:
        page = document[number - 1]
        # Filled-in fields and notes written on the page are part of what it shows.
        if pdfium.FPDFPage_GetAnnotCount(page.raw):
            flattened = pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
            if flattened == pdfium.FLATTEN_SUCCESS:
                page.close()
                page = document[number - 1]
        try:
            return read_page(page, number, facts.stamps.get(number, ()))
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        return None


def _in_unicode(contents: dict[int, PageContent]) -> tuple[dict[int, PageContent], str]:
    """Turn the words of legacy fonts into Unicode, all at once: a document is mostly in one."""
    groups = [words for content in contents.values() for words in _word_groups(content)]
    runs: list[Run] = []
    for group in groups:
        for n, word in enumerate(group):
            runs.append(Run("" if word.glued and n else " " if n else "\n"))
            runs.append(Run(word.text, word.font))
    texts, encoding = convert_runs(runs)
    turned = iter(texts[1::2])
    renamed = [
        [
            replace(word, text=text) if text != word.text else word
            for word, text in zip(group, (next(turned).strip() for _ in group), strict=True)
        ]
        for group in groups
    ]
    result = {}
    at = iter(renamed)
    for number, content in contents.items():
        sheets = tuple(
            replace(sheet, words=tuple(word for word in next(at) if word.text))
            for sheet in content.sheets
        )
        result[number] = replace(content, sheets=sheets, aside=tuple(next(at)))
    return result, encoding


def _without_stamps(content: PageContent) -> PageContent:
    """Set the stamps of signatures aside that are printed into the text."""
    sheets: list[Sheet] = []
    aside = list(content.aside)
    for sheet in content.sheets:
        stamp = find_stamp(sheet.words)
        own = {id(word) for word in stamp}
        sheets.append(replace(sheet, words=tuple(w for w in sheet.words if id(w) not in own)))
        aside.extend(replace(word, left_out=SIGNATURE_STAMP) for word in stamp)
    return replace(content, sheets=tuple(sheets), aside=tuple(aside))


def _word_groups(content: PageContent) -> list[Sequence[PageWord]]:
    return [*(sheet.words for sheet in content.sheets), content.aside]


def _read_pictures(
    document: pypdfium2.PdfDocument, pages: _Pages, digest: str, reading: Reading
) -> None:
    """Read the pages that have no good text layer from their pictures."""
    count = len(document)
    wanted = [number for number in range(1, count + 1) if number not in pages.texts]
    done = count - len(wanted)

    def tell(_page: int) -> None:
        nonlocal done
        done += 1
        reading.on_page(done, count)

    found: dict[int, PageContent | None] = {}
    found.update(find_kept_pages(wanted, digest=digest, cache=reading.cache))
    for number in found:
        tell(number)
    unkept = [number for number in wanted if number not in found]
    if unkept and can_read_pictures():
        found |= read_scanned_pages(
            document, unkept, digest=digest, cache=reading.cache, on_page=tell
        )
    elif unkept:
        _leave_unread(pages, unkept)
    for number, content in sorted(found.items()):
        _take_picture(pages, number, content)


def _leave_unread(pages: _Pages, numbers: Sequence[int]) -> None:
    for number in numbers:
        pages.texts[number] = PageText.UNREAD
        pages.contents.pop(number)
    pages.warnings.append(
        f"không đọc được {_named(numbers)}: là ảnh hoặc lớp chữ hỏng, mà máy chưa cài phần "
        f"nhận dạng chữ. Hãy chạy lệnh: {INSTALL_COMMAND}, rồi nạp lại tệp"
    )


def _take_picture(pages: _Pages, number: int, content: PageContent | None) -> None:
    words = content.words if content else []
    sure = [word for word in words if word.confidence >= _UNSURE and word.text.isalnum()]
    if content and len(sure) >= 2:
        pages.contents[number] = content
        pages.texts[number] = PageText.OCR
        unsure = len(words) - sum(word.confidence >= _UNSURE for word in words)
        if unsure:
            pages.warnings.append(
                f"trang {number}: {unsure} trong {len(words)} từ nhận dạng từ ảnh chưa chắc chắn"
            )
        return
    pages.contents.pop(number)
    pages.texts[number] = PageText.UNREAD
    pages.warnings.append(
        f"trang {number} không nhận dạng được chữ nào: có thể chỉ có hình hoặc con dấu"
        if content
        else f"trang {number} không nhận dạng được: phần nhận dạng chữ bị lỗi trên trang này"
    )


def _named(pages: Sequence[int]) -> str:
    """Name pages: "trang 1, 3-5"."""
    stretches: list[list[int]] = []
    for page in pages:
        if stretches and page == stretches[-1][-1] + 1:
            stretches[-1].append(page)
        else:
            stretches.append([page])
    named = (str(s[0]) if len(s) == 1 else f"{s[0]}-{s[-1]}" for s in stretches)
    return f"trang {', '.join(named)}"
