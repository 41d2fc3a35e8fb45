"""Find what a bare phrase takes the place of: "Còn lợn?" after a question about "trâu".

Reports list like things alike: "đàn trâu 4.230 con; đàn bò 8.985 con; … đàn lợn 26.260 con". So of
the words of the question before, those stand for the phrase that have the same neighbours in the
passages that answered it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from records import Span
from retrieval.question_phrases import context_of, noun_of, uncapitalise
from retrieval.question_slots import Slots, content_terms
from vietnamese import Term, cut_terms, fold

_LONGEST = 6  # terms of what is replaced
_AROUND = 3  # neighbours compared on each side
_NUMBER = "#"
_EDGE = "|"  # a comma, semicolon or bracket
_MARK = re.compile(r"[,;:()]")
# A parallel of fewer like neighbours is chance.
_LEAST = 2
# Nouns that say what is measured of a thing; the thing itself stays.
_MEASURES = re.compile(
    r"^(?:ty le|ti le|so luong|tong so|dien tich|san luong|nang suat|kinh phi|tong kinh phi|tri gia|gia tri|doanh thu"
    r"|chieu dai|quy mo|cong suat|von|tong von|muc dau tu|tong muc dau tu|dan so|thu nhap)$"
)
_GENERIC_HEAD = re.compile(r"^(?:mon|dan|cap|nhom|loai|so|cay|con|cac)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Words:
    """Terms of a text as they are compared: numbers alike, edges of clauses among them."""

    terms: tuple[str, ...]
    spans: tuple[Span, ...]


def replace_parallel(slots: Slots, phrase: str, passages: Sequence[str]) -> str:
    """Write a question about another thing of the same sort.

    Args:
        slots: The question before.
        phrase: The other thing: "lợn", "tập thể", "HTX Xuân Lâm".
        passages: Those that answered it, the likeliest first.

    Returns:
        The question, or an empty string where nothing in it is of the phrase's sort.
    """
    span = (
        _other_number(slots, phrase)
        or _alike_in_passages(slots, phrase, passages)
        or _same_head(slots, phrase)
        or _measured_alike(slots, phrase)
        or (noun_of(slots) if _is_counted(phrase, passages) else None)
    )
    if span is None:
        return ""
    words = phrase[:1].upper() + phrase[1:] if span.start == 0 else uncapitalise(phrase)
    return f"{slots.text[: span.start]}{words}{slots.text[span.end :]}"


def begins_with_measure(phrase: str) -> bool:
    """Say whether a phrase names a measure and what it is of: "tỷ lệ hộ nghèo"."""
    words = phrase.split()
    return any(is_measure(" ".join(words[:n])) for n in range(1, min(len(words), 5)))


def without_measure(phrase: str) -> str:
    """Leave out what is measured, so that its thing is left: "diện tích nuôi cá" gives "nuôi cá"."""
    words = phrase.split()
    widths = [n for n in range(1, min(len(words), 5)) if is_measure(" ".join(words[:n]))]
    return " ".join(words[widths[-1] :]) if widths else phrase


def is_measure(phrase: str) -> bool:
    """Say whether a phrase only names what is measured: "tỷ lệ", "diện tích"."""
    return bool(_MEASURES.match(fold(phrase.strip())))


def _other_number(slots: Slots, phrase: str) -> Span | None:
    """Find "4 sao" for "3 sao"."""
    wanted, asked = _cut(phrase).terms, _cut(slots.text)
    if _NUMBER not in wanted or len(wanted) < 2:
        return None
    found = _all(asked.terms, wanted)
    return Span(asked.spans[found[0][0]].start, asked.spans[found[0][1] - 1].end) if found else None


def _is_counted(phrase: str, passages: Sequence[str]) -> bool:
    """Whether the passages put a number before a phrase: "28 hợp tác xã"."""
    said = tuple(term.text for term in cut_terms(phrase))
    return any(_all(_cut(passage).terms, (_NUMBER, *said)) for passage in passages)


def _alike_in_passages(slots: Slots, phrase: str, passages: Sequence[str]) -> Span | None:
    asked = _cut(slots.text)
    telling = set(content_terms(slots))
    taken = [place.span for place in slots.places] + [*slots.asks, *slots.periods]
    taken.append(Span(0, context_of(slots)))
    best: tuple[float, int, Span] | None = None
    for rank, passage in enumerate(passages):
        words = _cut(passage)
        for places in _found(words.terms, phrase):
            for start, end in _runs(asked, telling, taken):
                run = asked.terms[start:end]
                alike = max(
                    (_likeness(words.terms, places, at) for at in _all(words.terms, run)),
                    default=0,
                )
                worth = alike - 0.5 * rank
                if alike >= _LEAST and (best is None or (worth, end - start) > best[:2]):
                    span = Span(asked.spans[start].start, asked.spans[end - 1].end)
                    best = (worth, end - start, span)
    return best[2] if best else None


def _found(words: Sequence[str], phrase: str) -> list[tuple[int, int]]:
    """Find a phrase; where it does not stand, what is left of it without its general first word."""
    said = tuple(term.text for term in cut_terms(phrase))
    found = _all(words, said)
    if not found and (head := _GENERIC_HEAD.match(fold(phrase))):
        found = _all(words, tuple(term.text for term in cut_terms(phrase[head.end() :])))
    return found


def _runs(asked: _Words, telling: set[str], taken: Sequence[Span]) -> Iterator[tuple[int, int]]:
    def free(n: int) -> bool:
        return asked.terms[n] not in (_EDGE, _NUMBER) and not any(
            t.start <= asked.spans[n].start < t.end for t in taken
        )

    for start in range(len(asked.terms)):
        for end in range(start + 1, min(start + _LONGEST, len(asked.terms)) + 1):
            if not free(end - 1):
                break
            if any(term in telling for term in asked.terms[start:end]):
                yield start, end


def _all(words: Sequence[str], run: tuple[str, ...]) -> list[tuple[int, int]]:
    return [
        (n, n + len(run))
        for n in range(len(words) - len(run) + 1)
        if run and tuple(words[n : n + len(run)]) == run
    ]


def _likeness(words: Sequence[str], one: tuple[int, int], other: tuple[int, int]) -> int:
    """Count the like neighbours of two runs; those of one list do not overlap."""
    if one[0] < other[1] and other[0] < one[1]:
        return 0
    after = 0
    while (
        after < _AROUND
        and max(one[1], other[1]) + after < len(words)
        and words[one[1] + after] == words[other[1] + after]
    ):
        after += 1
    before = 0
    while (
        before < _AROUND
        and min(one[0], other[0]) - before > 0
        and words[one[0] - before - 1] == words[other[0] - before - 1]
    ):
        before += 1
    return before + after


def _same_head(slots: Slots, phrase: str) -> Span | None:
    """Find the words that begin as the phrase does: "HTX Hưng Thịnh" for "HTX Xuân Lâm"."""
    said = cut_terms(phrase)
    asked = cut_terms(slots.text)
    if len(said) < 2:
        return None
    for n, term in enumerate(asked[:-1]):
        inside = [p.span for p in slots.places] + [*slots.asks, *slots.periods]
        inside.append(Span(0, context_of(slots)))
        if term.text != said[0].text or any(s.start <= term.start < s.end for s in inside):
            continue
        end = _end_of_name(slots, asked, n)
        return Span(term.start, asked[end - 1].end)
    return None


def _end_of_name(slots: Slots, asked: Sequence[Term], n: int) -> int:
    """Give the end of a name or noun that begins at a term."""
    end = n + 1
    named = slots.text[asked[end].start].isupper() if end < len(asked) else False
    while end < len(asked):
        starts = asked[end].start
        if named and not (slots.text[starts].isupper() or slots.text[starts].isdigit()):
            break
        if any(s.start <= starts < s.end for s in (*slots.asks, *slots.periods)):
            break
        if any(p.span.start <= starts < p.span.end for p in slots.places):
            break
        if not named and slots.text[starts : asked[end].end].lower() in _ENDS:
            break
        end += 1
    return end


def _measured_alike(slots: Slots, phrase: str) -> Span | None:
    """Find the noun phrase that "là bao nhiêu" asks of."""
    if noun_of(slots) is not None or not slots.asks:
        return None
    begin = context_of(slots)
    asked = [t for t in cut_terms(slots.text) if begin <= t.start < slots.asks[0].start]
    free: list[Term] = []
    for term in asked:
        word = slots.text[term.start : term.end].lower()
        inside = any(s.start <= term.start < s.end for s in (*slots.periods, *slots.statuses))
        place = any(p.span.start <= term.start < p.span.end for p in slots.places)
        if (word in _ENDS or inside or place) and free:
            if word == "có" or (
                place and slots.asks[0].start - term.end > 1 and not _rest_is_slots(slots, term)
            ):
                free = []
                continue
            break
        if not (word in _ENDS or inside or place):
            free.append(term)
    return Span(free[0].start, free[-1].end) if free else None


def _rest_is_slots(slots: Slots, last: Term) -> bool:
    rest = [t for t in cut_terms(slots.text) if last.end <= t.start < slots.asks[0].start]
    return all(
        any(
            s.start <= t.start < s.end
            for s in (*slots.periods, *slots.statuses, *(p.span for p in slots.places))
        )
        for t in rest
    )


_ENDS = frozenset("có của ở tại là đạt còn được trong cho thì đang đã hiện bằng và do".split())


def _cut(text: str) -> _Words:
    terms, spans, at = [], [], 0
    for term in cut_terms(text):
        if _MARK.search(text[at : term.start]):
            terms.append(_EDGE)
            spans.append(Span(term.start, term.start))
        terms.append(_NUMBER if term.text[0].isdigit() else term.text)
        spans.append(Span(term.start, term.end))
        at = term.end
    return _Words(tuple(terms), tuple(spans))
