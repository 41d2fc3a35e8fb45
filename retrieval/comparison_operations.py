"""Say what a question wants done with localities' figures: the winner, the ranking, the sum."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from prompts import comparison as prompts
from quantities import format_quantity
from records import ComparisonRow, FigureStatus
from retrieval import answer_kinds as kinds
from retrieval.comparison_question import ComparisonQuestion
from retrieval.comparison_rows import format_number
from retrieval.comparison_words import Operation

_AS_NAMED = (Operation.LIST, Operation.SUM, Operation.AVERAGE)  # localities in their own order
_RANK_UNIT = "hạng"
_SCALES = ((Decimal(10**9), "tỷ"), (Decimal(10**6), "triệu"))  # of money


def say_result(question: ComparisonQuestion, rows: Sequence[ComparisonRow]) -> list[str]:
    """Give the lines that say what came out, the total or winner first, then each figure.

    Args:
        question: What is asked.
        rows: Of the localities whose reports say it, at least one, all in one unit if `comparable`.
    """
    if len(rows) == 1 or question.operation is Operation.LIST:
        return _list(rows)
    if not comparable(rows):
        return [*_list(rows), prompts.OTHER_UNITS]
    match question.operation:
        case Operation.EXTREME | Operation.COMPARE:
            return _extreme(question, rows)
        case Operation.RANK:
            return _rank(rows, lowest=question.lowest)
        case Operation.SUM:
            return _sum(rows, whole=len(rows) == len(question.parts))
        case Operation.DIFFERENCE:
            return [*_difference(rows), *_list(rows)]
        case Operation.RATIO:
            return [*_ratio(rows), *_list(rows)]
        case _:
            return _average(rows)


def order_rows(question: ComparisonQuestion, rows: Sequence[ComparisonRow]) -> list[ComparisonRow]:
    """Put rows in the order they are shown: those that say nothing last, a comparison's by value."""
    told = [row for row in rows if row.citation]
    silent = [row for row in rows if not row.citation]
    if question.operation not in _AS_NAMED and comparable(told):
        told = _by_value(told, lowest=question.lowest)
    return told + silent


def comparable(rows: Sequence[ComparisonRow]) -> bool:
    """Say whether all rows have values in one unit."""
    return len({row.unit for row in rows}) == 1 and all(row.value is not None for row in rows)


def is_share(unit: str) -> bool:
    """Say whether figures in a unit are rates, which are not added up."""
    return unit.startswith(("%", "‰")) or "/" in unit or unit == _RANK_UNIT


def aside(row: ComparisonRow) -> str:
    """Say what a row's figure is, of when: "ước, năm 2024"."""
    status = prompts.name_status(row.status.value) if row.status else ""
    return ", ".join(part for part in (status, row.period) if part)


def _list(rows: Sequence[ComparisonRow]) -> list[str]:
    return [prompts.render_row(r.locality, r.figure, aside(r), r.citation) for r in rows]


def _by_value(rows: Sequence[ComparisonRow], *, lowest: bool) -> list[ComparisonRow]:
    # The first rank is the highest and the smallest number.
    rising = lowest != (rows[0].unit == _RANK_UNIT) if rows else lowest
    return sorted(rows, key=lambda row: value_of(row) * (1 if rising else -1))


def value_of(row: ComparisonRow) -> Decimal:
    """Give a row's value.

    Raises:
        ValueError: It has none.
    """
    if row.value is None:
        raise ValueError(f"{row.locality} has no figure")
    return row.value


def _extreme(question: ComparisonQuestion, rows: Sequence[ComparisonRow]) -> list[str]:
    first, *others = _by_value(rows, lowest=question.lowest)
    equal = [row for row in others if row.value == first.value]
    claim = ""
    if question.claim:
        named = question.parts[0].locality.name
        claim = "Có. " if first.locality == named and not equal else "Không. "
    if equal:
        several = [first, *equal]
        places, marks = [r.locality for r in several], [r.citation for r in several]
        said = prompts.render_equal(places, first.figure, marks)
        rest = [row for row in others if row not in equal]
    else:
        said = prompts.render_winner(
            first.locality, first.figure, aside(first), first.citation,
            adjective=adjective(question, first.unit), of_two=question.named and len(question.parts) == 2,
        )  # fmt: skip
        rest = others
    return [claim + said, *_list(rest)]


