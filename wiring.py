"""Build the real objects from the settings: one embedder and one index per process."""

import threading
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from assistant import Assistant
from errors import IndexDamagedError, IndexMismatchError, IndexNotBuiltError
from indexing import READER, IngestSummary, Progress
from indexing import index_reports as run_ingest
from records import Figure, IndexedReport, Passage
from retrieval.clause_reader import ClauseReader
from retrieval.search import HybridSearch
from settings import Settings
from vectorstore.embeddings import Embedder, load_embedder
from vectorstore.report_index import ReportIndex, erase_index

SUFFIXES = tuple(READER.suffixes)  # of the files that can be read

_building = threading.RLock()  # two sessions that begin together build one object, not two
_indexes: dict[Settings, ReportIndex] = {}


def read_settings() -> Settings:
    """Read the settings from the environment."""
    return Settings.from_env()


def build_assistant(settings: Settings) -> Assistant:
    """Build what answers questions.

    Raises:
        AssistantError: There is no index, it cannot be used, or the model cannot be loaded.
    """
    index, embedder = open_index(settings), get_embedder(settings)
    embedder.embed_question("")  # loads the model now rather than at the first question
    return Assistant(index, HybridSearch(index, embedder), ClauseReader.load(embedder.name))


def get_embedder(settings: Settings) -> Embedder:
    """Give the embedding model, loaded once per process."""
    with _building:
        return _load(settings)


def open_index(settings: Settings, *, create: bool = False) -> ReportIndex:
    """Give the index, opened once per process.

    Args:
        settings: Where it is and what model it is for.
        create: Make an empty index where there is none.

    Raises:
        AssistantError: As `ReportIndex.open` and `load_embedder` say.
    """
    with _building:
        if settings not in _indexes:
            embedder = get_embedder(settings)
            _indexes[settings] = ReportIndex.open(
                settings.index_dir,
                embedder=embedder.name,
                dimension=embedder.dimension,
                chroma_url=settings.chroma_url,
                create=create,
            )
        return _indexes[settings]


def indexed_reports(settings: Settings) -> tuple[IndexedReport, ...]:
    """List the reports that can be asked about; none where nothing is indexed yet."""
    try:
        return open_index(settings).reports()
    except IndexNotBuiltError:
        return ()


def read_figures(settings: Settings) -> tuple[tuple[Figure, ...], dict[str, Passage]]:
    """Give all figures of the index, and the passages they stand in by id.

    Raises:
        AssistantError: There is no index, or it cannot be used.
    """
    index = open_index(settings)
    figures = index.figures()
    return figures, index.passages({figure.passage_id for figure in figures})


def index_reports(
    settings: Settings,
    paths: Sequence[Path],
    *,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> IngestSummary:
    """Index report files and folders, as `indexing.index_reports` says."""
    index = open_index(settings, create=True)
    return run_ingest(paths, index=index, embedder=get_embedder(settings), on_progress=on_progress)


def renew_index(
    settings: Settings, *, on_progress: Callable[[Progress], None] = lambda _: None
) -> IngestSummary:
    """Bring the index in line with the reports folder; one that cannot be used is made anew."""
    folder = [settings.reports_dir]
    try:
        return index_reports(settings, folder, on_progress=on_progress)
    except (IndexMismatchError, IndexDamagedError):
        forget_index(settings)
    return index_reports(settings, folder, on_progress=on_progress)


def forget_index(settings: Settings) -> None:
    """Delete the index; the reports themselves are not touched."""
    with _building:
        if index := _indexes.pop(settings, None):
            index.close()
        erase_index(settings.index_dir, chroma_url=settings.chroma_url)


def check_readable(path: Path, name: str) -> None:
    """Read a file that is to become a report, and keep nothing of it.

    Raises:
        UnreadableReportError: It holds no report text that can be read.
    """
    READER.read(path, name=name, corrections={})


@cache
def _load(settings: Settings) -> Embedder:
    return load_embedder(settings)
