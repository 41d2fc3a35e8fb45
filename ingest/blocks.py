"""Put a report's lines together into headings, paragraphs, footnotes and table rows.

A sentence that a page break or a block of footnotes cuts in two becomes one paragraph again, of
two spans; a footnote that goes on on the next page likewise.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from ingest.document import TextKind
from ingest.headings import (
    LONGEST_HEADING,
    UNNUMBERED,
    Heading,
    is_capitals,
    read_heading,
    style_depths,
)
from ingest.lines import Line
from records import Span

# A raised number that refers to a footnote; "m²" and "km³" are units.
RAISED = re.compile(r"(?<!m)(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?<=m)(?:[⁰¹⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]*)")
_CLOSERS = "”\"'’)]*⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾ "
# The first headings of a text come after its title, which may be set in capitals over several lines.
_TITLE_LINES = 12


class BlockKind(Enum):
    """What a block is."""

    HEADING = auto()
    PARAGRAPH = auto()
    FOOTNOTE = auto()
    ROW = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, footnote or table row."""

    kind: BlockKind
    lines: tuple[Line, ...]  # in reading order, not always neighbours
    heading: Heading | None = None
    number: str = ""  # of a footnote

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the block stands."""
        return tuple(line.span for line in self.lines)

    @property
    def text(self) -> str:
        """The block's words on one line."""
        return " ".join(line.text for line in self.lines)


def build_blocks(lines: Sequence[Line]) -> list[Block]:
    """Give the blocks of a report in reading order."""
    builder = _Builder(style_depths(lines))
    for n, line in enumerate(lines):
        builder.add(line, lines[n + 1] if n + 1 < len(lines) else None)
    return builder.blocks


class _Builder:
    """What is still open while lines come in: a paragraph, a footnote, a heading's title."""

    def __init__(self, style_depths: Mapping[int, int]) -> None:
        self.blocks: list[Block] = []
        self._style_depths = style_depths
        self._open_paragraph: int | None = None  # index of a block whose sentence has not ended
        self._open_footnote: int | None = None

    def add(self, line: Line, following: Line | None) -> None:
        if line.is_row:
            self._append(Block(BlockKind.ROW, (line,)))
            self._open_paragraph = None
        elif line.footnote_number:
            self._open_footnote = self._append(
                Block(BlockKind.FOOTNOTE, (line,), number=line.footnote_number)
            )
            self._close_if_ended()
        elif line.hint and line.hint.continues:
            self._continue(line, line.hint.kind)
        elif self._continues_heading(line):
            self._extend_heading(line)
        elif heading := self._heading(line, following):
            self._append(Block(BlockKind.HEADING, (line,), heading))
            self._open_paragraph = None
        else:
            self._add_prose(line, following)

    def _continue(self, line: Line, kind: TextKind) -> None:
        """Join a line to the block that its format says it goes on from."""
        if kind is TextKind.FOOTNOTE:
            kinds = {BlockKind.FOOTNOTE}
        else:
            kinds = {BlockKind.PARAGRAPH, BlockKind.HEADING}
        found = next(
            (n for n in reversed(range(len(self.blocks))) if self.blocks[n].kind in kinds), -1
        )
        block = self.blocks[found] if found >= 0 else None
        if block is None or (block.heading and not _may_go_on(block, kind)):
            self._add_prose(line, None)
            return
        if block.heading and kind is TextKind.HEADING:
            if found == len(self.blocks) - 1:
                self._extend_heading(line)
            else:
                self._add_prose(line, None)
            return
        # A paragraph cut by the page's end may look like a heading: it was none.
        kept = BlockKind.FOOTNOTE if kind is TextKind.FOOTNOTE else BlockKind.PARAGRAPH
        self.blocks[found] = replace(block, kind=kept, heading=None, lines=(*block.lines, line))
        if kept is BlockKind.PARAGRAPH:
            self._open_paragraph = found
        self._close_if_ended()

    def _add_prose(self, line: Line, following: Line | None) -> None:
        after_footnote = bool(self.blocks) and self.blocks[-1].kind is BlockKind.FOOTNOTE
        if self._continues_footnote(line, following, after_footnote):
            self._extend(self._open_footnote, line)
        elif self._open_paragraph is not None and (
            line.starts_low or (after_footnote and not line.hint)
        ):
            self._extend(self._open_paragraph, line)
        else:
            self._open_paragraph = self._append(Block(BlockKind.PARAGRAPH, (line,)))
        self._close_if_ended()

    def _continues_footnote(self, line: Line, following: Line | None, after_footnote: bool) -> bool:
        if line.hint or self._open_footnote is None or RAISED.search(line.text[1:]):
            return False  # footnotes do not refer to footnotes
        # At the foot of the next page the rest of a footnote stands above the next one.
        above_next = following is not None and bool(following.footnote_number) and line.starts_low
        return above_next or (after_footnote and self._open_paragraph is None)

    def _continues_heading(self, line: Line) -> bool:
        if not self.blocks or not (heading := self.blocks[-1].heading):
            return False
        if line.hint and line.hint.kind is not TextKind.HEADING and not heading.wants_title:
            return False
        if heading.wants_title:
            return len(line.text) < 250 and not read_heading(line.text)
        # A long heading in capitals may go on in a second line of capitals.
        last = self.blocks[-1].lines[-1]
        return (
            is_capitals(last.text)
            and is_capitals(line.text)
            and not read_heading(line.text)
            and len(last.text) > 40
        )

    def _extend_heading(self, line: Line) -> None:
        block = self.blocks[-1]
        assert block.heading is not None  # _continues_heading has seen it
        title = f"{block.heading.title} {re.sub(r'[*]', '', line.text)}"
        heading = Heading(block.heading.depth, title)
        self.blocks[-1] = replace(block, lines=(*block.lines, line), heading=heading)

    def _heading(self, line: Line, following: Line | None) -> Heading | None:
        heading = read_heading(line.text, following.text if following else "")
        if line.hint and line.hint.kind is TextKind.HEADING and len(line.text) <= LONGEST_HEADING:
            found = heading or Heading(UNNUMBERED, line.text)
            return replace(found, depth=self._style_depths.get(line.hint.level, found.depth))
        if heading:
            return heading
        in_title = len(self.blocks) < _TITLE_LINES
        if is_capitals(line.text) and len(line.text) < 250 and not in_title and len(line.text) > 15:
            return Heading(UNNUMBERED, line.text)
        return None

    def _append(self, block: Block) -> int:
        self.blocks.append(block)
        return len(self.blocks) - 1

    def _extend(self, index: int | None, line: Line) -> None:
        assert index is not None  # only called for an open block
        block = self.blocks[index]
        self.blocks[index] = replace(block, lines=(*block.lines, line))

    def _close_if_ended(self) -> None:
        if self._open_paragraph is not None and _ended(self.blocks[self._open_paragraph], ".!?:;…"):
            self._open_paragraph = None
        if self._open_footnote is not None and _ended(self.blocks[self._open_footnote], ".!?…"):
            self._open_footnote = None


def _may_go_on(block: Block, kind: TextKind) -> bool:
    """Whether a heading's line is of the kind that a later one says it goes on from."""
    hint = block.lines[-1].hint
    return hint is not None and hint.kind is kind


def _ended(block: Block, ends: str) -> bool:
    text = block.lines[-1].text.rstrip(_CLOSERS)
    balanced = block.text.count("(") <= block.text.count(")")
    return (
        not text
        or (text[-1] in ends and balanced)
        or (balanced and block.text.rstrip()[-1] in ends)
    )
