"""Cut a report's blocks into passages that are read and chunks that are searched."""

import hashlib
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.blocks import RAISED, Block, BlockKind
from ingest.headings import Heading
from ingest.table_rows import STEP, Row
from ingest.tables import bind_rows
from records import Cell, Chunk, Passage, PassageKind, Report, Span
from sentences import cut_clauses, cut_sentences
from spans import read_spans, spans_within

# A passage is about a screen's paragraph; short paragraphs of one section are read together.
# Characters. 1,000 is the size at which the project's retrieval was first measured.
_LONGEST_PASSAGE = 1000
_LONGEST_CHUNK = 320
_SHORTEST_CHUNK = 60
# Characters of a table row that are searched as one: each value stands with its column's name.
_LONGEST_ROW_CHUNK = 1200
# Characters of each heading that are searched with a chunk: the embedding reads 512 tokens at most.
_LONGEST_HEADING = 90
_REFERENCE = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True, slots=True)
class _Draft:
    """A passage before it knows its report: where it stands and what is said around it."""

    kind: PassageKind
    section: tuple[str, ...]
    spans: tuple[Span, ...]
    context: str = ""
    label: str = ""
    cells: tuple[Cell, ...] = ()


def cut_passages(report: Report, blocks: Sequence[Block]) -> tuple[list[Passage], list[Chunk]]:
    """Give a report's passages in reading order and the chunks of each.

    Every passage's text is its spans of `report.text` joined by single spaces.
    """
    drafts = list(_drafts(report.text, blocks))
    passages = [_passage(report, draft) for draft in drafts]
    unique = list({passage.id: passage for passage in passages}.values())
    chunks = [chunk for passage in unique for chunk in _chunks(report, passage)]
    return unique, list({chunk.id: chunk for chunk in chunks}.values())


def _drafts(text: str, blocks: Sequence[Block]) -> Iterator[_Draft]:
    path: list[tuple[int, str]] = []
    pending: list[_Draft] = []  # paragraphs of one section that may be read together
    references = _references(text, blocks)
    caption: list[str] = []  # short lines above a table: its title, its unit
    bound: dict[int, tuple[list[Row], list[str]]] = {}  # tables by number, with their captions
    n = 0
    while n < len(blocks):
        block = blocks[n]
        section = tuple(title for _, title in path)
        if block.kind is BlockKind.PARAGRAPH or _heads_nothing(blocks, n):
            pending.append(_Draft(PassageKind.PARAGRAPH, section, _merge(text, block.spans)))
            caption = [*caption, block.text][-2:] if len(block.text) < 200 else []
        elif block.kind is BlockKind.FOOTNOTE:
            yield from _packed(text, pending)
            pending = []
            # It is read under the heading that it belongs to, not under the one it stands below.
            section, clause = references.get(n, (section, ""))
            spans = _merge(text, block.spans)
            yield _Draft(PassageKind.FOOTNOTE, section, spans, clause, block.number)
        else:
            yield from _packed(text, pending)
            pending = []
            if block.heading:
                path = _deeper(path, block.heading)
                caption = []
            else:
                table, end = _table(block), n
                while end < len(blocks) and _is_row_of(blocks[end], table):
                    end += 1
                if not table:
                    rows = bind_rows([block.lines[0] for block in blocks[n:end]])
                else:
                    # Footnotes and captions may stand between the pages of one table.
                    if table not in bound:
                        lines = [each.lines[0] for each in blocks[n:] if _is_row_of(each, table)]
                        bound[table] = (bind_rows(lines, caption), caption)
                    rows, caption = bound[table]
                    here = {each.lines[0].span for each in blocks[n:end]}
                    rows = [row for row in rows if row.line.span in here]
                yield from (_row_draft(section, row, caption) for row in rows)
                caption = [] if table else caption
                n = end - 1
        n += 1
    yield from _packed(text, pending)


