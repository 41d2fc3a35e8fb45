"""Write a document's blocks down as a report's stored text, one line a block or table row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.document import Block, Document, TableBlock, TableRow, TextBlock, TextKind, Word
from ingest.lines import FormatHint, GridCell, Line
from records import Span, WordPlace

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class RenderedDocument:
    """A document's stored text, its lines with what the format said of them, and its pages."""

    text: str
    lines: tuple[Line, ...]
    page_starts: tuple[int, ...]  # offset at which each page starts; empty: no pages
    places: tuple[WordPlace, ...]  # in order; empty: nothing is known of words on pages
    tables: int


@dataclass(frozen=True, slots=True)
class _Written:
    """A line before it knows where in the text it stands; offsets are of the line."""

    raw: str
    hint: FormatHint
    page: int | None
    words: tuple[Word, ...]


def render_document(document: Document) -> RenderedDocument:
    """Write a document down; blocks that show nothing are left away."""
    lines: list[Line] = []
    places: list[WordPlace] = []
    starts: list[int] = []
    raws: list[str] = []
    at = 0
    for written in _written(document.blocks):
        stripped = written.raw.strip()
        if not stripped:
            continue
        start = at + written.raw.index(stripped)
        span = Span(start, start + len(stripped))
        lines.append(Line(span, stripped, written.raw, at, _moved(written.hint, at)))
        if written.page is not None:
            # A page that nothing stands on starts where the next one does.
            starts.extend([at] * (written.page - len(starts)))
            places.extend(_place(word, at, written.page) for word in written.words)
        raws.append(written.raw)
        at += len(written.raw) + 1
    if starts:
        starts.extend([at] * (len(document.pages) - len(starts)))
    tables = max((line.hint.table for line in lines if line.hint), default=0)
    return RenderedDocument("\n".join(raws), tuple(lines), tuple(starts), tuple(places), tables)


def _written(blocks: Sequence[Block]) -> Iterator[_Written]:
    table = 0
    for block in blocks:
        if isinstance(block, TextBlock):
            yield _text(block)
            continue
        if not block.continues or not table:
            table += 1
        yield from _rows(block, table)


def _text(block: TextBlock) -> _Written:
    text, words = block.text, block.words
    if block.kind is TextKind.FOOTNOTE and block.number and not block.continues:
        mark = f"{block.number.translate(_RAISED)} "
        text = mark + text
        words = tuple(replace(w, start=w.start + len(mark), end=w.end + len(mark)) for w in words)
    hint = FormatHint(
        kind=block.kind,
        level=block.level,
        number=block.number,
        continues=block.continues,
        left_out=block.left_out,
    )
    return _Written(text, hint, block.page, words)


def _rows(block: TableBlock, table: int) -> Iterator[_Written]:
    for row in block.rows:
        yield _row(row, table)


def _row(row: TableRow, table: int) -> _Written:
    """Put each cell at its column: a tab for every column before it."""
    raw = ""
    cells: list[GridCell] = []
    words: list[Word] = []
    for cell in sorted(row.cells, key=lambda cell: cell.column):
        if not cell.text:
            continue
        raw += "\t" * max(cell.column - raw.count("\t"), 1 if raw else 0)
        at = len(raw)
        raw += cell.text
        span = Span(at, len(raw))
        cells.append(GridCell(cell.text, span, cell.column, cell.columns, cell.rows))
        words.extend(replace(w, start=at + w.start, end=at + w.end) for w in cell.words)
    hint = FormatHint(table=table, cells=tuple(cells), header=row.header)
    return _Written(raw, hint, row.page, tuple(words))


def _moved(hint: FormatHint, at: int) -> FormatHint:
    if not hint.cells:
        return hint
    cells = tuple(
        GridCell(
            cell.text,
            Span(at + cell.span.start, at + cell.span.end),
            cell.column,
            cell.columns,
            cell.rows,
        )
        for cell in hint.cells
    )
    return FormatHint(table=hint.table, cells=cells, header=hint.header)


def _place(word: Word, at: int, page: int) -> WordPlace:
    box = word.box
    span = Span(at + word.start, at + word.end)
    return WordPlace(span, word.page or page, box.left, box.top, box.right, box.bottom)
