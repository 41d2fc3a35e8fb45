"""Join a table's row that a page break cuts in two: its cells go on on the next page."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.document import TableCell, TableRow, Word
from ingest.formats.pdf.paragraphs import ends_sentence

_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[a-zđA-H])[.)]?")
_SHORTENED = re.compile(r"[A-ZĐ]{2,}\b")
_NUMBERS_HEAD = re.compile(r"(?:S?TT|Số TT|Số thứ tự)", re.IGNORECASE)
# Of the rows that begin in the first column, how many begin with a number where it numbers them.
_MOSTLY = 0.5


def goes_on(last: TableRow, first: TableRow, rows: Sequence[TableRow]) -> bool:
    """Say whether a page's first row is the rest of the last one on the page before.

    Args:
        last: The last row on the page before.
        first: The first row on the page that does not repeat the table's head.
        rows: All rows of the two parts, to see which column names them.
    """
    label_at = 1 if _first_column_numbers(rows) else 0
    above = {cell.column: cell.text for cell in last.cells if cell.text}
    below = {cell.column: cell.text for cell in first.cells if cell.text}
    if not below or (label_at and 0 in below) or not below.keys() <= above.keys():
        return False
    if any(_NUMBER.fullmatch(t) and _NUMBER.fullmatch(above[n]) for n, t in below.items()):
        return False
    worded = [text for text in below.values() if text[0].isalpha()]
    if sum(text[0].islower() for text in worded) < len(worded) / 2:
        return False  # what begins with capitals is said anew
    if label_at in below and not _goes_on_within(below, label_at):
        return False
    return any(not ends_sentence(above[column]) for column in below)


def _goes_on_within(below: Mapping[int, str], label_at: int) -> bool:
    """Whether a row's name begins within a sentence; "NTM" may, where a cell beside it does too."""
    name = below[label_at]
    beside = (text for column, text in below.items() if column != label_at)
    return name[0].islower() or (
        bool(_SHORTENED.match(name)) and any(text[0].islower() for text in beside)
    )


def join_row(last: TableRow, first: TableRow) -> TableRow:
    """Give the row that the two parts make; its words know which page they stand on."""
    rest = {cell.column: cell for cell in first.cells if cell.text}
    return replace(last, cells=tuple(_join(c, rest.get(c.column), first.page) for c in last.cells))


def _join(cell: TableCell, rest: TableCell | None, page: int | None) -> TableCell:
    if rest is None:
        return cell
    at = len(cell.text) + 1
    moved = (
        Word(at + word.start, at + word.end, word.box, word.page or page) for word in rest.words
    )
    return replace(cell, text=f"{cell.text} {rest.text}", words=(*cell.words, *moved))


def _first_column_numbers(rows: Sequence[TableRow]) -> bool:
    first = [cell.text for row in rows for cell in row.cells if cell.column == 0 and cell.text]
    numbers = sum(bool(_NUMBER.fullmatch(text) or _NUMBERS_HEAD.fullmatch(text)) for text in first)
    return numbers > _MOSTLY * len(first)
