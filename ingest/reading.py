"""Read one report file of any format: its text, metadata, passages and what was left out."""

import hashlib
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from errors import ReportNotFoundError, UnreadableReportError
from ingest.document import Document, Reading
from ingest.formats.recognise import SUFFIXES, Format, recognise
from ingest.showing import ShownReport, as_markdown, reading_notes
from ingest.structure import StructuredText, cut_report, structure_document, structure_text
from records import Origin, ReadReport

__all__ = ["READER_VERSION", "SUFFIXES", "check_report", "read_report", "show_report"]

# Raised when reading gives other passages or figures than before, so that reports are read anew.
READER_VERSION = "4"
# Larger files are no reports: a scan of 500 pages stays below. Bytes.
LARGEST_BYTES = 200_000_000
ARCHIVE_SUFFIX = ".zip"  # of files that hold reports

# Module and function of each format's reader; imported when first needed, since an ingest without
# news and a question need none of them.
_READERS = {
    Format.DOCX: ("word", "read_docx"),
    Format.DOC: ("converted", "read_converted"),
    Format.ODT: ("converted", "read_converted"),
    Format.RTF: ("converted", "read_converted"),
    Format.PPT: ("converted", "read_converted"),
    Format.ODP: ("converted", "read_converted"),
    Format.PDF: ("pdf", "read_pdf"),
    Format.XLSX: ("spreadsheet", "read_spreadsheet"),
    Format.XLS: ("spreadsheet", "read_spreadsheet"),
    Format.ODS: ("spreadsheet", "read_spreadsheet"),
    Format.PPTX: ("slides", "read_slides"),
    Format.HTML: ("web_page", "read_web_page"),
    Format.MARKDOWN: ("markdown", "read_markdown"),
}


def read_report(
    path: Path,
    *,
    name: str = "",
    member: str = "",
    corrections: Mapping[str, str] | None = None,
    cache: Path | None = None,
    on_page: Callable[[int, int], None] | None = None,
) -> ReadReport:
    """Read a report file.

    Args:
        path: The file.
        name: Name to index it under; the file's own if empty.
        member: Of an archive, the file in it.
        corrections: Metadata fields that a person has set, to use in place of what is read.
        cache: Folder for what is slow to make, as text read from pictures; None: keep nothing.
        on_page: Told after each page: how many are read, and of how many.

    Raises:
        ReportNotFoundError: There is no such file.
        UnreadableReportError: It holds no report text that can be read.
    """
    name = name or member or path.name
    content = _content(path, member, name)
    structured = _structured(content, _reading(name, cache, on_page))
    return cut_report(name, hashlib.sha256(content).hexdigest(), structured, corrections)


def check_report(
    path: Path,
    *,
    name: str,
    cache: Path | None = None,
    on_page: Callable[[int, int], None] | None = None,
) -> None:
    """Read a file that is to become a report, or list it if it is an archive of such files.

    Args:
        path: The file.
        name: What it will be called.
        cache: Folder for what is slow to make.
        on_page: As for `read_report`.

    Raises:
        ReportNotFoundError: There is no such file.
        UnreadableReportError: It holds no report that can be read.
    """
    if path.suffix.lower() == ARCHIVE_SUFFIX:
        from ingest.formats.archive import list_members

        list_members(path, name)
    else:
        read_report(path, name=name, cache=cache, on_page=on_page)


def show_report(
    path: Path,
    *,
    cache: Path | None = None,
    on_page: Callable[[int, int], None] | None = None,
) -> ShownReport:
    """Read a report file and write down what was read, without indexing it.

    Args:
        path: The file, or one in an archive: "bao-cao.zip/mai-son.docx".
        cache: Folder for what is slow to make.
        on_page: As for `read_report`.

    Raises:
        ReportNotFoundError: There is no such file.
        UnreadableReportError: It holds no report text that can be read.
    """
    archive = next((each for each in path.parents if each.is_file()), None)
    member = path.relative_to(archive).as_posix() if archive else ""
    content = _content(archive or path, member, path.name)
    structured = _structured(content, _reading(path.name, cache, on_page))
    return ShownReport(as_markdown(structured), tuple(reading_notes(structured)))


def _reading(name: str, cache: Path | None, on_page: Callable[[int, int], None] | None) -> Reading:
    return Reading(name, cache, on_page) if on_page else Reading(name, cache)


def _content(path: Path, member: str, name: str) -> bytes:
    try:
        if path.stat().st_size > LARGEST_BYTES and not member:
            raise UnreadableReportError(
                f"{name}: tệp lớn hơn {LARGEST_BYTES // 1_000_000} MB. "
                "Hãy chia nhỏ báo cáo rồi nạp lại."
            )
        if member:
            from ingest.formats.archive import read_member

            return read_member(path, member)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReportNotFoundError(f"{path}: không có tệp này. Hãy kiểm tra đường dẫn.") from error
    except OSError as error:
        raise UnreadableReportError(f"{name}: không mở được tệp ({error.strerror}).") from error


def _structured(content: bytes, reading: Reading) -> StructuredText:
    found = recognise(content, reading.name)
    if found is Format.TEXT:
        from ingest.formats.plain_text import read_plain_text

        text, encoding = read_plain_text(content, reading)
        return structure_text(text, origin=Origin(format=found.value, encoding=encoding))
    if found not in _READERS:
        raise UnreadableReportError(
            f"{reading.name}: tệp nén nằm trong tệp nén không được mở. Hãy giải nén rồi nạp lại."
        )
    module, function = _READERS[found]
    read: Callable[[bytes, Reading], Document] = getattr(
        import_module(f"ingest.formats.{module}"), function
    )
    return structure_document(read(content, reading), file_format=found.value)
