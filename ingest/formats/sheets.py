"""Carry what a spreadsheet's reader found, before tables are told from the text around them."""

from dataclasses import dataclass, field

from ingest.formats.legacy_letters import Run

# Filled cells of a workbook that are read: a table of a province's households by village. More is a
# database rather than a report, and would take minutes.
MOST_CELLS = 400_000
# Characters of a workbook that are read: cells may share one long text and so swell without end.
MOST_CHARACTERS = 20_000_000
LAST_ROW = 1_048_575  # of any sheet in Excel, from 0
LAST_COLUMN = 16_383


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells shown as one: first and last row and column, from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """A sheet of a workbook: the cells that show something, by row and column from 0."""

    name: str
    is_hidden: bool = False
    rows: dict[int, dict[int, tuple[Run, ...]]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    ruled: set[int] = field(default_factory=set)  # rows with lines drawn between their cells
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    without_value: int = 0  # formulas that the file gives no value for


@dataclass(slots=True)
class Workbook:
    """What is read of a workbook, and how much more may be."""

    sheets: list[Sheet] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    cells_left: int = MOST_CELLS
    characters_left: int = MOST_CHARACTERS

    @property
    def is_full(self) -> bool:
        """Whether no more is taken; the rest is told of in a warning."""
        return self.cells_left <= 0 or self.characters_left <= 0

    def put(self, sheet: Sheet, row: int, column: int, runs: tuple[Run, ...]) -> None:
        """Set a cell that shows something; nothing happens once the workbook is full."""
        if self.is_full or not (0 <= row <= LAST_ROW and 0 <= column <= LAST_COLUMN):
            return
        characters = sum(len(run.text) for run in runs)
        if not any(run.text.strip() for run in runs):
            return
        sheet.rows.setdefault(row, {})[column] = runs
        self.cells_left -= 1
        self.characters_left -= characters
