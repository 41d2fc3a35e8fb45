"""Read the figures of a report's passages as records."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.figure_clauses import MEASURES, Said, cut_figures
from ingest.figure_indicators import PLACE, name_indicator
from ingest.figure_periods import last_period, period_behind, report_year, section_period
from ingest.figure_status import is_relation, tell_status
from ingest.indicators import clean_head, head_of, is_named, tail_of
from ingest.table_figures import RowReader
from quantities import Quantity, find_quantities, same_unit
from records import Figure, FigureStatus, Passage, PassageKind, Report, ReportMetadata, Span
from sentences import cut_sentences
from spans import spans_within
from units import read_stated_unit
from vietnamese import fold

_WIDER = (
    (r"(?:cua |trong )?(?:toan|ca) tinh\b", "tỉnh"),
    (r"(?:cua |trong )?ca nuoc\b", "cả nước"),
)
_PART = re.compile(r"\btrong (?:đó|số đó)\b|^\W*(?:gồm|bao gồm)\b")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NO_NOW = ReportMetadata()
_FOOTNOTE_OPENING = 25  # characters in which a footnote says "trong đó"
_RIGHT_BEHIND = 40  # characters in which "404 tỷ đồng năm 2023" names its year


@dataclass(slots=True)
class _Context:
    """What was said last at one depth of brackets."""

    figure: Figure | None = None  # that is no comparison
    words: str = ""  # its indicator
    noun: str = ""  # what it counts
    period: str = ""


def read_figures(report: Report, passages: Sequence[Passage]) -> tuple[Figure, ...]:
    """Give the figures of a report's passages, in reading order."""
    found: list[Figure] = []
    rows = RowReader(report)
    for passage in passages:
        if passage.kind is PassageKind.TABLE_ROW:
            found += rows.read(passage)
        else:
            found += _ProseReader(report, passage).read()
    return tuple(found)


class _ProseReader:
    """Reads one paragraph or footnote; remembers what was said last."""

    def __init__(self, report: Report, passage: Passage) -> None:
        self._report = report
        self._passage = passage
        self._metadata = report.metadata
        self._term = section_period(passage.section, report.metadata)
        self._quantities = find_quantities(passage.text)

    def read(self) -> Iterator[Figure]:
        """Give the passage's figures."""
        wholes = self._footnote_wholes()
        for sentence in cut_sentences(self._passage.text):
            yield from self._sentence(sentence, wholes)

    def _footnote_wholes(self) -> list[tuple[str, Quantity]]:
        """Give what a footnote that begins "Trong đó" may divide, nearest first."""
        passage = self._passage
        opening = passage.text[:_FOOTNOTE_OPENING].lower()
        if passage.kind is not PassageKind.FOOTNOTE or not _PART.search(opening):
            return []
        mark = passage.label.translate(_RAISED)
        context = passage.context.partition(mark)[0]
        return [
            (_capital(name_indicator(said, "")), said.quantity)
            for said in reversed(
                cut_figures(context, find_quantities(context), Span(0, len(context)))
            )
            if not is_relation(said.head, said.tail, said.quantity.unit)
        ]

    def _sentence(self, sentence: Span, wholes: list[tuple[str, Quantity]]) -> Iterator[Figure]:
        said_last: dict[int, _Context] = {}  # by the bracket; -1: in none
        whole: Figure | None = None  # what "trong đó" divides
        for said in cut_figures(self._passage.text, self._quantities, sentence):
            context = said_last.get(said.opened) or replace(said_last.get(-1, _Context()))
            said_last[said.opened] = context
            last = context.figure
            context.period = self._period(said, sentence, context.period)
            compares = is_relation(said.head, said.tail, said.quantity.unit) or _is_share(
                said, last
            )
            shown = name_indicator(said, context.words, context.noun)
            if compares:
                shown = shown if _has_own_words(said) else context.words or shown
                status = FigureStatus.COMPARISON
            else:
                status = self._status(said, sentence, context.period)
                if _PART.search(said.head.lower()):
                    whole = last
                elif said.opened < 0 and ";" in said.head:
                    whole = None
            if not shown:
                continue
            figure = self._figure(said, shown, context.period, status)
            if not compares:
                outer = said_last.get(-1, context).figure
                parent = whole if said.opened < 0 or whole is last else outer
                figure = replace(figure, part_of=_part_of(figure, parent, wholes))
                context.figure, context.words, context.noun = figure, shown, said.noun
            yield figure

    def _status(self, said: Said, sentence: Span, period: str) -> FigureStatus:
        before = self._passage.text[sentence.start : said.quantity.span.start]
        year = report_year(self._metadata)
        return tell_status(said.head, before, self._passage.section, period, year)

    def _period(self, said: Said, sentence: Span, carried: str) -> str:
        """Give the period nearest to a figure: of its clause, sentence, footnote, headings."""
        text, end = self._passage.text, said.quantity.span.end
        named = last_period(said.head, self._metadata, self._term)
        behind = period_behind(text[end : end + _RIGHT_BEHIND], self._metadata)
        # Behind another figure the words before may name that one's: "26% năm 2020 còn 22% năm 2021".
        if own := (behind or named) if said.follows else (named or behind):
            return own
        if carried and ";" not in said.head:
            return carried
        opening = text[sentence.start : said.first].rsplit(";", 1)[-1]
        context = self._passage.context if self._passage.kind is PassageKind.FOOTNOTE else ""
        return (
            last_period(opening, _NO_NOW, self._term)  # "hiện có" is said of its own clause only
            or last_period(context, self._metadata, self._term)
            or self._term
        )

    def _figure(self, said: Said, indicator: str, period: str, status: FigureStatus) -> Figure:
        quantity = said.quantity
        spans = spans_within(self._passage.spans, quantity.span)
        span = spans[0]  # a page break may part the number from its unit
        return Figure(
            id=figure_id(self._passage.id, span),
            report=self._report.name,
            passage_id=self._passage.id,
            span=span,
            text=self._report.text[span.start : span.end],
            value=quantity.value,
            high=quantity.high,
            whole=quantity.whole,
            unit=_ratio(said.head, quantity.unit),
            qualifier=quantity.qualifier,
            indicator=_capital(indicator),
            period=period,
            locality=self._locality(said),
            status=status,
            part_of="",
        )

    def _locality(self, said: Said) -> str:
        near = fold(f"{said.head or said.lead}".rstrip())
        for pattern, name in _WIDER:
            if re.match(rf"\s*{pattern}", fold(said.tail)) or re.search(rf"{pattern}\W*$", near):
                province = self._metadata.province
                return f"tỉnh {province}".strip() if name == "tỉnh" else name
        places = PLACE.findall(head_of(said.head)) or PLACE.findall(tail_of(said.tail))
        return places[-1] if places else self._metadata.district


