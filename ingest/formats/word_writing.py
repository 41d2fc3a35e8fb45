"""Make a document's blocks of the paragraphs and tables read from a Word file."""

import re
from collections.abc import Iterator, Sequence

from ingest.document import Block, TableBlock, TableCell, TableRow, TextBlock, TextKind
from ingest.formats.diacritics import mend_marks
from ingest.formats.layout_tables import (
    is_formula,
    only_places_text,
    split_side_by_side,
    stands_beside,
)
from ingest.formats.word_parts import (
    Cell,
    Item,
    Letters,
    Note,
    NoteMark,
    PageBreak,
    Paragraph,
    Row,
    Table,
    Text,
)
from ingest.formats.word_runs import RAISED

HIDDEN = "chữ ẩn"
# Heading styles are often chosen for their look, and outline levels pasted with text: an item of a
# list is no heading, nor is a sentence longer than the second of these; characters.
_LONGEST_HEADING, _LONGEST_SENTENCE = 300, 120
_ITEM = re.compile(r"\s*[-+*•–]\s*[^-+*•–\s]")
_SPACES = re.compile(r"[ \t]+")
# A typed reference to a note: "5", "(5)", "[5]", set above the line.
_RAISED_MARK = re.compile(r"[(\[]?(\d{1,3})[)\]]?")
_DEGREE = re.compile(r"(?<=\d)[oO]$")
# What begins a line of its own after a line break typed within a paragraph.
_BEGINS = re.compile(
    r"\s*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)/]|\(?[a-zđ][)]|[IVX]{1,5}[.)-]|[-+*•–])\s*\S|\s*Điều \d",
    re.ASCII,
)
_ENDS = re.compile(r"[.;:!?…]\s*$")


