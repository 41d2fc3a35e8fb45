"""Keep the chunks' vectors in Chroma, and find the closest ones.

Only this module knows Chroma. Some of its habits, all seen with 1.5.9, shape what is here and in
`synced_vectors`: a client does not notice vectors that another process stored; clients opened on equal
paths share one state; and the files of the search graph are written in place, without a sync, so that
a process killed meanwhile, or two that write, leave files that end the next process to open them.
"""

import itertools
import os
import shutil
import sqlite3
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from errors import AssistantError, IndexDamagedError
from vectorstore.database import REBUILD
from vectorstore.full_disk import disk_full, is_full

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection as ChromaCollection

# Looking at 400 candidates, it finds the true 60 nearest of 6,000 chunks to 99.9%, in 2 to 6 ms; with
# Chroma's own 100 to 90%. With 16 neighbours instead of 32, near-equal rows of a table could make an
# island that no search reaches.
_GRAPH: "CreateHNSWConfiguration" = {
    "space": "cosine",
    "ef_search": 400,
    "ef_construction": 200,
    "max_neighbors": 32,
}
# Vectors written at a time: other threads wait about 0.2 s at most for their turn to search.
_BATCH = 256
_DATABASE = "chroma.sqlite3"
_spellings = itertools.count()


class ChromaVectors:
    """The vectors of one index, for one thread at a time: `SyncedVectors` sees to that."""

    def __init__(self, place: Path | str, collection: str, *, create: bool = False) -> None:
        """Open the vectors.

        Args:
            place: The folder of an embedded Chroma, or the address of a server.
            collection: Name of the collection that holds them.
            create: Make the collection, with nothing in it, if it is not there.

        Raises:
            IndexDamagedError: There is no such collection, or Chroma cannot open it.
            AssistantError: The server does not answer.
        """
        self._name = collection
        self._place = place
        with _named_errors(place):
            self._client = _connect(place if isinstance(place, str) else _own_spelling(place))
            try:
                self._collection = self._find(create=create)
                self._limit = self._client.get_max_batch_size()
                # Asked for one vector, Chroma reads the graph: now, not with the first question.
                self._collection.get(limit=1, include=["embeddings"])
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()  # type: ignore[attr-defined]  # missing from Chroma's interface

    def count(self) -> int:
        """Count the vectors."""
        with _named_errors(self._place):
            return self._collection.count()

    def ids(self) -> set[str]:
        """Give the ids of all chunks that have a vector."""
        with _named_errors(self._place):
            return set(self._collection.get(include=[])["ids"])

    def upsert(
        self, ids: Sequence[str], vectors: NDArray[np.float32], reports: Sequence[str]
    ) -> None:
        """Store vectors, in place of those of the same ids.

        Args:
            ids: One a vector.
            vectors: float32, shape (len(ids), dim), rows of length 1.
            reports: The name of each chunk's report, to search within reports.
        """
        size = min(_BATCH, self._limit)
        for start in range(0, len(ids), size):
            part = slice(start, start + size)
            with _named_errors(self._place):
                self._collection.upsert(
                    ids=list(ids[part]),
                    embeddings=vectors[part],
                    metadatas=[{"report": report} for report in reports[part]],
                )

    def delete(self, ids: Collection[str]) -> None:
        """Delete vectors; an id that has none is passed over."""
        for part in _parts(list(ids), self._limit):
            with _named_errors(self._place):
                self._collection.delete(ids=part)

    def search(
        self, vector: NDArray[np.float32], *, k: int, reports: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Find the chunks whose vectors are closest.

        Args:
            vector: float32, shape (dim,).
            k: The most to return.
            reports: Search only these reports; None searches all.

        Returns:
            Ids with their cosine similarity (-1 to 1), closest first.
        """
        where: Any = None if reports is None else {"report": {"$in": list(reports)}}
        with _named_errors(self._place):
            answer = self._collection.query(
                query_embeddings=vector[np.newaxis], n_results=k, where=where, include=["distances"]
            )
        distances = answer["distances"] or [[]]
        return [
            (chunk, 1.0 - distance)
            for chunk, distance in zip(answer["ids"][0], distances[0], strict=True)
        ]

    def _find(self, *, create: bool) -> "ChromaCollection":
        # Without `embedding_function=None` Chroma would look for a model of its own.
        if not create:
            return self._client.get_collection(self._name, embedding_function=None)
        return self._client.get_or_create_collection(
            self._name, configuration={"hnsw": _GRAPH}, embedding_function=None
        )


def copy(source: Path, target: Path) -> None:
    """Copy an embedded Chroma's folder, which other processes may have open to search it.

    Raises:
        IndexDamagedError: Its database cannot be read.
        OSError: The copy cannot be written.
    """
    target.mkdir()
    try:
        with (
            closing(sqlite3.connect(source / _DATABASE)) as old,
            closing(sqlite3.connect(target / _DATABASE)) as new,
        ):
            old.backup(new)
    except sqlite3.DatabaseError as error:
        if is_full(target, error):
            raise disk_full(target) from error
        raise IndexDamagedError(f"Chỉ mục véc-tơ bị hỏng ({error}). {REBUILD}") from error
    for file in _graph_files(source):
        copied = target / file.relative_to(source)
        copied.parent.mkdir(exist_ok=True)
        shutil.copyfile(file, copied)


def settle(folder: Path) -> None:
    """See that the files of the search graphs are on the disk, which Chroma leaves to chance."""
    files = _graph_files(folder)
    for file in files:
        with file.open("rb+") as content:
            os.fsync(content.fileno())
    for parent in (*{file.parent for file in files}, folder, folder.parent):
        with suppress(OSError):  # Windows writes the entries of folders by itself
            _sync_entries(parent)


def fingerprint(folder: Path) -> dict[str, str]:
    """Sum up the files of the search graphs: by name, size and checksum.

    Chroma does not check these files when it reads them.
    """
    return {
        file.relative_to(folder).as_posix(): f"{file.stat().st_size}:{_checksum(file):08x}"
        for file in _graph_files(folder)
    }


def is_database(folder: Path) -> bool:
    """Say whether Chroma's database is there and begins as one."""
    try:
        with (folder / _DATABASE).open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except OSError:
        return False


def clear(place: Path | str, collection: str) -> None:
    """Delete the vectors: the folder of an embedded Chroma, or the collection on a server."""
    if isinstance(place, Path):
        with suppress(FileNotFoundError):
            shutil.rmtree(place)
    elif collection:
        with suppress(IndexDamagedError), _named_errors(place):  # there may be none of that name
            _connect(place).delete_collection(collection)


def _connect(place: str) -> "ClientAPI":
    # Chroma takes a second to import; a second ingest that finds nothing new does without it.
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if "://" not in place:
        return chromadb.PersistentClient(place, settings=settings)
    address = urlsplit(place)
    secure = address.scheme == "https"
    try:
        return chromadb.HttpClient(
            address.hostname or "localhost",
            address.port or (443 if secure else 8000),
            ssl=secure,
            settings=settings,
        )
    except ValueError as error:  # what Chroma raises when no server answers
        raise AssistantError(
            f"Không kết nối được máy chủ Chroma ở {place}. Hãy kiểm tra CHROMA_URL và máy chủ."
        ) from error


@contextmanager
def _named_errors(place: Path | str) -> Iterator[None]:
    from chromadb.errors import ChromaError
    from httpx import TransportError

    try:
        yield
    except TransportError as error:
        raise AssistantError(
            f"Máy chủ Chroma không trả lời ({error}). Hãy kiểm tra CHROMA_URL và máy chủ."
        ) from error
    except ChromaError as error:
        if isinstance(place, Path) and is_full(place, error):
            raise disk_full(place) from error
        raise IndexDamagedError(
            f"Chỉ mục véc-tơ bị hỏng hoặc thiếu ({error}). {REBUILD}"
        ) from error


def _sync_entries(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _parts(ids: Sequence[str], size: int) -> Iterator[list[str]]:
    # Asked for more ids at once than its batch size, Chroma runs out of SQL variables.
    for start in range(0, len(ids), size):
        yield list(ids[start : start + size])


def _own_spelling(folder: Path) -> str:
    # "x/." and "x//." are one folder, but to Chroma two systems, each with its own state, so that
    # closing and opening one reads the files anew whatever else is open in the process.
    bits = f"{next(_spellings):b}"
    return str(folder.absolute()) + "".join("/." if bit == "0" else "//." for bit in bits)


def _graph_files(folder: Path) -> list[Path]:
    # Without a pickle the graph has not been written yet; its files are made anew at each opening.
    written = [pickle.parent for pickle in folder.glob("*/*.pickle")]
    return sorted(file for graph in written for file in graph.iterdir())


def _checksum(file: Path) -> int:
    checksum = 0
    with file.open("rb") as content:
        while block := content.read(1 << 20):
            checksum = zlib.crc32(block, checksum)
    return checksum
