"""Bring the index in line with folders of reports, doing no work for what has not changed."""

import time
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path

from errors import AssistantError
from indexing.kept_results import keep_result
from indexing.listing import list_reports
from indexing.one_ingest import Ingest
from indexing.outcomes import WAITING, FileOutcome, IngestSummary, Progress
from indexing.reader import READER, Reader
from indexing.recognising import Recogniser
from report_files import as_text
from vectorstore.index_writer import PassageEmbedder
from vectorstore.report_index import ReportIndex


def index_reports(
    paths: Sequence[Path],
    *,
    index: ReportIndex,
    embedder: PassageEmbedder,
    reader: Reader = READER,
    on_progress: Callable[[Progress], None] = lambda _: None,
    held: Collection[Path] = (),
    retry: bool = True,
) -> IngestSummary:
    """Index report files, and forget those that are gone from the folders given.

    A file that cannot be read does not stop the others. What came of it all is kept beside the
    index, see `kept_results`.

    Args:
        paths: Files and folders. Of a folder, subfolders are taken too, and the index afterwards
            holds exactly what lies there; reports from elsewhere stay as they are.
        index: Open for the embedder's model.
        embedder: Used only for chunks that have no vector yet.
        reader: How files are read.
        on_progress: Told how far the work has come.
        held: Files that are being written, not to be looked at now.
        retry: Read files again that could not be read last time, in full or at all, though they
            have not changed.

    Raises:
        IndexDamagedError: The index must be built anew.
        ModelUnavailableError: The embedder failed; what was indexed before it did is kept.
        SettingsError: A folder's file of corrections is wrong; nothing was changed.
    """
    started, began = datetime.now(UTC).isoformat(timespec="seconds"), time.perf_counter()
    files: list[FileOutcome] = []

    def sum_up(problem: str = "") -> IngestSummary:
        folders = tuple(as_text(str(path)) for path in paths)
        seconds = time.perf_counter() - began
        return IngestSummary(tuple(files), seconds, started, folders, problem)

    try:
        with index.writing(embedder, on_wait=lambda: on_progress(WAITING)) as writer:
            listing = list_reports(paths, reader, held)
            recogniser = Recogniser(index, listing, reader, retry=retry)
            ingest = Ingest(index, writer, reader, recogniser, on_progress, files)
            ingest.run(listing)
            files += listing.others
    except AssistantError as error:
        keep_result(index.folder, sum_up(str(error)))
        raise
    return keep_result(index.folder, sum_up())
