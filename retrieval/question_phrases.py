"""Put a question together anew from its parts: another place, another period, its matter as a noun."""

import re
from collections.abc import Sequence

from records import Span
from retrieval.question_slots import MANY, NamedPlace, Slots, find_slots
from vietnamese import fold

# Folded. What joins places that are named together: "Mai Sơn, Mộc Châu và Mường La".
_JOINS = re.compile(r"\s*(?:,|va|voi|cung|hay|,\s*va)\s*")
_PREPOSITION = re.compile(r"\b(?:(?:cua|o|tai|thuoc|ben|trong|tren dia ban|toan)\s+)+$")
# With their marks: "Mường La" does not end in "là", nor does "thị trấn" begin with "thì".
_LEADING = re.compile(
    r"^(?:[\s,;:]|\b(?:có|là|thì|hiện nay|hiện|đã|đang|được|và|mà|tại|ở|trong)\b(?!\s+(?:thể|đó)\b))+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:[\s,;:]|\b(?:có|là|thì|được|đạt|còn|ở mức|với|đến|lên|xuống|chiếm|khoảng|bằng|gồm|vào|hiện|thứ|số)\b)+$",
    re.IGNORECASE,
)
# Before what is counted: "làm được bao nhiêu nhà" is about "làm nhà".
_BEFORE_COUNT = re.compile(r"(?:\s|\b(?:duoc|khoang|tong cong|den|toi)\b)+$")
_HAS = re.compile(r"^(?P<who>.{2,80}?)\s+(?:hien\s+)?(?:dang\s+)?(?:co|con)\s+$")
_CLAUSE_ENDS = re.compile(
    r"\b(?:dang|duoc|da|trong|cho|cua|o|tai|de|den|tu|thuc hien|theo|thuoc|tren|voi|va|la|bi|dat|hoan thanh|so voi)\b|,"
)
_CONTEXT = re.compile(
    r"^(?:trong so (?P<whole>[^:]+?), (?=\S)(?!.*, )|ve (?:viec )?(?P<matter>[^:]+): |(?P<listed>.+): (?:do la|la|gom|bao gom|cu the|nhung|cac|ke|liet|ten)\b)"
)
# Stand before a name without belonging to it: "môn Toán".
_COMMON = frozenset("môn cấp đàn thể nhóm ngành xã bản thế riêng trong huyện số của ở".split())
_AT_PLACE = re.compile(r"^o\s+$")
_AREA = re.compile(r"^(?:ha|héc ta|hecta)\s+", re.IGNORECASE)
_CHANGE_TO_END = re.compile(r"\s*\b(?:tang|giam)\b.*$")
_NUMBER_OF = re.compile(r"^(?:so|so luong|tong so)\s+(?=\w)")


def district_of(place: NamedPlace) -> str:
    """Name a district in a sentence: "huyện Mai Sơn"."""
    return f"{place.title.lower() or 'huyện'} {place.name}"


def with_place(slots: Slots, name: str) -> str:
    """Write a question about another place; one that names none gets it in front."""
    if not slots.places:
        return f"Ở huyện {name}, {lower_first(slots)}"
    text, first = slots.text, slots.places[0]
    group = _group(slots)
    for place in reversed([place for place in slots.places if place not in group]):
        text = _put(text, place.span, _titled(place, name))
    return _put(text, Span(first.span.start, group[-1].span.end), _titled(first, name))


def with_time(slots: Slots, period: str, status: str) -> str:
    """Write a question about another period or status; what it said of them goes.

    Args:
        slots: The question.
        period: As worded: "năm 2030"; empty to say none.
        status: As worded: "mục tiêu"; empty to say none.
    """
    text = without(slots.text, [*slots.periods, *slots.statuses])
    said = " ".join(word for word in (status.lower(), period_words(period)) if word)
    if not said:
        return _capital(text)
    return f"{_capital(said)}, {lower_first(slots, text)}"


def period_words(period: str) -> str:
    """Write a period as it stands within a sentence: "2030" becomes "năm 2030"."""
    words = period.strip().lower()
    return re.sub(r"^((?:(?:tính|đến|hết|từ)\s+)*)((?:19|20)\d\d)", r"\1năm \2", words)


