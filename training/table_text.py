"""Write a table row as one line of text that a model can read, and know where each cell is in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from records import Span


@dataclass(frozen=True, slots=True)
class TableText:
    """A row as text: "Tỷ lệ hộ nghèo (%): Năm 2023 22,13; Năm 2024 18,5"."""

    text: str
    cells: tuple[Span, ...]  # of `text`: the values, left to right


def lay_out_cells(label: str, cells: Sequence[tuple[str, str]]) -> TableText:
    """Write a row.

    Args:
        label: What the row is about, with its unit.
        cells: Header and value of each cell that is filled, left to right.
    """
    text = f"{label}:"
    spans = []
    for n, (column, value) in enumerate(cells):
        text += f"{';' if n else ''} {column}".rstrip() + " "
        spans.append(Span(len(text), len(text) + len(value)))
        text += value
    return TableText(text, tuple(spans))
