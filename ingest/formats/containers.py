"""Recognise what a zip file or a compound file of Microsoft Office holds."""

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from errors import UnreadableReportError
from ingest.formats.kinds import Format
from ingest.formats.zip_limits import damaged, locked, open_zip, read_member_bytes

if TYPE_CHECKING:
    from olefile import OleFileIO

_MAIN_PART = re.compile(
    rb"application/vnd\.(?:openxmlformats-officedocument\.)?"
    rb"(wordprocessingml|ms-word|spreadsheetml|ms-excel|presentationml|ms-powerpoint)"
    rb"\.[\w.-]*main\+xml",
    re.IGNORECASE,
)
_OFFICE = {
    b"wordprocessingml": Format.DOCX,
    b"ms-word": Format.DOCX,
    b"spreadsheetml": Format.XLSX,
    b"ms-excel": Format.XLSX,
    b"presentationml": Format.PPTX,
    b"ms-powerpoint": Format.PPTX,
}
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": Format.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Format.ODS,
    b"application/vnd.oasis.opendocument.presentation": Format.ODP,
}
_STREAMS = {
    "WordDocument": Format.DOC,
    "Workbook": Format.XLS,
    "Book": Format.XLS,
    "PowerPoint Document": Format.PPT,
}
_WORD_LOCKED = 0x01  # of the stream's byte 11: fEncrypted, [MS-DOC] 2.5.2
_SHEET_LOCK = b"\x2f\x00"  # the record FILEPASS, [MS-XLS] 2.4.117
_SLIDES_LOCKED = b"\xdf\xc4\xd1\xf3"  # headerToken of CurrentUserAtom, [MS-PPT] 2.3.2


def recognise_zip(content: bytes, name: str) -> Format:
    """Say what a zip file holds: an office document, or files of any kind.

    Raises:
        UnreadableReportError: It is damaged, locked, dangerous, or a kind that is not read.
    """
    with open_zip(content, name) as opened:
        names = set(opened.namelist())
        if "[Content_Types].xml" in names:
            main = _MAIN_PART.search(read_member_bytes(opened, "[Content_Types].xml", name))
            if main:
                return _OFFICE[main[1].lower()]
            if "xl/workbook.bin" in names:
                raise unsupported(name, "bảng tính nhị phân (.xlsb)", ".xlsx")
        if "mimetype" in names:
            kind = read_member_bytes(opened, "mimetype", name).strip()
            found = _OPEN_DOCUMENT.get(kind.removesuffix(b"-template"))
            if found is None:
                raise unsupported(name, "loại tệp này", ".docx hoặc .pdf")
            if _is_locked_open_document(opened, name):
                raise locked(name)
            return found
    return Format.ZIP


def recognise_compound_file(content: bytes, name: str) -> Format:
    """Say what a compound file, as Microsoft Office wrote until 2007, holds.

    Raises:
        UnreadableReportError: It is damaged, locked by a password, or a kind that is not read.
    """
    import olefile  # here, since this module is imported at every start

    try:
        with olefile.OleFileIO(BytesIO(content)) as compound:
            if compound.exists("EncryptedPackage"):
                raise locked(name)
            for stream, found in _STREAMS.items():
                if compound.exists(stream):
                    if _is_locked(found, compound, stream):
                        raise locked(name)
                    return found
            is_mail = compound.exists("__properties_version1.0")
    except UnreadableReportError:
        raise
    except Exception as error:  # olefile raises kinds of its own and of the library on damage
        raise damaged(name) from error
    raise unsupported(name, "thư điện tử (.msg)" if is_mail else "loại tệp này", ".docx hoặc .pdf")


def unsupported(name: str, kind: str, instead: str) -> UnreadableReportError:
    """Give the error for a kind of file that is not read, with the kind to save it as."""
    return UnreadableReportError(
        f"{name}: chưa hỗ trợ {kind}. Hãy lưu báo cáo thành tệp {instead} rồi nạp lại."
    )


def _is_locked_open_document(opened: zipfile.ZipFile, name: str) -> bool:
    manifest = "META-INF/manifest.xml"
    return manifest in opened.namelist() and b"encryption-data" in read_member_bytes(
        opened, manifest, name
    )


def _is_locked(kind: Format, compound: "OleFileIO", stream: str) -> bool:
    if kind is Format.PPT:
        user = "Current User"
        return compound.exists(user) and _SLIDES_LOCKED in compound.openstream(user).read(64)
    begins = bytes(compound.openstream(stream).read(4096))
    if kind is Format.DOC:
        return len(begins) > 11 and bool(begins[11] & _WORD_LOCKED)
    return _has_record(begins, _SHEET_LOCK)


def _has_record(begins: bytes, wanted: bytes) -> bool:
    """Say whether one of a workbook's first records is of a kind; it stands right after the first."""
    at = 0
    for _ in range(4):
        if begins[at : at + 2] == wanted:
            return True
        at += 4 + int.from_bytes(begins[at + 2 : at + 4], "little")
    return False