def without(text: str, spans: Sequence[Span]) -> str:
    """Leave stretches of a text out, with the commas and prepositions that led to them."""
    for span in sorted(spans, key=lambda span: -span.start):
        before, after = text[: span.start].rstrip(), text[span.end :].lstrip(" ,;")
        before = re.sub(r"(?:,|\b(?:trong|vào|tính|của))$", "", before).rstrip()
        text = re.sub(r"\s+(?=[:,])", "", f"{before} {after}").strip()
    return text.strip(" ,")


def matter_of(slots: Slots, *, change: bool = False) -> str:
    """Name what a question is about as a noun phrase: "sản phẩm OCOP của huyện Mai Sơn".

    Args:
        slots: The question.
        change: Keep "tăng so với năm 2020" in it.
    """
    text, where = slots.text, ""
    context = _CONTEXT.match(slots.folded)
    if context and not context["whole"]:
        group = "matter" if context["matter"] else "listed"
        return _lower_word(text[context.start(group) : context.end(group)], slots)
    if context:
        where = f" trong số {text[context.start('whole') : context.end('whole')]}"
        text = text[context.end() :]
    elif slots.places and _AT_PLACE.match(slots.folded[: slots.places[0].span.start]):
        at = slots.places[0].span
        if text[at.end : at.end + 1] == ",":
            where = f" ở {slots.words(at)}"
            text = text[at.end + 1 :].lstrip()
    inner = find_slots(text, [place.name for place in slots.places])
    statement = _stated(inner)
    if not change:
        statement = (
            statement[: len(_CHANGE_TO_END.sub("", fold(statement)))] if inner.change else statement
        )
        number = _NUMBER_OF.match(fold(statement)) if inner.change else None
        statement = statement[number.end() :] if number else statement
    return _lower_word(_time_last(_trim(statement), inner), inner) + where


def context_of(slots: Slots) -> int:
    """Give where the words end that only lead over to the question: "Về …: ", "Trong số …, "."""
    context = _CONTEXT.match(slots.folded)
    return context.end() if context and not context["listed"] else 0


def about(slots: Slots) -> str:
    """Lead over from what a question is about: "Về thu hút khách du lịch của huyện Mường Ảng: "."""
    matter = matter_of(slots)
    clause = bool(slots.places) and fold(matter).startswith(
        (
            fold(slots.places[0].name),
            fold(slots.text[slots.places[0].span.start :])[
                : slots.places[0].span.end - slots.places[0].span.start
            ],
        )
    )
    return f"Về việc {matter}: " if clause else f"Về {matter}: "


def counted(slots: Slots) -> Span | None:
    """Find what a question counts: "sản phẩm OCOP" after "bao nhiêu", up to the end."""
    folded = slots.folded
    for ask in slots.asks:
        if not re.search(rf"\b{MANY}$", folded[ask.start : ask.end].rstrip()):
            continue
        if re.search(r"\b(?:thu|hang|loai|so)\s*$", folded[: ask.start]):
            continue  # "xếp thứ mấy về …"
        end = len(slots.text)
        base = [slots.base] if slots.base else []
        for span in [*slots.periods, *base, *(p.span for p in slots.places)]:
            if span.start > ask.end:
                led = _PREPOSITION.search(folded[ask.end : span.start])
                end = min(end, ask.end + led.start() if led else span.start)
        words = slots.text[ask.end : end]
        start = ask.end + len(words) - len(words.lstrip())
        if start < end:
            return Span(start, start + len(words.strip(" ,")))
    return None


def noun_of(slots: Slots) -> Span | None:
    """Find the noun that a question counts, without what is said of it."""
    span = counted(slots)
    if span is None:
        return None
    words = slots.folded[span.start : span.end]
    end = next((m.start() for m in _CLAUSE_ENDS.finditer(words) if m.start() > 0), len(words))
    return Span(span.start, span.start + len(words[:end].rstrip()))


def plural(slots: Slots) -> str:
    """State what a question counts as known: "bao nhiêu xã" becomes "các xã"."""
    for ask in slots.asks:
        if re.search(rf"\b{MANY}$", slots.folded[ask.start : ask.end].rstrip()):
            return _put(slots.text, ask, "các")
    return _trim(without(slots.text, slots.asks))


