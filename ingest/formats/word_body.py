"""Walk a Word document's body in reading order: paragraphs, tables, notes and text boxes."""

from collections.abc import Iterator

from ingest.formats.word_numbering import Numbering
from ingest.formats.word_package import WORD, Element
from ingest.formats.word_parts import Cell, Item, Note, Paragraph, Row, Table, Text
from ingest.formats.word_runs import RunReader, Story
from ingest.formats.word_styles import is_on, value_of, whole_number

CONTENTS = "mục lục"
_MERGED = ("vMerge", "hMerge")
_WIDEST = 500  # columns that a cell may cover; Word itself has 63
_CHANGED_AWAY = (f"{WORD}trPr/{WORD}del", f"{WORD}trPr/{WORD}moveFrom")
# What holds paragraphs and tables without being one.
_HOLDERS = frozenset(WORD + name for name in "sdt sdtContent customXml ins moveTo smartTag".split())


class BodyReader:
    """Read paragraphs and tables, following references to notes."""

    def __init__(
        self, story: Story, numbering: Numbering, notes: dict[str, dict[str, Element]]
    ) -> None:
        self._story = story
        self._numbering = numbering
        self._notes = notes  # "footnote", "endnote": its elements by id
        self._numbers: dict[tuple[str, str], str] = {}

    def read(self, parent: Element) -> list[Item]:
        """Read what a body, cell, text box or note holds."""
        items: list[Item] = []
        for child in parent:
            if child.tag == f"{WORD}p":
                items.append(self._paragraph(child))
            elif child.tag == f"{WORD}tbl":
                items.append(self._table(child))
            elif child.tag in _HOLDERS and not _is_prompt(child):
                items += self.read(child)
        return items

    def _paragraph(self, element: Element) -> Paragraph:
        properties = element.find(f"{WORD}pPr")
        style = value_of(properties, "pStyle")
        styles, letters = self._story.styles, self._story.letters
        left_out = CONTENTS if styles.is_contents(style) else ""
        level = 0 if left_out else styles.heading_level(properties, style)
        paragraph = Paragraph(self._story.page, level, left_out)
        number, font = self._numbering.number(properties, style)
        if number:
            mark = element.find(f"{WORD}pPr")
            looks = styles.run_properties(mark, style) if mark is not None else []
            if not is_on(looks[:1], "vanish"):
                paragraph.parts.append(Text(letters.add(number, font)))
        RunReader(self._story, paragraph, style, self._refer, self._box).read(element)
        letters.end_paragraph()
        return paragraph

    def _box(self, element: Element, paragraph: Paragraph) -> None:
        paragraph.boxes += self.read(element)

    def _refer(self, reference: Element, paragraph: Paragraph) -> str:
        """Give a note's number, and hang the note on the paragraph that refers to it."""
        kind = "endnote" if reference.tag == f"{WORD}endnoteReference" else "footnote"
        key = (kind, reference.get(f"{WORD}id", ""))
        element = self._notes[kind].pop(key[1], None)
        if element is None:  # referred to before, or not there
            return self._numbers.get(key, "")
        # One count for both kinds: two notes of one number could not be told apart.
        number = self._numbers[key] = str(len(self._numbers) + 1)
        fields, self._story.fields = self._story.fields, []
        items = self.read(element)
        self._story.fields = fields
        paragraph.notes.append(Note(number, tuple(_paragraphs(items))))
        return number

    def _table(self, element: Element) -> Table:
        rows: list[Row] = []
        merging: dict[int, tuple[int, int]] = {}  # column: row and place of the cell merged there
        for tr in _rows(element):
            if any(tr.find(path) is not None for path in _CHANGED_AWAY):
                self._story.deletions += 1
                continue
            row, continued = self._row(tr)
            if continued and not row.cells:
                continue  # only a taller cell above: nothing begins here
            for column in continued:
                if column in merging:
                    at, place = merging[column]
                    cells = list(rows[at].cells)
                    cell = cells[place]
                    cells[place] = Cell(cell.items, cell.column, cell.columns, len(rows) - at + 1)
                    rows[at] = Row(tuple(cells), rows[at].page, rows[at].header)
            for place, cell in enumerate(row.cells):
                merging[cell.column] = (len(rows), place)
            rows.append(row)
        return Table(tuple(rows))

    def _row(self, element: Element) -> tuple[Row, list[int]]:
        """Read a row, and tell the columns in which the cell above goes on."""
        story = self._story
        properties = element.find(f"{WORD}trPr")
        column = min(whole_number(value_of(properties, "gridBefore"), 0), _WIDEST)
        first_page = last_page = story.page
        cells: list[Cell] = []
        continued: list[int] = []
        begun = 0
        for tc in _cells(element):
            look = tc.find(f"{WORD}tcPr")
            width = min(max(whole_number(value_of(look, "gridSpan"), 1), 1), _WIDEST)
            down, across = (_merged(look, name) for name in _MERGED)
            # A page break within a row is marked in each of its cells.
            story.page = first_page
            items = tuple(self.read(tc))
            begun = begun or _first_page(items)
            last_page = max(last_page, story.page)
            if across == "continue" and cells:
                last = cells[-1]
                cells[-1] = Cell(last.items + items, last.column, last.columns + width)
            elif down == "continue":
                continued.append(column)
            else:
                cells.append(Cell(items, column, width))
            column += width
        story.page = last_page
        header = is_on([properties] if properties is not None else [], "tblHeader")
        return Row(tuple(cells), begun or first_page, header), continued


def _first_page(items: tuple[Item, ...]) -> int:
    """Give the page on which a cell's first words stand; 0 if it has none."""
    for paragraph in _paragraphs(items):
        page = paragraph.page
        for part in paragraph.parts:
            if isinstance(part, Text):
                return page
            page = getattr(part, "page", page)
    return 0


def _paragraphs(items: tuple[Item, ...] | list[Item]) -> Iterator[Paragraph]:
    for item in items:
        if isinstance(item, Paragraph):
            yield item
        else:
            for row in item.rows:
                for cell in row.cells:
                    yield from _paragraphs(cell.items)


def _rows(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag == f"{WORD}tr":
            yield child
        elif child.tag in _HOLDERS:
            yield from _rows(child)


def _cells(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag == f"{WORD}tc":
            yield child
        elif child.tag in _HOLDERS:
            yield from _cells(child)


def _merged(properties: Element | None, name: str) -> str:
    """Say how a cell takes part in a merge: "restart", "continue", "" if in none."""
    found = properties.find(f"{WORD}{name}") if properties is not None else None
    return "" if found is None else found.get(f"{WORD}val", "continue")


def _is_prompt(element: Element) -> bool:
    properties = element.find(f"{WORD}sdtPr")
    return properties is not None and properties.find(f"{WORD}showingPlcHdr") is not None
