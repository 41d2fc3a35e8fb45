"""Answer a question across reports from what was found in each locality's."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from prompts import comparison as prompts
from records import Answer, AnswerStatus, Citation, Comparison, ComparisonRow, Hit
from retrieval.candidates import Candidate
from retrieval.comparison_choice import choose_figures
from retrieval.comparison_figures import is_cell
from retrieval.comparison_fit import Fit, fit_figures
from retrieval.comparison_operations import order_rows, say_result, warn
from retrieval.comparison_question import ComparisonQuestion
from retrieval.comparison_rows import cite, make_rows
from retrieval.comparison_statements import find_statement
from retrieval.comparison_words import Operation
from retrieval.looking_up import LookedUp

_APPROXIMATE = re.compile(r"^(?:khoảng|trên|gần|hơn|dưới|xấp xỉ|chưa đến|>|<|~|≈)", re.IGNORECASE)
_SURE = 0.9  # fit of a figure whose words are worth looking for elsewhere
_LONGEST_MODEL = 200  # characters
_FIGURES = re.compile(r"[\d.,/%‰]*\d[\d.,/%‰]*")
_WITH_TOWNS = re.compile(r"^\s*(?:,|và)\s*thị trấn", re.IGNORECASE)


def compare(text: str, question: ComparisonQuestion, found: Sequence[LookedUp]) -> Answer | None:
    """Say what several localities' reports say together.

    Args:
        text: The question as asked.
        question: What was understood of it.
        found: What was found for each of its parts, in the same order.

    Returns:
        The answer, one citation for each locality; None if no report surely says what was asked.
    """
    if question.numeric:
        return _compare_figures(text, question, found)
    return _gather_statements(text, question, found)


def find_model(question: ComparisonQuestion, found: Sequence[LookedUp]) -> str:
    """Give the words with which one locality's reports surely say it; empty if none does.

    The others may say it in the same words where the question's own do not lead to them.
    """
    if not question.numeric or len({part.text for part in question.parts}) > 1:
        return ""
    best = max(
        (fit for each in found for fit in fit_figures(each)[:1]),
        key=lambda fit: fit.identity,
        default=None,
    )
    if best is None or best.identity < _SURE:
        return ""
    candidate = best.figure.candidate
    words = candidate.sentence_text
    if is_cell(candidate):
        words = candidate.passage.label
    elif len(words) > _LONGEST_MODEL:
        words = candidate.text
    for part in question.parts:
        words = words.replace(part.locality.name, " ")
    return " ".join(_FIGURES.sub(" ", words).split())


def interleave_hits(found: Sequence[LookedUp]) -> tuple[Hit, ...]:
    """Give the passages found for all localities, the best of each first."""
    rounds = zip_longest(*(each.hits for each in found))
    return tuple(hit for hit in chain.from_iterable(rounds) if hit is not None)


def keep_verified(answer: Answer, verified: Answer) -> Answer:
    """Let a comparison's rows point at the citations that are left of it when it was verified."""
    if answer.comparison is None or verified.citations == answer.citations:
        return verified
    rows = []
    for row in answer.comparison.rows:
        own = answer.citations[row.citation - 1] if row.citation else None
        if own in verified.citations:
            rows.append(replace(row, citation=verified.citations.index(own) + 1))
        else:
            rows.append(ComparisonRow(row.locality, ""))
    return replace(verified, comparison=replace(answer.comparison, rows=tuple(rows)))


def _compare_figures(
    text: str, question: ComparisonQuestion, found: Sequence[LookedUp]
) -> Answer | None:
    fits = [fit_figures(each) for each in found]
    same = len({part.text for part in question.parts}) == 1
    chosen = choose_figures(fits, same_question=same, everywhere=question.everywhere)
    names = [part.locality.name for part in question.parts]
    made, citations = make_rows(names, chosen)
    rows, citations = _renumber(order_rows(question, made), citations)
    told = [row for row in rows if row.citation]
    if not told:
        return None
    notes = [
        *warn(told),
        *_warn_of_words(chosen, names),
        *_silent([row for row in rows if not row.citation], figures=True),
    ]
    lines = [*say_result(question, told), *notes]
    return _answer(text, question, found, lines, rows, citations, notes)


def _renumber(
    rows: Sequence[ComparisonRow], citations: Sequence[Citation]
) -> tuple[list[ComparisonRow], list[Citation]]:
    """Give citations the numbers of the order in which their rows are shown."""
    ordered = [citations[row.citation - 1] for row in rows if row.citation]
    numbers = iter(range(1, len(ordered) + 1))
    return [replace(row, citation=next(numbers)) if row.citation else row for row in rows], ordered


def _warn_of_words(chosen: Sequence[Fit | None], names: Sequence[str]) -> list[str]:
    """Warn of approximate figures, and of towns counted along with communes in some only."""
    told = [(name, fit.figure) for name, fit in zip(names, chosen, strict=True) if fit]
    about = [name for name, figure in told if _APPROXIMATE.match(figure.quantity.qualifier)]
    notes = [prompts.warn_of_approximation(about)] if about and len(told) > 1 else []
    towns = [
        name
        for name, figure in told
        if figure.quantity.unit == "xã"
        and _WITH_TOWNS.match(figure.candidate.passage.text[figure.quantity.span.end :])
    ]
    if 0 < len(towns) < len(told):
        notes.append(prompts.warn_of_towns(towns))
    return notes


def _gather_statements(
    text: str, question: ComparisonQuestion, found: Sequence[LookedUp]
) -> Answer | None:
    """Say which reports state what was asked, each in its words."""
    rows, citations, said = [], [], []
    confirming = question.operation is Operation.HAVE
    for part, each in zip(question.parts, found, strict=True):
        candidate = find_statement(each, confirming=confirming)
        if candidate is None:
            rows.append(ComparisonRow(part.locality.name, ""))
            continue
        citation = cite(candidate, candidate.span.start)
        citations.append(citation)
        words = _words(candidate)
        rows.append(ComparisonRow(part.locality.name, words, citation=len(citations)))
        said.append(prompts.render_says(part.locality.name, words, [len(citations)]))
    if not citations:
        return None
    rows.sort(key=lambda row: not row.citation)
    silent = _silent([row for row in rows if not row.citation], figures=False)
    lead = [prompts.render_have([r.locality for r in rows if r.citation])] if confirming else []
    return _answer(text, question, found, [*lead, *said, *silent], rows, citations, silent)


def _words(candidate: Candidate) -> str:
    """Give a clause, or a table's cell, as its report has it."""
    words = candidate.passage.text[candidate.span.start : candidate.span.end]
    return " ".join(words.split()).strip(" ,;.")


def _silent(rows: Sequence[ComparisonRow], *, figures: bool) -> list[str]:
    return [prompts.render_silent([row.locality for row in rows], figures=figures)] if rows else []


def _answer(
    text: str,
    question: ComparisonQuestion,
    found: Sequence[LookedUp],
    lines: Sequence[str],
    rows: Sequence[ComparisonRow],
    citations: Sequence[Citation],
    notes: Sequence[str],
) -> Answer:
    measures = tuple(dict.fromkeys(part.text for part in question.parts))
    return Answer(
        text,
        AnswerStatus.ANSWERED,
        "\n".join(lines),
        tuple(citations),
        interleave_hits(found),
        comparison=Comparison("; ".join(measures), tuple(rows), tuple(notes)),
    )