def lower_first(slots: Slots, text: str = "") -> str:
    """Write a question within a sentence: small first letter unless a name begins it."""
    return _lower_word(text or slots.text, slots)


def _stated(slots: Slots) -> str:
    """Take the words that ask out of a question."""
    count = counted(slots)
    if count is None:
        return without(slots.text, slots.asks)
    ask = max((ask for ask in slots.asks if ask.end <= count.start), key=lambda ask: ask.end)
    thing = slots.text[count.start :].strip()
    before = slots.text[: ask.start]
    timeless = _no_time(before, slots)
    who = _HAS.match(fold(timeless))
    if who:
        owner = _with_title(timeless[: who.end("who")].strip(" ,"), slots)
        thing = _AREA.sub("diện tích ", thing)
        if fold(owner).startswith("o "):
            return f"{thing} {uncapitalise(owner)} {_time_before(slots, ask.start)}".strip()
        return f"{thing} của {owner} {_time_before(slots, ask.start)}".strip()
    return f"{before[: len(_BEFORE_COUNT.sub('', fold(before)))]} {thing}"


def _time_before(slots: Slots, end: int) -> str:
    """Say the time that a question begins with: "theo mục tiêu đến năm 2030"."""
    times = [slots.words(span) for span in slots.periods if span.start < end]
    statuses = [slots.words(span).lower() for span in slots.statuses if span.start < end]
    led = "theo " if times and statuses and "tiêu" in statuses[0] else ""
    return led + " ".join([*statuses, *times] if times else []).lower()


def _time_last(statement: str, slots: Slots) -> str:
    """Move a period that stands first to the end: "Năm 2025 Mường Tè đặt …" begins with its who."""
    for period in slots.periods:
        words = slots.words(period)
        if statement.startswith(words) and len(statement) > len(words):
            return f"{_trim(statement[len(words) :])} {words.lower()}"
    return statement


def _no_time(before: str, slots: Slots) -> str:
    spans = [span for span in (*slots.periods, *slots.statuses) if span.end <= len(before)]
    return f"{without(before, spans)} " if spans else before


def _with_title(owner: str, slots: Slots) -> str:
    for place in slots.places:
        if fold(owner) == fold(place.name):
            return district_of(place)
    return _lower_word(owner, slots)


def _group(slots: Slots) -> list[NamedPlace]:
    """Give the places named together with the first one."""
    group = [slots.places[0]]
    for place in slots.places[1:]:
        if not _JOINS.fullmatch(slots.folded[group[-1].span.end : place.span.start]):
            break
        group.append(place)
    return group


def _titled(place: NamedPlace, name: str) -> str:
    if not place.title:
        return name
    title = "huyện" if name != place.name else place.title.lower()
    return f"{title.capitalize() if place.title[0].isupper() else title} {name}"


def _put(text: str, span: Span, words: str) -> str:
    return f"{text[: span.start]}{words}{text[span.end :]}"


def _trim(text: str) -> str:
    return _LEADING.sub("", _TRAILING.sub("", text.strip(" ,;:")))


def uncapitalise(text: str) -> str:
    """Write words within a sentence: small first letter unless a name or short form begins them."""
    words = text.split()
    if not words or (words[0].isupper() and len(words[0]) > 1):
        return text
    name = len(words) > 1 and words[1][:1].isupper() and not words[1].isupper()
    if name and words[0].lower() not in _COMMON:
        return text
    return text[:1].lower() + text[1:]


def _lower_word(text: str, slots: Slots) -> str:
    words = text.split()
    if not words or (words[0].isupper() and len(words[0]) > 1):
        return text
    if any(fold(text).startswith(fold(place.name)) for place in slots.places):
        return text
    if len(words) > 1 and words[1][:1].isupper() and not words[1].isupper():
        named = any(
            fold(" ".join(words[1:])).startswith(fold(place.name)) for place in slots.places
        )
        if not named:
            return text  # "Nguyễn Văn A", "Chỉ thị"
    return text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
