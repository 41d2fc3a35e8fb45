"""Lay a table's cells out on its columns, so that each row knows what stands over its places."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.lines import GridCell, Line


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a table: the cells that begin in it, and what covers each of its columns."""

    line: Line
    own: tuple[GridCell, ...]  # left to right
    over: dict[int, GridCell]  # by column; merged cells of rows above too

    @property
    def is_lone(self) -> bool:
        """Whether only one cell begins in it."""
        return len(self.own) == 1

    @property
    def texts(self) -> list[str]:
        """The words of the cells that begin in it."""
        return [cell.text for cell in self.own]

    @property
    def is_flagged(self) -> bool:
        """Whether the format says that it heads the table."""
        return self.line.hint is not None and self.line.hint.header

    def own_at(self, column: int) -> GridCell | None:
        """Give the cell that begins in this row and covers a column."""
        cell = self.over.get(column)
        return cell if cell in self.own else None


def lay_out(lines: Sequence[Line]) -> list[GridRow]:
    """Give a table's rows with merged cells carried down; a cell ends where another begins."""
    rows: list[GridRow] = []
    carried: dict[int, tuple[GridCell, int]] = {}  # by column: a merged cell, the rows it still has
    for line in lines:
        own = line.hint.cells if line.hint else ()
        if not own:
            continue
        taken = {column for cell in own for column in columns_of(cell)}
        ended = {id(cell) for column, (cell, _) in carried.items() if column in taken}
        carried = {c: e for c, e in carried.items() if id(e[0]) not in ended}
        over = {column: cell for column, (cell, _) in carried.items()}
        over |= {column: cell for cell in own for column in columns_of(cell)}
        rows.append(GridRow(line, own, over))
        carried = {c: (cell, left - 1) for c, (cell, left) in carried.items() if left > 1}
        for cell in own:
            if cell.rows > 1:
                carried |= dict.fromkeys(columns_of(cell), (cell, cell.rows - 1))
    return rows


def columns_of(cell: GridCell) -> range:
    """Give the columns that a cell covers."""
    return range(cell.column, cell.column + cell.columns)


def width_of(rows: Sequence[GridRow]) -> int:
    """Count a table's columns."""
    return max((cell.column + cell.columns for row in rows for cell in row.own), default=0)


def take_columns(rows: Sequence[GridRow], first: int, past: int) -> list[GridRow]:
    """Cut some columns out of a table, for one that is two tables side by side."""
    taken = []
    for row in rows:
        own = tuple(_shifted(cell, first) for cell in row.own if first <= cell.column < past)
        over = {c - first: _shifted(row.over[c], first) for c in row.over if first <= c < past}
        if own:
            taken.append(GridRow(row.line, own, over))
    return taken


def _shifted(cell: GridCell, by: int) -> GridCell:
    return replace(cell, column=max(cell.column - by, 0))
