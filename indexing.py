"""Bring the index in line with folders of reports, doing no work for what has not changed."""

import hashlib
import json
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from errors import AssistantError
from ingest import READER_VERSION, SUFFIXES, read_report
from ingest.corrections import FILE_NAME as CORRECTIONS_FILE
from ingest.corrections import load_corrections
from records import IndexedReport, LeftOut, PassageKind, ReadReport
from report_files import FoundFiles, ReportFile, find_reports
from vectorstore.index_writer import IndexWriter, PassageEmbedder
from vectorstore.report_index import ReportIndex
from vectorstore.report_rows import Source


class ReadFile(Protocol):
    """Reads one report file, as `ingest.read_report` does."""

    def __call__(self, path: Path, *, name: str, corrections: Mapping[str, str]) -> ReadReport:
        """Give the report, its passages and its chunks."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How report files are read."""

    read: ReadFile
    version: str  # another one when reading the same file gives something else
    suffixes: Collection[str]  # of the files that can be read: ".txt"
    load_corrections: Callable[[Path], Mapping[str, Mapping[str, str]]]  # of a folder's reports
    aside: Collection[str] = ()  # files of a folder that are not reports but belong there


READER = Reader(read_report, READER_VERSION, SUFFIXES, load_corrections, (CORRECTIONS_FILE,))


