"""Tell what each column of a table is for: numbers, names, units or values."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest import table_signs as signs
from ingest.table_grid import GridRow
from ingest.table_head import Head, share_of_figures

_MOST = 0.5  # share of a column's cells that makes it one of figures, units or numbers


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table are for."""

    order: int | None  # numbers the rows
    labels: tuple[int, ...]  # name the row, outermost first
    unit: int | None
    values: tuple[int, ...]
    figures: frozenset[int]  # those of the values that hold figures
    nested: bool = False  # the labels stand under one name: further right is further in


def tell_columns(head: Head, body: Sequence[GridRow]) -> Columns:
    """Say what the columns of a table are for, by their names and cells."""
    width = len(head.paths)
    rows = [row for row in body if not row.is_lone] or list(body)
    order = _order(head, rows)
    unit = next((n for n in range(width) if n != order and _gives_units(head, rows, n)), None)
    left = [n for n in range(width) if n not in (order, unit) and _is_used(rows, n)]
    label = _label(head, rows, left)
    figures = frozenset(n for n in left if share_of_figures(rows, n) > _MOST)
    if label is None:
        return Columns(order, (), unit, tuple(left), figures)
    nested = _nested(head, rows, left, label)
    labels = nested if len(nested) > 1 else _naming(head, rows, left, label)
    values = tuple(n for n in left if n not in labels)
    return Columns(order, labels, unit, values, figures, nested=len(nested) > 1)


def _order(head: Head, rows: Sequence[GridRow]) -> int | None:
    """Find the column that numbers the rows: by its name, or the first if its cells do."""
    for n, path in enumerate(head.paths[:3]):
        if path and signs.is_order_header(path[-1]):
            return n
    texts = _texts(rows, 0)
    marked = [text for text in texts if signs.read_mark(text)]
    named = head.paths and head.paths[0] and not _shared(head, 0, 1)
    if len(head.paths) < 2 or not texts or named or len(marked) <= len(texts) * _MOST:
        return None
    return 0 if any(not signs.is_figure(text) for text in _texts(rows, 1)) else None


def _gives_units(head: Head, rows: Sequence[GridRow], column: int) -> bool:
    name = " ".join(head.paths[column])
    if signs.is_unit_header(name):
        return True
    if name and not signs.may_head_units(name):
        return False
    texts = [text for text in _texts(rows, column) if not signs.repeats_above(text)]
    units = sum(signs.is_unit(text) for text in texts)
    return column > 0 and units > len(texts) * _MOST


def _label(head: Head, rows: Sequence[GridRow], left: Sequence[int]) -> int | None:
    """Find the first column that names the rows: by words, else by years, else by codes."""
    words = [n for n in left if share_of_figures(rows, n) <= _MOST]
    words = [n for n in words if not signs.is_remark_header(" ".join(head.paths[n]))]
    plain = [n for n in words if not signs.is_code_header(" ".join(head.paths[n]))]
    if left and left[0] not in plain[:1] and _tells_times(head, rows, left[0]):
        return left[0]
    if found := plain or words:
        return found[0]
    return left[0] if len(left) == 2 and not any(head.paths) else None


def _tells_times(head: Head, rows: Sequence[GridRow], column: int) -> bool:
    texts = _texts(rows, column)
    times = sum(signs.is_period(text) for text in texts)
    return times > len(texts) * _MOST or signs.is_period_header(" ".join(head.paths[column]))


def _nested(
    head: Head, rows: Sequence[GridRow], left: Sequence[int], label: int
) -> tuple[int, ...]:
    """Give the columns over which the first label's name is merged."""
    shared = [label]
    for n in left:
        open_head = bool(head.rows) and not head.paths[n] and n == shared[-1] + 1
        if n > label and (open_head or _shared(head, label, n)):
            shared.append(n)
    return tuple(n for n in shared if share_of_figures(rows, n) <= _MOST)


def _shared(head: Head, one: int, other: int) -> bool:
    return (
        other < len(head.paths) and bool(head.paths[one]) and head.roots[one] == head.roots[other]
    )


def _naming(
    head: Head, rows: Sequence[GridRow], left: Sequence[int], label: int
) -> tuple[int, ...]:
    """Give the columns of words that together name a row: commune, village, kind.

    Only where the first does not tell the rows apart, and figures stand to the right of them.
    """
    labels = [label]
    figures = [n for n in left if n > label and share_of_figures(rows, n) > _MOST]
    for n in left:
        if n <= label or not figures or n >= figures[0]:
            continue
        if not _repeats(rows, labels) or not _texts(rows, n):
            break
        labels.append(n)
    return tuple(labels)


def _repeats(rows: Sequence[GridRow], labels: Sequence[int]) -> bool:
    """Say whether several rows share their names, or leave them to the row above."""
    names = [tuple(cell.text for n in labels if (cell := row.over.get(n))) for row in rows]
    merged = any(cell.rows > 1 for row in rows for n in labels if (cell := row.own_at(n)))
    blank = sum(not name for name in names)
    return merged or len(set(names)) < len(names) or blank > 1


def _texts(rows: Sequence[GridRow], column: int) -> list[str]:
    return [cell.text for row in rows if (cell := row.own_at(column))]


def _is_used(rows: Sequence[GridRow], column: int) -> bool:
    return any(column in row.over for row in rows)
