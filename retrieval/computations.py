"""Check the sums and differences that an answer says: "20 + 39 + 10 = 69 sản phẩm"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from quantities import Quantity, find_quantities
from records import Check, Matter, Span
from retrieval.evidence import Evidence
from retrieval.figure_units import units_agree
from vietnamese import normalise, terms

_NUMBER = r"\d+(?:[.,]\d+)*"
_TERM = rf"{_NUMBER}(?:\s?[^\W\d_+=()%‰]+){{0,4}}?\s?[%‰]?"
_TERMS = rf"{_TERM}(?:\s[+\-–−]\s{_TERM})+"
# "20 + 39 = 59", "(20 + 39) / 2 = 29,5", "39 / 20 ≈ 1,95".
_COMPUTATION = re.compile(
    rf"\((?P<averaged>{_TERMS})\)\s/\s(?P<count>\d+)\s[=≈]\s(?P<average>{_NUMBER})"
    rf"|(?P<over>{_TERM})\s[/:]\s(?P<under>{_TERM})\s[=≈]\s(?P<ratio>{_NUMBER})"
    rf"|(?P<summed>{_TERMS})\s[=≈]\s[-–−]?(?P<sum>{_NUMBER})"
)
_SIGN = re.compile(r"\s([+\-–−])\s")
_WRONG_RESULT = "phép tính không đúng"
_TERM_NOT_CITED = "số hạng không có trong đoạn trích dẫn"


@dataclass(frozen=True, slots=True)
class Computed:
    """A result that was worked out anew and holds."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class _Member:
    """A term of a computation."""

    written: Decimal
    value: Decimal  # scaled as `Quantity.value` is


def check_computations(
    text: str, within: Span, cited: Sequence[Evidence]
) -> tuple[list[Check], list[Computed]]:
    """Work out anew what a statement computes, each term standing in what it cites.

    Args:
        text: The answer.
        within: The statement.
        cited: What the statement cites.

    Returns:
        A check of each computation, and the results that hold.
    """
    checks, results = [], []
    for match in _COMPUTATION.finditer(text, within.start, within.end):
        written = match["ratio"] or match["average"] or match["sum"]
        quantity = None if match["ratio"] else _result(text, match.end(), within)
        unit, scale = (quantity.unit, _scale(text, quantity)) if quantity else ("", Decimal(1))
        members, exact = _work_out(match, scale)
        result = _number(written) * scale
        step = scale.scaleb(-len(written.partition(",")[2]))  # of the last decimal written
        if exact is None or abs(exact - result) * 2 > (0 if exact == result else step):
            fault = _WRONG_RESULT
        elif not all(_is_cited(member, unit, cited) for member in members):
            fault = _TERM_NOT_CITED
        else:
            fault = ""
            results.append(Computed(result, unit))
        end = quantity.span.end if quantity else match.end()
        checks.append(Check(Matter.COMPUTATION, Span(match.start(), end), match[0], fault))
    return checks, results


def _work_out(match: re.Match[str], scale: Decimal) -> tuple[list[_Member], Decimal | None]:
    """Give a computation's members and its exact result; None where it has none."""
    if match["ratio"]:
        members = [_member(match["over"], scale), _member(match["under"], scale)]
        under = members[1].value
        return members, members[0].value / under if under else None
    first, *rest = _SIGN.split(match["averaged"] or match["summed"])
    members = [_member(first, scale), *(_member(term, scale) for term in rest[1::2])]
    total = members[0].value
    for sign, member in zip(rest[::2], members[1:], strict=True):
        total += member.value if sign == "+" else -member.value
    if match["average"]:
        count = int(match["count"])
        return members, total / count if count == len(members) else None
    return members, abs(total)


def _member(term: str, scale: Decimal) -> _Member:
    """Read a term; one without a unit is told in that of the result."""
    digits = re.search(_NUMBER, term)
    written = _number(digits[0]) if digits else Decimal(0)
    found = find_quantities(f"là {term.strip()}")
    value = found[0].value if found and found[0].unit else written * scale
    return _Member(written, value)


def _result(text: str, end: int, within: Span) -> Quantity | None:
    """Read the result with its unit, apart from the sum that it ends."""
    equals = max(text.rfind(sign, within.start, end) for sign in "=≈")
    start = max(equals + 1, within.start)
    found = find_quantities(f"là{text[start : within.end]}")
    if not found:
        return None
    first, shift = found[0], start - len("là")
    return Quantity(
        Span(first.span.start + shift, first.span.end + shift),
        Span(first.number.start + shift, first.number.end + shift),
        first.value, first.high, first.whole, first.unit, first.qualifier,
    )  # fmt: skip


def _scale(text: str, quantity: Quantity) -> Decimal:
    written = _number(text[quantity.number.start : quantity.number.end].strip("-–− "))
    return quantity.value / written if written else Decimal(1)


def _is_cited(member: _Member, unit: str, cited: Sequence[Evidence]) -> bool:
    for found in cited:
        for source in found.read(""):
            for each in find_quantities(source):
                agrees = not unit or not each.unit or units_agree(unit, each.unit)
                if agrees and each.value in (member.written, member.value):
                    return True
    return False


def _number(digits: str) -> Decimal:
    [term] = terms(normalise(digits))
    return Decimal(term.replace(",", "."))
