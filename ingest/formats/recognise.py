"""Recognise a file's format by its content; its name decides only between kinds of text."""

import re
from pathlib import PurePath

from errors import UnreadableReportError
from ingest.formats.containers import recognise_compound_file, recognise_zip, unsupported
from ingest.formats.failure_page import failure_said
from ingest.formats.kinds import Format
from ingest.formats.unicode_text import unicode_encoding

__all__ = ["SUFFIXES", "Format", "recognise"]

# The endings that a scan of a folder and an upload take; the content decides what they are.
SUFFIXES = tuple(
    ".txt .md .pdf .docx .docm .doc .rtf .odt .xlsx .xlsm .xls .ods .pptx .pptm .ppsx .ppt .pps .odp"
    " .html .htm .mht .mhtml .zip".split()
)
_HEAD_BYTES = 4096  # in which a format's signs stand
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Worksheets of Excel 2 to 5, from before files were compound: the record that begins them.
_OLD_SHEET = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00")
_PICTURES = {
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
}
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
_ARCHIVES = {
    b"Rar!": "RAR",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b": "GZ",
    b"BZh": "BZ2",
    b"\xfd7zXZ": "XZ",
}
_HTML = re.compile(
    r"<!doctype\s+html|<(?:html|head|body|meta|title|table|div|p|center|font|h[1-6])\b", re.I
)
_OFFICE_XML = re.compile(r"<\?mso-application|<pkg:package|urn:schemas-microsoft-com:office:spread")
_MHTML = re.compile(r"(?:[\w-]+:[^\n]*\n(?:[ \t]+[^\n]*\n)*){0,30}?MIME-Version:", re.I)
_WEB_SUFFIXES = frozenset({".html", ".htm", ".mht", ".mhtml", ".txt", ".md"})
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
# Control characters among text; VPS and VISCII set some capital letters on them.
_CONTROLS = bytes({*range(32)} - set(b"\t\n\r\x0b\x0c\x1a\x1b"))
_LARGEST_CONTROL_SHARE = 0.1


def recognise(content: bytes, name: str) -> Format:
    """Say which reader a file is for.

    Args:
        content: The file's bytes.
        name: The file's name, for messages and to tell .md from .txt.

    Raises:
        UnreadableReportError: It is empty, damaged, locked by a password, or no report at all.
    """
    if not content.strip(b" \t\r\n\x00"):
        raise UnreadableReportError(f"{name}: tệp không có nội dung. Hãy kiểm tra lại tệp.")
    head = content[:_HEAD_BYTES]
    if head.startswith(_ZIP):
        return recognise_zip(content, name)
    if head.startswith(_COMPOUND_FILE):
        return recognise_compound_file(content, name)
    if b"%PDF-" in head[:1024]:  # where Adobe's reader looks for it
        return Format.PDF
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return Format.RTF
    if _OLD_SHEET.match(head):
        return Format.XLS
    return _recognise_text(content, head, name)


def _recognise_text(content: bytes, head: bytes, name: str) -> Format:
    suffix = PurePath(name).suffix.lower()
    start = _shown(head).lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        if _OFFICE_XML.search(start):
            raise unsupported(name, "tệp Office dạng XML", ".docx hoặc .xlsx")
        if _HTML.search(start):
            _refuse_failure_page(content, suffix, name)
            return Format.HTML
    if _MHTML.match(start.replace("\r\n", "\n")):
        return Format.HTML
    _refuse_other_kinds(head, name)
    return Format.MARKDOWN if suffix in _MARKDOWN_SUFFIXES else Format.TEXT


def _shown(content: bytes) -> str:
    """Give text in which tags and words can be looked for, whatever its encoding."""
    return content.decode(unicode_encoding(content), "replace")


def _refuse_failure_page(content: bytes, suffix: str, name: str) -> None:
    said = failure_said(_shown(content), expected=suffix in _WEB_SUFFIXES)
    if said is None:
        return
    quoted = f" (“{said}”)" if said else ""
    if suffix in _WEB_SUFFIXES:
        raise UnreadableReportError(
            f"{name}: đây là trang web báo lỗi{quoted}, không phải báo cáo. Hãy tải lại tệp."
        )
    raise UnreadableReportError(
        f"{name}: tệp có đuôi {suffix or 'trống'} nhưng nội dung là trang web báo lỗi{quoted}. "
        "Hãy tải lại tệp từ nơi công bố."
    )


def _refuse_other_kinds(head: bytes, name: str) -> None:
    picture = next((kind for sign, kind in _PICTURES.items() if head.startswith(sign)), "")
    if head[8:12] == b"WEBP":
        picture = "WEBP"
    elif head[4:12] in (b"ftypheic", b"ftypmif1"):
        picture = "HEIC"
    is_binary = _is_binary(head)
    if picture and is_binary:
        raise UnreadableReportError(
            f"{name}: đây là tệp ảnh ({picture}). Hãy ghép các ảnh chụp thành tệp PDF rồi nạp lại."
        )
    archive = next((kind for sign, kind in _ARCHIVES.items() if head.startswith(sign)), "")
    if archive and is_binary:
        raise UnreadableReportError(
            f"{name}: chưa hỗ trợ tệp nén {archive}. Hãy giải nén hoặc nén lại thành .zip."
        )
    if head.startswith(_PROGRAMS) and (is_binary or head.startswith(b"#!")):
        raise UnreadableReportError(f"{name}: đây là tệp chương trình, không phải báo cáo.")
    if is_binary:
        raise UnreadableReportError(
            f"{name}: đây là tệp nhị phân, không phải văn bản. "
            "Hãy lưu báo cáo thành tệp .docx, .pdf hoặc .txt (UTF-8)."
        )


def _is_binary(head: bytes) -> bool:
    if unicode_encoding(head) != "utf-8":
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return b"\x00" in head or controls > len(head) * _LARGEST_CONTROL_SHARE
