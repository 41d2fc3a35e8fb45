"""Carry reports, passages, hits and answers between the layers, as plain values.

The path is `Report -> Passage -> Chunk -> Hit -> Answer`. Every step keeps the report's name and
offsets into `Report.text`, so that whatever is shown can be opened and highlighted exactly.
All text is Unicode NFC; all offsets count code points of `Report.text` and are half-open.
"""

from dataclasses import dataclass, field
from decimal import Decimal
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
    number: str = ""  # of the document: "123/BC-UBND"
    draft: str = ""  # as said: "Dự thảo lần 2"; empty if it is none
    signer: str = ""  # who signed it: "Nguyễn Văn A"


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


class FigureStatus(StrEnum):
    """What a figure is said to be."""

    RESULT = "result"  # "đạt", "có"
    ESTIMATE = "estimate"  # "ước đạt"
    TARGET = "target"  # "mục tiêu", "phấn đấu", or of a year still to come
    COMPARISON = "comparison"  # "tăng 54 HTX so với 2020", "bằng 104% kế hoạch"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a report: what it says, of what, and where it stands."""

    id: str  # hash of passage id and span
    report: str  # Report.name
    passage_id: str
    span: Span  # of Report.text: number and unit
    text: str  # those words
    value: Decimal  # in `unit`, scaled: "11,5 nghìn ha" is 11500
    high: Decimal | None  # upper end of a range
    whole: Decimal | None  # of "42/63 trường": 63
    unit: str  # in its one form, as `quantities` gives it: "ha", "đồng/người/năm"; "" if none
    qualifier: str  # as worded: "khoảng", "trên"; "" if none
    indicator: str  # what is measured, as worded: "Tỷ lệ che phủ rừng"
    period: str  # "2024", "2020 - 2025", "6 tháng đầu năm 2024"; "" if nothing says it
    locality: str  # the report's district, or a place within it: "xã Ảng Cang"
    status: FigureStatus
    part_of: str  # indicator of the whole it is a part of ("trong đó"); "" if of none


@dataclass(frozen=True, slots=True)
class Origin:
    """How a report's file was read."""

    format: str = ""  # "PDF", "DOCX"
    encoding: str = ""  # of its letters: "UTF-8", "TCVN3"
    pages: int = 0  # 0: the format has none
    ocr_pages: tuple[int, ...] = ()  # 1-based; read from their pictures
    unread_pages: tuple[int, ...] = ()  # 1-based; they show something that could not be read
    tables: int = 0


@dataclass(frozen=True, slots=True)
class WordPlace:
    """Where words of a report stand on a page of its file.

    Left, top, right and bottom are shares of the page's width and height from its top left, 0 to 1.
    """

    span: Span  # of Report.text
    page: int  # 1-based
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class ReadReport:
    """All that reading one file gives."""

    report: Report
    passages: tuple[Passage, ...]
    chunks: tuple[Chunk, ...]
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()  # Vietnamese
    figures: tuple[Figure, ...] = ()  # in reading order
    origin: Origin = Origin()
    places: tuple[WordPlace, ...] = ()  # in order; empty where the file has no pages to look at
    sketch: bytes = b""  # of its words, see `versions`


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
    figures: int = 0
    origin: Origin = Origin()
    sketch: bytes = b""  # of its words, see `versions`


@dataclass(frozen=True, slots=True)
class FileState:
    """What a folder tells of a file without opening it: another one after every change."""

    size: int  # bytes
    modified: int  # ns since 1970
    changed: int  # ns since 1970; the file's entry, which nobody can set back
    inode: int


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
    from_picture: bool = False  # its words, or some of them, were recognised in a page's picture


class Matter(StrEnum):
    """What sort of thing is checked in an answer."""

    FIGURE = "figure"
    DATE = "date"
    CODE = "code"  # a document's number, a grade or rank: "1280/NQ-UBTVQH15", "loại IV"
    NAME = "name"
    QUOTE = "quote"
    COMPUTATION = "computation"  # "20 + 39 + 10 = 69"
    TEXT = "text"  # signs that show nothing or look like others, citations that lead nowhere


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that an answer says, and whether it stands where the answer points."""

    matter: Matter
    span: Span  # of the answer's text as it was checked
    said: str
    fault: str = ""  # Vietnamese; why it does not hold; empty if it does


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked in an answer before it was shown."""

    checks: tuple[Check, ...] = ()
    struck: tuple[str, ...] = ()  # sentences left out since something in them did not hold

    @property
    def faults(self) -> tuple[Check, ...]:
        """The checks that do not hold."""
        return tuple(check for check in self.checks if check.fault)

    def count(self, *matters: Matter) -> tuple[int, int]:
        """Count what holds of some matters, and all that was checked: (4, 4)."""
        asked = [check for check in self.checks if check.matter in matters]
        return sum(not check.fault for check in asked), len(asked)


class AnswerStatus(StrEnum):
    """Whether the reports say what was asked."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """What one locality's reports say of what is compared."""

    locality: str  # "Mai Sơn"
    figure: str  # as shown: "trên 11,5 nghìn ha", or words; "" if its reports do not say
    value: Decimal | None = None  # in `unit`, which all rows share; None where none is said
    unit: str = ""
    period: str = ""  # as worded: "năm 2024"; "" if its passage does not say
    status: FigureStatus | None = None
    citation: int = 0  # number of its citation, from 1; 0 if there is none


@dataclass(frozen=True, slots=True)
class Comparison:
    """An answer across reports, as a table."""

    measure: str  # what was asked of each locality
    rows: tuple[ComparisonRow, ...]  # in the order shown
    notes: tuple[str, ...] = ()  # Vietnamese; where bases differ, who does not say

    @property
    def told(self) -> int:
        """How many localities' reports say it."""
        return sum(row.citation > 0 for row in self.rows)

    def without_rows(self, text: str) -> str:
        """Leave out of an answer's text the lines that a table of the rows shows."""
        rows = tuple(f"{row.locality}: " for row in self.rows if row.citation)
        return "\n".join(line for line in text.split("\n") if not line.startswith(rows))


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says, and where it stands."""

    question: str
    status: AnswerStatus
    text: str  # Vietnamese; "[1]" points at citations[0]
    citations: tuple[Citation, ...]  # 1 to 5 when answered, or one for each locality compared;
    # the nearest passages when not found
    hits: tuple[Hit, ...] = ()  # the passages retrieved, best first
    asked: str = ""  # the question as understood from earlier turns; empty if as typed
    verification: Verification = Verification()  # of `text`, as it is shown
    comparison: Comparison | None = None  # of an answer across reports
    confidence: float | None = None  # of the reader, 0 to 1; None if refused or across reports


@dataclass(frozen=True, slots=True)
class EarlierTurn:
    """A question asked before in the conversation, and its answer."""

    question: str  # as it was understood, not as it was typed
    answer: Answer
