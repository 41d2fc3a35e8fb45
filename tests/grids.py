"""Write tables as a reader can see them: "|" parts cells, "<" and "^" merge with left and above."""

from pathlib import Path

import docx

from ingest.document import Document, TableBlock, TableCell, TableRow, TextBlock
from ingest.rendering import RenderedDocument, render_document
from ingest.tables import Row, bind_rows


def table(drawn: str, *, headers: int = 0, continues: bool = False, page: int | None = None):
    """Give a drawn table as a format's reader would."""
    lines = [line.strip() for line in drawn.strip().split("\n")]
    cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    rows = [
        TableRow(
            tuple(
                TableCell(text, column, _columns(line, column), _rows(cells, n, column))
                for column, text in enumerate(line)
                if text not in ("<", "^")
            ),
            page=page,
            header=n < headers,
        )
        for n, line in enumerate(cells)
    ]
    return TableBlock(tuple(rows), continues=continues)


def document(*blocks: str | TableBlock) -> Document:
    """Give a document of paragraphs and tables."""
    return Document(tuple(b if isinstance(b, TableBlock) else TextBlock(b) for b in blocks))


def bound(
    *tables: str | TableBlock, caption: tuple[str, ...] = ()
) -> tuple[list[Row], RenderedDocument]:
    """Bind the rows of a table, drawn in one piece or given as those of its pages."""
    blocks = [table(each) if isinstance(each, str) else each for each in tables]
    rendered = render_document(document(*blocks))
    return bind_rows(rendered.lines, caption), rendered


def shown(rows: list[Row], rendered: RenderedDocument) -> list[tuple[str, dict[str, str]]]:
    """Give each row as its groups and name, and its values by column."""
    return [(f"{row.group} › {row.name}" if row.group else row.name, values(row, rendered))
            for row in rows]  # fmt: skip


def values(row: Row, rendered: RenderedDocument) -> dict[str, str]:
    """Give a row's values by column, read at their places."""
    return {cell.column: rendered.text[cell.span.start : cell.span.end] for cell in row.cells}


def _columns(line: list[str], column: int) -> int:
    past = column + 1
    while past < len(line) and line[past] == "<":
        past += 1
    return past - column


def _rows(cells: list[list[str]], n: int, column: int) -> int:
    past = n + 1
    while past < len(cells) and column < len(cells[past]) and cells[past][column] == "^":
        past += 1
    return past - n


def save_docx(path: Path, *parts: str) -> None:
    """Write a Word file of paragraphs and of tables, which are drawn over several lines."""
    written = docx.Document()
    for part in parts:
        if "\n" not in part:
            written.add_paragraph(part)
            continue
        rows = table(part).rows
        width = max(cell.column + cell.columns for row in rows for cell in row.cells)
        grid = written.add_table(len(rows), width)
        for n, row in enumerate(rows):
            for cell in row.cells:
                last = grid.cell(n + cell.rows - 1, cell.column + cell.columns - 1)
                grid.cell(n, cell.column).merge(last).text = cell.text
    written.save(str(path))
