"""Cut a sentence into its figures, each with the words that belong to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.figure_status import is_relation
from ingest.indicators import before_next, list_lead, tail_of
from quantities import Quantity
from records import Span
from units import is_listed
from vietnamese import fold

MEASURES = frozenset("% ‰ ha km m m² m³ km² đồng USD tấn tạ kg lít kWh MW".split())
TIMES = frozenset("năm tháng ngày tuần giờ phút tuổi".split())
_BASIS = re.compile(r"\b(?:gia tri san xuat|tren|moi|binh quan)\s*$")
_MULTIPLIERS = re.compile(r"^\s*(?:(?:trăm|nghìn|ngàn|vạn|triệu|tr|tỷ|tỉ)\s*\b)+", re.IGNORECASE)
_CLOSED = re.compile(r"\s*\([^()]*\)")
# "vốn 03 chương trình MTQG là 173 tỷ đồng": the first number belongs to what the second measures.
_OF_SOURCE = re.compile(r"\b(?:vốn|nguồn|kinh phí)(?:\s[^\W\d]+){0,2}\s$", re.IGNORECASE)
_NAMES_NEXT = re.compile(r"(?:\s[^\W\d]+){0,4}\s(?:là\s)?(?:trên |khoảng |gần |hơn )?(?=\d)")
_NEAR = 600  # characters before a figure that can hold what a list is of


@dataclass(frozen=True, slots=True)
class Said:
    """A quantity of a sentence with the words that belong to it."""

    quantity: Quantity
    head: str  # from the figure or stop before it
    tail: str  # to the next figure or the end of the sentence
    lead: str  # before the bracket it stands in
    noun: str  # its unit as worded, without "nghìn"
    list_of: str  # what the list after a colon is of
    opened: int  # where the innermost bracket around it opens; -1: none
    follows: bool  # another figure stands before it at the same depth
    first: int  # where the sentence's first figure stands


def cut_figures(text: str, quantities: Sequence[Quantity], sentence: Span) -> list[Said]:
    """Give a sentence's quantities with the words before and behind each."""
    inside = [
        each
        for each in quantities
        if sentence.start <= each.span.start
        and each.span.end <= sentence.end
        and _measures(each, text[sentence.start : each.span.start])
        and not _names_source(text, each)
    ]
    found: list[Said] = []
    ends: dict[int, int] = {}  # of the last figure in each bracket; -1: in none
    brackets = _open_brackets(text, sentence, inside)
    for n, (quantity, opened) in enumerate(zip(inside, brackets, strict=True)):
        start = max(ends.get(opened, sentence.start), opened + 1)
        head = _CLOSED.sub("", text[start : quantity.span.start])
        beside = (
            each.span.start
            for each, other in zip(inside[n + 1 :], brackets[n + 1 :], strict=True)
            if other == opened
        )
        stop = next(beside, sentence.end)
        if 0 <= opened < (close := text.find(")", quantity.span.end)) < stop:
            stop = close
        near = max(sentence.start, quantity.span.start - _NEAR)
        lead_start = ends.get(-1, sentence.start)
        tail = _CLOSED.sub("", text[quantity.span.end : stop])
        if stop < sentence.end:
            tail = before_next(tail)
        if quantity.whole is not None and not tail_of(tail):
            tail = _behind_share(text, inside[n + 1 : n + 3], stop, sentence) or tail
        found.append(
            Said(
                quantity,
                head,
                tail=tail,
                lead=text[lead_start:opened] if opened >= 0 and opened not in ends else "",
                noun=_MULTIPLIERS.sub("", text[quantity.number.end : quantity.span.end]).strip(),
                list_of=list_lead(_CLOSED.sub("", text[near : quantity.span.start])),
                opened=opened,
                follows=opened in ends,
                first=inside[0].span.start,
            )
        )
        ends[opened] = quantity.span.end
    return found


def _behind_share(text: str, following: Sequence[Quantity], stop: int, sentence: Span) -> str:
    """Give the words behind the share in "9.346/9.536 hộ, đạt 98% số hộ nông thôn …"."""
    share = following[0] if following else None
    if share is None or share.span.start != stop or share.unit != "%":
        return ""
    end = following[1].span.start if len(following) > 1 else sentence.end
    behind = text[share.span.end : end]
    return "" if is_relation("", behind, "%") else behind


def _measures(quantity: Quantity, before: str) -> bool:
    """Say whether a quantity is a figure: no duration or age, no "giá trị sản xuất 1 ha"."""
    if quantity.unit in TIMES or (not is_listed(quantity.unit) and 0 < len(quantity.unit) < 5):
        return False
    basis = quantity.value == 1 and quantity.unit in MEASURES
    return not (basis and _BASIS.search(fold(before)))


def _names_source(text: str, quantity: Quantity) -> bool:
    """Say whether a count is in the name of a source: "vốn 03 chương trình MTQG là 173 tỷ"."""
    before = text[max(0, quantity.span.start - 40) : quantity.span.start]
    return bool(_OF_SOURCE.search(before) and _NAMES_NEXT.match(text, quantity.span.end))


def _open_brackets(text: str, sentence: Span, quantities: Sequence[Quantity]) -> list[int]:
    """Find the bracket that is open at each quantity; -1 if none is."""
    found: list[int] = []
    opened: list[int] = []
    at = sentence.start
    for quantity in quantities:
        for here in range(at, quantity.span.start):
            if text[here] == "(":
                opened.append(here)
            elif text[here] == ")" and opened:
                opened.pop()
        at = quantity.span.start
        found.append(opened[-1] if opened else -1)
    return found
