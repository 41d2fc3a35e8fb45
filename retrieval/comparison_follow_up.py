"""Write a follow-up that compares districts as a full question: "Còn huyện nào cao nhất?"."""

import re
from collections.abc import Sequence

from records import Span
from retrieval.question_phrases import (
    counted,
    district_of,
    period_words,
    with_place,
    without,
)
from retrieval.question_slots import MANY, Slots, content_terms
from vietnamese import fold

_PLACE = r"(?:huyen|dia phuong|noi|don vi|dang bo|ben)"
_SUPERLATIVE = re.compile(
    rf"^(?:{_PLACE}\s+nao|o dau|dau)(?:\s+(?:la|co|dat|dung|thi))*\s+(?P<how>cao|thap|nhieu|it|lon|nho|tot|kem|dan dau|dung dau)(?:\s+nhat)?$"
)
_WHICH_MORE = re.compile(
    rf"^(?:(?:hai|ca hai|trong hai|giua hai)\s+huyen(?:\s+(?:nay|do|tren))?,?\s*)?(?:{_PLACE}|ben)\s+nao\s+(?:co\s+|dat\s+)?(?P<how>cao|thap|nhieu|it|lon|nho|tot|kem)\s+hon$"
)
_AGAINST = re.compile(
    r"^(?:so sanh\s+)?(?:so )?voi\s+(?:huyen |thi xa )?@(?:\s+thi)?(?:\s+(?:sao|the nao|ra sao|(?P<how>cao|thap|nhieu|it|lon|nho|hon|kem)(?:\s+hon)?(?:\s+(?:khong|hay \w+(?: hon)?))?|nhu the nao))?$"
)
_EVERY = re.compile(
    rf"^(?:(?:cac|nhung|tat ca cac|moi|tung)\s+{_PLACE}(?:\s+(?:khac|con lai|kia))?)(?:\s+(?:la|co|duoc|dat))*(?:\s+(?:bao nhieu|may))?$"
)
_GAP = re.compile(
    rf"^(?:hai (?:huyen|noi|ben)\s+)?(?:hon kem|chenh(?: lech)?)(?:\s+nhau)?\s*{MANY}"
)
_SUM = re.compile(
    rf"^(?:tong cong|cong lai|tong(?: so)?|ca (?:hai|ba|bon|nam))(?:\s+(?:ca\s+)?(?:hai|ba|bon|nam)?\s*(?:huyen|noi))?(?:\s+(?:cong lai|gop lai|la|co|duoc|thi|tong cong))*(?:\s+{MANY}.*)?$"
)
_LEADING = re.compile(r"^(?:so sánh|tổng cộng)\s+", re.IGNORECASE)
_TRAILING = re.compile(
    r"(?:\s+(?:là|đạt|có|còn|được|ở mức|của|ở|tại|và|với|chênh lệch nhau|huyện nào))+$",
    re.IGNORECASE,
)
_WORDS = {
    "cao": "cao", "thap": "thấp", "nhieu": "nhiều", "it": "ít", "lon": "lớn", "nho": "nhỏ", "tot": "tốt",
    "kem": "kém", "dan dau": "cao", "dung dau": "cao", "hon": "cao",
}  # fmt: skip
_OF_MANY = {"cao": "nhiều", "lớn": "nhiều", "tốt": "nhiều", "thấp": "ít", "nhỏ": "ít", "kém": "ít"}


