"""Build the real objects from the settings: one embedder and one index per process."""

import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from threading import Event

from assistant import Assistant
from errors import (
    AssistantError,
    IndexDamagedError,
    IndexMismatchError,
    IndexNotBuiltError,
)
from indexing import READER, IngestSummary, Progress, Reader
from indexing import index_reports as run_ingest
from indexing.comparing import Comparison, FolderNews, compare, count_news
from indexing.kept_results import last_result
from indexing.reading_worker import ReadingWorker
from ingest.showing import ShownReport
from original_files import OriginalFiles
from records import Figure, IndexedReport, Passage
from retrieval.clause_reader import ClauseReader
from retrieval.search import HybridSearch
from settings import Settings
from source_notes import VersionNote, note_versions
from vectorstore.embeddings import Embedder, load_embedder
from vectorstore.index_folder import erase_index
from vectorstore.report_index import ReportIndex
from versions import find_versions

SUFFIXES = tuple(READER.suffixes)  # of the files that can be read


@dataclass(frozen=True, slots=True)
class IndexState:
    """How the index stands to the reports folder, as far as that is seen without opening a file."""

    news: FolderNews
    is_ingesting: bool  # in whatever process
    is_watched: bool  # a process brings it in line after every change


_building = threading.RLock()  # two sessions that begin together build one object, not two
_indexes: dict[Settings, ReportIndex] = {}
_notes: dict[Settings, tuple[str, dict[str, VersionNote]]] = {}  # with the state they are of


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


def version_notes(settings: Settings) -> dict[str, VersionNote]:
    """Say of each report that has other versions which they are, by report name.

    Raises:
        AssistantError: There is no index, or it cannot be used.
    """
    index = open_index(settings)
    state = index.state
    if settings not in _notes or _notes[settings][0] != state:
        _notes[settings] = (state, note_versions(find_versions(index.reports())))
    return _notes[settings][1]


def open_originals(settings: Settings) -> OriginalFiles:
    """Give the files that the indexed reports were made from.

    Raises:
        AssistantError: There is no index, or it cannot be used.
    """
    return OriginalFiles(open_index(settings))


def read_figures(settings: Settings) -> tuple[tuple[Figure, ...], dict[str, Passage]]:
    """Give all figures of the index, and the passages they stand in by id.

    Raises:
        AssistantError: There is no index, or it cannot be used.
    """
    index = open_index(settings)
    figures = index.figures()
    return figures, index.passages({figure.passage_id for figure in figures})


def index_state(settings: Settings) -> IndexState | None:
    """Compare the index with the reports folder; None if there is no index yet.

    Raises:
        AssistantError: The index cannot be used.
    """
    try:
        index = open_index(settings)
    except IndexNotBuiltError:
        return None
    news = count_news([settings.reports_dir], index=index, reader=reader_for(settings))
    return IndexState(news, index.ingest.is_ingesting(), index.ingest.is_watched())


def compare_index(settings: Settings, paths: Sequence[Path]) -> Comparison:
    """Name every difference between folders and the index, as `indexing.comparing.compare` says.

    Raises:
        AssistantError: There is no index, or it cannot be used.
    """
    return compare(paths, index=open_index(settings), reader=reader_for(settings))


def show_report(settings: Settings, path: Path) -> ShownReport:
    """Write down what is read of a file, without indexing it; see `ingest.show_report`.

    Raises:
        AssistantError: The file is not there, or holds no text that can be read.
    """
    with ReadingWorker("ingest:show_report") as worker:
        shown = worker.run(path, {"cache": settings.reading_cache}, shown_name=path.name)
    assert isinstance(shown, ShownReport)
    return shown


def last_ingest(settings: Settings) -> IngestSummary | None:
    """Give what the last ingest did; None if none is known."""
    return last_result(settings.index_dir)


def reader_for(settings: Settings) -> Reader:
    """Give how reports are read, with the place where what is slow to read is kept."""
    return replace(READER, cache=settings.reading_cache)


def index_reports(
    settings: Settings,
    paths: Sequence[Path],
    *,
    on_progress: Callable[[Progress], None] = lambda _: None,
    held: Collection[Path] = (),
    retry: bool = True,
) -> IngestSummary:
    """Index report files and folders, as `indexing.index_reports` says."""
    index = open_index(settings, create=True)
    with ReadingWorker() as worker:
        return run_ingest(
            paths,
            index=index,
            embedder=get_embedder(settings),
            reader=replace(reader_for(settings), read=worker.read, begin=worker.begin),
            on_progress=on_progress,
            held=held,
            retry=retry,
        )


def watch_index(
    settings: Settings,
    paths: Sequence[Path],
    *,
    stop: Event,
    on_result: Callable[[IngestSummary], None],
    tell: Callable[[str], None],
) -> None:
    """Ingest folders now and after every change, until told to stop; the model is loaded once.

    Args:
        settings: Where the index is.
        paths: Files and folders.
        stop: Ends the watch when set, in the middle of an ingest too.
        on_result: Given what each ingest did.
        tell: Given what went wrong (Vietnamese); the watch goes on.

    Raises:
        AssistantError: The index cannot be used, or another process watches for it already.
    """
    from indexing.watching import keep_in_line  # an ingest and the page need not wait for it

    def end_if_told(_: Progress) -> None:
        if stop.is_set():
            raise KeyboardInterrupt

    def ingest(held: Collection[Path]) -> None:
        on_result(index_reports(settings, paths, on_progress=end_if_told, held=held, retry=False))

    with open_index(settings, create=True).ingest.watching() as alone:
        if not alone:
            raise AssistantError(
                "Đã có một tiến trình khác đang theo dõi thư mục cho chỉ mục này (--watch)."
            )
        with suppress(KeyboardInterrupt):
            keep_in_line(paths, reader=READER, ingest=ingest, tell=tell, stop=stop)


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


def check_readable(settings: Settings, path: Path, name: str) -> None:
    """Read a file that is to become a report; only what is slow to read is kept of it.

    Raises:
        UnreadableReportError: It holds no report text that can be read.
    """
    with ReadingWorker("ingest:check_report") as worker:
        worker.run(path, {"name": name, "cache": settings.reading_cache}, shown_name=name)


@cache
def _load(settings: Settings) -> Embedder:
    return load_embedder(settings)
