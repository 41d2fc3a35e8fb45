"""Read a table of a web page with its merged cells, or find that it only places text."""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from lxml import etree

from ingest.formats.drafts import DraftCell, DraftRow, DraftTable
from ingest.formats.legacy_letters import Run

CellRuns = Callable[[etree._Element], tuple[Run, ...]]
_ROWS = frozenset({"tr"})
_CELLS = frozenset({"td", "th"})
_MOST_COLUMNS = 1000  # that one cell may cover, as in browsers
_MOST_ROWS = 65_534
# A table without lines of so few rows and columns sets an agency beside the motto, or signatures.
_PLACING_ROWS, _PLACING_COLUMNS = 4, 2
_LONG_CELL = 2000  # letters: a part of a page rather than a datum
_FIGURE = re.compile(r"\s*[-+(]?\d[\d.,\s]*%?\)?\s*")


def places_text(table: etree._Element) -> bool:
    """Say whether a table only sets text side by side."""
    if table.get("role") in ("presentation", "none"):
        return True
    if next(islice(table.iter("table"), 1, 2), None) is not None:
        return True
    rows = [list(_cells(row)) for row in _rows(table)]
    widest = max(map(len, rows), default=0)
    if widest < 2 or len(rows) < 2:
        return True
    texts = ["".join(cell.itertext()) for row in rows for cell in row]
    if any(len(text) > _LONG_CELL for text in texts) and widest <= _PLACING_COLUMNS:
        return True
    is_small = len(rows) <= _PLACING_ROWS and widest <= _PLACING_COLUMNS
    is_plain = next(table.iter("th"), None) is None and table.get("border", "0") in ("", "0")
    return is_small and is_plain and not any(map(_FIGURE.fullmatch, texts))


def read_table(table: etree._Element, cell_runs: CellRuns) -> DraftTable:
    """Give a table's rows; what merged cells cover in rows below is left open there.

    Args:
        table: The element.
        cell_runs: Gives the text of a cell.
    """
    covered: dict[int, int] = {}  # column: rows below that a cell above still covers
    rows = list(_rows(table))
    drafts = []
    for at, row in enumerate(rows):
        cells, column = [], 0
        free = {place: left for place, left in covered.items() if left > 0}
        covered = {place: left - 1 for place, left in free.items()}
        for cell in _cells(row):
            while column in free:
                column += 1
            across = min(_span(cell, "colspan"), _MOST_COLUMNS)
            down = min(_span(cell, "rowspan") or _MOST_ROWS, len(rows) - at)
            cells.append(DraftCell(cell_runs(cell), column, max(across, 1), down))
            if down > 1:
                covered.update(dict.fromkeys(range(column, column + max(across, 1)), down - 1))
            column += max(across, 1)
        drafts.append(DraftRow(tuple(cells), header=_is_header(row)))
    return DraftTable(tuple(drafts))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for part in table:
        if part.tag in _ROWS:
            yield part
        elif part.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in part if row.tag in _ROWS)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return (cell for cell in row if cell.tag in _CELLS)


def _is_header(row: etree._Element) -> bool:
    parent = row.getparent()
    if parent is not None and parent.tag == "thead":
        return True
    kinds = {cell.tag for cell in _cells(row)}
    return kinds == {"th"}


def _span(cell: etree._Element, name: str) -> int:
    given = cell.get(name, "1").strip()
    return int(given) if given.isdigit() and len(given) < 8 else 1