def adjective(question: ComparisonQuestion, unit: str) -> str:
    """Give the winner's adjective: as asked, else what goes with the unit."""
    if question.adjective:
        return question.adjective
    if is_share(unit):
        return "thấp" if question.lowest else "cao"
    return "ít" if question.lowest else "nhiều"


def _rank(rows: Sequence[ComparisonRow], *, lowest: bool) -> list[str]:
    lead = prompts.RANKED_RISING if lowest else prompts.RANKED
    return [lead, *_list(_by_value(rows, lowest=lowest))]


def _sum(rows: Sequence[ComparisonRow], *, whole: bool) -> list[str]:
    unit = rows[0].unit
    if is_share(unit):
        return [prompts.NO_SUM, *_list(rows)]
    values = [value_of(row) for row in rows]
    terms, result = _terms(values, sum(values, Decimal(0)), unit)
    marks = [row.citation for row in rows]
    return [prompts.render_sum(terms, result, marks, whole=whole), *_list(rows)]


def _difference(rows: Sequence[ComparisonRow]) -> list[str]:
    higher, *_, lower = _by_value(rows, lowest=False)
    if higher.value == lower.value:
        marks = [row.citation for row in (higher, lower)]
        return [prompts.render_equal([higher.locality, lower.locality], higher.figure, marks)]
    marks = [higher.citation, lower.citation]
    values = [value_of(higher), value_of(lower)]
    terms, result = _terms(values, abs(values[0] - values[1]), higher.unit)
    points = higher.unit.startswith("%")
    said = "" if points else "cao" if is_share(higher.unit) else "nhiều"
    if points:
        result = format_number(values[0] - values[1])
    return [prompts.render_difference(higher.locality, lower.locality, terms, result, marks, said)]


def _ratio(rows: Sequence[ComparisonRow]) -> list[str]:
    higher, *_, lower = _by_value(rows, lowest=False)
    values = [value_of(higher), value_of(lower)]
    if not values[1]:
        return []
    times = format_number(round(values[0] / values[1], 1))
    terms, _ = _terms(values, values[0], higher.unit)
    marks = [higher.citation, lower.citation]
    return [prompts.render_ratio(higher.locality, lower.locality, terms, times, marks)]


def _average(rows: Sequence[ComparisonRow]) -> list[str]:
    values = [value_of(row) for row in rows]
    unit = rows[0].unit
    mean = round(sum(values, Decimal(0)) / len(values), 2)
    terms, result = _terms(values, mean, unit)
    lines = [prompts.render_average(terms, result, [row.citation for row in rows]), *_list(rows)]
    return [*lines, prompts.SIMPLE_AVERAGE] if is_share(unit) else lines


def _terms(values: Sequence[Decimal], result: Decimal, unit: str) -> tuple[list[str], str]:
    """Write the terms of a computation and its result, money in one scale."""
    head = unit.partition("/")[0]
    if head in ("đồng", "USD"):
        largest = max(abs(value) for value in (*values, result))
        for size, word in _SCALES:
            if largest >= size:
                scaled = f"{format_number(result / size)} {word} {unit}"
                return [format_number(value / size) for value in values], scaled
    return [format_number(value) for value in values], format_quantity(result, unit)


def warn(rows: Sequence[ComparisonRow]) -> list[str]:
    """Say where the bases of rows differ: aims against results, times, approximate figures."""
    notes = []
    statuses = {row.status for row in rows}
    if len(statuses) > 1 and FigureStatus.TARGET in statuses:
        aims = [row.locality for row in rows if row.status is FigureStatus.TARGET]
        notes.append(prompts.warn_of_targets(aims, prompts.name_status("target")))
    years = [kinds.years(row.period) for row in rows if row.period]
    if any(one.isdisjoint(other) for one, other in combinations(years, 2)):
        notes.append(prompts.warn_of_periods())
    if len(rows) > 1 and rows[0].unit == _RANK_UNIT:
        notes.append(prompts.warn_of_ranks())
    return notes
