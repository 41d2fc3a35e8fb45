"""Cut passages into the pieces that may answer: clauses of prose, cells of table rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from records import Passage, PassageKind, Span
from sentences import cut_sentences
from spans import place_within
from vietnamese import Term, cut_terms

# Commas, semicolons and colons part clauses; not those inside a number or inside brackets.
_EDGE = re.compile(r"[;:,](?=\s)|\s[-–](?=\s)")
# A clause of fewer terms goes with the one before: "v.v", "10/10 xã".
_FEWEST_TERMS = 3
_LONGEST_CELL = 600  # characters of a table's cell that is answered with as a whole


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece of a passage that may hold the answer, and the words around it.

    Spans are of `Passage.text`; terms are folded.
    """

    passage: Passage
    span: Span  # the clause, or the table cell's value; a sentence of it where it is long
    sentence: Span  # the sentence around it; a table cell's whole row
    text: str  # the clause; for a cell "row, column: value"
    terms: tuple[str, ...]  # of `text`
    near: frozenset[str]  # of the clause and its neighbours
    around: tuple[str, ...]  # of the sentence
    column: str = ""  # of a table cell

    @property
    def sentence_text(self) -> str:
        """The sentence around the candidate; of a table cell the whole row."""
        return self.passage.text[self.sentence.start : self.sentence.end]


# The same passages are read for many questions; each keeps some 20 kB.
@lru_cache(maxsize=512)
def cut_candidates(passage: Passage) -> tuple[Candidate, ...]:
    """Give the candidates of a passage in reading order."""
    if passage.kind is PassageKind.TABLE_ROW and passage.cells:
        return tuple(_cells(passage))
    return tuple(_clauses(passage))


def _cells(passage: Passage) -> list[Candidate]:
    whole = Span(0, len(passage.text))
    labels = tuple(term.text for term in cut_terms(passage.label))
    found = []
    for cell in passage.cells:
        span = place_within(passage.spans, cell.span)
        if span is None:
            continue
        place = ", ".join(part for part in (passage.label, cell.column) if part)
        for piece in _cell_pieces(passage.text, span):
            text = f"{place}: {passage.text[piece.start : piece.end]}"
            words = tuple(term.text for term in cut_terms(text))
            near = frozenset(words)
            found.append(
                Candidate(passage, piece, whole, text, words, near, labels + words, cell.column)
            )
    return found


def _cell_pieces(text: str, cell: Span) -> list[Span]:
    """Give a cell, or the sentences of one that is as long as a paragraph."""
    if cell.end - cell.start <= _LONGEST_CELL:
        return [cell]
    return [
        Span(cell.start + sentence.start, cell.start + sentence.end)
        for sentence in cut_sentences(text[cell.start : cell.end])
    ]


def _clauses(passage: Passage) -> Iterator[Candidate]:
    words = cut_terms(passage.text)
    for sentence in cut_sentences(passage.text):
        inside = _within(words, sentence)
        around = tuple(term.text for term in inside)
        clauses = _cut(passage.text, sentence, inside)
        held = [tuple(term.text for term in _within(inside, clause)) for clause in clauses]
        for n, clause in enumerate(clauses):
            near = frozenset(
                t for m in range(max(n - 1, 0), n + 2) if m < len(held) for t in held[m]
            )
            text = passage.text[clause.start : clause.end]
            yield Candidate(passage, clause, sentence, text, held[n], near, around)


def _within(words: list[Term], span: Span) -> list[Term]:
    return [term for term in words if span.start <= term.start and term.end <= span.end]


def _cut(text: str, sentence: Span, words: list[Term]) -> list[Span]:
    """Cut a sentence at its commas outside brackets; too short pieces go with the one before.

    A short piece at the head, "Năm 2018,", goes with the one after it.
    """
    depth, edges = 0, [sentence.start]
    at = sentence.start
    for match in _EDGE.finditer(text, sentence.start, sentence.end):
        depth += text.count("(", at, match.start()) - text.count(")", at, match.start())
        at = match.start()
        if depth <= 0:
            edges.append(match.end())
    edges.append(sentence.end)
    clauses: list[Span] = []
    joins = False  # the clause so far is too short to stand alone
    for start, end in pairwise(edges):
        piece = Span(start + len(text[start:end]) - len(text[start:end].lstrip()), end)
        short = sum(piece.start <= term.start < piece.end for term in words) < _FEWEST_TERMS
        if clauses and (short or joins):
            clauses[-1] = Span(clauses[-1].start, end)
            joins = joins and short
        elif piece.end > piece.start:
            clauses.append(piece)
            joins = short
    return clauses
