"""Understand a follow-up from the turns before it, and write it as a full question.

A question that stands by itself is asked as typed: to change one is worse than to miss a follow-up.
What the turns before say is compared and copied as words; nothing in it is taken for an order.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from errors import InvalidQuestionError
from records import EarlierTurn
from retrieval.anaphora import point_here
from retrieval.comparison_follow_up import compare
from retrieval.follow_up import TAIL, Evidence, FollowUp, begin_follow_up, capitalise, without_tail
from retrieval.new_indicator import pointing, without_place
from retrieval.question import LONGEST_QUESTION
from retrieval.same_matter import as_alone, as_change, as_identity, as_part, as_reason
from retrieval.substitution import as_fragment, with_own_place
from vietnamese import fold, normalise, terms

REMEMBERED = 6  # turns; a follow-up looks no further back
_CIVIL = re.compile(r"^(?:xin )?(?:cam on|chao|tam biet|vang|ok|da|tot|hay qua|duoc roi)\b.{0,20}$")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question as understood from the turns before it."""

    text: str
    changed: bool  # it is not what was typed
    looser: tuple[str, ...] = ()  # to be asked in turn if the reports do not say that
    nearby: tuple[str, ...] = ()  # ids of the passages that the last answer cited


def resolve(
    text: str, earlier: Sequence[EarlierTurn], places: Mapping[str, str], evidence: Evidence
) -> Resolved:
    """Write a question in full.

    Args:
        text: As typed, with or without diacritics.
        earlier: The turns before, oldest first.
        places: District of each indexed report, by report name; districts may be empty.
        evidence: Tells how well the reports cover a wording.
    """
    typed = " ".join(normalise(text).split())
    spoken = any(c.isalnum() for c in typed) and not _CIVIL.match(fold(typed))
    if not earlier or not spoken or len(typed) > LONGEST_QUESTION:
        return Resolved(typed, changed=False)
    try:
        return _read(begin_follow_up(typed, earlier[-REMEMBERED:], places, evidence))
    except InvalidQuestionError:  # a wording that is no question: whoever answers will say why
        return Resolved(typed, changed=False)


def _read(turn: FollowUp) -> Resolved:
    rest = turn.rest
    if TAIL.search(fold(rest)):
        rest = point_here(turn.slots(rest), turn.place)
    for read in _READINGS:
        wordings = read(turn, rest)
        if wordings is not None:
            return _resolved(turn, wordings)
    return Resolved(turn.typed, changed=False)


def _as_comparison(turn: FollowUp, rest: str) -> Sequence[str] | None:
    inner, _ = without_tail(rest)
    found = compare(inner, turn.slots(inner), turn.before, turn.turns)
    return (found,) if found else None


# In the order they are tried. Each gives the wordings to ask, the best first: none to ask as typed,
# None if the question is not of its kind.
_READINGS: tuple[Callable[[FollowUp, str], Sequence[str] | None], ...] = (
    _as_comparison,
    as_reason,
    as_part,
    as_identity,
    as_change,
    as_alone,
    as_fragment,
    with_own_place,
    pointing,
    without_place,
)


def _resolved(turn: FollowUp, wordings: Sequence[str]) -> Resolved:
    full = tuple(dict.fromkeys(_finished(w) for w in wordings if w and len(w) < LONGEST_QUESTION))
    if not full:
        return Resolved(turn.typed, changed=False)
    if terms(full[0]) == terms(turn.typed):
        return Resolved(turn.typed, False, full[1:], turn.nearby)
    return Resolved(full[0], True, full[1:], turn.nearby)


def _finished(text: str) -> str:
    text = " ".join(text.split()).strip(" ,;:")
    return capitalise(text if text.endswith((".", "?")) else f"{text}?")
