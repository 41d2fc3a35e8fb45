"""Bring lines into reading order: letterhead, signatures and columns side by side, one after another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.formats.pdf.page_words import PageWord, TextLine

# Parts of the size of letters.
_GAP = 1.6  # between words: more than justified text has
_WIDE_GAP = 2.5  # one line alone with it stands in two columns
_NARROW_GAP = 0.55  # where the lines above or below show that there are columns
_WIDER = 1.7  # times the line's other gaps
_MUCH_WIDER = 2.4  # the same, where nothing else in the line shows columns
_CORRIDOR = 0.5  # white space that parts columns all the way down
_CLOSE = 1.6  # from line to line of one paragraph
_NEXT_LINE = 2.6  # farthest step down within a column
# What hangs before a paragraph is no column of its own.
_HANGING = re.compile(
    r"(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[a-zđA-Z])[.)/]+-?|[-–+*•●▪◦]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
)

# After a blank left to be filled in by hand a sentence goes on.
_SAME_SENTENCE = re.compile(r"[/,;)]|(?!ngày)[a-zđ]")


@dataclass(frozen=True, slots=True)
class Column:
    """Lines that are read one after another, from the top down."""

    lines: tuple[TextLine, ...]
    left: float  # of the space that it may fill
    right: float
    step: float = 0.0  # usual from line to line, in points; 0: not known
    is_whole: bool = False  # it may fill the sheet
    flows: bool = False  # its text goes on in the next column


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of a document usually begin and end, and how far apart they stand."""

    left: float
    right: float
    step: float


def read_columns(rows: Sequence[list[TextLine]], margins: Margins | None) -> list[Column]:
    """Give the columns of some lines in reading order.

    Args:
        rows: Lines from the top down, each cut where wide white space parts it.
        margins: Of lines that fill the sheet; None: those of these lines.
    """
    return list(_columns(rows, margins))


_Row = list[TextLine]  # what stands side by side


def _columns(rows: Sequence[_Row], margins: Margins | None) -> Iterator[Column]:
    start = 0
    for begin, end, corridor in _parted_stretches(rows):
        yield from _whole(rows[start:begin], margins)
        sides = _sides(rows[begin:end], corridor)
        parts = [list(_columns(_rows_of(side), None)) for side in sides]
        if _is_running_text(parts):
            parts[0] = [replace(parts[0][0], flows=True)]
        for part in parts:
            yield from part
        start = end
    yield from _whole(rows[start:], margins)


def _sides(rows: Sequence[_Row], corridor: float) -> tuple[list[TextLine], list[TextLine]]:
    left: list[TextLine] = []
    right: list[TextLine] = []
    for segment in (segment for row in rows for segment in row):
        before = [word for word in segment.words if word.middle <= corridor]
        after = [word for word in segment.words if word.middle > corridor]
        if before:
            left.append(TextLine(before))
        if after:
            right.append(TextLine(after))
    return left, right


def _is_running_text(parts: list[list[Column]]) -> bool:
    """Whether two columns hold one text, as newspapers set it: alike in width, many full lines."""
    if any(len(part) != 1 for part in parts):
        return False
    left, right = parts[0][0], parts[1][0]
    widths = left.right - left.left, right.right - right.left
    full = [sum(ln.right > col.right - 3 * ln.size for ln in col.lines) for col in (left, right)]
    return min(len(left.lines), len(right.lines)) >= 4 and (
        min(full) >= 3 and abs(widths[0] - widths[1]) < 0.1 * max(widths)
    )


def _whole(rows: Sequence[_Row], margins: Margins | None) -> Iterator[Column]:
    lines = [TextLine([word for segment in row for word in segment.words]) for row in rows]
    if not lines:
        return
    if margins:
        yield Column(tuple(lines), margins.left, margins.right, margins.step, is_whole=True)
    else:
        left, right = min(line.left for line in lines), max(line.right for line in lines)
        yield Column(tuple(lines), left, right)


def _rows_of(segments: list[TextLine]) -> list[_Row]:
    rows: list[_Row] = []
    for segment in sorted(segments, key=lambda segment: (segment.baseline, segment.left)):
        if rows and abs(rows[-1][0].baseline - segment.baseline) < 0.3 * segment.size:
            rows[-1].append(segment)
            rows[-1].sort(key=lambda one: one.left)
        else:
            rows.append([segment])
    return rows


def cut_segments(line: TextLine) -> list[TextLine]:
    """Cut a line where wide white space parts its words."""
    groups: list[list[PageWord]] = []
    size = line.size
    for word in line.words:
        if groups and (
            word.left - max(one.right for one in groups[-1]) < _GAP * size
            or (len(groups) == 1 and _HANGING.fullmatch(TextLine(groups[0]).text))
        ):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [TextLine(group) for group in groups]


def _parted_stretches(rows: Sequence[_Row]) -> Iterator[tuple[int, int, float]]:
    """Find stretches of rows with white space all the way down: first row, end, place."""
    floor = n = 0
    while n < len(rows):
        stretch = _stretch(rows, floor, n)
        if stretch is None:
            n += 1
            continue
        yield stretch
        floor = n = stretch[1]


