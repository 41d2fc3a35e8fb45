"""Gather a document's blocks with the fonts of their text, and turn all of it into Unicode at once.

What encoding letters are in shows from the whole document, not from one paragraph.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Block, TableBlock, TableCell, TableRow, TextBlock, TextKind
from ingest.formats.legacy_letters import Run, convert_runs

_BETWEEN = Run("\n")


@dataclass(frozen=True, slots=True)
class DraftText:
    """A paragraph, heading or footnote as the format gives it."""

    runs: tuple[Run, ...]
    kind: TextKind = TextKind.PARAGRAPH
    level: int = 0
    number: str = ""
    page: int | None = None
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class DraftCell:
    """A cell of a table as the format gives it."""

    runs: tuple[Run, ...]
    column: int
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A row of a table as the format gives it."""

    cells: tuple[DraftCell, ...]
    page: int | None = None
    header: bool = False


@dataclass(frozen=True, slots=True)
class DraftTable:
    """A table as the format gives it."""

    rows: tuple[DraftRow, ...]


Draft = DraftText | DraftTable


def finish(drafts: Sequence[Draft]) -> tuple[tuple[Block, ...], str]:
    """Give the blocks that show something, in stored form, and the legacy encodings found."""
    runs: list[Run] = []
    for part in _parts(drafts):
        runs.extend(part)
        runs.append(_BETWEEN)
    converted, encoding = convert_runs(runs)
    texts = _joined(drafts, converted)
    blocks: list[Block] = []
    for draft in drafts:
        if isinstance(draft, DraftTable):
            rows = tuple(row for row in (_row(row, texts) for row in draft.rows) if row.cells)
            if rows:
                blocks.append(TableBlock(rows))
        elif text := next(texts):
            blocks.append(
                TextBlock(
                    text,
                    draft.kind,
                    draft.level,
                    draft.number,
                    draft.page,
                    left_out=draft.left_out,
                )
            )
    return tuple(blocks), encoding


def _parts(drafts: Sequence[Draft]) -> Iterator[tuple[Run, ...]]:
    for draft in drafts:
        if isinstance(draft, DraftText):
            yield draft.runs
        else:
            for row in draft.rows:
                yield from (cell.runs for cell in row.cells)


def _joined(drafts: Sequence[Draft], converted: Sequence[str]) -> Iterator[str]:
    at = 0
    for part in _parts(drafts):
        yield " ".join("".join(converted[at : at + len(part)]).split())
        at += len(part) + 1


def _row(row: DraftRow, texts: Iterator[str]) -> TableRow:
    cells = (TableCell(next(texts), cell.column, cell.columns, cell.rows) for cell in row.cells)
    return TableRow(tuple(cell for cell in cells if cell.text), row.page, row.header)
