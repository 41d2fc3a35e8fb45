"""Turn the figures chosen for localities into the rows and citations of an answer."""

import re
from collections.abc import Sequence
from decimal import Decimal

from quantities import format_quantity
from records import Citation, ComparisonRow, Passage, Span
from retrieval.candidates import Candidate, cut_candidates
from retrieval.comparison_choice import in_unit
from retrieval.comparison_figures import FoundFigure, is_cell
from retrieval.comparison_fit import Fit

_LONGEST_QUOTE = 450  # characters
_RANKED = re.compile(r"(?:(?:xếp|đứng)\s+)?(?:hạng\s+)?(?:thứ\s+)?$", re.IGNORECASE)
_POINT_DECIMAL = re.compile(r"\d\.\d{1,2}(?!\d)")


def make_rows(
    names: Sequence[str], chosen: Sequence[Fit | None]
) -> tuple[list[ComparisonRow], list[Citation]]:
    """Give a row for each locality, and the citations that the rows point at."""
    unit = _shared_unit([fit for fit in chosen if fit])
    rows, citations = [], []
    for name, fit in zip(names, chosen, strict=True):
        if fit is None:
            rows.append(ComparisonRow(name, ""))
            continue
        figure = fit.figure
        citations.append(cite(figure.candidate, figure.quantity.number.start))
        value = in_unit(fit, unit)
        rows.append(
            ComparisonRow(
                name,
                show_figure(figure),
                figure.quantity.value if value is None else value,
                figure.quantity.unit if value is None else _shown_unit(chosen, unit),
                figure.period,
                figure.status,
                len(citations),
            )
        )
    return rows, citations


def _shared_unit(chosen: Sequence[Fit]) -> str:
    """Give the unit that all figures can be said in; the first's where there is none."""
    units = [fit.counts for fit in chosen]
    return next(
        (unit for unit in units if all(in_unit(fit, unit) is not None for fit in chosen)),
        units[0] if units else "",
    )


def _shown_unit(chosen: Sequence[Fit | None], unit: str) -> str:
    """Give the written form of a unit; none where each report counts in its own words."""
    written = {fit.figure.quantity.unit for fit in chosen if fit}
    if unit in written:
        return unit
    return written.pop() if len(written) == 1 else ""


def show_figure(figure: FoundFigure) -> str:
    """Give a figure as worded, with the unit that stands elsewhere, in Vietnamese form."""
    quantity = figure.quantity
    text = figure.candidate.passage.text
    words = " ".join(text[quantity.span.start : quantity.span.end].split())
    digits = " ".join(text[quantity.number.start : quantity.number.end].split())
    if quantity.whole is not None and quantity.value > quantity.whole:
        words = format_quantity(quantity.value, quantity.unit)  # 819,2 of 750 planned
    elif is_cell(figure.candidate) and _POINT_DECIMAL.search(digits) and quantity.whole is None:
        words = format_quantity(quantity.value, quantity.unit)
    elif words == digits and quantity.unit and not quantity.unit.startswith(("hạng", "đồng")):
        words = f"{digits} {quantity.unit}".replace(" %", "%")
    elif words == digits and quantity.unit.startswith("đồng"):
        words = format_quantity(quantity.value, quantity.unit)
    if quantity.unit == "hạng":
        rank = _RANKED.search(text[: quantity.number.start])
        words = f"{rank[0] if rank else ''}{digits}"
    return f"{quantity.qualifier} {words}".strip()


def format_number(value: Decimal) -> str:
    """Write a number without a unit: "1.351,2"."""
    return format_quantity(value, "")


def cite(candidate: Candidate, at: int) -> Citation:
    """Cite the sentence around a clause, or the clauses around it where that is long.

    Args:
        candidate: The clause or cell.
        at: Offset in the passage's text that the quote must hold, where a page break parts it.
    """
    passage = candidate.passage
    quoted = candidate.sentence
    if quoted.end - quoted.start > _LONGEST_QUOTE and not is_cell(candidate):
        quoted = _around(candidate)
    return _cite_piece(passage, quoted, at)


def _around(candidate: Candidate) -> Span:
    """Add the clauses beside one, first those before it, up to a quote's length."""
    clauses = [
        each.span
        for each in cut_candidates(candidate.passage)
        if each.sentence == candidate.sentence
    ]
    first = last = clauses.index(candidate.span)
    for _ in clauses:
        for a, b in ((first - 1, last), (first, last + 1)):
            fits = a >= 0 and b < len(clauses)
            if fits and clauses[b].end - clauses[a].start <= _LONGEST_QUOTE:
                first, last = a, b
    return Span(clauses[first].start, clauses[last].end)


def _cite_piece(passage: Passage, quoted: Span, at: int) -> Citation:
    """Cite the part of a quote that is one stretch of the report: the one that holds an offset."""
    start = 0
    for own in passage.spans:
        end = start + own.end - own.start
        if start <= at <= end:
            begin, stop = max(quoted.start, start), min(quoted.end, end)
            span = Span(own.start + begin - start, own.start + stop - start)
            quote = passage.text[begin:stop]
            return Citation(passage.report, passage.section, passage.page, quote, span, passage.id)
        start = end + 1
    raise ValueError(f"{at} is no offset of passage {passage.id}")
