"""Bind the rows of a table to its caption, unit, header and row groups."""

from collections.abc import Sequence

from ingest.lines import Line
from ingest.table_binding import bind_grid
from ingest.table_lines import bind_lines
from ingest.table_rows import Row

__all__ = ["Row", "bind_rows"]


def bind_rows(lines: Sequence[Line], caption: Sequence[str] = ()) -> list[Row]:
    """Give the rows of one table, all its lines in order, with header and groups resolved.

    Rows without any value (a group's name, the header) are not rows of their own.

    Args:
        lines: The table's, in order.
        caption: The lines above it, of which one may state its unit.
    """
    known = any(line.hint and line.hint.cells for line in lines)
    return bind_grid(lines, caption) if known else bind_lines(lines)
