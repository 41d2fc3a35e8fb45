"""Put what the pages of a PDF file show together into a document's blocks."""

from collections.abc import Mapping, Sequence

from ingest.document import Block, TableBlock, TextBlock, TextKind
from ingest.formats.pdf.footnote_area import Note
from ingest.formats.pdf.grids import find_grids
from ingest.formats.pdf.heading_looks import rank_headings
from ingest.formats.pdf.joined_text import join_lines, join_words
from ingest.formats.pdf.joining import PlacedItem, join_pages
from ingest.formats.pdf.page_furniture import FurnitureLine, find_page_furniture
from ingest.formats.pdf.page_layout import SheetTable, find_margins, lay_out
from ingest.formats.pdf.page_words import PageContent, PageWord, Sheet
from ingest.formats.pdf.paragraphs import Paragraph

UNCLEAR = "không nhận dạng được rõ"
_GUESSED = 0.5  # confidence; seals and specks read as letters have less


def build_blocks(contents: Mapping[int, PageContent], labels: Mapping[int, str]) -> list[Block]:
    """Give the blocks of a document in reading order.

    Args:
        contents: What its pages show, by number.
        labels: What the file calls its pages, where that is not their number.
    """
    sheets = [sheet for _, content in sorted(contents.items()) for sheet in content.sheets]
    grids = [find_grids(sheet.rules) for sheet in sheets]
    furniture = find_page_furniture(sheets, grids, labels)
    free = [
        [
            word
            for word in _content_words(sheet, away)
            if not any(grid.holds(word.middle, word.baseline - 0.3 * word.size) for grid in own)
        ]
        for sheet, own, away in zip(sheets, grids, furniture, strict=True)
    ]
    margins, size = find_margins(free)
    laid = [
        (sheet.page, lay_out(sheet, _content_words(sheet, away), own, margin, size))
        for sheet, own, away, margin in zip(sheets, grids, furniture, margins, strict=True)
    ]
    placed = join_pages(laid)
    levels = rank_headings([one.item for one in placed], size)
    by_page: dict[int, list[Block]] = {}
    for n, one in enumerate(placed):
        by_page.setdefault(one.page, []).append(_block(one, levels.get(n, 0)))
    away_by_page: dict[int, list[FurnitureLine]] = {}
    for sheet, lines in zip(sheets, furniture, strict=True):
        away_by_page.setdefault(sheet.page, []).extend(lines)
    blocks: list[Block] = []
    for number, content in sorted(contents.items()):
        lines = away_by_page.get(number, [])
        blocks.extend(_away(line, number) for line in lines if not line.at_foot)
        blocks.extend(by_page.get(number, []))
        blocks.extend(_away(line, number) for line in lines if line.at_foot)
        blocks.extend(_aside(content, number))
    return blocks


def _content_words(sheet: Sheet, away: Sequence[FurnitureLine]) -> list[PageWord]:
    left = {id(word) for line in away for word in line.words}
    return [word for word in sheet.words if id(word) not in left]


def _block(placed: PlacedItem, level: int) -> Block:
    match placed.item:
        case SheetTable(rows=rows):
            return TableBlock(rows, placed.continues)
        case Note(number=number, lines=lines):
            text, words = join_lines(lines)
            return TextBlock(
                text,
                TextKind.FOOTNOTE,
                number=number,
                page=placed.page,
                continues=placed.continues,
                words=words,
            )
        case Paragraph(lines=lines):
            text, words = join_lines(lines)
            kind = TextKind.HEADING if level and not placed.continues else TextKind.PARAGRAPH
            is_guess = all(word.confidence < _GUESSED for line in lines for word in line.words)
            return TextBlock(
                text,
                kind,
                level if kind is TextKind.HEADING else 0,
                page=placed.page,
                continues=placed.continues,
                left_out=UNCLEAR if is_guess else "",
                words=words,
            )


def _away(line: FurnitureLine, page: int) -> TextBlock:
    text, words = join_words(line.words)
    return TextBlock(text, page=page, left_out=line.reason, words=words)


def _aside(content: PageContent, page: int) -> list[Block]:
    blocks: list[Block] = []
    for reason in dict.fromkeys(word.left_out for word in content.aside):
        own = [word for word in content.aside if word.left_out == reason and word.text]
        if own:
            text, words = join_words(own)
            blocks.append(TextBlock(text, page=page, left_out=reason, words=words))
    return blocks
