"""Check the figures, dates, numbers of documents and names of a statement against what it cites."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from quantities import Quantity, convert, find_quantities, same_unit
from records import Check, Matter, Span
from retrieval.computations import Computed
from retrieval.evidence import Evidence
from retrieval.figure_units import units_agree
from retrieval.said_facts import (
    NameText,
    SaidGrade,
    code_key,
    find_codes,
    find_dates,
    find_grades,
    find_names,
    name_text,
)
from retrieval.statements import MARK, Statement
from retrieval.wording import other_forms
from vietnamese import cut_terms, fold

_PARTS = re.compile(r"\b[A-ZĐ&-]{2,}\b|[^\W_]+(?: (?![A-ZĐ]{2})[^\W_]+)*")
_DIGITS = re.compile(r"(?<!\w)\d+(?:[.,]\d+)*")  # those of "QL279" are of its name
# Wordings of a qualifier that say the same.
_QUALIFIERS = (
    frozenset(["tren", "hon", "qua", ">", "vuot"]),
    frozenset(["gan", "xap xi", "chua den", "chua toi", "ngot"]),
    frozenset(["khoang", "chung", "~", "≈"]),
    frozenset(["duoi", "<"]),
    frozenset(["it nhat", "toi thieu", "khong duoi", "khong it hon", "tro len", ">=", "≥"]),
    frozenset(["toi da", "nhieu nhat", "khong qua", "tro xuong", "<=", "≤"]),
    frozenset(["trung binh", "binh quan"]),
)
_NOT_THERE = "không có trong đoạn trích dẫn"
_NO_CITATION = "không có trích dẫn"
_OTHER_UNIT = "đoạn trích dẫn ghi đơn vị khác: {}"
_OTHER_QUALIFIER = "đoạn trích dẫn ghi “{}”"


def check_facts(
    text: str,
    said_in: Statement,
    cited: Sequence[Evidence],
    done: Sequence[Span],
    computed: Sequence[Computed],
    places: Collection[str],
) -> Iterator[Check]:
    """Check what a statement says, apart from its quotes and computations.

    Args:
        text: The answer.
        said_in: The statement.
        cited: What it cites.
        done: Places that are checked already.
        computed: Results that hold, which may be said again.
        places: Districts that have a report; a statement without marks and figures may name them,
            to say that a report does not tell.
    """
    within = said_in.span
    said = list(text[within.start : within.end])
    for span in (*done, *(Span(*mark.span()) for mark in MARK.finditer(text))):
        start, end = max(span.start - within.start, 0), span.end - within.start
        if end > 0 and start < len(said):
            end = min(end, len(said))
            said[start:end] = " " * (end - start)
    words = "".join(said)
    named = [place for place in places if name_text(words).has(place)]
    cited = [e for e in cited if e.metadata.district in named] or list(cited)
    silent = not said_in.marked and not any(sign.isdigit() for sign in words)
    statement = _Statement(words, cited, computed, places if silent else ())
    for check in statement.checks():
        start = check.span.start + within.start
        yield Check(
            check.matter, Span(start, check.span.end + within.start), check.said, check.fault
        )


class _Statement:
    """One statement, with what it cites."""

    def __init__(
        self,
        text: str,
        cited: Sequence[Evidence],
        computed: Sequence[Computed],
        places: Collection[str],
    ) -> None:
        self._text = text
        self._cited = cited
        self._computed = computed
        self._places = places
        self._read = [source for found in cited for source in found.read(text)]
        self._known = [
            f"{found.metadata.title}. {found.metadata.period}. {found.metadata.date}"
            for found in cited
        ]
        self._absent = _NOT_THERE if cited else _NO_CITATION

    def checks(self) -> Iterator[Check]:
        """Check all, each sign of the text once: codes and dates are no figures."""
        taken = [False] * len(self._text)
        for found in (
            self._codes(),
            self._figures(),
            self._dates(),
            self._grades(),
            self._numbers(),
        ):
            for check in found:
                if not any(taken[check.span.start : check.span.end]):
                    width = check.span.end - check.span.start
                    taken[check.span.start : check.span.end] = [True] * width
                    yield check
        yield from self._names()

    def _check(self, matter: Matter, span: Span, fault: str) -> Check:
        return Check(matter, span, self._text[span.start : span.end], fault)

    def _codes(self) -> Iterator[Check]:
        there = {
            code_key(source[span.start : span.end])
            for source in (*self._read, *self._known)
            for span in find_codes(source)
        }
        for span in find_codes(self._text):
            stands = code_key(self._text[span.start : span.end]) in there
            yield self._check(Matter.CODE, span, "" if stands else self._absent)

    def _figures(self) -> Iterator[Check]:
        there = [each for source in self._read for each in read_quantities(source)]
        for said in find_quantities(self._text):
            ours = self._text[said.number.start : said.number.end].isascii()
            fault = self._fault(said, there) if ours else self._absent  # digits of other scripts
            yield self._check(Matter.FIGURE, said.span, fault)

    def _fault(self, said: Quantity, there: Sequence[Quantity]) -> str:
        for result in self._computed:
            if result.value == said.value and (
                not said.unit or units_agree(said.unit, result.unit)
            ):
                return ""
        same = [each for each in there if _same_value(said, each)]
        if not same:
            return self._absent
        alike = [each for each in same if units_agree(said.unit, each.unit)]
        if not alike:
            return _OTHER_UNIT.format(same[0].unit or "không có")
        if not any(_qualifiers_agree(said.qualifier, each.qualifier) for each in alike):
            return _OTHER_QUALIFIER.format(alike[0].qualifier or "không kèm từ nào")
        return ""

    def _dates(self) -> Iterator[Check]:
        there = [date for source in (*self._read, *self._known) for date in find_dates(source)]
        for said in find_dates(self._text):
            stands = any(said.is_part_of(date) for date in there)
            yield self._check(Matter.DATE, said.span, "" if stands else self._absent)

    def _grades(self) -> Iterator[Check]:
        there = {
            (grade.noun, grade.number)
            for source in (*self._read, *self._known)
            for grade in find_grades(source)
        }
        said: SaidGrade
        for said in find_grades(self._text):
            stands = (said.noun, said.number) in there
            yield self._check(Matter.CODE, said.span, "" if stands else self._absent)

    def _numbers(self) -> Iterator[Check]:
        """Check the numbers that are none of these: "bản Chan 3", "tiểu khu 26/3"."""
        there = {term.text for source in (*self._read, *self._known) for term in cut_terms(source)}
        there |= {f"{result.value.normalize():f}".replace(".", ",") for result in self._computed}
        for match in _DIGITS.finditer(self._text):
            stands = match[0].isascii() and all(t.text in there for t in cut_terms(match[0]))
            yield self._check(Matter.FIGURE, Span(*match.span()), "" if stands else self._absent)

    def _names(self) -> Iterator[Check]:
        there = [found.names for found in self._cited]
        for span in find_names(self._text):
            name = self._text[span.start : span.end]
            parts = _PARTS.findall(name)  # "OCOP Mai Sơn" where the passage has both apart
            stands = (
                _stands(name, there)
                or name in self._places
                or (len(parts) > 1 and all(_stands(part, there) for part in parts))
            )
            yield self._check(Matter.NAME, span, "" if stands else self._absent)


def _stands(name: str, there: Sequence[NameText]) -> bool:
    """Whether a name stands in one of some texts, as written, abbreviated or in full."""
    return any(known.has(name) for known in there) or any(
        known.has(form) for form in other_forms(name) for known in there
    )


@lru_cache(maxsize=1024)  # a passage is read for every answer that cites it
def read_quantities(text: str) -> tuple[Quantity, ...]:
    """Give the figures of a passage; kept, since passages are cited again."""
    return find_quantities(text)


def _same_value(said: Quantity, there: Quantity) -> bool:
    value = there.value
    if not same_unit(said.unit, there.unit):
        value = convert(there.value, there.unit, said.unit) or value
    return (
        said.value == value
        and said.high == there.high
        and (said.whole is None or said.whole == there.whole)
    )


def _qualifiers_agree(said: str, there: str) -> bool:
    one, other = fold(said), fold(there)
    return one == other or any(one in group and other in group for group in _QUALIFIERS)