def compare(rest: str, asked: Slots, before: Slots, earlier: Sequence[Slots]) -> str:
    """Write a comparison of districts in full; an empty string if it is none.

    Args:
        rest: The follow-up without the words that lead over to it.
        asked: Its parts.
        before: The question before it.
        earlier: The questions of the conversation, oldest first; `before` is the last.
    """
    before = next((slots for slots in reversed(earlier) if slots.places), before)
    if not before.places:
        return ""
    folded = _placeless(rest, asked)
    if found := _SUPERLATIVE.match(folded):
        return _superlative(before, _WORDS[found["how"]])
    places = _places(before, earlier)
    if found := _WHICH_MORE.match(folded):
        if len(places) > 1:
            named = " và ".join(places[-2:])
            return f"{named[:1].upper()}{named[1:]}, huyện nào có {_matter(before)} {_WORDS[found['how']]} hơn?"
        return _superlative(before, _WORDS[found["how"]])
    if _AGAINST.match(folded) and asked.places:
        one, other = places[-1], district_of(asked.places[0])
        return f"So sánh {_of(before, f'{one} và {other}')}{_times(before)}."
    if _EVERY.match(folded) and not asked.places:
        return _every(before)
    if len(places) > 1 and not asked.places:
        named = " và ".join(places[-3:] if re.search(r"\bba\b", folded) else places[-2:])
        if _GAP.match(folded):
            return f"{_capital(_of(before, named))} chênh lệch nhau bao nhiêu?"
        if _SUM.match(folded):
            return f"Tổng cộng {_of(before, named)} là bao nhiêu?"
    return ""


def _superlative(before: Slots, how: str) -> str:
    if counted(before):
        return f"Huyện nào có {_OF_MANY.get(how, how)} {_matter(before, number=False)} nhất?"
    return f"Huyện nào có {_matter(before)} {how} nhất?"


def _every(before: Slots) -> str:
    asked = with_place(before, "các huyện")
    return f"{_capital(re.sub(r'[Hh]uyện (?=các huyện)', '', asked))}?"


def _matter(before: Slots, *, number: bool = True) -> str:
    """Name what is compared, without the place and the time."""
    text = before.text
    count = counted(before)
    if count:
        ask = max((a for a in before.asks if a.end <= count.start), key=lambda a: a.end)
        led = re.sub(
            r"\b(?:có|được|hiện|đang|đã|còn|lên|đến)\s*$",
            "",
            _spare(before, text[: ask.start], 0).strip(),
        ).strip(" ,")
        thing = before.words(count)
        words = f"{led} {thing}".strip()
        return f"số {words}" if number else words
    spare = _spare(before, text, 0)
    matter = _LEADING.sub("", _TRAILING.sub("", spare.strip(" ,."))).strip(" ,")
    return matter[:1].lower() + matter[1:]


def _of(before: Slots, named: str) -> str:
    """Name what is compared, with the districts: "số đảng viên của Đảng bộ huyện Mường La"."""
    matter = _matter(before)
    own = re.search(
        r"(?:đảng bộ|huyện ủy|ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd)$", matter.lower()
    )
    return f"{matter} {named}" if own else f"{matter} của {named}"


def _spare(before: Slots, text: str, lead: int) -> str:
    """Leave places, times and asking words out of a stretch of the question before."""
    spans = [*(p.span for p in before.places), *before.periods, *before.statuses, *before.asks]
    inside = []
    for span in spans:
        if lead <= span.start and span.end <= lead + len(text):
            led = re.search(
                r"(?:\b(?:của|ở|tại|bên|thuộc|trên địa bàn)\s+)+$",
                text[: span.start - lead],
                re.IGNORECASE,
            )
            inside.append(Span(led.start() if led else span.start - lead, span.end - lead))
    return without(text, inside)


def _places(before: Slots, earlier: Sequence[Slots]) -> list[str]:
    """Give the districts asked the same of, in the order they came up, each once."""
    matter = set(content_terms(before))
    same = [
        s
        for s in earlier
        if s is before or (matter and len(matter & set(content_terms(s))) >= len(matter) / 2)
    ]
    found: list[str] = []
    for slots in same:
        for place in slots.places:
            name = district_of(place)
            if name in found:
                found.remove(name)
            found.append(name)
    return found


def _placeless(rest: str, asked: Slots) -> str:
    folded = fold(rest)
    for place in asked.places:
        folded = re.sub(
            rf"(?:(?:huyen|thi xa)\s+)?{re.escape(fold(asked.words(place.span)))}", "@", folded
        )
    return folded.strip(" ,")


def _times(before: Slots) -> str:
    return "".join(f" {period_words(before.words(period))}" for period in before.periods[:1])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
