"""Search and read the index: the catalogue and the vectors as one.

Whatever is found among the vectors is looked up in the catalogue before it is given out, so a
report that was removed is never found again, whether an ingest is running or was cut off.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from errors import IndexNotBuiltError
from records import (
    Chunk,
    Figure,
    IndexCounts,
    IndexedReport,
    Passage,
    Report,
    ReportMetadata,
    Span,
    WordPlace,
)
from vectorstore.catalogue import Catalogue
from vectorstore.database import Database
from vectorstore.figures import FigureStore
from vectorstore.file_ledger import FileLedger, SeenFile
from vectorstore.index_folder import CATALOGUE, CHROMA, is_made, make_index
from vectorstore.index_parts import IndexParts, compare_parts
from vectorstore.index_writer import IndexWriter, PassageEmbedder
from vectorstore.ingest_lock import IngestLock
from vectorstore.places import PlaceStore
from vectorstore.report_rows import ReadingNotes, Source
from vectorstore.sources import SourceStore
from vectorstore.synced_vectors import SyncedVectors, check_model
from vectorstore.words import CONTEXT_WEIGHT, TEXT_WEIGHT

_NOT_BUILT: Final = "Chưa có báo cáo nào được nạp. Hãy nạp báo cáo bằng lệnh: python -m ingest"


class ReportIndex:
    """All that can be asked about; any thread may use it, while another writes to it."""

    def __init__(self, index_dir: Path, chroma_url: str, model: tuple[str, int]) -> None:
        """Open nothing yet: see `open`."""
        self._folder = index_dir
        self._database = Database(index_dir / CATALOGUE)
        self._catalogue = Catalogue(self._database)
        self._figures = FigureStore(self._database)
        self._places = PlaceStore(self._database)
        self._sources = SourceStore(self._database)
        self._ledger = FileLedger(self._database)
        self._ingest = IngestLock(index_dir)
        self._place = chroma_url or index_dir / CHROMA
        self._model = model
        self._vectors = SyncedVectors(
            self._catalogue, self._place, model=model, ingest=self._ingest
        )

    @classmethod
    def open(
        cls,
        index_dir: Path,
        *,
        embedder: str,
        dimension: int,
        chroma_url: str = "",
        create: bool = False,
    ) -> Self:
        """Open the index. The vectors are checked now, and opened when first needed.

        Args:
            index_dir: Folder of the index.
            embedder: Name of the embedding model in use.
            dimension: The length of its vectors.
            chroma_url: Address of a Chroma server; empty for the one embedded in `index_dir`.
            create: Make an empty index where there is none.

        Raises:
            IndexNotBuiltError: There is no index, or no report in it, and `create` is false.
            IndexMismatchError: It was made by another model or an older version of the program.
            IndexDamagedError: A part of it is missing or damaged.
            DiskFullError: There is no room to make it.
            AssistantError: It cannot be made there.
        """
        index = cls(index_dir, chroma_url, (embedder, dimension))
        if not is_made(index_dir, index._database, index._place):
            if not create:
                raise IndexNotBuiltError(_NOT_BUILT)
            with index._ingest.held():
                make_index(index_dir, index._database, index._place, index._model)
                index._vectors.recover()
        index._vectors.check()
        if not create and not index._catalogue.names():
            raise IndexNotBuiltError(_NOT_BUILT)
        return index

    def close(self) -> None:
        """Let go of the files."""
        self._vectors.close()
        self._database.close()

    @property
    def state(self) -> str:
        """A token that is another one after every change, for those who keep what they read."""
        return self._catalogue.facts().state

    def counts(self) -> IndexCounts:
        """Count the chunks in each of the three places."""
        with self._vectors.lent() as vectors:
            return IndexCounts(*self._catalogue.counts(), vectors.count())

    def parts(self) -> IndexParts:
        """Compare the three places chunk by chunk, and repair nothing.

        Raises:
            IndexDamagedError: The vectors cannot be opened.
        """
        return compare_parts(self._database, self._vectors.held_ids())

    def dense_search(
        self, vector: NDArray[np.float32], *, k: int, reports: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Find the chunks closest in meaning.

        Args:
            vector: The question's, float32, shape (dimension,), length 1.
            k: The most to return.
            reports: Names of the reports to search; None searches all.

        Returns:
            Chunk ids with their cosine similarity (-1 to 1), closest first.
        """
        within = None
        if reports is not None:
            indexed = self._catalogue.names()
            # Chroma takes ten times as long to search within reports as to search all of them.
            within = None if indexed <= set(reports) else indexed & set(reports)
            if within == set():
                return []
        wanted = k
        while True:
            with self._vectors.lent() as vectors:
                found = vectors.search(vector, k=wanted, reports=within)
            known = self._catalogue.known_chunks([chunk for chunk, _ in found])
            hits = [hit for hit in found if hit[0] in known]
            if len(hits) >= k or len(found) < wanted:
                return hits[:k]
            wanted *= 2

    def lexical_search(
        self,
        terms: Sequence[str],
        *,
        k: int,
        reports: Collection[str] | None = None,
        weights: tuple[float, float] = (TEXT_WEIGHT, CONTEXT_WEIGHT),
    ) -> list[tuple[str, float]]:
        """Find the chunks that have any of the terms.

        Args:
            terms: As `vietnamese.terms` gives them, and `vietnamese.pairs` of those.
            k: The most to return.
            reports: Names of the reports to search; None searches all.
            weights: Of a term in a chunk's text, and in its context.

        Returns:
            Chunk ids with their BM25 scores (0 or more), best first.
        """
        return self._catalogue.search(terms, k=k, reports=reports, weights=weights)

    def vocabulary(self) -> tuple[dict[str, int], int]:
        """Give the number of chunks that have each term (pairs as "san_pham"), and of all chunks."""
        return self._catalogue.vocabulary()

    def vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Give chunks' vectors (float32, shape (dimension,)) by id; unknown ids are left out."""
        return self._catalogue.vectors(ids)

    def reports(self) -> tuple[IndexedReport, ...]:
        """List the reports by name."""
        return self._catalogue.reports()

    def sources(self) -> dict[str, Source]:
        """Give what each report was made from, by report name."""
        return self._sources.all()

    def report(self, name: str) -> Report:
        """Give a report's stored text and metadata.

        Raises:
            ReportNotFoundError: The index has no such report.
        """
        return self._catalogue.report(name)

    def metadata(self, name: str) -> ReportMetadata:
        """Give a report's metadata, without its text.

        Raises:
            ReportNotFoundError: The index has no such report.
        """
        return self._catalogue.metadata(name)

    def reading_notes(self) -> dict[str, ReadingNotes]:
        """Give what was noted when each report was read, by report name."""
        return self._sources.notes()

    def files(self) -> dict[tuple[str, str], SeenFile]:
        """Give the files that the last ingests saw, by folder and name."""
        return self._ledger.files()

    def places(self, report: str, span: Span) -> tuple[WordPlace, ...]:
        """Give where the words that a span touches stand on the pages of a report's file.

        Returns:
            In the order of the text; nothing where the format has no pages.
        """
        return self._places.within(report, span)

    def source_file(self, report: str) -> tuple[Path, str]:
        """Give a report's file and, if that is an archive, which file of it; it may be gone.

        Raises:
            ReportNotFoundError: The index has no such report.
        """
        source = self._sources.of(report)
        return Path(source.folder, source.path or report), source.member

    def passages(self, ids: Collection[str]) -> dict[str, Passage]:
        """Give passages by id; one that was removed meanwhile is left out."""
        return self._catalogue.passages(ids)

    def passages_of(self, name: str) -> tuple[Passage, ...]:
        """Give a report's passages in reading order."""
        return self._catalogue.passages_of(name)

    def neighbours(self, passage_id: str, *, before: int, after: int) -> tuple[Passage, ...]:
        """Give a passage with those around it in its report, in reading order."""
        return self._catalogue.neighbours(passage_id, before=before, after=after)

    def chunks(self, ids: Collection[str]) -> dict[str, Chunk]:
        """Give chunks by id; one that was removed meanwhile is left out."""
        return self._catalogue.chunks(ids)

    def chunks_by_passages(self, ids: Collection[str]) -> dict[str, tuple[Chunk, ...]]:
        """Give the chunks of each passage, in reading order, by passage id."""
        return self._catalogue.chunks_by_passages(ids)

    def figures(self, reports: Collection[str] | None = None) -> tuple[Figure, ...]:
        """Give the figures of some reports, or of all, by report name and in reading order."""
        return self._figures.of_reports(reports)

    def figures_of_passages(self, ids: Collection[str]) -> dict[str, tuple[Figure, ...]]:
        """Give the figures of each passage, in reading order; a passage without is left out."""
        return self._figures.of_passages(ids)

    @property
    def folder(self) -> Path:
        """The folder that it is in."""
        return self._folder

    @property
    def ingest(self) -> IngestLock:
        """Who is changing the index, and who keeps it in line with its folder."""
        return self._ingest

    @contextmanager
    def writing(
        self, embedder: PassageEmbedder, *, on_wait: Callable[[], None] = lambda: None
    ) -> Iterator[IndexWriter]:
        """Lend the writer of the index, after waiting for any other process's ingest to end.

        What was put in and removed before the body raises stays so. Vectors that were made are kept
        too, for the next time.

        Args:
            embedder: Makes the vectors.
            on_wait: Called once if another ingest has to end first.

        Raises:
            IndexMismatchError: The index was made by another embedding model.
            IndexDamagedError: A part of it is missing or damaged.
            DiskFullError: The disk is full; the next ingest goes on where this one ended.
        """
        check_model(self._catalogue.facts(), (embedder.name, embedder.dimension))
        with self._ingest.held(on_wait):
            self._vectors.recover()
            self._vectors.check()
            before = self.state
            writer = IndexWriter(self._catalogue, self._ledger, self._vectors, embedder)
            try:
                yield writer
                if self.state != before:
                    writer.tidy()
            finally:
                self._vectors.finish()
