"""Carry a table's bound rows: what each is about, and its values under their columns."""

from dataclasses import dataclass

from ingest.lines import Line
from records import Cell, Span

STEP = " › "  # between a row's groups, outermost first
UNDER = " - "  # between a column's names, outermost first


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: what it is about, and its values under their columns."""

    line: Line
    group: str  # "Cơ cấu ngành kinh tế"; "" if the row is in no named group
    name: str  # "Nông, lâm nghiệp và thủy sản"
    unit: str  # from a unit column; "" if there is none
    cells: tuple[Cell, ...]
    caption: tuple[str, ...] = ()  # said of the table within it: its title, its unit
    spans: tuple[Span, ...] = ()  # where it stands if that is not its whole line

    @property
    def places(self) -> tuple[Span, ...]:
        """Where the row stands: its line, its half of it, and values merged with rows above."""
        return self.spans or (self.line.span,)
