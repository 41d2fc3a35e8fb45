"""Lay out what stands on a sheet: paragraphs, tables and footnotes in reading order."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.document import TableCell, TableRow
from ingest.formats.pdf.aligned_tables import AlignedTable, find_aligned_tables
from ingest.formats.pdf.columns import Column, Margins, cut_segments, read_columns
from ingest.formats.pdf.footnote_area import Note, cut_footnotes
from ingest.formats.pdf.grids import Grid, has_data
from ingest.formats.pdf.joined_text import join_lines
from ingest.formats.pdf.lines import build_lines
from ingest.formats.pdf.page_words import PageWord, Sheet, TextLine
from ingest.formats.pdf.paragraphs import Paragraph, build_paragraphs, usual_step

_FEW_LINES = 8  # too few to tell a sheet's margins by
_MANY_LINES = 20  # enough to tell how far apart they stand


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table, or the part of one that stands on one sheet."""

    rows: tuple[TableRow, ...]
    edges: tuple[float, ...]  # of its columns
    width: float  # of the sheet


Item = Paragraph | SheetTable | Note


def lay_out(
    sheet: Sheet, words: Sequence[PageWord], grids: Sequence[Grid], margins: Margins, size: float
) -> list[Item]:
    """Give what stands on a sheet in reading order, its footnotes last.

    Args:
        sheet: For its ruled lines.
        words: Those of the sheet that are content.
        grids: Ruled tables of the sheet, from the top down.
        margins: Of the document, see `find_margins`.
        size: Of most letters of the document, in points.
    """
    in_grids: list[list[PageWord]] = [[] for _ in grids]
    free: list[PageWord] = []
    for word in words:
        own = next(
            (
                n
                for n, grid in enumerate(grids)
                if grid.holds(word.middle, word.baseline - 0.3 * word.size)
            ),
            None,
        )
        (free if own is None else in_grids[own]).append(word)
    rules = [
        rule for rule in sheet.rules if not any(grid.holds(rule.left, rule.top) for grid in grids)
    ]
    text, notes = cut_footnotes(rules, free, sheet, size)
    items: list[Item] = []
    for n, grid in enumerate(grids):
        middle = (grid.top + grid.bottom) / 2
        items.extend(_band([word for word in text if word.baseline <= middle], sheet, margins))
        text = [word for word in text if word.baseline > middle]
        items.extend(_grid_items(grid, in_grids[n], sheet))
    items.extend(_band(text, sheet, margins))
    return [*items, *notes]


def find_margins(sheets: Sequence[Sequence[PageWord]]) -> tuple[list[Margins], float]:
    """Give the margins of each sheet and the size of most letters of a document.

    Args:
        sheets: The words of each, outside tables and furniture.
    """
    lines = [build_lines(words) for words in sheets]
    letters = Counter[float]()
    for line in (line for own in lines for line in own):
        letters[line.size] += len(line.text)
    size = letters.most_common(1)[0][0] if letters else 12.0
    known = [_margins(own, size) for own in lines if len(own) >= _FEW_LINES]
    usual = Margins(0.0, 0.0, 0.0)
    if known:
        usual = Margins(
            _middle([one.left for one in known]),
            _middle([one.right for one in known]),
            _middle([one.step for one in known if one.step]),
        )
    result = []
    for own in lines:
        if len(own) >= _FEW_LINES:
            margins = _margins(own, size)
            result.append(replace(margins, step=margins.step or usual.step))
        elif own:
            left, right = min(ln.left for ln in own), max(ln.right for ln in own)
            result.append(
                Margins(min(left, usual.left or left), max(right, usual.right), usual.step)
            )
        else:
            result.append(usual)
    return result, size


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2] if values else 0.0


def _margins(lines: Sequence[TextLine], size: float) -> Margins:
    body = [line for line in lines if abs(line.size - size) < 1.1] or list(lines)
    rights = sorted((line.right for line in body), reverse=True)
    right = rights[len(rights) // 12]  # a line or two may stick out
    lefts = Counter(round(line.left / 2) * 2 for line in body)
    outermost = min(line.left for line in body)
    # What hangs out of the text, a bullet say, does not set its margin.
    step = usual_step(body) if len(body) >= _MANY_LINES else 0.0
    often = [left for left, count in lefts.items() if count >= max(2, len(body) // 10)]
    most = min(often, default=outermost)
    left = min(line.left for line in body if line.left >= most - 2)
    return Margins(left, right, step)


def _band(words: Sequence[PageWord], sheet: Sheet, margins: Margins) -> list[Item]:
    items: list[Item] = []
    rows = [cut_segments(line) for line in build_lines(words)]
    start = 0
    for table in find_aligned_tables(rows):
        items.extend(_paragraphs(rows[start : table.start], margins))
        items.append(_aligned(table, sheet))
        start = table.end
    items.extend(_paragraphs(rows[start:], margins))
    return items


def _paragraphs(rows: Sequence[list[TextLine]], margins: Margins) -> list[Item]:
    items: list[Item] = []
    flowing: Column | None = None
    for column in read_columns(rows, margins):
        paragraphs = build_paragraphs(column)
        if flowing and items and paragraphs and _flows(items[-1], paragraphs[0]):
            above, rest = items.pop(), paragraphs.pop(0)
            assert isinstance(above, Paragraph)  # _flows has seen it
            items.append(
                Paragraph(
                    (*above.lines, *rest.lines),
                    rest.column,
                    indented=above.indented,
                    is_full=rest.is_full,
                )
            )
        items.extend(paragraphs)
        flowing = column if column.flows else None
    return items


def _flows(above: Item, below: Paragraph) -> bool:
    return isinstance(above, Paragraph) and above.is_full and not below.indented


def _grid_items(grid: Grid, words: Sequence[PageWord], sheet: Sheet) -> list[Item]:
    """Give a grid as a table, or as paragraphs where it only frames text."""
    own: list[list[PageWord]] = [[] for _ in grid.boxes]
    for word in words:
        x, y = word.middle, word.baseline - 0.3 * word.size
        distances = [
            (max(box.left - x, x - box.right, 0.0) + max(box.top - y, y - box.bottom, 0.0), n)
            for n, box in enumerate(grid.boxes)
        ]
        own[min(distances)[1]].append(word)
    filled = [(box, group) for box, group in zip(grid.boxes, own, strict=True) if group]
    if not has_data({(box.row, box.column) for box, _ in filled}):
        return [
            paragraph
            for _, group in filled
            for column in read_columns([cut_segments(line) for line in build_lines(group)], None)
            for paragraph in build_paragraphs(column)
        ]
    rows = []
    for row in range(len(grid.down) - 1):
        cells = tuple(
            _cell(build_lines(group), box.column, box.columns, box.rows, box.right - box.left)
            for box, group in zip(grid.boxes, own, strict=True)
            if box.row == row
        )
        if any(cell.text for cell in cells):
            rows.append(TableRow(cells, sheet.page))
    return [SheetTable(tuple(rows), grid.across, sheet.width)]


def _aligned(table: AlignedTable, sheet: Sheet) -> SheetTable:
    rows = tuple(
        TableRow(
            tuple(_cell([line], column, columns, 1) for line, column, columns in row), sheet.page
        )
        for row in table.rows
    )
    return SheetTable(rows, table.edges, sheet.width)


def _cell(
    lines: Sequence[TextLine], column: int, columns: int, rows: int, width: float = 0.0
) -> TableCell:
    text, words = join_lines(lines, width)
    return TableCell(text, column, columns, rows, words)
