"""Find the stamps of electronic signatures that are printed into the text of a page."""

import re
from collections.abc import Sequence

from ingest.formats.pdf.columns import cut_segments
from ingest.formats.pdf.lines import build_lines
from ingest.formats.pdf.page_words import PageWord, TextLine

# What the state's signing programs write: one line says when, the others who and where.
_WHEN = re.compile(
    r"(?:Thời\s+gian\s+ký|Ngày\s+ký|Ký\s+ngày|Digitally\s+signed\s+by|Signature\s+(?:Not\s+)?V)\b.*",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?:Người\s+ký|Ký\s+bởi|Được\s+ký\s+bởi|Email|Cơ\s+quan|Đơn\s+vị|Chức\s+vụ|Location|Reason|Date"
    r"|Số|DN|Tổ\s+chức)\s*:.*",
    re.IGNORECASE,
)
_SIGNED = ("ký", "signed", "signature")
_NEAR = 2.2  # times the size of letters, from line to line
_SAME_LEFT = 0.6  # times the size


def find_stamp(words: Sequence[PageWord]) -> list[PageWord]:
    """Give the words of a sheet that signing programs have printed on it."""
    if not any(word.text.lower().rstrip(":") in _SIGNED for word in words):
        return []
    segments = [segment for line in build_lines(words) for segment in cut_segments(line)]
    found = [segment for segment in segments if _WHEN.fullmatch(segment.text)]
    todo = list(found)
    while todo:
        one = todo.pop()
        for other in segments:
            if other not in found and _belongs(one, other):
                found.append(other)
                todo.append(other)
    if len(found) > 1:
        found = _with_rests(found, segments)
    found.sort(key=lambda segment: (segment.baseline, segment.left))
    return [word for segment in found for word in segment.words]


def _with_rests(found: list[TextLine], segments: list[TextLine]) -> list[TextLine]:
    """Add the lines within a stamp that go on from others."""
    top, bottom = min(one.baseline for one in found), max(one.baseline for one in found)
    first = found[0]
    return [
        one
        for one in segments
        if one in found
        or (
            top < one.baseline < bottom
            and abs(one.left - first.left) < _SAME_LEFT * first.size
            and abs(one.size - first.size) < 0.6
        )
    ]


def _belongs(one: TextLine, other: TextLine) -> bool:
    return (
        abs(one.left - other.left) < _SAME_LEFT * one.size
        and abs(one.baseline - other.baseline) < _NEAR * one.size
        and abs(one.size - other.size) < 0.6
        and bool(_BESIDE.fullmatch(other.text))
    )
