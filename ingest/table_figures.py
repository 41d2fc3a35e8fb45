"""Read the figures of a table row: the row names what is measured, the column period and status."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.figure_periods import first_period, report_year, section_period
from ingest.figure_status import column_status, is_relation
from ingest.indicators import clean_head, head_of, says_value, tail_of
from quantities import Quantity, find_quantities
from records import Cell, Figure, FigureStatus, Passage, Report, Span
from units import Unit, read_stated_unit
from vietnamese import cut_terms

_TIMES = frozenset({"năm", "tháng", "ngày", "tuần", "giờ", "phút", "tuổi"})
_UNIT_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")


def read_row(report: Report, passage: Passage) -> Iterator[Figure]:
    """Give the figures of a table row, cell by cell."""
    start = passage.spans[0].start  # a row is one span
    quantities = find_quantities(passage.text)
    stated = read_stated_unit(passage.label)
    year = report_year(report.metadata)
    term = section_period(passage.section, report.metadata)
    for cell in passage.cells:
        period = first_period(cell.column) or term
        status = column_status(cell.column, period, year)
        place = Span(cell.span.start - start, cell.span.end - start)
        inside = [each for each in quantities if place.start <= each.span.start < place.end]
        last = place.start
        for quantity in inside:
            if quantity.unit in _TIMES:
                continue
            before, behind = (
                passage.text[last : quantity.span.start],
                passage.text[quantity.span.end : place.end],
            )
            last = quantity.span.end
            measured = _with_unit(quantity, stated, cell, status)
            relation = is_relation(before, behind, quantity.unit)
            span = Span(start + quantity.span.start, start + min(quantity.span.end, place.end))
            yield Figure(
                id=_id(passage.id, span),
                report=report.name,
                passage_id=passage.id,
                span=span,
                text=report.text[span.start : span.end],
                value=measured.value,
                high=measured.high,
                whole=measured.whole,
                unit=measured.unit,
                qualifier=measured.qualifier,
                indicator=_indicator(passage.label, before, "" if relation else behind, measured),
                period=period,
                locality=report.metadata.district,
                status=FigureStatus.COMPARISON if relation else status,
                part_of="",
            )


def _with_unit(
    quantity: Quantity, stated: Unit | None, cell: Cell, status: FigureStatus
) -> Quantity:
    """Give a bare number the unit of its row or column; a comparison is in percent."""
    if quantity.unit or status is FigureStatus.COMPARISON:
        return quantity
    unit = stated or read_stated_unit(cell.column)
    if unit is None:
        return quantity
    return replace(
        quantity,
        unit=unit.name,
        value=quantity.value * unit.factor,
        high=quantity.high * unit.factor if quantity.high is not None else None,
        whole=quantity.whole * unit.factor if quantity.whole is not None else None,
    )


def _indicator(label: str, before: str, behind: str, quantity: Quantity) -> str:
    """Word what a cell's figure measures: the row, or what the cell itself says."""
    row = label.replace(" › ", ": ")
    if stated := read_stated_unit(row):
        row = (
            _UNIT_IN_BRACKETS.sub("", row)
            if row.endswith(")") and stated.end >= len(row) - 2
            else row
        )
    head, tail = clean_head(head_of(before)), tail_of(behind)
    own = head if head and (says_value(before, counted=False) or not tail) else ""
    if not own and tail:
        noun = quantity.unit.split("/")[0] if quantity.unit not in ("%", "ha") else ""
        own = f"{noun} {tail[:1].lower()}{tail[1:]}".strip() if noun else tail
    if len(own.split()) < 2:
        return row
    said, named = _terms(own), _terms(row)
    if len(said & named) * 2 >= len(named):
        return own[:1].upper() + own[1:]
    return f"{row}: {own[:1].lower()}{own[1:]}"


def _terms(words: str) -> set[str]:
    return {term.text for term in cut_terms(words)}


def _id(passage_id: str, span: Span) -> str:
    words = f"{passage_id}\x1f{span.start}\x1f{span.end}"
    return hashlib.sha256(words.encode()).hexdigest()[:24]
