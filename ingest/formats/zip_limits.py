"""Open zip files, and refuse those made to swell when they are unpacked."""

import itertools
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from errors import UnreadableReportError

# An archive of a province's reports of a year has some thousand files.
MAX_MEMBERS = 10_000
# All members unpacked, in bytes: what a large spreadsheet or an archive of scans comes to.
MAX_TOTAL_BYTES = 1_000_000_000
# One member unpacked, in bytes: a report of this size would be refused by itself as well.
MAX_MEMBER_BYTES = 200_000_000
# Unpacked to packed: text and XML reach some 30, sheets of empty formatted rows 100. Only deflated
# runs of one byte come to 1000. Told of large members alone: a small one can do no harm.
MAX_RATIO = 250
_LARGE_BYTES = 10_000_000
_METHODS = frozenset(
    {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
)
_ENCRYPTED = 0x1
# All that the standard library raises on damaged archives; EOFError is no OSError.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    MemoryError,
)


def open_zip(source: bytes | Path, name: str) -> zipfile.ZipFile:
    """Open a zip file whose list of members can be trusted; the caller closes it.

    Args:
        source: Its bytes, or where it lies.
        name: The file's name, for messages.

    Raises:
        UnreadableReportError: It is damaged, or would unpack to far more than it is.
    """
    try:
        opened = zipfile.ZipFile(BytesIO(source) if isinstance(source, bytes) else source)
    except FileNotFoundError:
        raise
    except _DAMAGE as error:
        raise damaged(name) from error
    fault = _fault(opened.infolist())
    if fault:
        opened.close()
        raise UnreadableReportError(
            f"{name}: không mở tệp nén này vì {fault}. Hãy kiểm tra nguồn gốc của tệp."
        )
    return opened


def read_member_bytes(opened: zipfile.ZipFile, member: str | zipfile.ZipInfo, name: str) -> bytes:
    """Unpack one member; never more than its listed size.

    Raises:
        UnreadableReportError: It is not there, is locked by a password or damaged.
    """
    try:
        info = opened.getinfo(member) if isinstance(member, str) else member
    except KeyError as error:
        raise damaged(name) from error
    if is_locked(info):
        raise locked(name)
    try:
        return opened.read(info)
    except _DAMAGE as error:
        raise damaged(name) from error


def is_locked(info: zipfile.ZipInfo) -> bool:
    """Say whether a member needs a password."""
    return bool(info.flag_bits & _ENCRYPTED)


def damaged(name: str) -> UnreadableReportError:
    """Give the error for a file that breaks off or does not fit together."""
    return UnreadableReportError(
        f"{name}: tệp bị hỏng hoặc tải về chưa đủ. Hãy lấy lại tệp gốc rồi nạp lại."
    )


def locked(name: str) -> UnreadableReportError:
    """Give the error for a file that only a password opens."""
    return UnreadableReportError(
        f"{name}: tệp đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu, lưu lại rồi nạp lại."
    )


def _fault(members: list[zipfile.ZipInfo]) -> str:
    if len(members) > MAX_MEMBERS:
        return f"có {len(members)} tệp bên trong, nhiều hơn {MAX_MEMBERS}"
    if sum(info.file_size for info in members) > MAX_TOTAL_BYTES:
        return f"giải nén ra hơn {MAX_TOTAL_BYTES // 1_000_000} MB"
    for info in members:
        if info.file_size > MAX_MEMBER_BYTES:
            return f"một tệp bên trong giải nén ra hơn {MAX_MEMBER_BYTES // 1_000_000} MB"
        if info.file_size > _LARGE_BYTES and info.file_size > MAX_RATIO * info.compress_size:
            return "một tệp bên trong phình to bất thường khi giải nén"
        if info.compress_type not in _METHODS:
            return "dùng cách nén không hỗ trợ"
    # Members that share their packed bytes swell far beyond what one member may.
    placed = sorted(members, key=lambda info: info.header_offset)
    for one, after in itertools.pairwise(placed):
        if one.header_offset + one.compress_size > after.header_offset:
            return "các tệp bên trong chồng lên nhau"
    return ""
