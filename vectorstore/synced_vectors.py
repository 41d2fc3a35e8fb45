"""Keep the open vectors in step with the catalogue, whichever process changed them."""

import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import numpy as np

from errors import (
    AssistantError,
    IndexDamagedError,
    IndexMismatchError,
    IndexNotBuiltError,
)
from vectorstore import chroma
from vectorstore.catalogue import Catalogue
from vectorstore.chroma import ChromaVectors
from vectorstore.database import REBUILD
from vectorstore.facts import Facts
from vectorstore.full_disk import disk_full, is_full
from vectorstore.ingest_lock import IngestLock

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
    """The vectors that belong to the catalogue as it is now; any thread may use it.

    An embedded Chroma's folder is never written to again once the catalogue names it. An ingest
    writes to a copy, which takes its place when the ingest ends: other processes can go on
    searching the old one, and a process killed while writing has harmed nothing.
    """

    def __init__(
        self, catalogue: Catalogue, place: Path | str, *, model: tuple[str, int], ingest: IngestLock
    ) -> None:
        """Take what is needed to open the vectors, and open nothing.

        Args:
            catalogue: Says where the vectors are, and keeps each one for when Chroma lacks it.
            place: The folder of an embedded Chroma's folders, or the address of a server.
            model: Name and dimension of the embedding model in use.
            ingest: Held by who is changing the index.
        """
        self._catalogue = catalogue
        self._place = place
        self._model = model
        self._ingest = ingest
        self._lock = threading.RLock()
        self._open: ChromaVectors | None = None
        self._source = ("", "")  # collection and folder of what is open
        self._changing = False  # what is open is being changed here

    def check(self) -> None:
        """See that the vectors' files are those that the last ingest left, without opening them.

        Raises:
            IndexMismatchError: The index was made by another embedding model.
            IndexDamagedError: Files are missing or damaged.
        """
        facts = self._catalogue.facts()
        check_model(facts, self._model)
        if not isinstance(self._place, Path) or not facts.folder:
            return
        folder = self._place / facts.folder
        same = chroma.is_database(folder) and chroma.fingerprint(folder) == facts.graph_files
        if not same and self._catalogue.facts() == facts:
            raise IndexDamagedError(_DAMAGED)

    @contextmanager
    def lent(self) -> Iterator[ChromaVectors]:
        """Lend the vectors to one thread, opened anew if another process changed them.

        Raises:
            IndexMismatchError: The index was made by another embedding model.
            IndexDamagedError: They are damaged, or do not agree with the catalogue.
            IndexNotBuiltError: Another process is just making the index.
        """
        with self._lock:
            yield self._current()

    def begin(self) -> None:
        """Make ready to change the vectors; to be called by who holds the ingest lock.

        Raises:
            IndexMismatchError: The index was made by another embedding model.
            IndexDamagedError: They are damaged.
        """
        with self._lock:
            if self._changing:
                return
            self.check()
            facts = self._catalogue.facts()
            self._catalogue.mark_unfinished()
            self.close()
            place, folder = self._place, ""
            if isinstance(place, Path):
                folder = str(int(facts.folder or 0) + 1)
            self._source = facts.collection, folder
            self._changing = True
            try:
                if isinstance(place, Path):
                    place = _prepare(place, facts.folder, folder)
                self._open = ChromaVectors(place, facts.collection, create=True)
            except BaseException:
                self._throw_away()
                raise

    def finish(self) -> None:
        """Make the vectors agree with the catalogue, and let other processes have them."""
        with self._lock:
            if not self._changing:
                return
            try:
                self._agree()
            except BaseException:
                self._throw_away()  # the next ingest, or the next question, begins anew
                raise
            self._changing = False

    def recover(self) -> None:
        """Finish what a killed ingest began; to be called by who holds the ingest lock."""
        with self._lock:
            if self._catalogue.facts().unfinished and not self._changing:
                self.begin()
                self.finish()

    def held_ids(self) -> set[str]:
        """Give the ids of the chunks whose vectors the last ingest left, and repair nothing.

        Raises:
            IndexDamagedError: The vectors cannot be opened.
        """
        facts = self._catalogue.facts()
        if isinstance(self._place, Path) and not facts.folder:
            return set()  # the index has never been finished
        opened = ChromaVectors(self._where(facts), facts.collection)
        try:
            return opened.ids()
        finally:
            opened.close()

    def close(self) -> None:
        """Let go of the files; changes that were not finished are left for `recover`."""
        with self._lock:
            if self._open is not None:
                self._open.close()
            self._open, self._changing = None, False

    def _throw_away(self) -> None:
        """Delete the folder that is being written: on a full disk others need its room."""
        _, folder = self._source
        self.close()
        if isinstance(self._place, Path) and folder != self._catalogue.facts().folder:
            shutil.rmtree(self._place / folder, ignore_errors=True)

    def _agree(self) -> None:
        vectors, (_, folder) = self._current(), self._source
        named, held = self._catalogue.chunk_reports(), vectors.ids()
        vectors.delete(held - named.keys())
        self._restore(vectors, {chunk: named[chunk] for chunk in named.keys() - held})
        files = {}
        if isinstance(self._place, Path):
            chroma.settle(self._place / folder)
            files = chroma.fingerprint(self._place / folder)
        self._catalogue.mark_finished(folder, files)

    def _current(self) -> ChromaVectors:
        facts = self._catalogue.facts()
        if self._open is None or not (
            self._changing or self._source == (facts.collection, facts.folder)
        ):
            self.close()
            if facts.unfinished and self._recovered():
                return self._current()
            self.check()
            opened = ChromaVectors(self._where(facts), facts.collection)
            if not self._agrees(facts, opened):
                opened.close()
                raise IndexDamagedError(_DAMAGED)
            self._open, self._source = opened, (facts.collection, facts.folder)
        return self._open

    def _where(self, facts: Facts) -> Path | str:
        if not isinstance(self._place, Path):
            return self._place
        if not facts.folder:
            raise IndexNotBuiltError("Chỉ mục đang được tạo. Hãy thử lại sau ít phút.")
        return self._place / facts.folder

    def _recovered(self) -> bool:
        with self._ingest.held_if_free() as free:
            if not free:
                return False  # an ingest is running; until it ends there is what was before
            try:
                self.recover()
            except AssistantError:
                return False  # on a full disk there still is what was before, if it is sound
        return True

    def _agrees(self, facts: Facts, vectors: ChromaVectors) -> bool:
        return (
            facts.unfinished
            or vectors.count() == self._catalogue.counts()[0]
            or self._catalogue.facts() != facts
        )

    def _restore(self, vectors: ChromaVectors, reports: Mapping[str, str]) -> None:
        ids = list(reports)
        for start in range(0, len(ids), _BATCH):
            part = ids[start : start + _BATCH]
            kept = self._catalogue.vectors(part)
            vectors.upsert(part, np.stack([kept[i] for i in part]), [reports[i] for i in part])


def _prepare(place: Path, current: str, following: str) -> Path:
    """Copy the current folder of vectors to the following one, and delete all others."""
    try:
        place.mkdir(exist_ok=True)
        for other in place.iterdir():
            if other.name != current and other.is_dir():
                shutil.rmtree(other)
        if current:
            chroma.copy(place / current, place / following)
    except OSError as error:
        if is_full(place, error):
            raise disk_full(place) from error
        raise AssistantError(
            f"Không ghi được vào thư mục chỉ mục {place} ({error.strerror}). "
            "Hãy kiểm tra dung lượng đĩa và quyền ghi."
        ) from error
    return place / following
