"""Make the folder of a model once, whole or not at all, from weights that are shipped."""

import errno
import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from filelock import FileLock

from errors import ModelUnavailableError

_MADE_FROM: Final = "made-from.json"  # written last: what the files were made from, and their sizes


def make_folder(
    folder: Path, made_from: Mapping[str, object], make: Callable[[Path], None], *, room: int
) -> None:
    """Make a model's folder, unless it is there, whole, and of the same origin.

    It appears whole or not at all, also where two processes begin at once.

    Args:
        folder: Where the model is to be; the folder around it is made if need be.
        made_from: What its files depend on; JSON values.
        make: Writes the files into the empty folder that it is given.
        room: Bytes needed on disk.

    Raises:
        ModelUnavailableError: The folder cannot be written.
    """
    if _is_whole(folder, made_from):
        return
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(f"{folder.name}.lock")):
            if not _is_whole(folder, made_from):
                _make(folder, made_from, make, room)
    except OSError as error:
        raise ModelUnavailableError(
            f"Không ghi được mô hình vào {folder} ({error.strerror}). Cần khoảng "
            f"{room // 1_000_000} MB trống và quyền ghi; hoặc đặt MODEL_DIR sang thư mục khác."
        ) from error


def _make(
    folder: Path, made_from: Mapping[str, object], make: Callable[[Path], None], room: int
) -> None:
    partial = folder.with_name(f"{folder.name}.partial")
    for leftover in (partial, folder):
        shutil.rmtree(leftover, ignore_errors=True)
    if shutil.disk_usage(folder.parent).free < room:  # those who write below say it less clearly
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    partial.mkdir()
    make(partial)
    sizes = {file.name: file.stat().st_size for file in sorted(partial.iterdir())}
    (partial / _MADE_FROM).write_text(json.dumps({**made_from, "sizes": sizes}), "utf-8")
    for file in partial.iterdir():
        _reach_disk(file)
    partial.rename(folder)


def _is_whole(folder: Path, made_from: Mapping[str, object]) -> bool:
    try:
        said = json.loads((folder / _MADE_FROM).read_text("utf-8"))
        sizes = said.pop("sizes")
        whole = all((folder / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError, KeyError):
        return False
    return whole and said == made_from


def _reach_disk(file: Path) -> None:
    """See that a power cut after the renaming cannot leave an empty file."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())
