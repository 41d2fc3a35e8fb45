"""Bind the rows of a table whose format knows its cells' places to its head and groups."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest import table_signs as signs
from ingest.lines import GridCell, Line
from ingest.table_columns import tell_columns
from ingest.table_grid import GridRow, lay_out, take_columns
from ingest.table_groups import Named, place_rows
from ingest.table_head import Head, find_head
from ingest.table_parts import cut_tables, side_by_side
from ingest.table_rows import STEP, UNDER, Row
from ingest.table_units import column_units, table_unit
from records import Cell, Span
from vietnamese import fold

# A column of these names its rows' places; the word goes before a name that lacks it.
_PLACES = {"xa": "Xã", "ten xa": "Xã", "huyen": "Huyện", "ten huyen": "Huyện", "tinh": "Tỉnh",
           "ban": "Bản", "ten ban": "Bản", "thon": "Thôn", "ten thon": "Thôn", "phuong": "Phường",
           "nam": "Năm", "thang": "Tháng", "quy": "Quý"}  # fmt: skip
_TIMES = ("Năm", "Tháng", "Quý")
_PLACE_WORD = re.compile(
    r"(?:xã|phường|thị|huyện|tỉnh|bản|thôn|thành|tp|tt|xóm|khu|tổ|tiểu|năm|tháng|quý)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Read:
    """A row as its cells show it."""

    row: GridRow
    named: Named
    outer: tuple[str, ...]  # names in the columns before its own: "Mường Và"
    unit: str
    values: tuple[GridCell, ...]
    merged: tuple[GridCell, ...]  # words that a row above shares with it


def bind_grid(lines: Sequence[Line], caption: Sequence[str]) -> list[Row]:
    """Give the rows of one table, with header, groups and units resolved.

    Args:
        lines: The table's, with the cells of each.
        caption: The lines above it.
    """
    found = [row for part in cut_tables(lay_out(lines)) for row in _bind(part, caption)]
    return sorted(found, key=lambda row: row.places[0])


def _bind(rows: Sequence[GridRow], caption: Sequence[str]) -> Iterator[Row]:
    head = find_head(rows)
    width = side_by_side(head, rows)
    said = tuple(text for row in rows[: head.start] for text in row.texts)
    if width:
        count = len(head.paths)
        for first in range(0, count, width):
            part = take_columns(rows, first, min(first + width, count))
            yield from _TableReader(
                part, find_head(part), (*caption, *said), said, is_part=True
            ).rows()
    else:
        yield from _TableReader(rows, head, (*caption, *said), said).rows()


class _TableReader:
    """One table with its head, read row by row."""

    def __init__(
        self,
        rows: Sequence[GridRow],
        head: Head,
        caption: Sequence[str],
        said: tuple[str, ...],
        *,
        is_part: bool = False,
    ) -> None:
        self._head = head
        self._said = said
        self._is_part = is_part
        self._head_rows = rows[head.start : head.end]
        self._body = [row for row in rows[head.end :] if not _repeats_head(head, row)]
        self._columns = tell_columns(head, self._body)
        self._names = column_units(head, self._columns, table_unit((*caption, *self._unit_lines())))
        self._body = [row for row in self._body if not _says_unit(row)]
        self._last_unit = ""
        self._last_outer: dict[int, str] = {}

    def _unit_lines(self) -> list[str]:
        return [row.texts[0] for row in self._body if _says_unit(row)]

    def rows(self) -> Iterator[Row]:
        """Give the rows that hold values, and the lines of words that lead no rows."""
        reads = [self._read(row) for row in self._body]
        if not reads:
            yield from self._head_alone()
            return
        placed = place_rows([read.named for read in reads])
        leads = {name for place in placed for name in place.path}
        leads |= {name for read in reads for name in read.outer}
        for n, (read, place) in enumerate(zip(reads, placed, strict=True)):
            name = place.name
            if not read.values:
                if name in leads:
                    continue
                if len(read.row.own) == 1 and len(name.split()) < 2:
                    continue
            if not name and read.values and n and not read.named.mark:
                name = placed[n - 1].name  # a page break cut the row above
            yield self._row(read, name, (*place.path, *read.outer, *self._object(reads, n)))

    def _object(self, reads: Sequence[_Read], n: int) -> tuple[str, ...]:
        """Name what a form is of, by its first line: "Tên công trình: Trường Tiểu học …"."""
        first = reads[0]
        is_form = not any(self._head.names) and len(self._columns.values) == 1
        if not is_form or not n or not signs.names_object(first.named.name) or not first.values:
            return ()
        return (first.values[0].text,)

    def _row(self, read: _Read, name: str, path: Sequence[str]) -> Row:
        cells = sorted((*read.values, *read.merged), key=lambda cell: cell.column)
        own = read.row.own
        whole = Span(own[0].span.start, own[-1].span.end) if self._is_part else read.row.line.span
        spans = tuple(sorted({*(cell.span for cell in read.merged), whole}))
        outer = dict.fromkeys(part for part in path if part and part != name)
        return Row(
            read.row.line,
            STEP.join(outer),
            self._total_name(name),
            read.unit,
            tuple(Cell(self._name_of(cell), cell.span) for cell in cells),
            self._said,
            spans if self._is_part or read.merged else (),
        )

    def _name_of(self, cell: GridCell) -> str:
        """Name the column of a cell; of one merged over several, what their names share."""
        if cell.columns == 1:
            return self._names[cell.column]
        covered = [n for n in self._columns.values if cell.column <= n < cell.column + cell.columns]
        paths = [self._head.paths[n] for n in covered]
        shared = [names[0] for names in zip(*paths, strict=False) if len(set(names)) == 1]
        if shared and len(covered) > 1:
            return UNDER.join(shared)
        return ", ".join(dict.fromkeys(self._names[n] for n in covered if self._names[n]))

    def _read(self, row: GridRow) -> _Read:
        columns = self._columns
        outer, name, aside, taken = self._labels(row)
        order = row.over.get(columns.order) if columns.order is not None else None
        values = tuple(
            cell
            for cell in row.own
            if cell not in taken and cell is not order and self._is_value(cell)
        )
        if order is not None and not name and not taken and not signs.read_mark(order.text):
            name, order = order.text, None  # "Tổng cộng" typed in the column of numbers
        merged = tuple(
            cell
            for n, cell in row.over.items()
            if n in columns.values
            and n == cell.column
            and cell not in row.own
            and not signs.is_figure(cell.text)
            and values
        )
        mark = order.text if order in row.own and order is not None else ""
        is_wide = row.own[0].columns * 2 > len(self._head.paths)
        named = Named(name, mark, bool(values), aside, is_wide)
        return _Read(row, named, outer, self._unit(row), values, merged)

    def _is_value(self, cell: GridCell) -> bool:
        return any(cell.column <= n < cell.column + cell.columns for n in self._columns.values)

    def _labels(self, row: GridRow) -> tuple[tuple[str, ...], str, int, tuple[GridCell, ...]]:
        """Give the names before a row's own, its own, how far in it stands, and their cells."""
        labels = self._columns.labels
        if row.is_lone and self._is_wide(row.own[0]):
            return (), row.own[0].text, 0, row.own
        found = [(n, cell) for n in labels if (cell := row.over.get(n))]
        found = [
            (n, cell) for m, (n, cell) in enumerate(found) if cell not in [c for _, c in found[:m]]
        ]
        cells = tuple(cell for _, cell in found)
        if not found:
            return (), "", 0, ()
        name = self._with_word(*found[-1])
        if self._columns.nested:
            outer = tuple(cell.text for _, cell in found[:-1])
            return outer, name, labels.index(found[-1][0]), cells
        if signs.is_total(found[0][1].text):
            self._last_outer = {}
            return (), " ".join(cell.text for cell in cells), 0, cells
        self._last_outer |= {n: self._with_word(n, cell) for n, cell in found}
        own = found[-1][0]
        names = [self._last_outer[n] for n in labels if n < own and n in self._last_outer]
        return tuple(names), name, 0, cells

    def _is_wide(self, cell: GridCell) -> bool:
        """Whether a row's only cell names a group, rather than being a value of the row above."""
        if not self._columns.values or any(
            cell.column <= n < cell.column + cell.columns for n in self._columns.labels
        ):
            return True
        wide = cell.columns * 2 > len(self._head.paths)
        return wide or (cell.column == self._columns.order and not signs.read_mark(cell.text))

    def _with_word(self, column: int, cell: GridCell) -> str:
        """Put "Xã" before the name of a place in a column of that head."""
        name = cell.text
        word = _PLACES.get(fold(UNDER.join(self._head.paths[column][-1:])).strip(" .:"), "")
        if not word or signs.is_total(name) or _PLACE_WORD.match(name):
            return name
        plain = bool(signs.read_mark(name)) or signs.is_year(name)
        return f"{word} {name}" if (plain if word in _TIMES else name[:1].isupper()) else name

    def _unit(self, row: GridRow) -> str:
        if self._columns.unit is None:
            return ""
        cell = row.over.get(self._columns.unit)
        text = signs.full_unit(cell.text) if cell else ""
        if cell is not None and signs.repeats_above(text):
            return self._last_unit
        self._last_unit = text or self._last_unit
        return text

    def _total_name(self, name: str) -> str:
        """Say of which places a table's total is."""
        head = self._head.paths[self._columns.labels[0]] if self._columns.labels else ()
        heads_places = fold(" ".join(head)).startswith(
            ("xa", "huyen", "ban", "thon", "don vi", "dia")
        )
        if not signs.is_total(name) or not heads_places:
            return name
        return f"{name} các {head[-1][:1].lower()}{head[-1][1:]}"

    def _head_alone(self) -> Iterator[Row]:
        """Give the lines of a table that has nothing but a head."""
        for row in self._head_rows:
            yield Row(row.line, "", "", "", (), self._said)


def _repeats_head(head: Head, row: GridRow) -> bool:
    if row.is_flagged or signs.is_count_row(row.texts):
        return bool(head.rows)
    return tuple(row.texts) in head.rows


def _says_unit(row: GridRow) -> bool:
    return row.is_lone and signs.is_unit_line(row.texts[0])
