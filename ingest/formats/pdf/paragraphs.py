"""Put the lines of a column together into paragraphs."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.formats.pdf.columns import Column
from ingest.formats.pdf.page_words import PageWord, TextLine
from ingest.headings import is_capitals

NUMBERED = re.compile(
    r"(?:(?:Phần|Chương|Mục|Điều|Khoản|Phụ\s+lục|Biểu|Bảng|PHẦN|CHƯƠNG|MỤC|PHỤ\s+LỤC)\s+[\dIVXA-Zt]"
    r"|(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[a-zđA-H])\s*[.)/]\s*-?\s*[^\s\d]"
    r"|\d{1,2}(?:\.\d{1,2})+\s|[-–+*•●▪◦])"
)
_ENDED = re.compile(r"[.:;!?…][”\"'’)\]*⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾]*$|/\.?-?$")
# A document's number cut at its own stroke or hyphen: "30/2020/NĐ-", "CP".
_CUT_AFTER = re.compile(r"(?:^|\s)\S*(?:\d/|/[A-ZĐƯ\d-]+-|/[A-ZĐƯ]+/)$")
# Above a signature: for whom, and below it who signs.
_ON_BEHALF = re.compile(r"(?:KT|TM|TL|TUQ|T/M|K/T)\b\.?")
# Parts of the size of letters.
_INDENT = 0.6
_CENTRED = 1.0  # by which the middles of lines may differ


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The lines of a paragraph, and how it stands in its column."""

    lines: tuple[TextLine, ...]
    column: Column
    centred: bool = False
    indented: bool = False  # its first line stands in
    is_full: bool = False  # its last line has no room for another word

    @property
    def size(self) -> float:
        """The size of most of its letters."""
        sizes = Counter[float]()
        for line in self.lines:
            sizes[line.size] += len(line.text)
        return sizes.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def words(self) -> tuple[PageWord, ...]:
        """Its words in order."""
        return tuple(word for line in self.lines for word in line.words)


