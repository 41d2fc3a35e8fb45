"""Find where one report gives two figures for the same thing.

A figure shown as a contradiction that is none is a wrong figure, so what is not surely the same
indicator, period, place and kind is left out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from quantities import same_unit
from records import Figure, FigureStatus
from units import spelling
from vietnamese import CAPITALS

_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD = re.compile(r"[^\W_]+")
_OF_WHOM = re.compile(rf"\bcủa\s+[{CAPITALS}]")  # "Kết quả kinh doanh của Ngân hàng …: nợ xấu"
# Words by which two wordings of one indicator differ.
_WEAK = frozenset(
    spelling(word)
    for word in """
    tỷ tỉ lệ số tổng toàn huyện các của được là đạt và về có trên địa bàn bình quân trung hằng hàng
    năm mỗi danh hiệu công nhận lượng hiện so với đầu kỳ còn chiếm
    """.split()
)
_AT_LEAST = frozenset(
    {"trên", "hơn", ">", "≥", ">=", "trở lên", "ít nhất", "tối thiểu", "không dưới"}
)
_AT_MOST = frozenset({"dưới", "<", "≤", "<=", "trở xuống", "tối đa", "không quá", "chưa đến"})
_ABOUT = frozenset({"khoảng", "gần", "xấp xỉ", "~", "≈", "ngót"})
_NEAR = Decimal("0.05")  # of a value: what "khoảng" leaves open
_FEWEST_WORDS = 2  # that name an indicator beyond what is counted
_LOWEST_SHARE = 40  # percent: comparisons below are changes, which have many bases
_ROUND_FROM = 1000  # smaller counts end in zeros by chance: 20 xã is not about 20
_MOST = 2  # contradictions of one figure that are shown


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A figure, and another that the same report gives for the same thing."""

    stated: Figure
    other: Figure


def find_contradictions(
    stated: Sequence[Figure], figures: Iterable[Figure]
) -> tuple[Contradiction, ...]:
    """Find the figures of a report that contradict those an answer states.

    Args:
        stated: The figures that the answer states.
        figures: All of the same report.
    """
    everything = list(figures)
    return tuple(
        Contradiction(figure, other)
        for figure in stated
        for other in _contradicting(figure, everything)
    )


def _contradicting(figure: Figure, figures: Sequence[Figure]) -> list[Figure]:
    beside = [each for each in figures if _measures_the_same(figure, each)]
    mates = [each for each in beside if each.passage_id == figure.passage_id]
    found: list[Figure] = []
    for other in beside:
        if other.passage_id == figure.passage_id or not _same_period(figure, other):
            continue
        # A row that has the other's figure in another column, or an answer's passage that has it
        # for another year, says the same: only what the period is called differs.
        there = [each for each in beside if each.passage_id == other.passage_id]
        if any(_agree(figure, each) for each in there) or any(
            _agree(other, each) for each in mates
        ):
            continue
        if all(other.value != each.value for each in found):
            found.append(other)
    return found[:_MOST]


def _measures_the_same(one: Figure, other: Figure) -> bool:
    return (
        one.report == other.report
        and one.locality == other.locality
        and bool(one.unit)
        and same_unit(one.unit, other.unit)
        and (one.whole is None) == (other.whole is None)
        and _same_kind(one, other)
        and _same_indicator(one, other)
    )


def _same_kind(one: Figure, other: Figure) -> bool:
    reached = {FigureStatus.RESULT, FigureStatus.ESTIMATE}
    if one.status in reached and other.status in reached:
        return True
    if one.status is not other.status:
        return False
    if one.status is FigureStatus.COMPARISON and one.unit.startswith("%"):
        return bool(min(one.value, other.value) >= _LOWEST_SHARE)
    return True


def _same_period(one: Figure, other: Figure) -> bool:
    """Say whether two figures are of one period: a target's is the year it ends in."""
    if one.period == other.period:
        return bool(one.period)
    mine: list[str] = _YEAR.findall(one.period)
    theirs: list[str] = _YEAR.findall(other.period)
    if not mine or not theirs or "tháng" in one.period + other.period:
        return False
    if one.status is FigureStatus.TARGET:
        return mine[-1] == theirs[-1]
    # What is said of a whole term is what it came to: "nhiệm kỳ 2020 - 2025" and 2025.
    return len(mine) != len(theirs) and mine[-1] == theirs[-1]


def _same_indicator(one: Figure, other: Figure) -> bool:
    if _numbers(one.indicator) != _numbers(other.indicator):
        return False
    counted = _strong(f"{one.unit} {other.unit}".replace("/", " "))
    # "250 giường/1 vạn dân" says by its unit what it measures, "03 đảng viên" does not.
    ratio = "/" in one.unit and not one.unit.endswith(("/năm", "/tháng"))
    return any(
        (mine == theirs and len(mine) >= _FEWEST_WORDS and bool(mine - counted))
        or (ratio and not (mine | theirs) - counted)
        for mine in _wordings(one.indicator)
        for theirs in _wordings(other.indicator)
    )


def _wordings(indicator: str) -> list[frozenset[tuple[str, str]]]:
    """Give the words of an indicator, and those of a cell's own wording behind its row's."""
    row, colon, own = indicator.rpartition(": ")
    parts = [indicator, own] if colon and not _OF_WHOM.search(row) else [indicator]
    return [words for part in parts if (words := _strong(part))]


def _strong(words: str) -> frozenset[tuple[str, str]]:
    found = (spelling(word) for word in _WORD.findall(words.lower()) if not word.isdigit())
    return frozenset(word for word in found if word not in _WEAK)


def _numbers(words: str) -> list[str]:
    return sorted(word.lstrip("0") for word in _WORD.findall(words) if word.isdigit())


def _agree(one: Figure, other: Figure) -> bool:
    """Say whether two figures can both be right: rounded, about, at least, within a range."""
    if one.value == other.value:
        return one.whole == other.whole
    if one.whole is not None:
        return False
    return _within(one, other) or _within(other, one) or _rounded(one, other)


def _within(one: Figure, other: Figure) -> bool:
    """Say whether a figure leaves room for another: "trên 30.000" for 31.000."""
    if one.high is not None:
        return one.value <= other.value <= one.high
    if one.qualifier in _AT_LEAST:
        return bool(other.value >= one.value)
    if one.qualifier in _AT_MOST:
        return bool(other.value <= one.value)
    return one.qualifier in _ABOUT and bool(abs(one.value - other.value) <= abs(one.value) * _NEAR)


def _rounded(one: Figure, other: Figure) -> bool:
    steps = sorted((_step(one), _step(other)))
    return steps[0] < steps[1] and abs(one.value - other.value) < steps[1]


def _step(figure: Figure) -> Decimal:
    """Give the place a value was rounded to: 0.1 of 98.90, 100 of 53.200, 1 of 20."""
    exponent = figure.value.normalize().as_tuple().exponent
    if not isinstance(exponent, int):
        return Decimal(0)
    if exponent > 0 and abs(figure.value) < _ROUND_FROM:
        exponent = 0
    return Decimal(1).scaleb(exponent)