def _heads_nothing(blocks: Sequence[Block], n: int) -> bool:
    """Whether a heading has no text below it: it is read as text, so that it is not lost."""
    heading = blocks[n].heading
    if heading is None:
        return False
    following = blocks[n + 1].heading if n + 1 < len(blocks) else None
    return n + 1 == len(blocks) or (following is not None and following.depth <= heading.depth)


def _table(block: Block) -> int:
    """Give the number that a row's format gives its table; 0 where the text is all there is."""
    hint = block.lines[0].hint
    return hint.table if hint else 0


def _is_row_of(block: Block, table: int) -> bool:
    return block.kind is BlockKind.ROW and _table(block) == table


def _row_draft(section: tuple[str, ...], row: Row, caption: Sequence[str]) -> _Draft:
    label = STEP.join(part for part in (row.group, row.name) if part)
    if row.unit:
        label = f"{label} ({row.unit})"
    context = " ".join((*caption, *row.caption, *(cell.column for cell in row.cells)))
    return _Draft(PassageKind.TABLE_ROW, section, row.places, context, label, row.cells)


def _references(text: str, blocks: Sequence[Block]) -> dict[int, tuple[tuple[str, ...], str]]:
    """Find the section and clause that refer to each footnote, by the footnote's place in `blocks`.

    Numbers may start again in each part, so the nearest reference above is taken.
    """
    found: dict[int, tuple[tuple[str, ...], str]] = {}
    latest: dict[str, tuple[tuple[str, ...], str]] = {}
    path: list[tuple[int, str]] = []
    for n, block in enumerate(blocks):
        if block.heading:
            if not _heads_nothing(blocks, n):
                path = _deeper(path, block.heading)
        elif block.kind is BlockKind.FOOTNOTE and block.number in latest:
            found[n] = latest[block.number]
        elif block.kind is BlockKind.PARAGRAPH:
            words = read_spans(text, block.spans)
            for span in _pieces(words, _LONGEST_CHUNK):
                clause = words[span.start : span.end]
                for mark in RAISED.findall(clause):
                    latest[mark.translate(_REFERENCE)] = (tuple(t for _, t in path), clause)
    return found


def _deeper(path: Sequence[tuple[int, str]], heading: Heading) -> list[tuple[int, str]]:
    """Give the path of headings down to a new one."""
    kept = [entry for entry in path if entry[0] < heading.depth]
    return [*kept, (heading.depth, heading.title)]


def _pieces(words: str, longest: int) -> list[Span]:
    """Cut a text into sentences, long ones cut into clauses."""
    return [
        Span(sentence.start + clause.start, sentence.start + clause.end)
        for sentence in cut_sentences(words)
        for clause in cut_clauses(words[sentence.start : sentence.end], longest)
    ]


def _packed(text: str, drafts: Sequence[_Draft]) -> Iterator[_Draft]:
    """Join short paragraphs to one passage and cut long ones at their sentences."""
    current: _Draft | None = None
    for draft in drafts:
        for piece in _cut_long(text, draft):
            if current is None:
                current = piece
                continue
            spans = _merge(text, (*current.spans, *piece.spans))
            if len(read_spans(text, spans)) <= _LONGEST_PASSAGE:
                current = replace(current, spans=spans)
            else:
                yield current
                current = piece
    if current is not None:
        yield current


