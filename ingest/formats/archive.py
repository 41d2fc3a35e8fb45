"""List and unpack the report files in a .zip archive."""

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from errors import UnreadableReportError
from ingest.formats.legacy_letters import decode_legacy
from ingest.formats.recognise import SUFFIXES
from ingest.formats.zip_limits import is_locked, open_zip, read_member_bytes
from vietnamese import normalise

_NAMED_IN_UTF8 = 0x800  # of a member's flags: its name is in UTF-8
_UNIX = 3  # the system that wrote a member: its file mode stands in the upper attribute bits
_LINK_MODE = 0o120000
_MODE_MASK = 0o170000
_DRIVE = re.compile(r"[A-Za-z]:")
# What systems and programs leave beside a person's files; passed over without a word.
_LITTER = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_LONGEST_NAME = 400  # characters; no path in Windows is longer without tricks


@dataclass(frozen=True, slots=True)
class Members:
    """What an archive holds."""

    names: tuple[str, ...]  # of the files that can be read, with "/", NFC, in order of name
    refused: tuple[tuple[str, str], ...]  # name of each other file, and why (Vietnamese)


def list_members(source: bytes | Path, name: str = "") -> Members:
    """List the report files of an archive.

    Args:
        source: The archive's bytes, or where it lies.
        name: The archive's name, for messages; that of the path if empty.

    Raises:
        UnreadableReportError: It is damaged, swells when unpacked, or holds no report file.
    """
    if not name:
        name = source.name if isinstance(source, Path) else "tệp nén"
    with open_zip(source, name) as opened:
        found = _named_members(opened)
    names, refused = [], []
    for shown, info in found.items():
        fault = _fault(shown, info)
        if fault:
            refused.append((shown, fault))
        else:
            names.append(shown)
    if not names:
        raise UnreadableReportError(
            f"{name}: trong tệp nén không có báo cáo nào đọc được. "
            f"Loại tệp đọc được: {', '.join(s for s in SUFFIXES if s != '.zip')}."
        )
    return Members(tuple(sorted(names)), tuple(sorted(refused)))


def read_member(path: Path, name: str) -> bytes:
    """Unpack one report file of an archive.

    Args:
        path: The archive.
        name: As `list_members` gave it.

    Raises:
        UnreadableReportError: It is not among those that `list_members` gives, or is damaged.
    """
    shown_name = f"{path.name}/{name}"
    with open_zip(path, path.name) as opened:
        info = _named_members(opened).get(name)
        if info is None:
            raise UnreadableReportError(f"{shown_name}: không có tệp này trong tệp nén.")
        fault = _fault(name, info)
        if fault:
            raise UnreadableReportError(f"{shown_name}: {fault}.")
        return read_member_bytes(opened, info, shown_name)


def _named_members(opened: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Give the files by their readable names; of two of one name, the second gets a number."""
    members = [info for info in opened.infolist() if not info.is_dir()]
    named: dict[str, zipfile.ZipInfo] = {}
    for shown, info in zip(_readable_names(members), members, strict=True):
        if _is_litter(shown):
            continue
        unique, count = shown, 1
        while unique in named:
            count += 1
            path = PurePosixPath(shown)
            unique = f"{shown.removesuffix(path.suffix)} ({count}){path.suffix}"
        named[unique] = info
    return named


def _readable_names(members: list[zipfile.ZipInfo]) -> list[str]:
    """Decode the names: those not marked UTF-8 are often in it, or in an encoding of old Windows."""
    unmarked = [info for info in members if not info.flag_bits & _NAMED_IN_UTF8]
    # The library has read them as cp437, in which each byte is a character.
    raw = [info.orig_filename.encode("cp437", "replace") for info in unmarked]
    try:
        decoded = [name.decode("utf-8") for name in raw]
    except UnicodeDecodeError:
        # One program wrote them all, so that one encoding holds for all: more text to tell it by.
        legacy = decode_legacy(b"\n".join(raw))
        lines = legacy[0].split("\n") if legacy else []
        if len(lines) != len(raw):
            lines = [name.decode("cp1258", "replace") for name in raw]
        decoded = lines
    readable = dict(zip(map(id, unmarked), decoded, strict=True))
    return [_tidy(readable.get(id(info), info.orig_filename)) for info in members]


def _tidy(name: str) -> str:
    name = unicodedata.normalize("NFC", normalise(name.replace("\\", "/")))
    return name.replace("\n", " ").replace("\t", " ")


def _is_litter(name: str) -> bool:
    parts = PurePosixPath(name.lower()).parts
    return any(part in _LITTER or (part.startswith(("~$", ".")) and part != "..") for part in parts)


def _fault(name: str, info: zipfile.ZipInfo) -> str:
    """Say why a member is not read; "" if it is."""
    parts = PurePosixPath(name).parts
    suffix = PurePosixPath(name).suffix.lower()
    if name.startswith("/") or ".." in parts or _DRIVE.match(name):
        return "đường dẫn chỉ ra ngoài tệp nén nên không đọc"
    if len(name) > _LONGEST_NAME or not parts:
        return "tên tệp không hợp lệ"
    if info.create_system == _UNIX and (info.external_attr >> 16) & _MODE_MASK == _LINK_MODE:
        return "là liên kết tới tệp khác, không phải tệp"
    if suffix == ".zip":
        return "tệp nén nằm trong tệp nén không được mở; hãy giải nén rồi nạp lại"
    if suffix not in SUFFIXES:
        return f"chưa hỗ trợ loại tệp “{suffix}”" if suffix else "tệp không có đuôi"
    if is_locked(info):
        return "tệp đặt mật khẩu; hãy bỏ mật khẩu rồi nạp lại"
    if info.file_size == 0:
        return "tệp không có nội dung"
    return ""
