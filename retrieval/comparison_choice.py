"""Choose one figure for each locality, so that what is compared is the same thing."""

from collections.abc import Sequence
from decimal import Decimal

from quantities import convert
from retrieval.comparison_fit import FLOOR, FLOOR_BESIDE, LEAST_FOUND, LEAST_FOUND_BESIDE, Fit
from vietnamese import terms

# Where only one of several localities has a figure, nothing else vouches for it.
_ALONE = 0.9
# Where the question does not speak of localities at all.
_VERY_SURE = 0.85
_ALL_FOUND = 0.85
_LIKENESS = 0.1
_LOOKED_AT = 12  # figures of each locality


def choose_figures(
    fits: Sequence[Sequence[Fit]], *, same_question: bool, everywhere: bool
) -> list[Fit | None]:
    """Choose each locality's figure.

    Args:
        fits: The figures of each locality, best first.
        same_question: All were asked the same, so that their figures are of one unit.
        everywhere: No locality was spoken of, so that only what several surely have counts.

    Returns:
        As many as `fits`; None where no figure is surely what was asked.
    """
    enough = _is_very_sure if everywhere else _is_likely
    likely = [[fit for fit in own[:_LOOKED_AT] if enough(fit)] for own in fits]
    if not same_question:
        return [own[0] if own else None for own in likely]
    sure = [[fit for fit in own if _is_sure(fit)] for own in likely]
    units = {fit.counts for own in sure for fit in own}
    if not units:
        return [None for _ in fits]
    model = max((fit for own in sure for fit in own), key=lambda fit: fit.identity)
    choices = [[_best(own, unit, model) for own in likely] for unit in sorted(units)]
    best = max(choices, key=lambda choice: sum(fit.score for fit in choice if fit))
    told = [fit for fit in best if fit]
    if len(told) == 1 and len(fits) > 1 and told[0].identity < _ALONE:
        return [None for _ in fits]
    return best


def _is_sure(fit: Fit) -> bool:
    return fit.identity >= FLOOR and fit.found >= LEAST_FOUND


def _is_very_sure(fit: Fit) -> bool:
    return fit.identity >= _VERY_SURE and fit.found >= _ALL_FOUND


def _is_likely(fit: Fit) -> bool:
    return _is_sure(fit) or (fit.identity >= FLOOR_BESIDE and fit.found >= LEAST_FOUND_BESIDE)


def _best(own: Sequence[Fit], unit: str, model: Fit) -> Fit | None:
    """Choose a locality's figure in a unit: what fits, said like the figure that fits best of all."""
    told = [fit for fit in own if in_unit(fit, unit) is not None]
    return max(told, key=lambda fit: fit.score + _LIKENESS * _likeness(fit, model), default=None)


def _likeness(fit: Fit, model: Fit) -> float:
    """Give the share of the words beside the model's figure that stand beside another's."""
    pairs = {term for term in model.figure.own if "_" in term}
    return len(pairs & fit.figure.own) / len(pairs) if pairs else 0.0


def in_unit(fit: Fit, unit: str) -> Decimal | None:
    """Give a figure's value in a unit; None where that cannot be done.

    What is counted per something may be said without it: "10 bác sỹ" and "11,5 bác sỹ/vạn dân".
    """
    quantity = fit.figure.quantity
    own = fit.counts
    if own == unit or _says_less(own, unit) or _says_less(unit, own):
        return quantity.value
    if (value := convert(quantity.value, own, unit)) is not None:
        return value
    head, slash, _ = own.partition("/")
    other, other_slash, _ = unit.partition("/")
    bare = head and terms(head) == terms(other) and slash != other_slash
    return quantity.value if bare and "/" in fit.figure.candidate.text else None


def _says_less(one: str, other: str) -> bool:
    """Say whether a counted thing is named with the first words of another: "nhà" and "nhà ở"."""
    return bool(one) and "/" not in other and other.startswith(f"{one} ")
