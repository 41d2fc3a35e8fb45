"""Judge how well a candidate answers a question, from what can be counted.

Each candidate gets a row of features; a linear score, whose weights are fitted on questions over
other texts (`evaluation/fit_relevance.py`), ranks them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from records import Hit, Passage, PassageKind
from retrieval import answer_kinds as kinds
from retrieval.candidates import Candidate
from retrieval.question import AnswerKind, Question
from retrieval.question_terms import QuestionTerms
from vietnamese import fold, terms

# In the order of a row's columns; more of each speaks for a candidate.
SUPPORTING = (
    "clause_coverage",  # share of the question's terms that the clause holds, …
    "near_coverage",  # … with its neighbours
    "sentence_coverage",
    "passage_coverage",
    "context_coverage",  # … with the headings and what is said of the passage elsewhere
    "clause_pairs",  # share of the question's pairs of terms
    "sentence_pairs",
    "has_number",  # that the question does not hold itself
    "counts_asked",  # a number before what is counted
    "has_percent",
    "has_code",
    "has_time",
    "has_name",
    "enumerates",
    "leads_a_list",
    "gives_reason",
    "year_in_clause",
    "year_around",
    "target_agrees",
    "change_agrees",
    "length",
    "hit_share",
    "similarity",  # of the clause's chunk, against those of the other candidates
    "column_fit",
)
# More of each speaks against it.
OPPOSING = (
    "lacks_percent",  # all its numbers are shares, and none was asked for
    "year_conflict",  # other years are named, and none that was asked
    "target_conflict",
    "change_unasked",
    "repeats_question",  # its numbers are those of the question
)
FEATURES = (*SUPPORTING, *OPPOSING)
_STEP = " › "  # between the groups of a row and its name
_BRACKETED = re.compile(r"\s*\([^()]*\)\s*$")  # a row's unit
_TOTAL = re.compile(r"(?:tong|cong|tong so|tong cong|toan (?:huyen|tinh|xa))(?: cac .*)?")
_OF_ALL = frozenset({("toan", "huyen"), ("toan", "tinh"), ("toan", "xa")})
_TOTAL_FIT = 0.5  # of a total that is asked for, whose own name says nothing else


@dataclass(frozen=True, slots=True)
class FoundCandidate:
    """A candidate and how it was found."""

    candidate: Candidate
    hit: Hit  # its passage
    hit_share: float  # score of the passage, of the best passage's score
    similarity: float  # cosine of the question and the chunk around the candidate


@dataclass(frozen=True, slots=True)
class _Passage:
    """What all candidates of a passage share."""

    words: frozenset[str]
    context: frozenset[str]  # with the headings and what is said of it elsewhere
    section: str
    is_table: bool


def describe(
    question: Question, asked: QuestionTerms, found: Sequence[FoundCandidate]
) -> NDArray[np.float32]:
    """Give the features of candidates.

    Returns:
        float32, shape (len(found), len(FEATURES)).
    """
    rows = np.zeros((len(found), len(FEATURES)), dtype=np.float32)
    for row, each in zip(rows, found, strict=True):
        passage = _read_passage(each.hit.passage)
        features = {
            **_coverage(asked, each, passage),
            **_kind_fit(question, each.candidate),
            **_time_fit(question, each.candidate, passage),
            "length": float(np.log1p(len(each.candidate.text))) / 6,
            "hit_share": each.hit_share,
            "similarity": each.similarity,
        }
        row[:] = [features[name] for name in FEATURES]
    _standardise(rows[:, FEATURES.index("similarity")])
    return rows


def _standardise(similarities: NDArray[np.float32]) -> None:
    """Bring cosines to mean 0 and spread 1 in place: models differ in the range they use."""
    spread = float(similarities.std()) if similarities.size else 0.0
    similarities -= similarities.mean() if similarities.size else 0.0
    similarities /= spread or 1.0


@lru_cache(maxsize=512)  # as in `candidates`: the same passages are read for many questions
def _read_passage(passage: Passage) -> _Passage:
    words = frozenset(terms(f"{passage.text} {passage.label}"))
    section = " ".join(passage.section)
    return _Passage(
        words,
        words | frozenset(terms(f"{section} {passage.context}")),
        section,
        passage.kind is PassageKind.TABLE_ROW,
    )


def _coverage(asked: QuestionTerms, found: FoundCandidate, passage: _Passage) -> dict[str, float]:
    candidate = found.candidate
    return {
        "clause_coverage": asked.coverage(frozenset(candidate.terms)),
        "near_coverage": asked.coverage(candidate.near),
        "sentence_coverage": asked.coverage(frozenset(candidate.around)),
        "passage_coverage": asked.coverage(passage.words),
        "context_coverage": asked.coverage(passage.context),
        "clause_pairs": asked.pair_coverage(candidate.terms),
        "sentence_pairs": asked.pair_coverage(candidate.around),
        "column_fit": _column_fit(asked, candidate),
    }


def _column_fit(asked: QuestionTerms, candidate: Candidate) -> float:
    """Give the share of a column name's terms that the question says, in its or other words.

    It tells between the cells of a row that is asked about, so it counts as far as the row is.
    """
    if candidate.passage.kind is not PassageKind.TABLE_ROW or not candidate.passage.cells:
        return 0.0
    words = terms(candidate.column)
    if not words:  # of a form: its rows have names and values only
        return _row_fit(asked, candidate)
    said = asked.weights.keys() | {term for _, other in asked.wordings for term in other}
    return _row_fit(asked, candidate) * sum(word in said for word in words) / len(words)


def _row_fit(asked: QuestionTerms, candidate: Candidate) -> float:
    """Say how far a row is asked about: by its own name more than by the groups it is in.

    "Lúa cả năm" is not its part "Lúa cả năm › Lúa mùa"; a total is asked by "tổng" or "toàn huyện".
    """
    label = candidate.passage.label
    name = _BRACKETED.sub("", label.rpartition(_STEP)[2])
    spoken = asked.weights.keys() | {term for pair in asked.pairs for term in pair}
    row = asked.coverage(frozenset(terms(label)))
    # "Tổng mức đầu tư" of one row is asked of its column; else "tổng" asks the row of the total.
    says_total = "tong" in spoken or bool(asked.pairs & _OF_ALL)
    asks_total = says_total and not fold(candidate.column).startswith("tong")
    if _TOTAL.fullmatch(fold(name)):
        return max(row, _TOTAL_FIT) if says_total else 0.0
    words = terms(name)
    share = sum(word in spoken for word in words) / len(words) if words else 1.0
    return row * (share if asks_total else (1 + share) / 2)


def _kind_fit(question: Question, candidate: Candidate) -> dict[str, float]:
    text, kind = candidate.text, question.kind
    number = kind is AnswerKind.NUMBER
    numbers = kinds.find_numbers(text) if number else []
    fresh = [n for n in numbers if n not in question.text and not kinds.is_year(n)]
    percents = [n for n in fresh if n.endswith(("%", "‰"))]
    changes = number and kinds.speaks_of_change(text)
    change_asked = kinds.speaks_of_change(question.text)
    listed = kind is AnswerKind.LIST
    return {
        "has_number": float(bool(fresh)),
        "counts_asked": float(number and kinds.counts(candidate.terms, question.unit)),
        "has_percent": float(question.percent and bool(percents)),
        "lacks_percent": float(
            not question.percent and bool(fresh) and len(percents) == len(fresh)
        ),
        "has_code": float(kind is AnswerKind.CODE and kinds.has_code(text)),
        "has_time": float(kind is AnswerKind.TIME and kinds.has_time(text)),
        "has_name": float(kind in (AnswerKind.PERSON, AnswerKind.ENTITY) and kinds.has_name(text)),
        "enumerates": kinds.enumerates(candidate.sentence_text) if listed else 0.0,
        "leads_a_list": float(listed and kinds.leads_a_list(candidate.sentence_text)),
        "gives_reason": float(kind is AnswerKind.REASON and kinds.gives_reason(text)),
        "change_agrees": float(changes and change_asked),
        "change_unasked": float(changes and not change_asked),
        "repeats_question": float(bool(numbers) and not fresh),
    }


def _time_fit(question: Question, candidate: Candidate, passage: _Passage) -> dict[str, float]:
    # A cell's time is its column's; what the row's other columns say is not about it.
    around = candidate.text if passage.is_table else candidate.sentence_text
    wanted = frozenset(question.years)
    # "Năm 2025" is not "giai đoạn 2020 - 2025", unless that is what was asked.
    read = kinds.years if len(wanted) > 1 else kinds.single_years
    here, near = read(candidate.text), read(around)
    said = near | kinds.years(passage.section)
    target_asked = kinds.speaks_of_target(question.text)
    target = kinds.speaks_of_target(around) or (
        not passage.is_table and kinds.speaks_of_target(passage.section)
    )
    return {
        "year_in_clause": float(bool(wanted & here)),
        "year_around": float(bool(wanted & said)),
        "year_conflict": float(bool(wanted and kinds.years(around) and not wanted & said)),
        "target_agrees": float(target_asked and target),
        "target_conflict": float(target_asked != target),
    }
