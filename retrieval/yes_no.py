"""Answer a yes/no question: by the figure it names, by what is reached of a plan, or by the words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from records import Hit, PassageKind
from retrieval.answer_figure import PickedFigure, find_figures, find_named
from retrieval.answer_words import choose_words
from retrieval.asked_figure import compared_figure, wanted_for_comparison
from retrieval.candidates import Candidate, cut_candidates
from retrieval.polarity import Polarity, asks_for_all, asks_of_plan, judge, negative
from retrieval.question import Question
from retrieval.question_terms import QuestionTerms
from vietnamese import fold

_WHOLE = 100  # per cent
_AS_GOOD = 0.2  # of a figure's fit; one so little worse may be meant as well
_NONE = re.compile(r"\b(?:khong|chua) co [^,;.]{0,20}\bnao\b")
_YEAR = re.compile(r"(?:19|20)\d\d")


# Words that a comparison adds to a question; what it is about stands without them.
_COMPARING = frozenset(
    "phai dung tren duoi hon vuot qua it nhat toi thieu nhieu cao thap dat duoc muc da deu het tat ca".split()
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes or no, and what it was judged by."""

    polarity: Polarity
    best: Candidate  # the candidate that tells
    figure: PickedFigure | None  # the figure that was compared, if one was


def answer_yes_no(
    question: Question,
    asked: QuestionTerms,
    best: Candidate,
    siblings: Sequence[Candidate],
    hits: Sequence[Hit],
) -> Verdict:
    """Answer a yes/no question by the candidate that answers, or a figure near it.

    Args:
        question: The question.
        asked: Its weighed terms.
        best: What answers best.
        siblings: All candidates of its passage.
        hits: The passages retrieved.
    """
    by_figure = _by_figure(question, asked, best, hits)
    if by_figure is not None:
        return by_figure
    if best.passage.kind is PassageKind.TABLE_ROW:
        around = "; ".join(cell.text for cell in siblings)
        if asks_of_plan(question.text):  # its column of comparison says what was reached
            best = next((cell for cell in siblings if "so sanh" in fold(cell.column)), best)
    else:
        part, _ = choose_words(question, asked, best, siblings)
        around = best.passage.text[part.start : part.end]
    return Verdict(judge(question.text, best.text, around), best, None)


def _by_figure(
    question: Question, asked: QuestionTerms, best: Candidate, hits: Sequence[Hit]
) -> Verdict | None:
    compared = compared_figure(question.text)
    if compared is None and not asks_for_all(question.text):
        return None
    if _NONE.search(fold(best.text)):
        return None  # "không có xã nào đạt dưới 11 tiêu chí": the words tell
    wanted = wanted_for_comparison(question.text, question.years, compared)
    matter = _without_comparison(asked)
    found = find_figures(wanted, matter, best, hits)
    if compared is not None:
        # Where a report tells of several times or parts, the figure that is named is meant.
        named = find_named(wanted, matter, hits, compared.names)
        if named and (not found or named.fit > found[0].fit - _AS_GOOD):
            found = [named, *found]
    if not found:
        return None
    chosen = found[0]
    figure = chosen.piece.figure
    if compared is not None:
        holds = compared.holds_for(figure)
    else:
        holds = figure.value >= (_WHOLE if figure.whole is None else figure.whole)
    polarity = Polarity.YES if holds else negative(question.text)
    return Verdict(polarity, candidate_at(chosen), chosen)


def candidate_at(found: PickedFigure) -> Candidate:
    """Give the candidate of its passage that holds a figure."""
    at = found.piece.figure.number.start
    candidates = cut_candidates(found.passage)
    return next(each for each in candidates if each.span.start <= at < each.span.end)


def _without_comparison(asked: QuestionTerms) -> QuestionTerms:
    """Leave out the figure a question names, and the words that compare with it."""
    kept = {
        term: weight
        for term, weight in asked.weights.items()
        if term not in _COMPARING and (not term[0].isdigit() or _YEAR.fullmatch(term))
    }
    return replace(asked, weights=kept)
