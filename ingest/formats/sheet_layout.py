"""Tell the tables of a sheet from the titles, notes and signatures around them.

Officials rule the tables of their reports: lines between cells tell a table best. A sheet without
any is parted at its empty rows, and a table is what has several cells a row below a head of words.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Block, TableBlock, TableCell, TableRow, TextBlock
from ingest.formats.sheets import Merge

_FIGURE = re.compile(r"[-+(]?\d[\d.,\s]*%?\)?")
_NUMBERING_HEAD = re.compile(r"(?:stt|tt|số tt|số thứ tự)\.?", re.IGNORECASE)
# Of a table's columns that the row heading it fills at least; blocks of two columns need both.
_HEAD_SHARE = 0.6
# A block of few rows without figures only places text side by side: agency and motto, signatures.
_PLACING_ROWS = 5


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet's texts by row and column from 0, in order, and what it draws."""

    rows: dict[int, dict[int, str]]
    merges: Sequence[Merge]
    ruled: set[int]  # rows with lines drawn between their cells


@dataclass(slots=True)
class _Part:
    """Rows that belong together."""

    is_table: bool
    rows: list[int]


def lay_out(grid: Grid) -> Iterator[Block]:
    """Give the paragraphs and tables of a sheet in order."""
    spans = {(merge.top, merge.left): merge for merge in grid.merges}
    for part in _parts(grid):
        if part.is_table:
            yield _table(grid, part.rows, spans)
            continue
        for row in part.rows:
            for text in grid.rows[row].values():
                yield TextBlock(text)


def _parts(grid: Grid) -> list[_Part]:
    has_lines = any(row in grid.ruled and len(cells) > 1 for row, cells in grid.rows.items())
    parts: list[_Part] = []
    for block in _blocks(grid):
        found = _ruled_parts(grid, block) if has_lines else _unruled_parts(grid, block)
        for part in found:
            if part.is_table and parts and parts[-1].is_table and _goes_on(grid, parts[-1], part):
                parts[-1].rows.extend(part.rows)
            else:
                parts.append(part)
    return parts


def _blocks(grid: Grid) -> Iterator[list[int]]:
    """Give the filled rows, parted where empty rows lie between that nothing draws over."""
    block: list[int] = []
    joined = {row for merge in grid.merges for row in _few(merge)}
    for row in grid.rows:
        if block and any(
            gap not in grid.ruled and gap not in joined for gap in range(block[-1] + 1, row)
        ):
            yield block
            block = []
        block.append(row)
    if block:
        yield block


def _few(merge: Merge) -> range:
    # What is merged over thousands of rows parts nothing.
    return range(merge.top + 1, min(merge.bottom, merge.top + 1000) + 1)


def _ruled_parts(grid: Grid, block: list[int]) -> list[_Part]:
    parts: list[_Part] = []
    for row in block:
        is_table = row in grid.ruled
        if parts and parts[-1].is_table == is_table:
            parts[-1].rows.append(row)
        else:
            parts.append(_Part(is_table, [row]))
    for part in parts:
        # A frame around a title is no table.
        part.is_table = part.is_table and any(len(grid.rows[row]) > 1 for row in part.rows)
    return parts


def _unruled_parts(grid: Grid, block: list[int]) -> list[_Part]:
    widths = [len(grid.rows[row]) for row in block]
    widest = max(widths)
    figures = sum(map(_is_figure, (text for row in block for text in grid.rows[row].values())))
    if widest < 2 or (len(block) <= _PLACING_ROWS and not figures):
        return [_Part(False, block)]
    first = next(
        n
        for n, row in enumerate(block)
        if widths[n] >= max(2, _HEAD_SHARE * widest) or _is_head_of_numbering(grid.rows[row])
    )
    last = max(n for n, width in enumerate(widths) if width > 1)
    found = ((False, block[:first]), (True, block[first : last + 1]), (False, block[last + 1 :]))
    return [_Part(is_table, rows) for is_table, rows in found if rows]


def _goes_on(grid: Grid, before: _Part, part: _Part) -> bool:
    """Whether a table has no head of its own, and stands in the columns of the one before it."""
    head = next((row for row in part.rows if len(grid.rows[row]) > 1), part.rows[0])
    cells = grid.rows[head]
    if _is_head_of_numbering(cells) or not any(map(_is_figure, cells.values())):
        return False
    columns = {column for row in before.rows for column in grid.rows[row]}
    return cells.keys() <= columns


def _is_head_of_numbering(cells: dict[int, str]) -> bool:
    return len(cells) > 1 and bool(_NUMBERING_HEAD.fullmatch(next(iter(cells.values()))))


def _is_figure(text: str) -> bool:
    return bool(_FIGURE.fullmatch(text))


def _table(grid: Grid, rows: list[int], spans: dict[tuple[int, int], Merge]) -> TableBlock:
    left = min(column for row in rows for column in grid.rows[row])
    found = []
    for at, row in enumerate(rows):
        cells = []
        for column, text in grid.rows[row].items():
            merge = spans.get((row, column))
            columns = merge.right - column + 1 if merge else 1
            # Rows that hold nothing are left away, so that fewer may be covered than on the sheet.
            below = bisect_right(rows, merge.bottom) - at - 1 if merge else 0
            cells.append(TableCell(text, column - left, columns, 1 + below))
        found.append(TableRow(tuple(cells)))
    return TableBlock(tuple(found))