class BlockWriter:
    """Write blocks; with pages where the file's can be trusted."""

    def __init__(self, letters: Letters, *, paged: bool) -> None:
        self._letters = letters
        self._paged = paged

    def write(self, items: Sequence[Item]) -> Iterator[Block]:
        """Give the blocks of paragraphs and tables, in reading order."""
        for item in items:
            if isinstance(item, Paragraph):
                yield from self._paragraph(item)
            else:
                yield from self._table(item)

    def write_left_out(self, items: Sequence[Item], why: str) -> Iterator[TextBlock]:
        """Give each text of paragraphs and tables once, as no content."""
        texts = dict.fromkeys(self._joined(item) for item in items)
        return (TextBlock(text, left_out=why) for text in texts if text and not text.isdecimal())

    def _paragraph(self, paragraph: Paragraph) -> Iterator[Block]:
        shown = list(self._pages(paragraph))
        heading = paragraph.level > 0 and _heads("".join(text for _, text in shown))
        kind = TextKind.HEADING if heading else TextKind.PARAGRAPH
        level = paragraph.level if heading else 0
        before = False
        for page, text in shown:
            for n, line in enumerate(_lines(text)):
                goes_on = before and n == 0
                yield TextBlock(
                    line, kind, level, page=self._page(page), continues=goes_on,
                    left_out=paragraph.left_out,
                )  # fmt: skip
                before = True
        hidden = _clean("".join(self._texts(paragraph, hidden=True)))
        if hidden:
            yield TextBlock(hidden, page=self._page(paragraph.page), left_out=HIDDEN)
        yield from self.write(paragraph.boxes)
        for note in paragraph.notes:
            yield self._note(note)

    def _note(self, note: Note) -> TextBlock:
        text = " ".join(self._joined(paragraph) for paragraph in note.paragraphs)
        page = note.paragraphs[0].page if note.paragraphs else 1
        return TextBlock(text, TextKind.FOOTNOTE, number=note.number, page=self._page(page))

    def _table(self, table: Table) -> Iterator[Block]:
        shown = [[self._cell_lines(cell) for cell in row.cells] for row in table.rows]
        if only_places_text(shown):
            cells = [cell for row in table.rows for cell in row.cells]
            if is_formula(shown):
                text = self._formula(cells)
                yield TextBlock(text, page=self._page(table.rows[0].page))
                for cell in cells:
                    yield from self._beside(cell.items)
                return
            # Column by column, as the eye goes through a letterhead.
            for cell in sorted(cells, key=lambda cell: cell.column):
                yield from self.write(cell.items)
            return
        rows = tuple(self._row(row) for row in table.rows)
        yield TableBlock(tuple(row for row in rows if row.cells))
        for row in table.rows:
            for cell in row.cells:
                yield from self._beside(cell.items)

    def _formula(self, cells: Sequence[Cell]) -> str:
        """Write what stands above each other as a fraction: "A = B / C x 100 %"."""
        columns: dict[int, list[str]] = {}
        for cell in cells:
            columns.setdefault(cell.column, []).append(self._cell_lines(cell).replace("\n", " "))
        stacked = (" / ".join(filter(None, columns[column])) for column in sorted(columns))
        return " ".join(filter(None, stacked))

    def _beside(self, items: Sequence[Item]) -> Iterator[Block]:
        """Give what hangs on the paragraphs of a cell: notes and hidden words."""
        for item in items:
            if isinstance(item, Table):
                for row in item.rows:
                    for cell in row.cells:
                        yield from self._beside(cell.items)
                continue
            hidden = _clean("".join(self._texts(item, hidden=True)))
            if hidden:
                yield TextBlock(hidden, page=self._page(item.page), left_out=HIDDEN)
            yield from (self._note(note) for note in item.notes)

    def _row(self, row: Row) -> TableRow:
        cells = tuple(
            TableCell(
                self._joined(Table((Row((cell,), row.page, False),))),
                cell.column,
                cell.columns,
                cell.rows,
            )
            for cell in row.cells
        )
        return TableRow(cells, self._page(row.page), row.header)

    def _cell_lines(self, cell: Cell) -> str:
        return "\n".join(filter(None, (self._joined(item) for item in cell.items)))

    def _joined(self, item: Item) -> str:
        """Give all words of a paragraph or table in one line, with those of its text boxes."""
        if isinstance(item, Paragraph):
            own = _clean("".join(text for _, text in self._pages(item)))
            return " ".join(filter(None, [own, *(self._joined(box) for box in item.boxes)]))
        cells = (cell for row in item.rows for cell in row.cells)
        return " ".join(filter(None, (self._joined(i) for cell in cells for i in cell.items)))

    def _pages(self, paragraph: Paragraph) -> Iterator[tuple[int, str]]:
        """Give the text of a paragraph, parted by page, where there is any."""
        page = paragraph.page
        texts: list[str] = []
        pages: list[tuple[int, str]] = []
        for part in paragraph.parts:
            if isinstance(part, PageBreak):
                pages.append((page, "".join(texts)))
                page, texts = part.page, []
            elif isinstance(part, NoteMark):
                texts.append(part.number.translate(RAISED))
            elif not part.hidden:
                texts.append(self._shown(part, "".join(texts)))
        pages.append((page, "".join(texts)))
        return ((page, mend_marks(text)) for page, text in pages if text.strip())

    def _texts(self, paragraph: Paragraph, *, hidden: bool) -> Iterator[str]:
        for part in paragraph.parts:
            if isinstance(part, Text) and part.hidden == hidden:
                yield self._letters[part.index]

    def _shown(self, part: Text, before: str) -> str:
        text = self._letters[part.index]
        if not part.raised:
            return text
        mark = _RAISED_MARK.fullmatch(text.strip())
        if mark:
            return text.replace(mark[0], mark[1].translate(RAISED))
        return "°" if _DEGREE.search(before[-1:] + text) else text

    def _page(self, page: int) -> int | None:
        return page if self._paged else None


def _heads(text: str) -> bool:
    if _ITEM.match(text) or len(text) > _LONGEST_HEADING:
        return False
    return len(text) <= _LONGEST_SENTENCE or not text.rstrip().endswith((".", ";", ","))


def _clean(text: str) -> str:
    return _SPACES.sub(" ", text.replace("\n", " ")).strip()


def _lines(text: str) -> list[str]:
    """Give the lines of a paragraph: most typed line breaks only balance a heading."""
    joined: list[str] = []
    for line in text.split("\n"):
        begins = not joined or _BEGINS.match(line) or _ENDS.search(joined[-1])
        if begins or stands_beside(line.strip()):
            joined.append(line)
        else:
            joined[-1] += f" {line}"
    pieces = (piece for line in joined for piece in split_side_by_side(line))
    return [cleaned for piece in pieces if (cleaned := _clean(piece))]