def build_paragraphs(column: Column) -> list[Paragraph]:
    """Give the paragraphs of a column."""
    if not column.lines:
        return []
    measures = _Measures(column)
    groups: list[list[TextLine]] = []
    for line in column.lines:
        if groups and measures.goes_on(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [measures.paragraph(group) for group in groups]


def ends_sentence(text: str) -> bool:
    """Whether a text ends as sentences or list items do."""
    return bool(_ENDED.search(text.rstrip()))


def is_cut_number(above: str, below: str) -> bool:
    """Whether a line's end and the next one's begin are one document number."""
    return bool(_CUT_AFTER.search(above)) and bool(re.match(r"[A-ZĐƯ\d]", below))


def usual_step(lines: Sequence[TextLine]) -> float:
    """Give how far apart lines of one paragraph mostly stand, in points; 0 where too few are."""
    steps = sorted(
        below.baseline - above.baseline
        for above, below in pairwise(lines)
        if 0.8 * above.size < below.baseline - above.baseline < 2.6 * above.size
    )
    return steps[len(steps) // 4] if len(steps) >= 4 else 0.0


class _Measures:
    """What is usual in a column: where lines begin and end, and how far apart they stand."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self.left, self.right = column.left, column.right
        size = Counter(line.size for line in column.lines).most_common(1)[0][0]
        self.step = min(column.step, 1.8 * size) or usual_step(column.lines) or 1.35 * size

    def is_full(self, line: TextLine, following: str) -> bool:
        """Whether a line has no room for the next one's first word."""
        first = following.split(" ", 1)[0]
        per_letter = (line.right - line.left) / max(len(line.text), 1)
        needed = per_letter * (len(first) + 1)
        return line.right + needed > self.right - 0.4 * line.size

    def is_indented(self, line: TextLine) -> bool:
        """Whether a line begins in from the margin."""
        return line.left - self.left > _INDENT * line.size

    def is_centred(self, line: TextLine) -> bool:
        """Whether a line leaves the same space on both sides."""
        before, after = line.left - self.left, self.right - line.right
        return before > 0.8 * line.size and abs(before - after) < 2 * _CENTRED * line.size

    def goes_on(self, group: list[TextLine], line: TextLine) -> bool:
        """Whether a line goes on the paragraph of the lines before it."""
        last = group[-1]
        step = line.baseline - last.baseline
        if is_cut_number(last.text, line.text) and step < 2 * self.step:
            return True
        if _ON_BEHALF.match(last.text):
            return False
        size_differs = abs(last.size - line.size) > 0.12 * max(last.size, line.size)
        if size_differs and not (_starts_low(line) and not ends_sentence(last.text)):
            return False
        if self._both_centred(group, line):
            return step < self.step + 0.45 * line.size and _set_alike(last, line)
        return not self._set_apart(last, line) and self._goes_on_in_prose(group, line)

    def _set_apart(self, last: TextLine, line: TextLine) -> bool:
        """Whether the space before a line, or its weight, makes it another paragraph."""
        unfinished = self.is_full(last, line.text) and not ends_sentence(last.text)
        step = line.baseline - last.baseline
        far = step < 1.8 * self.step and unfinished and not self.is_indented(line)
        if step > self.step * 1.22 + 1 and not far:
            return True
        if last.bold == line.bold or (unfinished and _starts_low(line)):
            return False
        if last.bold:
            return not line.is_partly_bold
        titles = not self.column.is_whole or is_capitals(line.text)
        return not last.is_partly_bold and (titles or not unfinished)

    def _goes_on_in_prose(self, group: list[TextLine], line: TextLine) -> bool:
        last, above, starts_low = group[-1], group[-1].text, _starts_low(line)
        numbered = NUMBERED.match(line.text) is not None
        full = self.is_full(last, line.text)
        ended = ends_sentence(above)
        if numbered and not starts_low and (ended or not full):
            return False
        if not full:
            return starts_low and not numbered and not ended
        if self.is_indented(line) and not self._hangs(group, line):
            below = abs(line.left - last.left) < 3
            return below and (
                (len(group) > 1 and self.is_indented(last))
                or (starts_low and not numbered and not ended)
            )
        first = group[0]
        items = numbered and not starts_low and NUMBERED.match(first.text) is not None
        return not (items and abs(line.left - first.left) < 3)

    def _both_centred(self, group: list[TextLine], line: TextLine) -> bool:
        last = group[-1]
        apart = abs(last.middle - line.middle)
        # Lines that begin and end apart from each other, but have one middle, are set so.
        differ = abs(last.left - line.left)
        wide = apart < 0.3 * line.size and differ > 0.5 * line.size
        both = self.is_centred(last) and self.is_centred(line)
        near = apart < _CENTRED * line.size and differ > 2
        return (
            wide or both or (near and (self.is_centred(last) or self.is_centred(line)))
        ) and not (ends_sentence(last.text) and self.is_full(last, line.text))

    def _hangs(self, group: list[TextLine], line: TextLine) -> bool:
        """Whether a line stands below the words after a paragraph's number or bullet."""
        first = group[0]
        if not NUMBERED.match(first.text) or len(first.words) < 2:
            return False
        return any(abs(line.left - word.left) < 0.4 * line.size for word in first.words[1:4])

    def paragraph(self, group: list[TextLine]) -> Paragraph:
        """Give lines as a paragraph."""
        last = group[-1]
        return Paragraph(
            tuple(group),
            self.column,
            centred=all(self.is_centred(line) for line in group),
            indented=self.is_indented(group[0]),
            is_full=last.right > self.right - 3.5 * last.size,
        )


def _starts_low(line: TextLine) -> bool:
    return line.text[0].islower() or line.text[0] in ",;)"


def _set_alike(above: TextLine, below: TextLine) -> bool:
    return (
        above.bold == below.bold
        and above.italic == below.italic
        and is_capitals(above.text) == is_capitals(below.text)
    )
