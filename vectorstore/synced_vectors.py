"""Keep the open vectors in step with the catalogue, whichever process changed them."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import numpy as np
from filelock import FileLock, Timeout

from errors import IndexDamagedError, IndexMismatchError
from vectorstore import chroma
from vectorstore.catalogue import Catalogue, Facts
from vectorstore.chroma import ChromaVectors
from vectorstore.database import REBUILD

_DAMAGED: Final = f"Chỉ mục véc-tơ bị hỏng hoặc thiếu. {REBUILD}"
_BATCH: Final = 256  # vectors sent to Chroma at a time


def check_model(facts: Facts, model: tuple[str, int]) -> None:
    """See that the index was made by the model, given by its name and dimension.

    Raises:
        IndexMismatchError: It was made by another one.
    """
    if (facts.embedder, facts.dimension) != model:
        raise IndexMismatchError(
            f"Chỉ mục được tạo bằng mô hình “{facts.embedder}” ({facts.dimension} chiều), còn mô hình "
            f"đang dùng là “{model[0]}” ({model[1]} chiều). Hãy chọn lại mô hình trong "
            f"EMBEDDING_MODEL. Nếu muốn dùng mô hình mới: {REBUILD}"
        )


class SyncedVectors:
    """The vectors that belong to the catalogue as it is now; any thread may use it."""

    def __init__(
        self, catalogue: Catalogue, place: Path | str, *, model: tuple[str, int], ingest: FileLock
    ) -> None:
        """Take what is needed to open the vectors, and open nothing.

        Args:
            catalogue: Says which collection holds the vectors, and when they changed.
            place: The folder of an embedded Chroma, or the address of a server.
            model: Name and dimension of the embedding model in use.
            ingest: Held by the process that is changing the index.
        """
        self._catalogue = catalogue
        self._place = place
        self._model = model
        self._ingest = ingest
        self._lock = threading.RLock()
        self._open: ChromaVectors | None = None
        self._state = ""  # of the catalogue when the vectors were read, or last changed here

    def check(self) -> None:
        """See that the vectors' files are those that the last ingest left, without opening them.

        Raises:
            IndexMismatchError: The index was made by another embedding model.
            IndexDamagedError: Files are missing or damaged.
        """
        facts = self._catalogue.facts()
        check_model(facts, self._model)
        self._check_files(facts)

    @contextmanager
    def lent(self) -> Iterator[ChromaVectors]:
        """Lend the vectors to one thread, read anew if another process changed them.

        Raises:
            IndexMismatchError: The index was made by another embedding model.
            IndexDamagedError: They are damaged, or do not agree with the catalogue.
        """
        with self._lock:
            yield self._current()

    def recover(self) -> None:
        """Make the vectors anew from the catalogue if an ingest was killed while changing them.

        To be called by who holds the ingest lock.
        """
        with self._lock:
            facts = self._catalogue.facts()
            if not facts.unfinished:
                return
            self.close()
            chroma.clear(self._place, facts.collection)
            self._open = ChromaVectors(self._place, facts.collection, create=True)
            self._state = facts.state
            self.restore(self._catalogue.chunk_reports())
            with self.changing():
                self._catalogue.mark_finished(self.settle())

    def restore(self, reports: Mapping[str, str]) -> None:
        """Store the vectors of chunks as the catalogue keeps them.

        Args:
            reports: The name of each chunk's report, by chunk id.
        """
        ids = list(reports)
        for start in range(0, len(ids), _BATCH):
            part = ids[start : start + _BATCH]
            kept = self._catalogue.vectors(part)
            with self.lent() as vectors:
                vectors.upsert(part, np.stack([kept[i] for i in part]), [reports[i] for i in part])

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Let this process change the catalogue, without reading its own vectors anew for it."""
        with self._lock:
            yield
            self._state = self._catalogue.facts().state

    def settle(self) -> dict[str, str]:
        """See that the vectors are on the disk, and sum up their files for later checks."""
        if not isinstance(self._place, Path):
            return {}
        chroma.sync_files(self._place)
        return chroma.fingerprint(self._place)

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            if self._open is not None:
                self._open.close()
                self._open = None

    def _current(self) -> ChromaVectors:
        facts = self._catalogue.facts()
        if self._open is None or facts.state != self._state:
            self.close()
            if facts.unfinished and self._recovered():
                return self._current()
            self.check()
            opened = ChromaVectors(self._place, facts.collection)
            if not self._agrees(facts, opened):
                opened.close()
                raise IndexDamagedError(_DAMAGED)
            self._open, self._state = opened, facts.state
        return self._open

    def _check_files(self, facts: Facts) -> None:
        if facts.unfinished or not isinstance(self._place, Path):
            return
        same = (
            chroma.is_database(self._place) and chroma.fingerprint(self._place) == facts.graph_files
        )
        if not same and not self._changed_since(facts):
            raise IndexDamagedError(_DAMAGED)

    def _agrees(self, facts: Facts, vectors: ChromaVectors) -> bool:
        return (
            facts.unfinished
            or vectors.count() == self._catalogue.counts()[0]
            or self._changed_since(facts)
        )

    def _changed_since(self, facts: Facts) -> bool:
        return self._catalogue.facts() != facts

    def _recovered(self) -> bool:
        try:
            with self._ingest.acquire(blocking=False):
                self.recover()
                return True
        except Timeout:
            return False  # an ingest is running, and has seen to it
