"""Read follow-ups that ask something else of the same place or thing, and name neither."""

import re
from collections.abc import Sequence

from retrieval.anaphora import document_meant, name_again, point_here
from retrieval.follow_up import ANYTHING, FollowUp, asks_number, capitalise
from retrieval.parallels import begins_with_measure
from retrieval.question_phrases import about, counted, matter_of, uncapitalise
from retrieval.question_slots import MANY, content_terms
from retrieval.substitution import asked_words, substitute
from vietnamese import fold, terms

# A passage elsewhere must cover so much more of a question for it to be about that place.
_CLEARLY_BETTER = 0.2
_NEARLY_AS_GOOD = 0.08
# What no report covers so far is another matter, or none of theirs.
_LEAST_COVERED = 0.4
_LONGEST_FRAGMENT = 7  # terms
_STARTS_AS_PREDICATE = re.compile(
    r"^(?:duoc|dat|xep|vuot|chiem|ky|ban hanh|co hieu luc|nam o|o dau|thuoc|rong|dai|cao|tri gia|bang|ung voi|do ai|khi nao|vao|tu|den nay|moi|hoan thanh|ai)\b"
)


def pointing(turn: FollowUp, rest: str) -> Sequence[str] | None:
    """Read "Văn bản đó ban hành ngày nào?", "Ở đó có bao nhiêu xã?", "Ký ngày bao nhiêu?"."""
    slots = turn.slots(rest)
    here = point_here(slots, turn.place)
    named = name_again(turn.slots(here), turn.before, turn.said)
    if named != rest:
        return (named,)
    document = document_meant(slots, turn.before, turn.said)
    if document:
        return (f"{document} {uncapitalise(rest)}",)
    return None


def without_place(turn: FollowUp, rest: str) -> Sequence[str] | None:
    """Tell whether a question that names no district means the one spoken of."""
    slots = turn.slots(rest)
    content = content_terms(slots)
    if not content and (slots.periods or slots.statuses) and asks_number(turn.before):
        return substitute(turn, slots, (), "", asked_words(slots))
    placed = _at_place(turn, rest)
    whole = turn.completed(slots)
    matter = _in_matter(turn, rest)
    if not content:
        return (matter,)
    if _STARTS_AS_PREDICATE.match(fold(rest)) and not whole and len(content) <= 2:
        return (matter, placed)
    if whole and turn.place:
        return (_at_place(turn, whole), placed)
    if not slots.asks and begins_with_measure(rest) and turn.place:
        return (f"{rest} của {turn.place} là bao nhiêu", placed)
    own = turn.evidence.coverage(rest, reports=turn.own_reports())
    others = (
        turn.evidence.coverage(rest, reports=turn.other_reports()) if turn.other_reports() else 0.0
    )
    if others > own + _CLEARLY_BETTER or not turn.own_reports():
        return (rest, placed)
    if max(own, others) < _LEAST_COVERED:
        return ()
    near = turn.evidence.coverage(rest, near=turn.nearby) if turn.nearby else 0.0
    mine = counted(slots)
    named = mine and terms(slots.words(mine))[0] not in ANYTHING
    if near >= own - _NEARLY_AS_GOOD and len(content) <= _LONGEST_FRAGMENT and not named:
        return (matter, placed)
    return (placed, matter)


def _at_place(turn: FollowUp, rest: str) -> str:
    """Ask of the district spoken of."""
    if not turn.place:
        return ""
    if re.match(rf"^{MANY}\b", fold(rest)):
        return f"{capitalise(turn.place)} có {uncapitalise(rest)}"
    return f"Ở {turn.place}, {uncapitalise(rest)}"


def _in_matter(turn: FollowUp, rest: str) -> str:
    """Ask of what the question before was about."""
    if _STARTS_AS_PREDICATE.match(fold(rest)) and not about(turn.before).startswith("Về việc"):
        return f"{matter_of(turn.before)} {uncapitalise(rest)}"
    return f"{about(turn.before)}{uncapitalise(rest)}"
