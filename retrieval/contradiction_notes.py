"""Say in an answer where its report gives another figure for the same thing."""

import re
import textwrap
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from prompts.contradictions import name_column, name_footnote, name_section, render_note
from quantities import find_quantities, format_quantity
from records import Answer, AnswerStatus, Citation, Figure, Passage, PassageKind, Span
from retrieval.contradictions import find_contradictions
from sentences import cut_clauses, cut_sentences

_MOST_STATED = 3  # figures: an answer that lists more is not about one of them
_LONGEST_QUOTE = 300  # characters
_LONGEST_HEADING = 80  # characters
_NUMBERED = re.compile(r"^((?:[IVX]+|\d+(?:\.\d+)*|[a-zđ]))\s?[.)–-]+\s+")
_DOT_DECIMAL = re.compile(r"(?<![\d.,])(\d+)\.(\d{1,2})(?![\d.,])")
_SIGNS = {">": "trên", "≥": "từ", ">=": "từ", "<": "dưới", "≤": "đến", "<=": "đến"}


class FigureIndex(Protocol):
    """What is asked of the index."""

    def figures(self, reports: Collection[str] | None = None) -> tuple[Figure, ...]:
        """Give the figures of some reports."""

    def figures_of_passages(self, ids: Collection[str]) -> dict[str, tuple[Figure, ...]]:
        """Give the figures of each passage."""

    def passages(self, ids: Collection[str]) -> Mapping[str, Passage]:
        """Give passages by id."""


def note_contradictions(answer: Answer, index: FigureIndex) -> Answer:
    """Add to an answer the figures of the same report that contradict its own, with their places.

    What the answer says stays as it is.
    """
    if answer.status is not AnswerStatus.ANSWERED or answer.comparison or not answer.citations:
        return answer
    stated = _stated(answer, index)
    found = find_contradictions(stated, index.figures([each.report for each in stated]))
    if not found:
        return answer
    # All of one figure are shown; a second contradicted figure would make a list of the answer.
    first = found[0].stated
    told = [first, *(each.other for each in found if each.stated is first)]
    passages = index.passages({figure.passage_id for figure in told})
    if len(passages) < len({figure.passage_id for figure in told}):
        return answer  # the report was replaced in between
    return _with_note(answer, told, passages)


def _stated(answer: Answer, index: FigureIndex) -> list[Figure]:
    """Give the figures that an answer states: those of its first sentence that it cites."""
    ids = {citation.passage_id for citation in answer.citations}
    cited = [
        figure
        for figures in index.figures_of_passages(ids).values()
        for figure in figures
        if any(_covers(citation, figure) for citation in answer.citations)
    ]
    sentences = cut_sentences(answer.text)
    for sentence in sentences:
        said = {each.value for each in find_quantities(answer.text[sentence.start : sentence.end])}
        stated = [figure for figure in cited if figure.value in said]
        if stated:
            return stated if len(stated) <= _MOST_STATED else []
    return []


def _covers(citation: Citation, figure: Figure) -> bool:
    within = citation.span.start <= figure.span.start and figure.span.end <= citation.span.end
    return within and citation.passage_id == figure.passage_id


def _with_note(answer: Answer, told: Sequence[Figure], passages: Mapping[str, Passage]) -> Answer:
    citations = list(answer.citations)
    places = []
    for figure in told:
        mark = next((n for n, each in enumerate(citations, 1) if _covers(each, figure)), 0)
        if not mark:
            citations.append(_cite(figure, passages[figure.passage_id]))
            mark = len(citations)
        places.append((_place(figure, passages[figure.passage_id]), _shown(figure), mark))
    return replace(answer, text=f"{answer.text}\n{render_note(places)}", citations=tuple(citations))


def _place(figure: Figure, passage: Passage) -> str:
    if passage.kind is PassageKind.FOOTNOTE and passage.label:
        return name_footnote(passage.label)
    if passage.kind is PassageKind.TABLE_ROW:
        columns = (
            cell.column
            for cell in passage.cells
            if cell.span.start <= figure.span.start < cell.span.end
        )
        return name_column(next(columns, ""))
    heading = _NUMBERED.sub(r"\1 ", passage.section[-1]) if passage.section else ""
    return name_section(textwrap.shorten(heading, _LONGEST_HEADING, placeholder=" …"))


def _shown(figure: Figure) -> str:
    """Write a figure as its report does, with its unit and qualifier."""
    words = _DOT_DECIMAL.sub(r"\1,\2", figure.text)
    if figure.unit and not any(sign.isalpha() or sign in "%‰" for sign in words):
        words = format_quantity(figure.value, figure.unit)
    if figure.qualifier in ("trở lên", "trở xuống"):
        return f"{words} {figure.qualifier}"
    return f"{_SIGNS.get(figure.qualifier, figure.qualifier)} {words}".strip()


def _cite(figure: Figure, passage: Passage) -> Citation:
    """Cite the row, or the clause of prose, that a figure stands in."""
    at = 0  # of the passage's text
    for own in passage.spans:
        if own.start <= figure.span.start and figure.span.end <= own.end:
            text = passage.text[at : at + own.end - own.start]
            inside = Span(figure.span.start - own.start, figure.span.end - own.start)
            part = _clause(text, inside) if passage.kind is not PassageKind.TABLE_ROW else None
            start, end = (part.start, part.end) if part else (0, len(text))
            span = Span(own.start + start, own.start + end)
            return Citation(
                passage.report, passage.section, passage.page, text[start:end], span, passage.id
            )
        at += own.end - own.start + 1
    raise ValueError(f"{figure.span} is no part of passage {passage.id}")


def _clause(text: str, figure: Span) -> Span:
    for sentence in cut_sentences(text):
        if sentence.start <= figure.start and figure.end <= sentence.end:
            words = text[sentence.start : sentence.end]
            for clause in cut_clauses(words, _LONGEST_QUOTE):
                start, end = sentence.start + clause.start, sentence.start + clause.end
                if start <= figure.start and figure.end <= end:
                    return Span(start, end)
            return sentence
    return figure
