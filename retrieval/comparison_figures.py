"""Find the figures of a locality's passages that may answer, with the words that belong to each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from quantities import Quantity, find_quantities
from records import FigureStatus, Passage, PassageKind, Span
from retrieval.candidates import Candidate
from retrieval.wording import other_wordings
from vietnamese import fold, pairs, terms


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure of a passage, with what its clause says of it."""

    candidate: Candidate  # the clause or cell it stands in
    quantity: Quantity  # its spans are of the passage's text
    status: FigureStatus
    period: str  # as worded: "năm 2024"; "" if the passage does not say
    before: str  # folded words of the clause up to it, from the figure before
    after: str  # folded words up to the next figure
    own: frozenset[str]  # terms, and pairs of them, that speak of it and not of its neighbours
    near: frozenset[str]  # those between its neighbours
    bracketed: bool  # stands in brackets behind another figure
    place: int  # among the figures of its clause, from 0

    @property
    def words(self) -> str:
        """The figure as worded, with its qualifier and unit."""
        text = self.candidate.passage.text
        span = self.quantity.span
        return " ".join(f"{self.quantity.qualifier} {text[span.start : span.end]}".split())


# What follows a figure that was said before it: the words behind belong to the next one.
_FOLLOWS = re.compile(
    r"^\s*(?:$|[,;:.()\[\]+–-]|(?:va|trong do|so voi|tang|giam|tuong duong|gom|tro len)\b"
    r"|(?:bang|vuot|chiem|dat)(?:\s+(?:tren|gan|khoang|hon))?\s*$"
    r"|(?:so\s+)?(?:vuot|dat|bang|voi)\s+(?:chi tieu|ke hoach|nghi quyet|nq|muc tieu|du toan))"
)
_SEPARATOR = re.compile(r"[;,:()]|\s(?:và|va|trong đó|trong do|với|voi)\s")
_LISTED = re.compile(r"^\s*,\s*([a-z]+(?:\s[a-z]+)?)")
_STRONG_SEPARATOR = re.compile(r"[;)]|\. ")
_LONGEST_LEAD = 110  # characters
_SUPPLEMENT = re.compile(r"^[\s,;(]*(?:chiem|dat|bang|ty le|tuong duong)?\s*(?:ty le)?\s*$")
_TARGET_COLUMN = re.compile(r"\b(?:muc tieu|nghi quyet|nq|ke hoach|chi tieu|phan dau|du kien)\b")
_NO_FIGURE_COLUMN = re.compile(r"\b(?:so sanh|danh gia|ghi chu|so voi)\b")
_ESTIMATE = re.compile(r"\buoc\b")
_TARGET = re.compile(r"\b(?:phan dau|muc tieu la|du kien|se|den nam 20(?:2[6-9]|3\d))\b")
_RESULT_HEADING = re.compile(r"\b(?:ket qua|danh gia|thuc trang|da dat|tinh hinh)\b")
_TARGET_HEADING = re.compile(
    r"\b(?:muc tieu|phuong huong|dinh huong|nhiem vu|giai phap|phan dau|du kien|chi tieu|ke hoach)\b"
)
_PERIOD = re.compile(
    r"(?:(?:tính )?đến (?:hết |cuối )?)?(?:(?:6|06|sáu|9|09|chín) tháng đầu năm(?: 20\d\d)?"
    r"|(?:giai đoạn|nhiệm kỳ) 20\d\d\s*[-–]\s*20\d\d"
    r"|(?:năm(?: học)?|đến|đến(?: ngày)? \d{1,2}/\d{1,2}/|tháng \d{1,2}/) ?20\d\d(?:\s*[-–]\s*20\d\d)?)",
    re.IGNORECASE,
)
_SINCE = re.compile(r"so với (?:cùng kỳ )?(?:năm |đầu )?(?:20\d\d|nhiệm kỳ[^,;.)]*)", re.IGNORECASE)
_BRACKETED_UNIT = re.compile(r"\(([^()\d]{1,40})\)\s*$")


