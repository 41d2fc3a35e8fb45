"""Say what an ingest did, file by file, and how far it has come."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from records import IndexedReport, Origin, PassageKind, ReadReport
from vectorstore.report_rows import ReadingNotes

_EXAMPLE = 80  # characters of a text left out that are shown


class Outcome(StrEnum):
    """What an ingest did with one file."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    REMOVED = "removed"  # its file is gone
    FAILED = "failed"
    SKIPPED = "skipped"  # a file in a folder that is of no kind that can be read


@dataclass(frozen=True, slots=True)
class LeftOutCount:
    """How many pieces of a report were left out for one reason."""

    reason: str  # Vietnamese
    count: int
    example: str = ""  # the first one's words; empty for a report that was not read anew


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
    left_out: tuple[LeftOutCount, ...] = ()
    warnings: tuple[str, ...] = ()  # Vietnamese
    message: str = ""  # Vietnamese: why it failed or was skipped
    origin: Origin = field(default_factory=Origin)
    seconds: float = 0.0  # that reading, embedding and storing it took


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """What an ingest did."""

    files: tuple[FileOutcome, ...]
    seconds: float
    started: str = ""  # UTC, ISO 8601
    folders: tuple[str, ...] = ()  # what it was given
    problem: str = ""  # Vietnamese: what ended it before all files were done

    @property
    def failed(self) -> tuple[FileOutcome, ...]:
        """The files that could not be indexed."""
        return tuple(file for file in self.files if file.outcome is Outcome.FAILED)

    @property
    def unread(self) -> tuple[FileOutcome, ...]:
        """The files that are indexed without some of their pages."""
        return tuple(file for file in self.files if file.origin.unread_pages)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest has come.

    Told at the start of each file that is not as it was, after each of its pages, while its chunks
    are embedded, and at its end.
    """

    name: str
    position: int  # of the file, from 1
    total: int  # files that are not as they were
    embedded: int = 0  # of the file's chunks that need it
    to_embed: int = 0  # chunks; 0 until the file has been read
    outcome: FileOutcome | None = None  # at its end
    page: int = 0  # pages read of the file
    pages: int = 0  # of the file; 0 if it has none, or they are not counted yet
    waiting: bool = False  # another ingest has to end first; there is no file yet

    @property
    def share(self) -> float:
        """The share of the work that is done, 0 to 1: half a file is reading, half embedding."""
        if not self.total:
            return 0.0
        read = 0.5 * self.page / self.pages if self.pages else 0.0
        part = 0.5 + 0.5 * self.embedded / self.to_embed if self.to_embed else read
        return min((self.position - 1 + (1.0 if self.outcome else part)) / self.total, 1.0)


WAITING = Progress("", 0, 0, waiting=True)


def stored_outcome(
    read: ReadReport, outcome: Outcome, *, embedded: int, seconds: float
) -> FileOutcome:
    """Sum up a report that was read and stored."""
    kinds = [passage.kind for passage in read.passages]
    return FileOutcome(
        read.report.name,
        outcome,
        passages=len(kinds),
        footnotes=kinds.count(PassageKind.FOOTNOTE),
        table_rows=kinds.count(PassageKind.TABLE_ROW),
        chunks=len(read.chunks),
        figures=len(read.figures),
        embedded=embedded,
        left_out=_count_left_out(read),
        warnings=read.warnings,
        origin=read.origin,
        seconds=seconds,
    )


def unchanged_outcome(report: IndexedReport, notes: ReadingNotes) -> FileOutcome:
    """Sum up a report that is in the index as it is."""
    return FileOutcome(
        report.name,
        Outcome.UNCHANGED,
        passages=report.passages,
        footnotes=report.footnotes,
        table_rows=report.table_rows,
        chunks=report.chunks,
        figures=report.figures,
        left_out=_counts(notes.left_out),
        warnings=notes.warnings,
        origin=notes.origin,
    )


def failed_outcome(name: str, message: str) -> FileOutcome:
    """Say why a file could not be indexed."""
    return FileOutcome(name, Outcome.FAILED, message=message)


def _count_left_out(read: ReadReport) -> tuple[LeftOutCount, ...]:
    counts: dict[str, int] = {}
    examples: dict[str, str] = {}
    for entry in read.left_out:
        counts[entry.reason] = counts.get(entry.reason, 0) + 1
        words = " ".join(read.report.text[entry.span.start : entry.span.end].split())
        examples.setdefault(entry.reason, words)
    return _counts(counts, examples)


def _counts(
    counts: Mapping[str, int], examples: Mapping[str, str] | None = None
) -> tuple[LeftOutCount, ...]:
    shown = {reason: _shorten(words) for reason, words in (examples or {}).items()}
    return tuple(
        LeftOutCount(reason, count, shown.get(reason, "")) for reason, count in counts.items()
    )


def _shorten(words: str) -> str:
    return words if len(words) <= _EXAMPLE else f"{words[:_EXAMPLE].rstrip()}…"
