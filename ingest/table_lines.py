"""Bind the rows of a table in plain text to its header and row groups, by tabs.

A table may be broken into blocks by blank lines, rows may lack cells at the left or be a
continuation of the row above; the header is bound to all of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lines import Line
from ingest.table_rows import Row
from records import Cell, Span
from vietnamese import fold

_NUMBERING = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[a-zđ]|[A-H]|\*|-|\+)[.)]?")
_NUMBERING_HEADER = re.compile(r"(?:stt|tt|so tt|so thu tu|no)\.?")
_UNIT_HEADER = re.compile(r"(?:dvt|dv tinh|don vi|don vi tinh)\.?")


@dataclass(frozen=True, slots=True)
class _Slot:
    text: str
    span: Span


def bind_lines(lines: Sequence[Line]) -> list[Row]:
    """Give the rows of one table, all its lines in order, with header and groups resolved.

    Rows without any value (a group's name, the header) are not rows of their own.
    """
    slots = [_slots(line) for line in lines]
    header, first = _header(slots)
    label_at = _label_column(header, slots[first:])
    unit_at = next((n for n, name in enumerate(header) if _UNIT_HEADER.fullmatch(fold(name))), None)
    rows: list[Row] = []
    group = ""
    for line, row in zip(lines[first:], slots[first:], strict=True):
        row = _aligned(row, len(header), label_at)
        label = row[label_at].text if label_at < len(row) else ""
        numbered = label_at > 0 and bool(row[0].text)
        values = [
            (n, slot) for n, slot in enumerate(row) if n > label_at and n != unit_at and slot.text
        ]
        if numbered or (label and not values):
            group = ""
        if not values:
            group = label.rstrip(": ")
            continue
        if not label and not numbered and rows:  # a page break cut the row above
            label = rows[-1].name
        name = label.lstrip("-+* ").rstrip(": ")
        unit = row[unit_at].text if unit_at is not None and unit_at < len(row) else ""
        cells = tuple(Cell(header[n] if n < len(header) else "", slot.span) for n, slot in values)
        rows.append(Row(line, group, name, unit, cells))
    return rows


def _slots(line: Line) -> list[_Slot]:
    slots = []
    start = line.raw_start
    for raw in line.raw.split("\t"):
        text = raw.strip()
        at = start + (raw.index(text) if text else 0)
        slots.append(_Slot(text, Span(at, at + len(text))))
        start += len(raw) + 1
    return slots


def _header(slots: Sequence[Sequence[_Slot]]) -> tuple[list[str], int]:
    """Name the columns, and count the lines that takes (0 if the table has no header)."""
    first = slots[0]
    named = sum(bool(slot.text) for slot in first)
    starts_like_one = bool(_NUMBERING_HEADER.fullmatch(fold(first[0].text)))
    figures = sum(bool(re.fullmatch(r"[\d.,%/\s]+", slot.text)) for slot in first if slot.text)
    if not starts_like_one and (named < 2 or figures or len(slots) < 2):
        return [""] * max(len(row) for row in slots), 0
    names = [slot.text for slot in first]
    lines = 1
    # A second header line has names only under columns that the first leaves open or groups.
    while lines < len(slots) - 1 and starts_like_one and _is_subheader(slots[lines]):
        names = _below(names, [slot.text for slot in slots[lines]])
        lines += 1
    return names, lines


def _is_subheader(row: Sequence[_Slot]) -> bool:
    filled = [slot.text for slot in row if slot.text]
    return (
        not row[0].text
        and (len(row) < 2 or not row[1].text)
        and len(filled) >= 2
        and not any(re.search(r"\d[.,]\d|^\d+$|%$", text) for text in filled)
    )


def _below(upper: list[str], lower: list[str]) -> list[str]:
    names, spanning = [], ""
    for n in range(max(len(upper), len(lower))):
        above = upper[n] if n < len(upper) else ""
        below = lower[n] if n < len(lower) else ""
        spanning = above or spanning
        names.append(f"{spanning} - {below}" if below else above)
    return names


def _label_column(header: Sequence[str], rows: Sequence[Sequence[_Slot]]) -> int:
    """Find the column that names the rows: the first after the numbering."""
    if header and _NUMBERING_HEADER.fullmatch(fold(header[0])):
        return 1
    numbered = sum(bool(_NUMBERING.fullmatch(row[0].text)) for row in rows if row[0].text)
    return 1 if rows and numbered > len(rows) / 2 else 0


def _aligned(row: list[_Slot], columns: int, label_at: int) -> list[_Slot]:
    """Move a row whose numbering cell is missing back under its columns."""
    first = row[0]
    shifted = label_at == 1 and first.text and not _NUMBERING.fullmatch(first.text)
    if shifted and (len(row) < columns or not row[-1].text):
        empty = _Slot("", Span(first.span.start, first.span.start))
        row = [empty, *row]
        if len(row) > columns and not row[-1].text:
            row = row[:-1]
    return row
