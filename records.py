"""Carry reports, passages, hits and answers between the layers, as plain values.

The path is `Report -> Passage -> Chunk -> Hit -> Answer`. Every step keeps the report's name and
offsets into `Report.text`, so that whatever is shown can be opened and highlighted exactly.
All text is Unicode NFC; all offsets count code points of `Report.text` and are half-open.
"""

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of `Report.text`: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReportMetadata:
    """What a report is, read from its text; an empty string where the text does not say."""

    title: str = ""
    district: str = ""  # without the word "huyện": "Mai Sơn"
    province: str = ""  # without the word "tỉnh": "Sơn La"
    issuer: str = ""  # issuing body: "UBND huyện Mường Tè"
    kind: str = ""  # "Báo cáo chính trị", "Báo cáo kinh tế - xã hội", "Bài báo", "Báo cáo"
    period: str = ""  # years the report speaks of: "2020 - 2025", "2025"
    date: str = ""  # as written: "tháng 6 năm 2024"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Text of a report that is not content, and why it was left out."""

    span: Span
    reason: str  # Vietnamese, for the table shown after ingest


@dataclass(frozen=True, slots=True)
class Report:
    """A report as read: the stored text that every offset points into."""

    name: str  # file name as indexed, unique in an index: "mai-son.txt"
    digest: str  # SHA-256 (hex) of the file's bytes
    text: str  # NFC, one kind of space, "\n" line ends, tabs kept between table cells
    metadata: ReportMetadata = field(default_factory=ReportMetadata)
    page_starts: tuple[int, ...] = ()  # offset at which each page starts; empty: no pages


class PassageKind(StrEnum):
    """What sort of text a passage is."""

    PARAGRAPH = "paragraph"
    FOOTNOTE = "footnote"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell of a table row, with the name of its column."""

    column: str  # header of the column: "Ước thực hiện năm 2024"
    span: Span  # where the value stands


@dataclass(frozen=True, slots=True)
class Passage:
    """What a person reads to check an answer: a paragraph, a footnote or a table row."""

    id: str  # hash of report, spans and text: reading twice gives the same passage
    report: str  # Report.name
    kind: PassageKind
    section: tuple[str, ...]  # headings from the outermost in: ("Phần thứ nhất …", "II- …")
    spans: tuple[Span, ...]  # in reading order; more than one where a page break cuts the text
    text: str  # the spans' text joined by single spaces
    context: str = ""  # said about the passage elsewhere: a footnote's sentence, a row's table
    label: str = ""  # a footnote's number ("5"), a row's group and name
    cells: tuple[Cell, ...] = ()  # of a table row, left to right
    page: int | None = None  # first page, 1-based; None where the format has no pages
    last_page: int | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """The piece of a passage that is searched: a sentence or two, a row, a footnote."""

    id: str  # hash of passage id, spans and searched text
    passage_id: str
    report: str  # Report.name
    spans: tuple[Span, ...]  # what the chunk covers of its passage
    text: str  # the words of the report
    context: str  # words searched with them: title, place, section, table header


@dataclass(frozen=True, slots=True)
class ReadReport:
    """All that reading one file gives."""

    report: Report
    passages: tuple[Passage, ...]
    chunks: tuple[Chunk, ...]
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()  # Vietnamese


@dataclass(frozen=True, slots=True)
class IndexedReport:
    """What the index holds of one report."""

    name: str  # Report.name
    digest: str  # SHA-256 (hex) of the file's bytes
    metadata: ReportMetadata
    passages: int  # of every kind
    chunks: int
    footnotes: int  # of the passages
    table_rows: int  # of the passages
    indexed_at: str  # UTC, ISO 8601: "2025-01-31T08:30:00+00:00"


@dataclass(frozen=True, slots=True)
class IndexCounts:
    """How many chunks each of the index's three places holds; all agree when it is sound."""

    ledger: int
    words: int
    vectors: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that may answer a question, and how well it fits."""

    passage: Passage
    score: float  # fused score, higher fits better; 0 to about 1
    chunk: Chunk  # the passage's best chunk


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a report that an answer stands on."""

    report: str  # Report.name
    section: tuple[str, ...]
    page: int | None
    quote: str  # exactly `Report.text[span.start:span.end]`
    span: Span
    passage_id: str


class AnswerStatus(StrEnum):
    """Whether the reports say what was asked."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says, and where it stands."""

    question: str
    status: AnswerStatus
    text: str  # Vietnamese; "[1]" points at citations[0]
    citations: tuple[Citation, ...]  # 1 to 5 when answered; the nearest passages when not found
    hits: tuple[Hit, ...] = ()  # the passages retrieved, best first
