"""Cut Vietnamese administrative prose into sentences and the clauses of long ones."""

import itertools
import re

from records import Span
from vietnamese import CAPITALS

# A stop, then white space, then what may start a sentence. A stop inside "1.250" or "v.v..,"
# has no white space behind it; abbreviations that are followed by a name are named here.
_STOP = re.compile(rf"[.!?…]+[”\"'’)⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾]*\s+(?=[\"“'(\-–+*•]*\s*[{CAPITALS}\d])|\n+")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:TP|Tp|TX|TT|ThS|TS|PGS|GS|BS|Mr|Mrs|ĐC|đ/c|Đ/c|St|No|Tr|tr|[A-ZĐ])\.$"
)
_CLAUSE = re.compile(r";\s+")


def cut_sentences(text: str) -> list[Span]:
    """Give the place of each sentence in a text, white space around it left out."""
    spans, start = [], 0
    for stop in _STOP.finditer(text):
        if stop[0].strip():
            if _ABBREVIATION.search(text[start : stop.start() + 1]):
                continue
        elif text[stop.end() : stop.end() + 1].islower():
            continue  # the line was broken within the sentence
        spans.append(_trim(text, start, stop.end()))
        start = stop.end()
    spans.append(_trim(text, start, len(text)))
    return [span for span in spans if span.end > span.start]


def cut_clauses(text: str, longest: int) -> list[Span]:
    """Cut a text at its semicolons into pieces, and pack neighbours up to a length.

    Args:
        text: A sentence or more.
        longest: Characters a piece should not pass; one without a semicolon may.
    """
    edges = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text)]
    packed: list[Span] = []
    for start, end in itertools.pairwise(edges):
        if packed and end - packed[-1].start <= longest:
            packed[-1] = Span(packed[-1].start, end)
        else:
            packed.append(Span(start, end))
    return [
        span for piece in packed if (span := _trim(text, piece.start, piece.end)).end > span.start
    ]


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Span(start, start + len(piece.strip()))
