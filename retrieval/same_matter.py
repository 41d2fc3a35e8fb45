"""Read follow-ups that stay with what was asked before: a part of it, its reason, its change."""

import re
from collections.abc import Sequence

from retrieval.follow_up import THEN_HOW_MANY, FollowUp, capitalise, status_words, without_tail
from retrieval.question_phrases import (
    about,
    counted,
    lower_first,
    matter_of,
    noun_of,
    plural,
    uncapitalise,
    with_time,
    without,
)
from retrieval.question_slots import content_terms, fold_pointing
from vietnamese import fold, terms

_WHY = re.compile(
    r"^(?:vi sao|tai sao|do dau|nguyen nhan|ly do|sao)(?:\s+(?:lai|la|gi|do|vay|the|nhu|nhi|dau|a)){0,4}$"
)
_IDENTIFY = re.compile(
    r"^(?:(?:do|day)\s+la|la|gom|bao gom|gom co|cu the(?:\s+la)?|ke ten|liet ke|ten la|ten)\b(?=.*\b(?:nao|gi|ai|sao|ra)\b|.{0,30}$)"
    r"|^(?:(?:do|cu the)\s+)?(?:nhung|cac)\s+(?:\w+\s+){1,3}nao$|^(?:nhung )?ai$|^(?:\w+\s+){1,2}nao$"
)
_PART = re.compile(
    r"^(?:trong\s+(?:so\s+)?(?:do|nay|ay)|trong so (?:do|nay|ay)|(?:so|con so) (?:do|nay)\s+(?:thi|co)?)[\s,]*(?:thi\s+|co\s+)?"
    r"|\s*\b(?:trong (?:so )?(?:do|nay|ay)|trong so (?:do|nay|ay)|so do)\b"
)
_ALONE = re.compile(r"^(?:rieng|chi tinh rieng|tinh rieng|chi)\s+")
_CLASSIFIER = re.compile(r"\b(?:cái|chiếc)\b", re.IGNORECASE)

# Each gives the wordings to ask, the best first; None if the question is not of its kind.


def as_reason(turn: FollowUp, rest: str) -> Sequence[str] | None:
    """Read "Vì sao?"."""
    if not _WHY.match(fold(rest)):
        return None
    matter = matter_of(turn.before, change=True)
    told = turn.before.change or about(turn.before).startswith("Về việc")
    return (f"Vì sao {matter}" if told else f"Vì sao {matter} như vậy",)


def as_part(turn: FollowUp, rest: str) -> Sequence[str] | None:
    """Read "Trong đó bao nhiêu sản phẩm 4 sao?"."""
    part = _PART.search(fold_pointing(rest))
    if not part or turn.slots(rest).places:
        return None
    inner = f"{rest[: part.start()]} {rest[part.end() :]}".strip(" ,")
    inner = " ".join(inner.split())
    if not inner:
        return None
    inner, tail = without_tail(inner)
    noun = noun_of(turn.before)
    if noun and _CLASSIFIER.search(inner):
        inner = _CLASSIFIER.sub(turn.before.words(noun), inner)
    slots = turn.slots(inner)
    if tail or not slots.asks:
        inner = f"{inner} là bao nhiêu"
    return (
        f"Trong số {matter_of(turn.before)}, {uncapitalise(inner)}",
        *([f"{inner} của {turn.place}"] if turn.place else []),
    )


def as_identity(turn: FollowUp, rest: str) -> Sequence[str] | None:
    """Read "Là những xã nào?"."""
    slots = turn.slots(rest)
    if slots.places:
        return None
    folded = fold(rest)
    noun = noun_of(turn.before)
    if _IDENTIFY.match(folded) and turn.tells_of(slots):
        stated = plural(turn.before) if counted(turn.before) else matter_of(turn.before)
        return (f"{capitalise(stated.rstrip(' ?.,:'))}: {uncapitalise(rest)}",)
    which = re.match(r"^(?:(?:nhung|cac)\s+)?(?P<noun>(?:\w+\s+){1,4}?)nao\s+\S", folded)
    if noun and which and terms(which["noun"])[:1] == terms(turn.before.words(noun))[:1]:
        return (f"Trong số {matter_of(turn.before)}, {uncapitalise(rest)}",)
    return None


def as_change(turn: FollowUp, rest: str) -> Sequence[str] | None:
    """Read "Tăng bao nhiêu so với năm 2020?"."""
    rest, _ = without_tail(rest)
    slots = turn.slots(rest)
    if slots.places or not (slots.change or slots.base) or not turn.tells_of(slots):
        return None
    if slots.change is None and slots.asks and content_terms(slots):
        return None
    said = without(rest, [slots.base]) if slots.base else rest
    said = re.sub(r"^(?:thì|là)\s+", "", said.strip(" ,"), flags=re.IGNORECASE)
    said = re.sub(r"\s+(?:thì|là)$", "", said)
    if not slots.change:
        said = "tăng hay giảm bao nhiêu"
    elif not slots.asks:
        said = f"{said} bao nhiêu"
    base = f" {_base_words(slots.words(slots.base))}" if slots.base else ""
    if slots.periods or slots.statuses:
        own = turn.slots(said)
        said = without(said, [*own.periods, *own.statuses])
        timeless = turn.slots(with_time(turn.before, "", ""))
        asked = f"{matter_of(timeless)} {uncapitalise(said)}{base}"
        period = slots.words(slots.periods[0]) if slots.periods else ""
        status = slots.words(slots.statuses[0]) if slots.statuses else ""
        return (with_time(turn.slots(asked), period, status_words(status)),)
    return (f"{_number_of(turn)} {uncapitalise(said)}{base}",)


def as_alone(turn: FollowUp, rest: str) -> Sequence[str] | None:
    """Read "Riêng năm 2023 thì sao?"."""
    alone = _ALONE.match(fold(rest))
    if not alone:
        return None
    inner, tail = without_tail(rest[alone.end() :])
    slots = turn.slots(inner)
    if slots.places and not content_terms(slots):
        return None
    how_many = THEN_HOW_MANY.search(fold(inner))
    if how_many:
        inner, tail = inner[: how_many.start()], True
    if tail or not slots.asks:
        if slots.periods and not content_terms(slots):
            return (with_time(turn.before, slots.words(slots.periods[0]), ""),)
        return (f"Riêng {inner}, {lower_first(turn.before)}",)
    whole = turn.completed(slots) or inner
    place = f"Ở {turn.place}, r" if turn.place and not slots.places else "R"
    return (f"{place}iêng {whole}",)


def _number_of(turn: FollowUp) -> str:
    matter = matter_of(turn.before)
    return capitalise(
        f"số {matter}" if counted(turn.before) and not fold(matter).startswith("so ") else matter
    )


def _base_words(base: str) -> str:
    return re.sub(r"\bvới ((?:19|20)\d\d)$", r"với năm \1", base.lower())
