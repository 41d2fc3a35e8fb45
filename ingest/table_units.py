"""Give a table's columns the units that its caption, or a row of units, states for them."""

from collections.abc import Sequence

from ingest import table_signs as signs
from ingest.table_columns import Columns
from ingest.table_head import Head
from units import read_stated_unit, read_unit
from vietnamese import fold

_NO_UNIT = ("ty le", "ti le", "ty trong", "so sanh", "%", "tang", "giam", "so voi", "co cau", "he so",
            "ghi chu", "muc do", "th/kh", "dat", "thoi")  # fmt: skip


def table_unit(caption: Sequence[str]) -> str:
    """Give the unit that the lines above a table state for all of it; the last one said."""
    stated = [unit for line in caption if (unit := signs.caption_unit(line))]
    return signs.full_unit(stated[-1]) if stated and signs.is_unit(stated[-1]) else ""


def column_units(head: Head, columns: Columns, unit: str) -> tuple[str, ...]:
    """Name the columns with their units: "Dự toán (triệu đồng)".

    A column whose own name tells how it is measured does not take the table's unit, nor does any
    where the rows have units of their own.
    """
    named = []
    for n, name in enumerate(head.names):
        own = signs.full_unit(head.units[n])
        if not own and unit and n in columns.figures and columns.unit is None and _takes(name):
            own = unit
        named.append(f"{name} ({own})".strip() if own and not signs.bracketed(name) else name)
    return tuple(named)


def _takes(name: str) -> bool:
    """Say whether a column's name leaves open what it is measured in."""
    if read_stated_unit(name) or "%" in name:
        return False
    parts = [part.strip() for part in fold(name).split(" - ")]
    if any(part.startswith(_NO_UNIT) for part in parts):
        return False
    counted = name.split(" - ")[-1].partition(" ")
    unit = read_unit(counted[2], 0, loose=False) if fold(counted[0]) == "so" else None
    return unit is None or not unit.known
