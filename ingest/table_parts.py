"""Cut a sheet that holds several tables, and tables that stand side by side, into single ones."""

from collections.abc import Sequence

from ingest import table_signs as signs
from ingest.table_grid import GridRow, width_of
from ingest.table_head import Head, share_of_figures

_LOOKED_AT = 40  # rows above one that may head a new table
_MOST = 0.5  # share of a column's cells that makes it one of figures


def cut_tables(rows: Sequence[GridRow]) -> list[list[GridRow]]:
    """Part a sheet's rows where a new head begins, with the lines above it that name it."""
    starts = [0]
    for n in range(1, len(rows)):
        if not _begins(rows, starts[-1], n):
            continue
        while (
            n > starts[-1] + 1 and rows[n - 1].is_lone and not signs.is_note(rows[n - 1].texts[0])
        ):
            n -= 1
        starts.append(n)
    return [list(rows[a:b]) for a, b in zip(starts, [*starts[1:], len(rows)], strict=True)]


def side_by_side(head: Head, rows: Sequence[GridRow]) -> int:
    """Give the columns of one table where several like it stand side by side; 0 if none do.

    Either the same head stands again to the right, or names and figures take turns without one.
    """
    names = head.names
    if not any(names):
        figures = [share_of_figures(rows, n) > _MOST for n in range(len(names))]
        takes_turns = len(names) in (4, 6) and figures == [False, True] * (len(names) // 2)
        return 2 if takes_turns else 0
    for n in range(2, len(names) // 2 + 1):
        parts = [names[at : at + n] for at in range(0, len(names), n)]
        if all(part == parts[0] for part in parts) and all(parts[0]) and len(set(parts[0])) == n:
            return n
    return 0


def _begins(rows: Sequence[GridRow], start: int, n: int) -> bool:
    """Say whether a row heads a new table: it has words where all rows above have figures."""
    row, above = rows[n], rows[max(start, n - _LOOKED_AT) : n]
    if row.is_lone or row.is_flagged or row.texts == rows[start].texts:
        return False
    if any(signs.is_figure(text) for text in row.texts) or len(above) < 3:
        return False
    if any(row.texts == other.texts for other in (*rows[start : start + 9], *above)):
        return False  # the head, repeated on a new page
    figures = [c for c in range(width_of(above)) if share_of_figures(above, c) > _MOST]
    figures = [c for c in figures if c > row.own[0].column]
    over = [cell for c in figures if (cell := row.own_at(c))]
    return len(over) > 1 and all(len(cell.text) > 2 and cell.text[0].isalpha() for cell in over)
