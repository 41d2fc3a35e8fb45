"""Find running heads and page numbers by their place and by coming again from page to page."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.formats.pdf.columns import cut_segments
from ingest.formats.pdf.grids import Grid
from ingest.formats.pdf.lines import build_lines
from ingest.formats.pdf.page_words import PageWord, Sheet, TextLine
from vietnamese import fold

RUNNING_HEAD = "đầu trang, chân trang"
PAGE_NUMBER = "số trang"

_MARGIN = 0.13  # of the page's height, at either end
_LINES = 4  # of a page's end that may be furniture
_SAME_PLACE = 12.0  # points
_OFF = 1.75  # times the size of letters, from the text
_NUMBER = re.compile(
    r"(?:trang|page|tr\.?)?[-–—.,|'‘’`\s]*(?P<number>\d{1,4})\s*(?:[/|]\s*\d{1,4})?[-–—.,|'‘’`\s]*"
)


@dataclass(frozen=True, slots=True)
class FurnitureLine:
    """Words that are no content, and why."""

    words: tuple[PageWord, ...]
    reason: str
    top: float
    at_foot: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    sheet: int
    page: int
    segment: TextLine
    key: str
    at_foot: bool
    from_edge: float

    @property
    def number(self) -> int | None:
        match = _NUMBER.fullmatch(fold(self.segment.text).strip())
        return int(match["number"]) if match else None


def find_page_furniture(
    sheets: Sequence[Sheet], grids: Sequence[Sequence[Grid]], labels: Mapping[int, str]
) -> list[list[FurnitureLine]]:
    """Give the furniture of each sheet.

    Args:
        sheets: All of a document.
        grids: The ruled tables of each, which are never furniture.
        labels: What the file calls its pages: {1: "i"}.
    """
    candidates = [
        candidate for n, sheet in enumerate(sheets) for candidate in _candidates(n, sheet, grids[n])
    ]
    pages = len({sheet.page for sheet in sheets})
    found: list[list[FurnitureLine]] = [[] for _ in sheets]
    for one in candidates:
        alike = [
            other
            for other in candidates
            if other.at_foot == one.at_foot
            and abs(other.from_edge - one.from_edge) <= _SAME_PLACE
            and other.page != one.page
        ]
        reason = ""
        if one.number is not None:
            if _counts_pages(one, alike, labels):
                reason = PAGE_NUMBER
        elif _comes_again(one, alike, pages):
            reason = RUNNING_HEAD
        if reason:
            words = tuple(one.segment.words)
            found[one.sheet].append(FurnitureLine(words, reason, one.segment.baseline, one.at_foot))
    return found


def _candidates(n: int, sheet: Sheet, grids: Sequence[Grid]) -> list[_Candidate]:
    free = [
        word
        for word in sheet.words
        if (word.baseline < _MARGIN * sheet.height or word.baseline > (1 - _MARGIN) * sheet.height)
        and not any(grid.holds(word.middle, word.baseline - 0.3 * word.size) for grid in grids)
    ]
    lines = build_lines(free)
    head = [line for line in lines if line.baseline < _MARGIN * sheet.height][:_LINES]
    foot = [line for line in lines if line.baseline > (1 - _MARGIN) * sheet.height][-_LINES:]
    baselines = sorted(word.baseline for word in sheet.words)
    # What stands no farther from the text than its own lines do belongs to it.
    while head and not _stands_off(head[-1], baselines):
        head.pop()
    while foot and not _stands_off(foot[0], [-at for at in reversed(baselines)], -1):
        foot.pop(0)
    return [
        _Candidate(
            n,
            sheet.page,
            segment,
            re.sub(r"\d+", "#", fold(segment.text)),
            at_foot,
            sheet.height - line.baseline if at_foot else line.baseline,
        )
        for group, at_foot in ((head, False), (foot, True))
        for line in group
        for segment in cut_segments(line)
    ]


def _stands_off(line: TextLine, baselines: Sequence[float], sign: int = 1) -> bool:
    """Whether white space parts a line from the next one inwards; `sign` is -1 at the foot."""
    at = bisect_right(baselines, sign * line.baseline + 0.5 * line.size)
    return at == len(baselines) or baselines[at] - sign * line.baseline > _OFF * line.size


def _counts_pages(one: _Candidate, alike: Sequence[_Candidate], labels: Mapping[int, str]) -> bool:
    """Whether a number goes up with the pages, or is the one that the file gives its page."""
    number = one.number
    if str(number) == labels.get(one.page, str(one.page)):
        return True
    # The first page after a new count stands by itself.
    return any(
        other.number is not None
        and number is not None
        and other.number - number == other.page - one.page
        and abs(other.page - one.page) <= 3
        for other in alike
    )


def _same_but_page(one: _Candidate, other: _Candidate) -> bool:
    """Whether two lines are the same but for a page's number at either end."""
    ours, theirs = one.segment.text.split(), other.segment.text.split()
    if ours == theirs or fold(" ".join(ours)) == fold(" ".join(theirs)):
        return True
    for end in (slice(1, None), slice(None, -1)):
        if ours[end] == theirs[end]:
            numbers = [_NUMBER.fullmatch(text[0 if end.start else -1]) for text in (ours, theirs)]
            if all(numbers):
                first, second = (int(match["number"]) for match in numbers if match)
                return second - first == other.page - one.page
    return False


def _comes_again(one: _Candidate, alike: Sequence[_Candidate], pages: int) -> bool:
    if sum(c.isalpha() for c in one.key) < 3:
        return False
    same = {other.page for other in alike if other.key == one.key and _same_but_page(one, other)}
    near = {page for page in same if abs(page - one.page) <= 4}
    return len(near) >= 2 or (len(same) >= 1 and pages <= 3 and one.from_edge < 60)
