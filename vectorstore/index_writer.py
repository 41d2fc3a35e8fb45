"""Change the index so that being cut off at any instant leaves it readable.

The catalogue decides what is in the index. Chroma is given new vectors before the catalogue names
their chunks, and loses old ones after the catalogue has forgotten them; what Chroma holds beyond the
catalogue is never shown, and what it lacks after a process was killed the catalogue gives back.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from records import Chunk, ReadReport
from vectorstore.catalogue import Catalogue
from vectorstore.file_ledger import FileLedger, SeenFile
from vectorstore.report_rows import Source, embedded_text, text_key
from vectorstore.synced_vectors import SyncedVectors

_BATCH: Final = 256  # chunks embedded between two writes, so that little is lost when cut off


class PassageEmbedder(Protocol):
    """Turns the text of chunks into vectors."""

    @property
    def name(self) -> str:
        """The model's name, which the index remembers."""

    @property
    def dimension(self) -> int:
        """The length of its vectors."""

    def embed_passages(
        self, texts: Sequence[str], *, on_batch: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Give float32, shape (len(texts), dimension), rows of length 1.

        `on_batch` is told how many more texts have been embedded.
        """


class IndexWriter:
    """Puts reports into the index and removes them; made by `ReportIndex.writing`."""

    def __init__(
        self,
        catalogue: Catalogue,
        ledger: FileLedger,
        vectors: SyncedVectors,
        embedder: PassageEmbedder,
    ) -> None:
        self._catalogue = catalogue
        self._ledger = ledger
        self._vectors = vectors
        self._embedder = embedder

    def put(
        self,
        read: ReadReport,
        source: Source,
        *,
        on_embedded: Callable[[int, int], None] | None = None,
    ) -> int:
        """Store a report, in place of what was stored under its name.

        Args:
            read: The report, its passages and its chunks.
            source: What it was read from.
            on_embedded: Told how many texts have been embedded, of how many.

        Returns:
            How many texts were embedded; those embedded before are not embedded again.
        """
        self._vectors.begin()
        embedded = self._embed(read.chunks, on_embedded)
        old = self._catalogue.chunk_reports(read.report.name).keys()
        self._store([chunk for chunk in read.chunks if chunk.id not in old])
        self._catalogue.replace(read, source)
        self._delete(old - {chunk.id for chunk in read.chunks})
        return embedded

    def remove(self, name: str) -> None:
        """Forget a report; nothing happens if there is none of that name."""
        self._vectors.begin()
        old = self._catalogue.chunk_reports(name).keys()
        self._catalogue.remove(name)
        self._delete(old)

    def note_files(self, files: Sequence[SeenFile]) -> None:
        """Remember files as they were seen, once what they hold is in the index, or cannot be."""
        if files:
            self._ledger.note(files)

    def forget_files(self, keys: Collection[tuple[str, str]]) -> None:
        """Forget files that are gone, given by folder and name."""
        if keys:
            self._ledger.forget(keys)

    def tidy(self) -> None:
        """Forget the vectors that no chunk needs any more."""
        self._catalogue.drop_unused_vectors()

    def _embed(
        self, chunks: Sequence[Chunk], on_embedded: Callable[[int, int], None] | None
    ) -> int:
        texts = {text_key(text): text for text in map(embedded_text, chunks)}
        kept = self._catalogue.kept_vectors(texts)
        missing = [key for key in texts if key not in kept]
        done = 0

        def tell(more: int) -> None:
            nonlocal done
            done += more
            if on_embedded is not None:
                on_embedded(done, len(missing))

        for start in range(0, len(missing), _BATCH):
            part = missing[start : start + _BATCH]
            rows = self._embedder.embed_passages([texts[key] for key in part], on_batch=tell)
            self._catalogue.keep_vectors(part, rows)
        return len(missing)

    def _store(self, chunks: Sequence[Chunk]) -> None:
        for start in range(0, len(chunks), _BATCH):
            part = chunks[start : start + _BATCH]
            keys = [text_key(embedded_text(chunk)) for chunk in part]
            kept = self._catalogue.kept_vectors(keys)
            with self._vectors.lent() as vectors:
                vectors.upsert(
                    [chunk.id for chunk in part],
                    np.stack([kept[key] for key in keys]),
                    [chunk.report for chunk in part],
                )

    def _delete(self, ids: Collection[str]) -> None:
        with self._vectors.lent() as vectors:
            vectors.delete(ids)
