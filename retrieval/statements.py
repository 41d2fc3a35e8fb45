"""Cut an answer into its statements, each with the citations it stands on."""

import re
from dataclasses import dataclass

from records import Span
from sentences import cut_sentences

MARK = re.compile(r"\[(\d{1,2})\]")
_MARKS = re.compile(r"(?:\s*\[\d{1,2}\])+[.;,]?")
_OPENING, _CLOSING = "“", "”"


@dataclass(frozen=True, slots=True)
class Statement:
    """A piece of an answer that is said or left out as a whole."""

    span: Span  # of the answer's text, its marks included
    cited: tuple[int, ...]  # numbers of its citations, from 1; empty if it stands on none
    marked: bool  # its line has marks; else it stands on all that the answer cites


def cut_statements(text: str) -> list[Statement]:
    """Give the statements of an answer, in order.

    A statement without marks of its own stands on those that come next in its line, else on those
    before it there; a line without marks, as the heading of a table, stands on all of the answer.
    """
    every = tuple(dict.fromkeys(int(number) for number in MARK.findall(text)))
    statements: list[Statement] = []
    start = 0
    for line in text.split("\n"):
        pieces = _pieces(text, start, start + len(line))
        marks = [_numbers(text, piece) for piece in pieces]
        for n, piece in enumerate(pieces):
            following = next((each for each in marks[n:] if each), ())
            before = next((each for each in reversed(marks[:n]) if each), ())
            near = following or before
            statements.append(Statement(piece, near or every, bool(near)))
        start += len(line) + 1
    return statements


def find_quotes(text: str) -> list[Span]:
    """Give what stands in quotation marks, the marks left out; of quotes within quotes the outer."""
    quotes: list[Span] = []
    depth, start = 0, 0
    for at, sign in enumerate(text):
        if sign == _OPENING:
            depth += 1
            start = at + 1 if depth == 1 else start
        elif sign == _CLOSING and depth:
            depth -= 1
            if not depth:
                quotes.append(Span(start, at))
    return quotes


def _numbers(text: str, span: Span) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(n) for n in MARK.findall(text[span.start : span.end])))


def _pieces(text: str, start: int, end: int) -> list[Span]:
    line = list(text[start:end])
    for quote in find_quotes(text[start:end]):  # a stop within a quote ends no statement
        line[quote.start : quote.end] = "x" * (quote.end - quote.start)
    masked = "".join(line)
    pieces: list[Span] = []
    for sentence in cut_sentences(masked):
        at = sentence.start
        edges = [mark.end() for mark in _MARKS.finditer(masked, at, sentence.end)]
        for edge in [*edges, sentence.end]:
            if masked[at:edge].strip(" .;,"):
                pieces.append(Span(start + at, start + edge))
                at = edge
            elif pieces and edge > at:
                pieces[-1] = Span(pieces[-1].start, start + edge)
                at = edge
    return pieces
