"""Find tables that no lines rule: rows of figures that stand in columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.formats.pdf.page_words import TextLine

_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 3
_FIGURE = re.compile(r"[-–+]?[\d.,]*\d[\d.,]*\s?%?|[-–x]|\d+[/.-]\d+(?:[/.-]\d+)?")
_FARTHEST = 3.0  # times the size of letters, from row to row
_WHITE = 0.35  # of the size: what parts columns all the way down
_HEADER_ROWS = 3


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """Rows of a sheet that are a table."""

    start: int  # first row of the sheet's
    end: int
    rows: tuple[tuple[tuple[TextLine, int, int], ...], ...]  # text, column, columns it covers
    edges: tuple[float, ...]


def find_aligned_tables(rows: Sequence[list[TextLine]]) -> list[AlignedTable]:
    """Give the tables among rows of text, from the top down.

    Args:
        rows: Lines of a sheet, each cut where wide white space parts it.
    """
    found: list[AlignedTable] = []
    n = 0
    while n < len(rows):
        end = n
        while end < len(rows) and _is_data(rows[end]) and (end == n or _near(rows, end)):
            end += 1
        table = _table(rows, found[-1].end if found else 0, n, end)
        if table:
            found.append(table)
            n = table.end
        else:
            n = max(end, n + 1)
    return found


def _is_data(row: list[TextLine]) -> bool:
    figures = sum(bool(_FIGURE.fullmatch(segment.text)) for segment in row[1:])
    return len(row) >= _FEWEST_COLUMNS and figures >= 2 and figures >= 0.6 * (len(row) - 1)


def _near(rows: Sequence[list[TextLine]], n: int) -> bool:
    size = rows[n][0].size
    return rows[n][0].baseline - rows[n - 1][0].baseline <= _FARTHEST * size


def _table(rows: Sequence[list[TextLine]], floor: int, start: int, end: int) -> AlignedTable | None:
    if end - start < _FEWEST_ROWS:
        return None
    columns = _columns(rows[start:end])
    if len(columns) < _FEWEST_COLUMNS:
        return None
    first = start
    while first > max(floor, start - _HEADER_ROWS) and _heads(rows, first - 1, columns):
        first -= 1
    edges = (
        columns[0][0],
        *((a[1] + b[0]) / 2 for a, b in pairwise(columns)),
        columns[-1][1],
    )
    return AlignedTable(first, end, tuple(_row(row, edges) for row in rows[first:end]), edges)


def _columns(rows: Sequence[list[TextLine]]) -> list[tuple[float, float]]:
    """Give the stretches that white space parts in every row."""
    spans = sorted((segment.left, segment.right) for row in rows for segment in row)
    white = _WHITE * rows[0][0].size
    columns = [spans[0]]
    for left, right in spans[1:]:
        if left - columns[-1][1] < white:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns


def _heads(rows: Sequence[list[TextLine]], n: int, columns: list[tuple[float, float]]) -> bool:
    row = rows[n]
    return (
        len(row) >= 2
        and _near(rows, n + 1)
        and sum(
            any(segment.left < right and segment.right > left for left, right in columns)
            for segment in row
        )
        == len(row)
    )


def _row(row: list[TextLine], edges: tuple[float, ...]) -> tuple[tuple[TextLine, int, int], ...]:
    cells: list[tuple[TextLine, int, int]] = []
    for segment in row:
        last = len(edges) - 2
        first = min(max(sum(edge <= segment.left + 1 for edge in edges) - 1, 0), last)
        until = min(max(sum(edge <= segment.right - 1 for edge in edges) - 1, first), last)
        middle = (segment.left + segment.right) / 2
        if first == until or segment.right - segment.left < 0.6 * (edges[until + 1] - edges[first]):
            first = until = min(max(sum(edge <= middle for edge in edges) - 1, 0), last)
        if cells and first < cells[-1][1] + cells[-1][2]:
            joined = TextLine([*cells[-1][0].words, *segment.words])
            cells[-1] = joined, cells[-1][1], cells[-1][2]
        else:
            cells.append((segment, first, until - first + 1))
    return tuple(cells)