def figures_of(candidate: Candidate) -> Iterator[FoundFigure]:
    """Give the figures of a clause or a table's cell, in reading order."""
    if is_cell(candidate):
        yield from _cell_figures(candidate)
        return
    text = candidate.passage.text
    sentence = candidate.sentence
    found = [each for each in _quantities(text) if _begins_in(each, sentence)]
    if not any(_begins_in(each, candidate.span) for each in found):
        return
    folded = fold(text)
    status, period = _status(candidate), _period(candidate)
    edges = [sentence.start, *(each.span.end for each in found)]
    starts = [*(each.span.start for each in found), sentence.end]
    between = [folded[a : max(a, b)] for a, b in zip(edges, starts, strict=True)]
    earlier = frozenset[str]()
    place = 0
    for n, quantity in enumerate(found):
        before, after = between[n], between[n + 1]
        unit = f"{folded[quantity.span.start : quantity.span.end]} {quantity.unit}"
        unit += _shared_syllable(quantity.unit, after)
        end = _parting(after, quantity.unit) if n + 1 < len(found) else _first_part(after)
        begin = _parting(before, found[n - 1].unit) if n else 0
        trail = after[:end]
        lead = _lead(before[begin:], named_after=end > 0)
        own = with_long_forms(f"{lead} {unit} {trail}")
        if n and _SUPPLEMENT.match(lead):
            own |= earlier  # "40/49 trường đạt chuẩn, chiếm 81,63%"
        earlier = own
        if not _begins_in(quantity, candidate.span):
            continue
        yield FoundFigure(
            candidate,
            quantity,
            status,
            period,
            before,
            after,
            own,
            with_long_forms(f"{before} {unit} {after}"),
            bracketed=_is_bracketed_part(text, sentence.start, found[: n + 1]),
            place=place,
        )
        place += 1


def _begins_in(quantity: Quantity, span: Span) -> bool:
    return span.start <= quantity.number.start < span.end


def is_cell(candidate: Candidate) -> bool:
    """Say whether a candidate is a table's cell."""
    return candidate.passage.kind is PassageKind.TABLE_ROW and bool(candidate.column)


def is_target(candidate: Candidate) -> bool:
    """Say whether a clause or cell tells what is aimed at rather than what came about."""
    if is_cell(candidate):
        column = fold(candidate.column)
        aims = _TARGET_COLUMN.search(column) or _TARGET.search(column)
        return bool(aims) and not _ESTIMATE.search(column)
    return bool(_TARGET.search(fold(candidate.text))) or _is_target_section(candidate.passage)


@lru_cache(maxsize=8192)
def with_long_forms(text: str) -> frozenset[str]:
    """Give a text's terms and pairs of terms, and those of its abbreviations' long forms."""
    words = [terms(text), *(list(wording.other) for wording in other_wordings(text))]
    return frozenset(term for each in words for term in (*each, *pairs(each)))


def _parting(between: str, unit: str) -> int:
    """Give the offset at which the words between two figures part: before it, of the first.

    Args:
        between: Folded.
        unit: Of the first figure.
    """
    listed = _LISTED.match(between)
    if (
        listed and _counts(unit) and _counts_things(listed[1])
    ):  # "42 chi bộ, đảng bộ trực thuộc Huyện ủy, với …"
        part = _SEPARATOR.search(between, listed.end())
        return part.start() if part else len(between)
    if _FOLLOWS.match(between):
        return 0
    parts = list(_SEPARATOR.finditer(between))
    return parts[-1].start() if parts else len(between)


def _shared_syllable(unit: str, after: str) -> str:
    """Give what two listed things share: of "42 chi, đảng bộ" the "chi bộ"."""
    listed = _LISTED.match(after)
    if not listed or " " in unit or not unit.isalpha() or " " not in listed[1]:
        return ""
    return f", {unit} {listed[1].split()[1]}" if _counts_things(listed[1]) else ""


def _counts(unit: str) -> bool:
    return bool(unit) and "/" not in unit and unit.replace(" ", "").isalpha() and len(unit) > 2


@lru_cache(maxsize=1024)
def _counts_things(noun: str) -> bool:
    return any(_counts(each.unit) for each in find_quantities(f"2 {noun}"))


def _first_part(after: str) -> int:
    """Give the offset at which the words behind the last figure stop speaking of it."""
    if _FOLLOWS.match(after):
        return 0
    part = _STRONG_SEPARATOR.search(after)
    return min(part.start() if part else len(after), _LONGEST_LEAD)


