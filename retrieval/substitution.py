"""Read follow-ups that name what is to be put into the question before: a place, a time, a thing."""

import re
from collections.abc import Sequence

from records import Span
from retrieval.follow_up import (
    THEN_HOW_MANY,
    FollowUp,
    asks_number,
    status_words,
    without_tail,
)
from retrieval.parallels import (
    begins_with_measure,
    is_measure,
    replace_parallel,
    without_measure,
)
from retrieval.question_phrases import (
    about,
    counted,
    district_of,
    lower_first,
    matter_of,
    uncapitalise,
    with_place,
    with_time,
    without,
)
from retrieval.question_slots import MANY, Slots, content_terms
from vietnamese import CAPITALS, cut_terms, fold

_LONGEST = 11  # terms of a fragment
_BARE = 4  # terms of a fragment that nothing leads over to: "Sản lượng?"
_CROSS = re.compile(
    r"\b(?:huyen|dia phuong|dang bo|don vi) nao\b|\b(?:cac|moi|nhung|tat ca|nam|tung) (?:huyen|dia phuong)\b"
)
_UNKNOWN_DISTRICT = re.compile(
    rf"\b(?:huyện|thị xã|Huyện|Thị xã)\s+([{CAPITALS}][^\W\d_]*(?:\s+[{CAPITALS}][^\W\d_]*){{0,2}})"
)


def as_fragment(turn: FollowUp, rest: str) -> Sequence[str] | None:
    """Read "Còn Mộc Châu thì sao?", "Thế mục tiêu năm 2030?", "Sản lượng?"."""
    inner, tail = without_tail(rest)
    inner, own_ask = _without_own_ask(turn, inner)
    slots = turn.slots(inner)
    unknown = _UNKNOWN_DISTRICT.search(inner)
    content = content_terms(slots, [Span(*unknown.span())] if unknown else ())
    bare = not content and bool(slots.places or slots.periods or slots.statuses or unknown)
    led = bool(tail or turn.lead or own_ask)
    if len(cut_terms(inner)) > _LONGEST or (slots.asks and not bare):
        return None
    if slots.asks and not slots.places and not asks_number(turn.before):
        return None  # "Đến nay đạt bao nhiêu?" after "Đó là chỉ tiêu nào?"
    if slots.places and content and not (turn.lead or tail):
        return None
    short = not slots.asks and len(content) <= _BARE and turn.is_said(inner)
    if not (led or bare or short):
        return None
    named = unknown[1] if unknown and not slots.places else ""
    return substitute(turn, slots, content, named, own_ask or asked_words(slots))


def _without_own_ask(turn: FollowUp, inner: str) -> tuple[str, str]:
    """Part "Tôn giáo thì có mấy?" into what it names and how it asks."""
    found = THEN_HOW_MANY.search(fold(inner))
    if not found or (found["then"] == "la" and not is_measure(inner[: found.start()])):
        return inner, ""
    ask = inner[found.start() :]
    if turn.slots(inner[: found.start()]).places and content_terms(turn.slots(ask)):
        return inner, ""  # "Mộc Châu thì có mấy xã?" names what it counts
    return inner[: found.start()], ask


def with_own_place(turn: FollowUp, rest: str) -> Sequence[str] | None:
    """Read a question that names its district: most stand by themselves."""
    slots = turn.slots(rest)
    if not slots.places:
        return () if _CROSS.search(fold(rest)) or _UNKNOWN_DISTRICT.search(rest) else None
    content = content_terms(slots)
    leans = bool(turn.lead) or bool(
        re.search(r"^\s*thi\b", slots.folded[slots.places[0].span.end :])
    )
    if not content:
        return substitute(turn, slots, (), "", asked_words(slots))
    if not leans:
        return ()
    whole = turn.completed(slots)
    if whole:
        return (whole, rest)
    if turn.is_told(content):
        return substitute(turn, slots, (), "", "")
    return ()


def substitute(
    turn: FollowUp, slots: Slots, content: Sequence[str], unknown: str, ask: str
) -> Sequence[str] | None:
    """Put the parts that a follow-up names into the question before.

    Args:
        turn: The follow-up.
        slots: Its parts.
        content: Its terms besides places and times.
        unknown: A district it names that no report is about; else empty.
        ask: Its own asking words; else empty.
    """
    before, loose = turn.before, []
    if content and not turn.is_told(content):
        phrase = _phrase(slots)
        anew = _asked_anew(turn, slots, phrase, ask)
        if anew is not None:
            return anew
        before = turn.slots(
            _alone_instead(turn, phrase) or replace_parallel(before, phrase, turn.said)
        )
        if turn.place and not slots.places:
            loose.append(f"{phrase} của {turn.place} là bao nhiêu")
    place = slots.places[0].name if slots.places else ""
    if place or unknown:
        said = with_place(before, place or f"huyện {unknown}").replace("uyện huyện", "uyện")
        before = turn.slots(said)
    if slots.periods or slots.statuses:
        said, looser = _at_time(slots, before)
        loose.insert(0, looser)
        before = turn.slots(_asking(turn, said, ask) if ask and slots.periods else said)
    elif place and (before.periods or before.statuses):
        # The other place's report may give it for another time only.
        loose.append(with_time(before, "", ""))
    if place and before.change and len(turn.turns) > 1:
        loose.append(with_place(turn.turns[-2], place))
    return (before.text, *loose)


