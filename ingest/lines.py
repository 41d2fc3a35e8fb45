"""Cut stored text into its lines, with the place of each."""

import re
from dataclasses import dataclass

from records import Span

_FOOTNOTE = re.compile(r"(?:[⁽(]?(?P<number>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)[⁾)]?)\s*(?=\S)")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something, without the white space around it."""

    span: Span
    text: str  # stored text of the span
    raw: str  # the whole line; leading tabs are empty cells of a table row
    raw_start: int  # offset of `raw` in the stored text

    @property
    def is_row(self) -> bool:
        """Whether the line has the cells of a table row: two tabs or more."""
        return self.raw.count("\t") >= 2

    @property
    def footnote_number(self) -> str:
        """The number in plain digits if the line starts a footnote ("⁵ 03 sản phẩm…"), else ""."""
        match = _FOOTNOTE.match(self.text)
        return match["number"].translate(_DIGITS) if match else ""

    @property
    def starts_low(self) -> bool:
        """Whether the first letter is a small one: the line goes on from another."""
        return self.text[0].islower()


def cut_lines(text: str) -> list[Line]:
    """Give the lines that hold more than white space, in order."""
    lines = []
    start = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            at = start + raw.index(stripped)
            lines.append(Line(Span(at, at + len(stripped)), stripped, raw, start))
        start += len(raw) + 1
    return lines