def _ratio(head: str, unit: str) -> str:
    """Give the unit of "tỷ lệ bác sỹ/vạn dân là 10 bác sỹ": it is the one that was announced."""
    stated = read_stated_unit(head_of(head)) if "/" in head else None
    return stated.name if stated and stated.name.startswith(f"{unit}/") and unit else unit


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def figure_id(passage_id: str, span: Span) -> str:
    """Give the id of a figure at a place."""
    words = f"{passage_id}\x1f{span.start}\x1f{span.end}"
    return hashlib.sha256(words.encode()).hexdigest()[:24]


def _is_share(said: Said, last: Figure | None) -> bool:
    """Say whether "đạt 101%" alone behind another figure is a share of a plan.

    That is so behind another percentage, and above 100 behind "83/30 HTX".
    """
    if not said.follows or last is None or said.quantity.unit != "%" or tail_of(said.tail):
        return False
    if clean_head(head_of(said.head, follows=True)) or ";" in said.head:
        return False
    return last.unit.startswith("%") or (last.whole is not None and said.quantity.value > 100)


def _has_own_words(said: Said) -> bool:
    """Say whether a comparison names what it is of, and not only a change of what stands before."""
    counted = said.quantity.unit not in MEASURES
    return is_named(clean_head(head_of(said.head, follows=said.follows))) or (
        counted and bool(tail_of(said.tail))
    )


def _part_of(figure: Figure, parent: Figure | None, wholes: list[tuple[str, Quantity]]) -> str:
    """Name the whole that a figure is a part of; an empty string if there is none."""
    if parent is not None and _divides(parent, figure):
        named = parent.indicator
    else:
        named = next((name for name, whole in wholes if _divides(whole, figure)), "")
    return named if named != figure.indicator else ""


def _divides(whole: Figure | Quantity, part: Figure) -> bool:
    """Say whether a figure can be a part of another: of its unit and no more, or a share of it."""
    if part.unit == "%":
        return whole.unit == "%" and part.value <= whole.value
    return same_unit(whole.unit, part.unit) and part.value <= (whole.high or whole.value)
