"""Tell a full disk from a damaged index."""

import shutil
from pathlib import Path
from typing import Final

from errors import DiskFullError

_LITTLE_ROOM: Final = 1_000_000  # bytes free
_SAID: Final = ("disk is full", "No space left")


def is_full(folder: Path, error: Exception) -> bool:
    """Say whether writing to a folder failed since its disk is full.

    Chroma says of a full disk that its files are damaged, in one of many ways.
    """
    if any(words in str(error) for words in _SAID):
        return True
    return folder.exists() and shutil.disk_usage(folder).free < _LITTLE_ROOM


def disk_full(folder: Path) -> DiskFullError:
    """Give the error for a folder of the index whose disk is full."""
    return DiskFullError(
        f"Đĩa chứa thư mục chỉ mục {folder} đã đầy. Hãy giải phóng dung lượng rồi nạp lại; "
        "lần nạp sau sẽ làm tiếp, không phải lập lại từ đầu."
    )