def _cut_long(text: str, draft: _Draft) -> Iterator[_Draft]:
    words = read_spans(text, draft.spans)
    if len(words) <= _LONGEST_PASSAGE * 1.3:
        yield draft
        return
    pieces = _pieces(words, _LONGEST_PASSAGE)
    parts = -(-len(words) // _LONGEST_PASSAGE)  # equal parts rather than one long and one stub
    for span in _pack(pieces, -(-len(words) // parts) + 100):
        yield replace(draft, spans=_merge(text, spans_within(draft.spans, span)))


def _pack(pieces: Sequence[Span], longest: int) -> list[Span]:
    packed: list[Span] = []
    for piece in pieces:
        if packed and piece.end - packed[-1].start <= longest:
            packed[-1] = Span(packed[-1].start, piece.end)
        else:
            packed.append(piece)
    return packed


def _merge(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Make neighbours that only white space parts one span."""
    merged: list[Span] = []
    for span in spans:
        if (
            merged
            and not text[merged[-1].end : span.start].strip()
            and merged[-1].end <= span.start
        ):
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return tuple(merged)


def _passage(report: Report, draft: _Draft) -> Passage:
    text = read_spans(report.text, draft.spans)
    pages = [_page(report, span.start) for span in draft.spans]
    return Passage(
        id=_digest(report.name, draft.kind, *map(str, draft.spans), text),
        report=report.name,
        kind=draft.kind,
        section=draft.section,
        spans=draft.spans,
        text=text,
        context=draft.context,
        label=draft.label,
        cells=draft.cells,
        page=pages[0],
        last_page=_page(report, draft.spans[-1].end - 1),
    )


def _page(report: Report, offset: int) -> int | None:
    if not report.page_starts:
        return None
    return sum(start <= offset for start in report.page_starts)


def _chunks(report: Report, passage: Passage) -> Iterator[Chunk]:
    headings = (
        textwrap.shorten(title, _LONGEST_HEADING, placeholder="") for title in passage.section
    )
    place = ". ".join(part for part in (report.metadata.district, *headings) if part)
    if passage.kind is PassageKind.TABLE_ROW:
        for spans, words in _row_pieces(report, passage):
            yield _chunk(passage, spans, f"{passage.label}: {words}", place)
        return
    context = ". ".join(part for part in (place, passage.context) if part)
    for span in _gather_short(_pieces(passage.text, _LONGEST_CHUNK)):
        spans = spans_within(passage.spans, span)
        yield _chunk(passage, spans, passage.text[span.start : span.end], context)


def _gather_short(pieces: Sequence[Span]) -> list[Span]:
    gathered: list[Span] = []
    for piece in pieces:
        if gathered and (
            min(gathered[-1].end - gathered[-1].start, piece.end - piece.start) < _SHORTEST_CHUNK
            and piece.end - gathered[-1].start <= _LONGEST_CHUNK
        ):
            gathered[-1] = Span(gathered[-1].start, piece.end)
        else:
            gathered.append(piece)
    return gathered


def _row_pieces(report: Report, passage: Passage) -> Iterator[tuple[tuple[Span, ...], str]]:
    """Cut a row into what is searched: whole, or a long one by its cells and their sentences."""
    cells = [
        (Span(cell.span.start + piece.start, cell.span.start + piece.end), cell.column)
        for cell in passage.cells
        for piece in _cell_pieces(report.text[cell.span.start : cell.span.end])
    ]
    written = [f"{name} {report.text[at.start : at.end]}".strip() for at, name in cells]
    if sum(map(len, written)) <= _LONGEST_ROW_CHUNK:
        yield passage.spans, "; ".join(written) or passage.text
        return
    first = 0
    for n in range(1, len(cells) + 1):
        length = sum(map(len, written[first : n + 1]))
        if n == len(cells) or length > _LONGEST_ROW_CHUNK:
            yield tuple(sorted(at for at, _ in cells[first:n])), "; ".join(written[first:n])
            first = n


def _cell_pieces(words: str) -> list[Span]:
    if len(words) <= _LONGEST_ROW_CHUNK:
        return [Span(0, len(words))]
    return _gather_short(_pieces(words, _LONGEST_CHUNK))


def _chunk(passage: Passage, spans: tuple[Span, ...], text: str, context: str) -> Chunk:
    return Chunk(
        id=_digest(passage.id, *map(str, spans), text, context),
        passage_id=passage.id,
        report=passage.report,
        spans=spans,
        text=text,
        context=context,
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]
