"""Cut stored text into its lines, with the place of each."""

import re
from dataclasses import dataclass

from ingest.document import TextKind
from records import Span

_FOOTNOTE = re.compile(r"(?:[⁽(]?(?P<number>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)[⁾)]?)\s*(?=\S)")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table whose format knows its place; a merged one stands at its top left."""

    text: str
    span: Span  # of the stored text
    column: int  # from 0
    columns: int = 1  # that it covers
    rows: int = 1  # that it covers, its own and those below


@dataclass(frozen=True, slots=True)
class FormatHint:
    """What a document's format says of a line; plain text says nothing."""

    kind: TextKind = TextKind.PARAGRAPH  # of a line that is no row
    level: int = 0  # of a heading, 1 is outermost; 0: not said
    number: str = ""  # of a footnote
    continues: bool = False  # goes on from the last line of its kind, on the page before
    left_out: str = ""  # Vietnamese: why it is no content
    table: int = 0  # of a row: which table, from 1; 0: no row
    cells: tuple[GridCell, ...] = ()  # of a row, left to right; empty ones are left out
    header: bool = False  # of a row: the format says that it heads the table


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something, without the white space around it."""

    span: Span
    text: str  # stored text of the span
    raw: str  # the whole line; leading tabs are empty cells of a table row
    raw_start: int  # offset of `raw` in the stored text
    hint: FormatHint | None = None  # None: the line's look is all there is to go by

    @property
    def is_row(self) -> bool:
        """Whether the line has the cells of a table row: by its format, or two tabs or more."""
        if self.hint:
            return self.hint.table > 0
        return self.raw.count("\t") >= 2

    @property
    def footnote_number(self) -> str:
        """The number in plain digits if the line starts a footnote ("⁵ 03 sản phẩm…"), else ""."""
        if self.hint and (self.hint.number or self.hint.continues or self.hint.table):
            return "" if self.hint.continues else self.hint.number
        match = _FOOTNOTE.match(self.text)
        return match["number"].translate(_DIGITS) if match else ""

    @property
    def starts_low(self) -> bool:
        """Whether the first letter is a small one: the line goes on from another."""
        return self.text[0].islower()


def cut_lines(text: str) -> list[Line]:
    """Give the lines that hold more than white space, in order."""
    lines = []
    start = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            at = start + raw.index(stripped)
            lines.append(Line(Span(at, at + len(stripped)), stripped, raw, start))
        start += len(raw) + 1
    return lines