def _stretch(rows: Sequence[_Row], floor: int, n: int) -> tuple[int, int, float] | None:
    best: tuple[int, int, float] | None = None
    for space, right in _spaces(rows[n]):
        end, parted, last_parted = n + 1, 1, n + 1
        while end < len(rows):
            narrowed = space.narrowed(rows[end])
            if narrowed is None or not _follows(rows, end, narrowed):
                break
            space = narrowed
            if space.parts(rows[end]) or space.is_right(rows[end]):
                parted += 1
                last_parted = end + 1
            end += 1
        end = _tail(rows, last_parted, end, space)
        begin, space, above = _upwards(rows, floor, n, space)
        parted += above
        if parted < 2 and (
            space.right - space.left < _WIDE_GAP * space.size or _SAME_SENTENCE.match(right)
        ):
            continue
        if best is None or end > best[1]:
            best = begin, end, (space.left + space.right) / 2
    return best


def _spaces(row: _Row) -> Iterator[tuple["_Space", str]]:
    """Give the white spaces within a row that may part columns, and what follows each."""
    for left, right in pairwise(row):
        yield _Space(left.right, right.left, max(left.size, right.size)), right.text
    if len(row) == 1:
        gap = _gap_within(row[0], row[0].left, row[0].right, _MUCH_WIDER)
        if gap:
            after = TextLine([word for word in row[0].words if word.left >= gap[1]])
            yield _Space(*gap, row[0].size), after.text


def _upwards(
    rows: Sequence[_Row], floor: int, n: int, space: "_Space"
) -> tuple[int, "_Space", int]:
    """Follow white space up from a row: the first row that it parts, what is left, how many."""
    begin, kept, parted = n, space, 0
    for row in range(n - 1, floor - 1, -1):
        narrowed = space.narrowed(rows[row])
        if narrowed is None or not _follows(rows, row + 1, narrowed):
            break
        space = narrowed
        if space.parts(rows[row]) or (space.is_right(rows[row]) and _is_close(rows, row + 1)):
            begin, kept, parted = row, space, parted + 1
    return begin, kept, parted


@dataclass(frozen=True, slots=True)
class _Space:
    """White space between two columns, as far as the rows seen leave it."""

    left: float
    right: float
    size: float  # of the letters beside it

    def narrowed(self, row: _Row) -> "_Space | None":
        """Give what a further row leaves of it; None if the row closes it."""
        left, right = self.left, self.right
        for segment in row:
            if segment.right <= left or segment.left >= right:
                continue
            gap = _gap_within(segment, left, right)
            if gap:
                left, right = gap
            elif segment.middle < (left + right) / 2:
                left = max(left, segment.right)
            else:
                right = min(right, segment.left)
        if right - left < _CORRIDOR * self.size:
            return None
        return _Space(left, right, self.size)

    def parts(self, row: _Row) -> bool:
        """Whether a row has words on both sides."""
        words = [word for segment in row for word in segment.words]
        return any(w.middle <= self.left for w in words) and any(
            w.middle >= self.right for w in words
        )

    def is_right(self, row: _Row) -> bool:
        """Whether a row stands to the right only: a signature, a date."""
        return all(segment.left >= self.right for segment in row)


def _gap_within(
    segment: TextLine, low: float, high: float, wider: float = _WIDER
) -> tuple[float, float] | None:
    """Find a gap between words, wider than the line's others, that lies in white space."""
    pairs = list(pairwise(segment.words))
    gaps = [max(after.left - before.right, 0.0) for before, after in pairs]
    if not gaps:
        return None
    usual = sorted(gaps)[len(gaps) // 2]
    for (before, after), gap in zip(pairs, gaps, strict=True):
        left, right = max(before.right, low), min(after.left, high)
        if right - left >= _NARROW_GAP * segment.size and gap >= wider * usual:
            return left, right
    return None


def _follows(rows: Sequence[_Row], end: int, space: _Space) -> bool:
    """Whether a row stands near enough below the one before it."""
    above = max(one.baseline for one in rows[end - 1])
    below = min(one.baseline for one in rows[end])
    size = max(one.size for one in rows[end])
    farthest = 2.2 * _NEXT_LINE if space.parts(rows[end]) else _NEXT_LINE
    return below - above <= farthest * size


def _is_close(rows: Sequence[_Row], n: int) -> bool:
    """Whether a row stands right below the one before it, as lines of one paragraph do."""
    return rows[n][0].baseline - rows[n - 1][0].baseline <= _CLOSE * rows[n][0].size


def _tail(rows: Sequence[_Row], last_parted: int, end: int, space: _Space) -> int:
    """Say how many rows below the last parted one still belong to one of its columns."""
    kept = last_parted
    for n in range(last_parted, end):
        if len(rows[n]) != 1:
            break
        segment = rows[n][0]
        is_left = segment.right <= space.left
        column = [
            one
            for row in rows[max(0, n - 6) : n]
            for one in row
            if (one.right <= space.left if is_left else one.left >= space.right)
        ]
        if not column:
            break
        above = column[-1]
        near = segment.baseline - above.baseline <= _CLOSE * max(segment.size, above.size)
        if not near or abs(segment.size - above.size) >= 0.6:
            break
        kept = n + 1
    return kept
