"""Judge how well a figure answers what a locality's reports are asked."""

import re
from dataclasses import dataclass
from functools import lru_cache

from records import FigureStatus
from retrieval import answer_kinds as kinds
from retrieval.clause_reader import gather_candidates
from retrieval.comparison_figures import FoundFigure, figures_of, is_cell, with_long_forms
from retrieval.comparison_measure import (
    MEASURES,
    Measure,
    asked_unit,
    measured_unit,
    read_measure,
)
from retrieval.comparison_signs import weigh_signs
from retrieval.looking_up import LookedUp
from retrieval.question import Question
from retrieval.question_terms import QuestionTerms
from vietnamese import fold, terms


@dataclass(frozen=True, slots=True)
class Fit:
    """A figure and how well it answers."""

    figure: FoundFigure
    score: float  # how well it fits, a target less well than a result
    identity: float  # how surely it is what was asked, be it a target or a result; see `FLOOR`
    found: float  # share of the question's weight said beside it, 0 to 1
    counts: str  # what the question counts, where the figure counts that; else its unit


# What a figure must reach to be given as a locality's, by itself; and beside another locality's
# that does, in its unit.
FLOOR = 0.70
LEAST_FOUND = 0.45
FLOOR_BESIDE = 0.58
LEAST_FOUND_BESIDE = 0.7

_YEARLY = re.compile(r"\b(?:moi nam|hang nam|hằng nam|binh quan|trung binh|tren nam)\b")
_TIME_UNITS = frozenset(("năm", "tháng", "ngày", "giờ", "tuần", "phút", "tuổi"))
_PER_CENT = re.compile(r"\bphan tram\b|%")
# What a share, an area and a length say without words.
_IMPLIED_BY_SHARE = frozenset(("ti", "le", "phan", "tram", "ti_le", "phan_tram"))
_IMPLIED_BY_UNIT = {
    unit: frozenset(words)
    for units, words in (
        (("ha", "m²", "km²"), ("dien", "tich", "dien_tich")),
        (("km", "m"), ("chieu", "dai", "chieu_dai")),
    )
    for unit in units
}
_CELL = 0.04  # an annex goes after the text, unless one of its years is asked for
_HIT = 0.07  # of the passage's score in the search
# Words that stand together in a question and nowhere near a figure: it is of something else.
_NO_PAIR = 0.15
_ALL_TERMS = 0.9  # unless it has its own words for nearly all of them
_SENTENCE_BEFORE = 200  # characters
# Words that say nothing of what a figure is.
_PLAIN = frozenset(
    """toan huyen hien nay den co tong so tren dia ban dat la duoc khoang gan hon va voi cua cac nhung da
    trong do luy ke ket qua thuc hien uoc nam tai o cho ve con chiem ty ti le bang quy mo so luong nhan
    duoi tu khi nhiem ky giai doan nhu thi nang len xuong ra vao cung theo mot""".split()
)


def fit_figures(found: LookedUp) -> list[Fit]:
    """Give the figures of what was found for a question, with their fit to it, best first."""
    question, asked = found.question, found.asked
    measure = read_measure(found)
    fits = []
    for each in gather_candidates(found.read_hits, found.closeness):
        for figure in figures_of(each.candidate):
            score = (
                _found(measure, question, figure)
                + _HIT * each.hit_share
                + _judge(question, asked, figure)
            )
            identity = score - min(_status(question, figure), 0.0)
            around = figure.near | _clause(figure) | _just_before(figure)
            held = measure.terms_in(around | _implied(measure, question, figure))
            fits.append(Fit(figure, score, identity, held, _counted(question, figure)))
    return sorted(fits, key=lambda fit: -fit.score)


def _found(measure: Measure, question: Question, figure: FoundFigure) -> float:
    """Weigh how much of the question is said of the figure, beside it and around it."""
    candidate = figure.candidate
    passage = candidate.passage
    implied = _implied(measure, question, figure)
    own, near = figure.own | implied, figure.near | implied
    clause = _clause(figure) | implied
    sentence = clause | with_long_forms(f"{candidate.sentence_text} {passage.label}")
    whole = sentence | _headings(passage.section, passage.context)
    return (
        0.27 * measure.terms_in(own)
        + 0.22 * measure.pairs_in(own)
        + 0.07 * measure.terms_in(near)
        + 0.06 * measure.terms_in(clause)
        + 0.08 * measure.pairs_in(clause)
        + 0.12 * measure.terms_in(sentence)
        + 0.08 * measure.terms_in(whole)
        - _NO_PAIR * (not measure.pairs_in(near | clause) and measure.terms_in(own) < _ALL_TERMS)
    )


