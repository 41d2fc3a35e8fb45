"""Carry what a format's reader found in a file: its text in reading order, and what the format knows.

A reader gives blocks; `ingest.rendering` makes the stored text of them, and `ingest.blocks` the
report's structure. A reader says only what its format says (this is a heading by its style, this
cell covers three columns); what Vietnamese reports mean by it is found later, for all formats alike.
All texts are in stored form, see `vietnamese.normalise`, without line ends or tabs within a block.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, as shares of its width and height from the top left: 0 to 1."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Word:
    """Where a word of a block stands on its page: `text[start:end]` of the block or cell."""

    start: int
    end: int
    box: Box
    page: int | None = None  # where it is not that of its block or row: of a row cut in two


class TextKind(StrEnum):
    """What a text block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"  # by its style or size; headings known only by numbering are paragraphs
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, heading or footnote; the part of it on one page where a page break cuts it."""

    text: str  # one line; references to footnotes are raised digits: "sản phẩm⁵"
    kind: TextKind = TextKind.PARAGRAPH
    level: int = 0  # of a heading, 1 is outermost; 0 where the format does not say
    number: str = ""  # of a footnote, plain digits; not in `text`
    page: int | None = None  # 1-based; None where the format has no pages
    continues: bool = False  # goes on from the last block of its kind, on the page before
    left_out: str = ""  # Vietnamese: why it is no content ("số trang"); kept, but never cited
    words: tuple[Word, ...] = ()  # in order; empty where the format has no pages to look at


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table; a merged one is given once, at its top left."""

    text: str  # its paragraphs joined by single spaces
    column: int  # from 0
    columns: int = 1  # that it covers
    rows: int = 1  # that it covers, its own and those below
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: the cells that begin in it, left to right."""

    cells: tuple[TableCell, ...]
    page: int | None = None
    header: bool = False  # the format says that it heads the table, or repeats its head


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with data; tables that only place text side by side are given as paragraphs."""

    rows: tuple[TableRow, ...]
    continues: bool = False  # goes on from the table before it, on the page before


Block = TextBlock | TableBlock


class PageText(StrEnum):
    """How the text of a page was had."""

    LAYER = "layer"  # from the file
    OCR = "ocr"  # from its picture
    UNREAD = "unread"  # it shows something, but no text could be had
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Document:
    """A file as its format's reader gives it."""

    blocks: tuple[Block, ...]
    encoding: str = ""  # of the letters: "UTF-8", "TCVN3"; several joined by ", "
    pages: tuple[PageText, ...] = ()  # page by page; empty where the format has none
    warnings: tuple[str, ...] = ()  # Vietnamese, for the person who put the file there
    properties: dict[str, str] = field(
        default_factory=dict
    )  # said by the file: "title", "modified"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader is told besides the file's bytes."""

    name: str  # of the file, for messages; its ending may be wrong
    cache: Path | None = None  # folder for what is slow to make, by digest; None: keep nothing
    on_page: Callable[[int, int], None] = lambda _done, _all: None  # told after each page
