"""Keep an uploaded file in the reports folder, under a name that can do no harm."""

import os
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from errors import AssistantError, UnreadableReportError
from vietnamese import normalise

MAX_BYTES = 50 * 1024 * 1024  # a long report with scanned pages stays well below
_NAME_LENGTH = 80  # characters of the stem; at most 240 bytes, under the 255 a file name may have
_UNSAFE = re.compile(r"[^\w .()\-]+")  # \w holds the Vietnamese letters
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")  # Windows opens these as devices


Check = Callable[[Path, str], None]  # raises an AssistantError for a file that is no report


class NameTakenError(AssistantError):
    """Another report already has the name; the user decides which one stays."""


class NotStoredError(AssistantError):
    """The reports folder cannot be written to."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a browser sends it."""

    name: str  # as the browser gave it: not to be trusted
    content: bytes


def safe_name(uploaded: str, suffixes: tuple[str, ...]) -> str:
    """Give the name a file is stored under: its last part, of plain characters only.

    Args:
        uploaded: The name the browser gave; may hold a path, "../" or control characters.
        suffixes: Accepted endings, in lower case with the dot.

    Raises:
        UnreadableReportError: The ending is not one of those accepted.
    """
    last = PurePosixPath(normalise(uploaded).replace("\\", "/")).name
    stem, dot, ending = last.rpartition(".")
    suffix = (dot + ending).lower()
    if suffix not in suffixes:
        raise UnreadableReportError(
            f"{_plain(last) or 'Tệp'}: chỉ nhận tệp {', '.join(suffixes)}; "
            "hãy lưu báo cáo sang một trong các dạng này rồi nạp lại."
        )
    stem = _plain(stem)[:_NAME_LENGTH].strip(" .-")
    if not stem or _DEVICES.fullmatch(stem):
        stem = f"bao-cao {stem}".strip()
    return stem + suffix


def clashes(folder: Path, upload: Upload, suffixes: tuple[str, ...]) -> bool:
    """Say whether storing an upload would write over another report."""
    try:
        return _is_other(folder / safe_name(upload.name, suffixes), upload.content)
    except UnreadableReportError:
        return False  # it will not be stored at all, and `keep_all` says why


def keep_all(
    folder: Path,
    uploads: Sequence[Upload],
    suffixes: tuple[str, ...],
    *,
    replace: bool,
    check: Check,
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Store uploads; one that cannot be stored does not stop the others.

    Args:
        folder: The reports folder.
        uploads: The files sent.
        suffixes: Accepted endings, in lower case with the dot.
        replace: Write over other reports of the same name.
        check: As for `keep`.

    Returns:
        Where the files now are, and for each file that was refused the reason why.
    """
    kept: list[Path] = []
    refused: list[str] = []
    for upload in uploads:
        try:
            name = safe_name(upload.name, suffixes)
            # Two files of one upload may get one name; the first stays, whatever `replace` says.
            over = replace and folder / name not in kept
            kept.append(keep(folder, name, upload.content, replace=over, check=check))
        except AssistantError as error:
            refused.append(str(error))
    return tuple(dict.fromkeys(kept)), tuple(refused)


def keep(folder: Path, name: str, content: bytes, *, replace: bool, check: Check) -> Path:
    """Write a file, whole or not at all; what it would replace stays if it cannot be read.

    Args:
        folder: The reports folder; made if it is not there.
        name: As `safe_name` gave it.
        content: The file's bytes.
        replace: Write over another file of that name.
        check: Given the written file and its name before it takes the place; may refuse it.

    Returns:
        Where the file now is.

    Raises:
        NameTakenError: Another file has the name, and `replace` is false.
        UnreadableReportError: The file is empty or far too large.
        NotStoredError: The folder cannot be written to.
    """
    if not content:
        raise UnreadableReportError(f"{name}: tệp rỗng, không có nội dung để nạp.")
    if len(content) > MAX_BYTES:
        raise UnreadableReportError(f"{name}: tệp lớn hơn {MAX_BYTES // 2**20} MB.")
    target = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not replace and _is_other(target, content):
            raise NameTakenError(
                f"{name}: đã có báo cáo khác cùng tên; hãy đổi tên hoặc chọn thay thế."
            )
        _write(target, content, check)
    except OSError as error:
        raise NotStoredError(
            f"{name}: không ghi được vào thư mục báo cáo ({error.strerror}). "
            "Hãy báo người quản trị kiểm tra quyền ghi và dung lượng đĩa."
        ) from error
    return target


def _write(target: Path, content: bytes, check: Check) -> None:
    # Written beside the target and renamed, so that no reader meets half a report.
    handle, written = tempfile.mkstemp(
        dir=target.parent, prefix=".uploading-", suffix=target.suffix
    )
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        check(Path(written), target.name)
        Path(written).chmod(0o644)
        Path(written).replace(target)
    finally:
        Path(written).unlink(missing_ok=True)


def _is_other(target: Path, content: bytes) -> bool:
    return target.exists() and target.read_bytes() != content


def _plain(text: str) -> str:
    return " ".join(_UNSAFE.sub("-", text).split()).strip(" .-")