def _implied(measure: Measure, question: Question, figure: FoundFigure) -> frozenset[str]:
    """Give the question's terms that a figure says by its unit, and by the time it is of."""
    share = figure.quantity.unit.startswith(("%", "‰")) or "/" in figure.quantity.unit
    said = _IMPLIED_BY_SHARE if share else measure.unit_of(figure)
    said |= _IMPLIED_BY_UNIT.get(figure.quantity.unit, frozenset())
    if question.years and _time(question, figure) > 0:
        said |= frozenset(("nam", *question.years))
    return said


def _just_before(figure: FoundFigure) -> frozenset[str]:
    """Give the terms of a sentence and of what stands before it, which often tells its subject."""
    candidate = figure.candidate
    start = max(0, candidate.sentence.start - _SENTENCE_BEFORE)
    return with_long_forms(candidate.passage.text[start : candidate.sentence.end])


def _counted(question: Question, figure: FoundFigure) -> str:
    unit = figure.quantity.unit
    asked = asked_unit(question)
    wanted = frozenset(asked[:2])
    measured = unit in MEASURES or "/" in unit or question.percent
    return " ".join(asked) if wanted and wanted <= figure.own and not measured else unit


def _clause(figure: FoundFigure) -> frozenset[str]:
    return with_long_forms(figure.candidate.text) | figure.candidate.near


@lru_cache(maxsize=512)
def _headings(section: tuple[str, ...], context: str) -> frozenset[str]:
    return with_long_forms(f"{' '.join(section)} {context}")


def _judge(question: Question, asked: QuestionTerms, figure: FoundFigure) -> float:
    return (
        _unit(question, figure)
        + _time(question, figure)
        + _status(question, figure)
        + weigh_signs(question, figure)
        - _CELL * (is_cell(figure.candidate) and not question.years)
        - 0.018 * min(len(_excess(asked, figure)), 8)
        - 0.01 * figure.place
    )


def _unit(question: Question, figure: FoundFigure) -> float:
    unit = figure.quantity.unit
    percent = unit.startswith(("%", "‰", "điểm %"))
    head = unit.partition("/")[0]
    if head in _TIME_UNITS and not set(terms(head)) & set(question.unit):
        return -0.5
    yearly = (
        -0.15 if "/năm" in unit and percent and not _YEARLY.search(fold(question.text)) else 0.0
    )
    named = frozenset(terms(unit))
    if question.percent:
        rate = (
            not _PER_CENT.search(fold(question.text))
            and bool(unit)
            and ("/" in unit or named <= frozenset(question.terms))
        )
        return (0.1 if percent or rate else -0.3) + yearly
    if question.unit:
        asked = asked_unit(question)
        wanted = frozenset(asked[:2])
        if named and (wanted <= named or named <= frozenset(asked)):
            return 0.15
        if unit and unit == measured_unit(" ".join(asked)):
            return 0.15
        if percent or unit in MEASURES or not wanted <= figure.own:
            return -0.3
        return -0.05 if unit else 0.12  # "nâng số trường đạt chuẩn lên 33/37"
    if percent:
        return yearly - 0.03
    return 0.12 if named and named <= frozenset(question.terms) | _other_terms(question) else 0.0


def _other_terms(question: Question) -> frozenset[str]:
    return frozenset(term for wording in question.wordings for term in wording.other)


def _time(question: Question, figure: FoundFigure) -> float:
    if not question.years:
        return 0.0
    candidate = figure.candidate
    around = candidate.text if is_cell(candidate) else candidate.sentence_text
    wanted = frozenset(question.years)
    if wanted & kinds.years(candidate.text):
        return 0.12
    if wanted & (kinds.years(around) | kinds.years(" ".join(candidate.passage.section))):
        return 0.06
    return -0.15 if kinds.years(around) else 0.0


def _status(question: Question, figure: FoundFigure) -> float:
    wanted = kinds.speaks_of_target(question.text)
    if wanted != (figure.status is FigureStatus.TARGET):
        return -0.25
    return 0.0 if figure.status is FigureStatus.ESTIMATE else 0.05


def _excess(asked: QuestionTerms, figure: FoundFigure) -> frozenset[str]:
    """Give what is said of the figure that nobody asked."""
    known = asked.weights.keys() | {term for _, other in asked.wordings for term in other}
    unit = frozenset(terms(figure.quantity.unit))
    return frozenset(
        word
        for word in figure.own - known - _PLAIN - unit
        if word.isalpha() and not is_cell(figure.candidate)
    )
