"""Write what was read of a report as Markdown, for a person who checks it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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
    A table over several pages begins anew after what stands between its parts.
    """
    text = structured.text
    pieces = [*_block_pieces(structured.blocks)]
    pieces += [
        _Piece(entry.span.start, f"> {_plain(text[entry.span.start : entry.span.end])}")
        for entry in structured.left_out
    ]
    pieces += [
        _Piece(at, f"<!-- trang {n} -->", first=True)
        for n, at in enumerate(structured.page_starts, 1)
    ]
    pieces.sort(key=lambda piece: (piece.at, not piece.first))
    groups = groupby(pieces, key=lambda piece: piece.table)
    shown = (_table_text([*group]) if table else _lines(group) for table, group in groups)
    return "\n\n".join(shown) + "\n"


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


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is shown of one line or mark of a report."""

    at: int  # offset in the stored text
    shown: str = ""
    first: bool = False  # before what else stands at its place
    row: Line | None = None

    @property
    def table(self) -> int:
        """Which table it is a row of; 0 if of none, as for the rows of plain text all 1."""
        if self.row is None:
            return 0
        return self.row.hint.table if self.row.hint else 1


def _block_pieces(blocks: Sequence[Block]) -> Iterator[_Piece]:
    depths = sorted({block.heading.depth for block in blocks if block.heading})
    rank = {depth: min(n, _DEEPEST) for n, depth in enumerate(depths, 1)}
    for block in blocks:
        first, *rest = block.lines
        at, words = first.span.start, _plain(first.text)
        if block.kind is BlockKind.ROW:
            yield _Piece(at, row=first)
        elif block.heading:
            yield _Piece(at, f"{'#' * rank[block.heading.depth]} {words}")
        elif block.kind is BlockKind.FOOTNOTE:
            yield _Piece(at, f"[^{block.number}]: {words.lstrip('⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾() ')}")
        else:
            yield _Piece(at, words)
        # What goes on after a page's end or a footnote is shown where it stands.
        yield from (_Piece(line.span.start, _plain(line.text)) for line in rest)


def _lines(pieces: Iterable[_Piece]) -> str:
    return "\n\n".join(piece.shown for piece in pieces)


def _table_text(pieces: Sequence[_Piece]) -> str:
    lines = [piece.row for piece in pieces if piece.row]
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
