"""Write what was read of a report as Markdown, for a person who checks it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.blocks import Block, BlockKind
from ingest.lines import Line
from ingest.structure import StructuredText

_DEEPEST = 6  # of Markdown's headings


@dataclass(frozen=True, slots=True)
class ShownReport:
    """What was read of a file, for a person who checks it."""

    markdown: str
    notes: tuple[str, ...]  # Vietnamese: how it was read, what was left out, what to look at


def as_markdown(structured: StructuredText) -> str:
    """Write a report's text in reading order.

    Headings begin with "#", footnotes with "[^5]:", tables have a line between head and rows,
    pages begin with "<!-- trang 3 -->", and what is no content stands in lines that begin with ">".
    """
    text = structured.text
    pieces = [*_block_pieces(structured.blocks)]
    pieces += [
        (entry.span.start, f"> {_plain(text[entry.span.start : entry.span.end])}")
        for entry in structured.left_out
    ]
    pieces += [(at, f"<!-- trang {n} -->") for n, at in enumerate(structured.page_starts, 1)]
    # A page's mark comes before what begins at the same place.
    pieces.sort(key=lambda piece: (piece[0], not piece[1].startswith("<!-- trang ")))
    return "\n\n".join(words for _, words in pieces) + "\n"


def reading_notes(structured: StructuredText) -> Iterator[str]:
    """Say how a report was read, what it says it is, what was left out and what to look at."""
    origin, metadata = structured.origin, structured.metadata
    read = [origin.format, origin.encoding, f"{origin.pages} trang" if origin.pages else ""]
    read += [f"{origin.tables} bảng" if origin.tables else ""]
    yield f"Đã đọc: {', '.join(filter(None, read))}"
    if origin.ocr_pages:
        yield f"Nhận dạng chữ từ ảnh, trang {_numbers(origin.ocr_pages)}"
    if origin.unread_pages:
        yield f"CHƯA ĐỌC ĐƯỢC, trang {_numbers(origin.unread_pages)}"
    told = (
        *(metadata.title, metadata.number, metadata.draft, metadata.date),
        *(metadata.district, metadata.issuer, metadata.signer),
    )
    yield f"Thông tin: {'; '.join(filter(None, told)) or 'không tìm thấy'}"
    for reason, count in Counter(entry.reason for entry in structured.left_out).items():
        yield f"Bỏ ra {count} dòng: {reason}"
    yield from structured.warnings


def _numbers(pages: Sequence[int]) -> str:
    return ", ".join(map(str, pages))


def _block_pieces(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    depths = sorted({block.heading.depth for block in blocks if block.heading})
    rank = {depth: min(n, _DEEPEST) for n, depth in enumerate(depths, 1)}
    for table, group in groupby(blocks, key=_table):
        if table is not None:
            lines = [block.lines[0] for block in group]
            yield lines[0].span.start, _table_text(lines)
            continue
        for block in group:
            words = _plain(block.text)
            if block.heading:
                words = f"{'#' * rank[block.heading.depth]} {words}"
            elif block.kind is BlockKind.FOOTNOTE:
                words = f"[^{block.number}]: {_plain(block.text.lstrip('⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾() '))}"
            yield block.spans[0].start, words


def _table(block: Block) -> int | None:
    if block.kind is not BlockKind.ROW:
        return None
    hint = block.lines[0].hint
    return hint.table if hint else 0


def _table_text(lines: Sequence[Line]) -> str:
    rows = [_cells(line) for line in lines]
    width = max(map(len, rows))
    shown = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
    heads = max(1, sum(bool(line.hint and line.hint.header) for line in lines[:4]))
    return "\n".join([*shown[:heads], "|" + " --- |" * width, *shown[heads:]])


def _cells(line: Line) -> list[str]:
    return [_plain(cell).replace("|", "\\|") for cell in line.raw.split("\t")]


def _plain(text: str) -> str:
    """Keep a report's words from being read as tags."""
    return " ".join(text.split()).replace("<", "\\<")