def _asked_anew(turn: FollowUp, slots: Slots, phrase: str, ask: str) -> Sequence[str] | None:
    """Ask of what a follow-up names by itself, where it takes no other thing's place."""
    before = turn.before
    place = district_of(slots.places[0]) if slots.places else turn.place
    own = f" của {place}" if place else ""
    in_matter = f"{about(before)}{uncapitalise(phrase)} là bao nhiêu"
    if is_measure(phrase) and not slots.places:
        thing = without_measure(_thing(turn))
        named = "" if fold(turn.place) in fold(thing) else own
        return (f"{phrase} {thing}{named} là bao nhiêu", in_matter)
    if ask and place and not asks_number(before):
        return (f"{place} có bao nhiêu {uncapitalise(phrase)}",)
    if begins_with_measure(phrase) and counted(before) and own:
        return (f"{phrase}{own} là bao nhiêu",)
    if _alone_instead(turn, phrase) or replace_parallel(before, phrase, turn.said):
        return None
    return (f"{phrase}{own} là bao nhiêu", in_matter) if own else (in_matter,)


def _at_time(slots: Slots, before: Slots) -> tuple[str, str]:
    """Ask the question before of another time; also without what it said of the status."""
    period = slots.words(slots.periods[0]) if slots.periods else ""
    status = slots.words(slots.statuses[0]) if slots.statuses else ""
    kept_status = status
    if not status and before.statuses and not _now(period):
        kept_status = before.words(before.statuses[0])
    kept = period or (before.words(before.periods[0]) if before.periods else "")
    return (
        with_time(before, _relative(kept, before), status_words(kept_status)),
        with_time(before, period, status),
    )


def _alone_instead(turn: FollowUp, phrase: str) -> str:
    """After "Riêng mưa giông, …" ask of another part of the same whole."""
    whole = lower_first(turn.turns[-2]) if len(turn.turns) > 1 else ""
    led = re.match(r"Riêng (?:(?:do|về|ở|tại)\s+)?", turn.before.text)
    if not whole or not led or not turn.before.text.endswith(f", {whole}"):
        return ""
    return f"{led[0]}{uncapitalise(phrase)}, {whole}"


def _thing(turn: FollowUp) -> str:
    """Name what was counted or measured, without its place."""
    count = counted(turn.before)
    if count:
        return turn.before.words(count)
    return matter_of(turn.before)


def _phrase(slots: Slots) -> str:
    """Give what a fragment names besides places and times."""
    spans = [*(p.span for p in slots.places), *slots.periods, *slots.statuses, *slots.asks]
    phrase = without(slots.text, spans).strip(" ,")
    return re.sub(
        r"^(?:thì|của|ở|về|cả|riêng|là|có|bên)\s+|\s+(?:thì|của|ở|là|có|tại|bên)$",
        "",
        phrase,
        flags=re.IGNORECASE,
    )


def asked_words(slots: Slots) -> str:
    """Give the words of a question that ask."""
    return slots.words(slots.asks[0]).strip() if slots.asks else ""


def _asking(turn: FollowUp, text: str, ask: str) -> str:
    """Let a question end in other asking words, if it ends in some."""
    slots = turn.slots(text)
    if not slots.asks or slots.asks[-1].end < len(slots.text) or not re.search(MANY, fold(ask)):
        return text
    return f"{slots.text[: slots.asks[-1].start].rstrip()} {uncapitalise(ask)}"


def _now(period: str) -> bool:
    return bool(re.match(r"^(?:hien|den nay|toi nay|bay gio)", fold(period)))


def _relative(period: str, before: Slots) -> str:
    """Write "năm ngoái" as the year before the one that was spoken of."""
    step = {"ngoai": -1, "truoc": -1, "sau": 1, "toi": 1}.get(
        fold(period).split()[-1] if period else ""
    )
    said = [y for p in before.periods for y in re.findall(r"(?:19|20)\d\d", before.words(p))]
    if step is None or not said or not fold(period).startswith("nam"):
        return period
    return f"năm {int(said[-1]) + step}"