class Outcome(StrEnum):
    """What an ingest did with one file."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    REMOVED = "removed"  # its file is gone
    FAILED = "failed"
    SKIPPED = "skipped"  # a file in a folder that is of no kind that can be read


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What came of one file."""

    name: str
    outcome: Outcome
    passages: int = 0  # of every kind
    footnotes: int = 0  # of the passages
    table_rows: int = 0  # of the passages
    chunks: int = 0
    figures: int = 0
    embedded: int = 0  # chunks that had no vector yet
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()  # Vietnamese
    message: str = ""  # Vietnamese: why it failed or was skipped


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """What an ingest did."""

    files: tuple[FileOutcome, ...]
    seconds: float

    @property
    def failed(self) -> tuple[FileOutcome, ...]:
        """The files that could not be indexed."""
        return tuple(file for file in self.files if file.outcome is Outcome.FAILED)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest has come; told at the start of a file, while embedding, and at its end."""

    name: str
    position: int  # of the file, from 1
    total: int  # files
    embedded: int = 0  # of the file's chunks that need it
    to_embed: int = 0  # chunks; 0 until the file has been read
    outcome: FileOutcome | None = None  # at its end


def index_reports(
    paths: Sequence[Path],
    *,
    index: ReportIndex,
    embedder: PassageEmbedder,
    reader: Reader = READER,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> IngestSummary:
    """Index report files, and forget those that are gone from the folders given.

    A file that cannot be read does not stop the others.

    Args:
        paths: Files and folders. Of a folder, subfolders are taken too, and the index afterwards
            holds exactly what lies there; reports from elsewhere stay as they are.
        index: Open for the embedder's model.
        embedder: Used only for chunks that have no vector yet.
        reader: How files are read.
        on_progress: Told how far the work has come.

    Raises:
        IndexDamagedError: The index must be built anew.
        ModelUnavailableError: The embedder failed; what was indexed before it did is kept.
        SettingsError: A folder's file of corrections is wrong; nothing was changed.
    """
    started = time.perf_counter()
    with index.writing(embedder) as writer:
        found = find_reports(paths, suffixes=reader.suffixes, aside=reader.aside)
        corrections = {
            folder: reader.load_corrections(folder)
            for folder in {file.folder for file in found.reports}
        }
        ingest = _Ingest(index, writer, reader, corrections, on_progress)
        files = [*ingest.remove_gone(found), *ingest.index(found.reports)]
    files += [_skipped(name, reader.suffixes) for name in found.skipped]
    files += [_missing(path) for path in found.missing]
    return IngestSummary(tuple(files), time.perf_counter() - started)


class _Ingest:
    """One run: what is in the index so far, and the files still to come."""

    def __init__(
        self,
        index: ReportIndex,
        writer: IndexWriter,
        reader: Reader,
        corrections: Mapping[Path, Mapping[str, Mapping[str, str]]],
        on_progress: Callable[[Progress], None],
    ) -> None:
        self._index = index
        self._writer = writer
        self._reader = reader
        self._corrections = corrections
        self._on_progress = on_progress
        self._sources = index.sources()
        self._indexed = {report.name: report for report in index.reports()}

    def remove_gone(self, found: FoundFiles) -> list[FileOutcome]:
        """Forget the reports whose files are no longer in the folders given."""
        there = {(file.name, str(file.folder)) for file in found.reports}
        gone = [
            name
            for name, source in self._sources.items()
            if (name, source.folder) not in there
            and any(Path(source.folder, name).is_relative_to(root) for root in found.folders)
        ]
        for name in gone:
            self._remove(name)
        return [FileOutcome(name, Outcome.REMOVED) for name in gone]

    def index(self, files: Sequence[ReportFile]) -> list[FileOutcome]:
        """Index the files, one after the other."""
        outcomes = []
        for position, file in enumerate(files, 1):
            progress = Progress(file.name, position, len(files))
            self._on_progress(progress)
            outcomes.append(self._index_file(file, progress))
            self._on_progress(Progress(file.name, position, len(files), outcome=outcomes[-1]))
        return outcomes

    def _index_file(self, file: ReportFile, progress: Progress) -> FileOutcome:
        known = self._sources.get(file.name)
        corrections = self._corrections[file.folder].get(file.name, {})
        try:
            digest = _digest(file.path)
        except OSError as error:
            return _failed(file.name, f"{file.name}: không mở được tệp ({error.strerror}).")
        reading = json.dumps([self._reader.version, corrections], sort_keys=True)
        source = Source(digest, reading, str(file.folder))
        if known == source:
            return self._unchanged(file.name)
        if known and known.folder != source.folder and Path(known.folder, file.name).exists():
            if known.digest == digest:
                return self._unchanged(file.name)
            return _failed(
                file.name,
                f"{file.name}: đã có báo cáo khác cùng tên, từ thư mục {known.folder}. "
                "Hãy đổi tên một trong hai tệp rồi nạp lại.",
            )
        try:
            read = self._reader.read(file.path, name=file.name, corrections=corrections)
        except AssistantError as error:
            return self._unreadable(file.name, str(error))
        return self._put(read, source, progress)

    def _put(self, read: ReadReport, source: Source, progress: Progress) -> FileOutcome:
        def tell(embedded: int, to_embed: int) -> None:
            self._on_progress(
                Progress(progress.name, progress.position, progress.total, embedded, to_embed)
            )

        name = read.report.name
        embedded = self._writer.put(read, source, on_embedded=tell)
        outcome = Outcome.REPLACED if name in self._sources else Outcome.ADDED
        self._sources[name] = source
        kinds = [passage.kind for passage in read.passages]
        return FileOutcome(
            name,
            outcome,
            passages=len(kinds),
            footnotes=kinds.count(PassageKind.FOOTNOTE),
            table_rows=kinds.count(PassageKind.TABLE_ROW),
            chunks=len(read.chunks),
            figures=len(read.figures),
            embedded=embedded,
            left_out=read.left_out,
            warnings=read.warnings,
        )

    def _unchanged(self, name: str) -> FileOutcome:
        report: IndexedReport | None = self._indexed.get(name)
        if report is None:  # indexed a moment ago, from another folder
            report = {each.name: each for each in self._index.reports()}[name]
        left_out, warnings = self._index.reading_notes(name)
        return FileOutcome(
            name,
            Outcome.UNCHANGED,
            passages=report.passages,
            footnotes=report.footnotes,
            table_rows=report.table_rows,
            chunks=report.chunks,
            figures=report.figures,
            left_out=left_out,
            warnings=warnings,
        )

    def _unreadable(self, name: str, message: str) -> FileOutcome:
        # The file is another one than was indexed: what the index holds is no longer what it says.
        if name in self._sources:
            self._remove(name)
            message += " Nội dung cũ của báo cáo này đã được gỡ khỏi chỉ mục."
        return _failed(name, message)

    def _remove(self, name: str) -> None:
        self._writer.remove(name)
        del self._sources[name]


def _failed(name: str, message: str) -> FileOutcome:
    return FileOutcome(name, Outcome.FAILED, message=message)


def _skipped(name: str, suffixes: Collection[str]) -> FileOutcome:
    message = f"{name}: không phải loại tệp đọc được ({', '.join(suffixes)})."
    return FileOutcome(name, Outcome.SKIPPED, message=message)


def _missing(path: Path) -> FileOutcome:
    return _failed(path.name, f"{path}: không có tệp hay thư mục này. Hãy kiểm tra đường dẫn.")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
