"""Make an index's folder and erase what is in it."""

import uuid
from pathlib import Path
from typing import Final

from errors import AssistantError, IndexDamagedError
from vectorstore import chroma
from vectorstore.catalogue import Catalogue
from vectorstore.database import REBUILD, Database
from vectorstore.ingest_lock import IngestLock

CATALOGUE: Final = "catalogue.sqlite3"
CHROMA: Final = "chroma"  # folder of the vectors' folders

_ERASING: Final = "erasing"  # there while an index is being erased

Model = tuple[str, int]  # name and dimension of an embedding model


def make_index(index_dir: Path, database: Database, place: Path | str, model: Model) -> None:
    """Make an empty index, unless another process has made it; to be called under its lock."""
    if (index_dir / _ERASING).exists():
        _erase(index_dir, database, place)
    if not is_made(index_dir, database, place):
        database.make(*model, collection=f"chunks-{uuid.uuid4().hex}")


def is_made(index_dir: Path, database: Database, place: Path | str) -> bool:
    """Say whether an index is there.

    Args:
        index_dir: Its folder.
        database: Its catalogue.
        place: The folder of its vectors' folders, or the address of a server.

    Raises:
        IndexDamagedError: Only a part of it is there.
    """
    if (index_dir / _ERASING).exists():
        return False
    if database.is_made():
        return True
    # Asked a second time, since another process may have made the index in between.
    vectors_are_there = isinstance(place, Path) and place.exists()
    if vectors_are_there and not database.is_made():
        raise IndexDamagedError(f"Thiếu danh mục của chỉ mục ({CATALOGUE}). {REBUILD}")
    return vectors_are_there


def erase_index(index_dir: Path, *, chroma_url: str = "") -> None:
    """Delete the index, however damaged; the reports themselves are not touched.

    Raises:
        AssistantError: The folder cannot be written to.
    """
    if index_dir.exists():
        with IngestLock(index_dir).held():
            _erase(index_dir, Database(index_dir / CATALOGUE), chroma_url or index_dir / CHROMA)


def _erase(index_dir: Path, database: Database, place: Path | str) -> None:
    collection = "" if isinstance(place, Path) else _collection(database)
    try:
        (index_dir / _ERASING).touch()  # cut off from here on, the next ingest goes on erasing
        database.erase()
        chroma.clear(place, collection)
        (index_dir / _ERASING).unlink()
    except OSError as error:
        raise AssistantError(
            f"Không xóa được chỉ mục cũ ở {index_dir} ({error.strerror}). Hãy kiểm tra quyền ghi."
        ) from error


def _collection(database: Database) -> str:
    try:
        return Catalogue(database).facts().collection
    except AssistantError:
        return ""  # which one it was is lost; nothing points at it any more