def _lead(before: str, *, named_after: bool) -> str:
    """Give the words before a figure that are its own.

    Where nothing behind it says what it is, that stands before it: "cơ quan, đơn vị, trường học
    văn hóa đạt 98%". Else only the words after the last comma are: "(trong đó 10 sản phẩm 4 sao".
    """
    parts = list((_SEPARATOR if named_after else _STRONG_SEPARATOR).finditer(before.rstrip(" (")))
    return before[parts[-1].start() if parts else 0 :][-_LONGEST_LEAD:]


def _cell_figures(candidate: Candidate) -> Iterator[FoundFigure]:
    column = fold(candidate.column)
    if _NO_FIGURE_COLUMN.search(column):
        return
    words = frozenset(candidate.terms) | with_long_forms(candidate.passage.label)
    for n, quantity in enumerate(_cell_quantities(candidate)):
        value = candidate.passage.text[candidate.span.start : candidate.span.end]
        cut = quantity.span.start - candidate.span.start
        before, after = fold(value[:cut]), fold(value[quantity.span.end - candidate.span.start :])
        own = words | with_long_forms(quantity.unit)
        yield FoundFigure(
            candidate, quantity, _status(candidate), _period(candidate), before, after, own, own,
            bracketed="(" in value[:cut], place=n,
        )  # fmt: skip


def _cell_quantities(candidate: Candidate) -> tuple[Quantity, ...]:
    """Read a cell's figures; the unit may stand in the row's name: "Thu nhập (triệu đồng/năm)"."""
    passage, span = candidate.passage, candidate.span
    value = passage.text[span.start : span.end]
    unit = _BRACKETED_UNIT.search(passage.label)
    readings = [(value, 0)]
    if unit:
        readings.append((f"{value} {unit[1]}", 0))
    readings.append((candidate.text, len(value) - len(candidate.text)))
    best: tuple[Quantity, ...] = ()
    for text, shift in readings:
        found = tuple(
            _moved(each, span.start + shift, span)
            for each in _quantities(text)
            if each.number.start + shift >= 0
        )
        if found and not (best and best[0].unit):
            best = found
    return best


def _moved(quantity: Quantity, by: int, within: Span) -> Quantity:
    span, number = quantity.span, quantity.number
    return replace(
        quantity,
        span=Span(span.start + by, min(span.end + by, within.end)),
        number=Span(number.start + by, min(number.end + by, within.end)),
    )


@lru_cache(maxsize=2048)
def _quantities(text: str) -> tuple[Quantity, ...]:
    return find_quantities(text)


def _is_bracketed_part(text: str, start: int, figures: Sequence[Quantity]) -> bool:
    """Say whether the last of some figures stands in brackets behind one of its unit."""
    *before, last = figures
    return any(
        each.unit == last.unit
        and _depth(text, each.span.end, last.span.start) > 0
        and _depth(text, start, each.span.start) <= 0
        for each in before
    )


def _depth(text: str, start: int, end: int) -> int:
    return text.count("(", start, end) - text.count(")", start, end)


def _status(candidate: Candidate) -> FigureStatus:
    if is_target(candidate):
        return FigureStatus.TARGET
    said = fold(candidate.column if is_cell(candidate) else candidate.text)
    return FigureStatus.ESTIMATE if _ESTIMATE.search(said) else FigureStatus.RESULT


@lru_cache(maxsize=512)
def _is_target_section(passage: Passage) -> bool:
    """Say whether the innermost heading that tells is one of aims rather than results."""
    for heading in reversed(passage.section):
        folded = fold(heading)
        if _RESULT_HEADING.search(folded):
            return False
        if _TARGET_HEADING.search(folded):
            return True
    return False


def _period(candidate: Candidate) -> str:
    near = candidate.column if is_cell(candidate) else candidate.text
    around: Sequence[str] = (near,) if is_cell(candidate) else (near, candidate.sentence_text)
    for text in around:
        if found := _PERIOD.search(_SINCE.sub(" ", text)):
            period = " ".join(found[0].split())
            return period[0].lower() + period[1:]
    return ""
