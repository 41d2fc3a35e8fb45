"""Join what page breaks cut: paragraphs, footnotes and tables go on on the next page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from ingest.document import TableRow
from ingest.formats.pdf.footnote_area import Note
from ingest.formats.pdf.page_layout import Item, SheetTable
from ingest.formats.pdf.paragraphs import NUMBERED, Paragraph, ends_sentence
from ingest.formats.pdf.split_rows import goes_on, join_row

_EDGE = 0.02  # of the sheet's width, by which edges of one table may differ
_HEADER_ROWS = 4
_NAMED = 12  # letters of a row that names columns
_SLIPS = 82  # of 100: likeness of two readings of one row


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """What stands on a page, and whether it goes on from the page before."""

    item: Item
    page: int
    continues: bool = False


def join_pages(pages: Sequence[tuple[int, Sequence[Item]]]) -> list[PlacedItem]:
    """Give the items of all sheets in order, each knowing whether it goes on from another."""
    result: list[PlacedItem] = []
    uses_indents = _uses_indents([item for _, items in pages for item in items])
    for page, items in pages:
        texts = [n for n, item in enumerate(items) if not isinstance(item, Note)]
        for n, item in enumerate(items):
            placed = PlacedItem(item, page)
            if isinstance(item, Note):
                placed = replace(placed, continues=not item.number and _has_note(result))
            elif n == (texts[0] if texts else -1):
                above = next(
                    (
                        m
                        for m in reversed(range(len(result)))
                        if not isinstance(result[m].item, Note)
                    ),
                    None,
                )
                if above is not None and result[above].page in (page - 1, page):
                    placed = _joined(result, above, placed, uses_indents)
            result.append(placed)
    return result


def _joined(
    result: list[PlacedItem], above: int, placed: PlacedItem, uses_indents: bool
) -> PlacedItem:
    before, item = result[above].item, placed.item
    if isinstance(before, Paragraph) and isinstance(item, Paragraph):
        return replace(placed, continues=_goes_on(before, item, uses_indents))
    if isinstance(before, SheetTable) and isinstance(item, SheetTable) and _same(before, item):
        head = _repeated_head(_first_part(result, above), item)
        if head:
            _mark_head(result, above, head)
            rows = tuple(
                replace(row, header=True) if n < head else row for n, row in enumerate(item.rows)
            )
            item = replace(item, rows=rows)
        last, first = before.rows[-1], item.rows[head] if head < len(item.rows) else None
        if first and goes_on(last, first, (*before.rows, *item.rows)):
            whole = (*before.rows[:-1], join_row(last, first))
            result[above] = replace(result[above], item=replace(before, rows=whole))
            item = replace(item, rows=(*item.rows[:head], *item.rows[head + 1 :]))
        return replace(placed, item=item, continues=True)
    return placed


def _goes_on(above: Paragraph, below: Paragraph, uses_indents: bool) -> bool:
    last, first = above.lines[-1], below.lines[0]
    text = first.text
    if abs(last.size - first.size) > 0.12 * last.size or below.centred or above.centred:
        return False
    if text[0].islower() and not NUMBERED.match(text):
        return not ends_sentence(last.text)
    if NUMBERED.match(text) or not above.is_full or below.indented:
        return False
    if last.bold != first.bold:
        return False
    return uses_indents or not ends_sentence(last.text)


def _uses_indents(items: Sequence[Item]) -> bool:
    """Whether most paragraphs of prose begin with an indent."""
    prose = [item for item in items if isinstance(item, Paragraph) and len(item.lines) >= 2]
    return sum(item.indented for item in prose) > 0.6 * len(prose)


def _has_note(result: Sequence[PlacedItem]) -> bool:
    return any(isinstance(one.item, Note) for one in result)


def _same(above: SheetTable, below: SheetTable) -> bool:
    """Whether two tables have the same columns, wherever on the sheet they stand."""
    if len(above.edges) != len(below.edges):
        return False
    return all(
        abs(a / above.width - b / below.width) <= _EDGE
        for a, b in zip(above.edges, below.edges, strict=True)
    )


def _first_part(result: Sequence[PlacedItem], n: int) -> SheetTable:
    """Give the part of a table that has its head, above all parts that go on from it."""
    tables = [one for one in result[: n + 1] if isinstance(one.item, SheetTable)]
    while len(tables) > 1 and tables[-1].continues:
        tables.pop()
    item = tables[-1].item
    assert isinstance(item, SheetTable)  # only tables are in the list
    return item


def _repeated_head(first: SheetTable, below: SheetTable) -> int:
    """Count the rows at the top of a table's part that repeat its head."""
    count = 0
    for ours, theirs in zip(first.rows[:_HEADER_ROWS], below.rows, strict=False):
        if not _alike(ours, theirs):
            break
        count += 1
    return count


def _alike(ours: TableRow, theirs: TableRow) -> bool:
    """Whether two rows say the same; names of columns may be read from a picture with slips."""
    one, other = (
        "|".join("".join(cell.text.split()) for cell in row.cells).casefold()
        for row in (ours, theirs)
    )
    if one == other:
        return bool(one.strip("|"))
    if one[:1].isdigit():
        return False  # rows that are numbered differ by what they say
    letters = sum(map(str.isalpha, one)) >= _NAMED and sum(map(str.isalpha, other)) >= _NAMED
    return letters and fuzz.ratio(one, other) >= _SLIPS


def _mark_head(result: list[PlacedItem], n: int, head: int) -> None:
    tables = [m for m in range(n + 1) if isinstance(result[m].item, SheetTable)]
    while len(tables) > 1 and result[tables[-1]].continues:
        tables.pop()
    first = result[tables[-1]]
    assert isinstance(first.item, SheetTable)  # only tables are in the list
    rows = tuple(
        replace(row, header=True) if k < head else row for k, row in enumerate(first.item.rows)
    )
    result[tables[-1]] = replace(first, item=replace(first.item, rows=rows))
