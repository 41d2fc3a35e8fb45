"""Judge how well a candidate answers a question, from what can be counted.

Each candidate gets a row of features; a linear score, whose weights are fitted on questions over
other texts (`evaluation/fit_relevance.py`), ranks them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from records import Hit, PassageKind
from retrieval.candidates import Candidate
from retrieval.question import AnswerKind, Question
from vietnamese import fold, terms

FEATURES = (
    "clause_coverage",
    "near_coverage",
    "sentence_coverage",
    "passage_coverage",
    "context_coverage",
    "clause_pairs",
    "sentence_pairs",
    "has_number",
    "counts_asked",
    "has_percent",
    "lacks_percent",
    "has_code",
    "has_time",
    "has_name",
    "enumerates",
    "gives_reason",
    "year_said",
    "year_conflict",
    "target_agrees",
    "target_conflict",
    "repeats_question",
    "length",
    "hit_share",
    "similarity",
    "change_agrees",
    "change_unasked",
    "is_cell",
    "column_fit",
)

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:/\d+(?:[.,]\d+)*)?\s*(?:%|‰)?")
_CODE = re.compile(r"\b\d+[-/]?[A-ZĐ]|\b(?:số|Số|QL|Quốc lộ|quốc lộ|Đề án|đề án|loại|khóa)\s*\d+|\d+/\d{4}/|[A-ZĐ]{2,}\d+")
_TIME = re.compile(r"\b(?:ngày|tháng|năm|quý|giai đoạn|nhiệm kỳ)\s+\d|\b\d{1,2}/\d{1,2}/\d{4}|\b(?:19|20)\d\d\b", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\w,:(“\"] )[“\"]?[A-ZÀ-ỸĐ][^\W\d_]*(?:\s+[A-ZÀ-ỸĐ][^\W\d_]*)+|[“\"][^”\"]{3,60}[”\"]")
_REASON = re.compile(r"\b(?:do|vì|bởi|nhằm|để|nên|dẫn đến|nguyên nhân|qua đó|thông qua|bằng|góp phần|tạo)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CHANGE = re.compile(r"\b(?:tang|giam|hon|chenh lech|so voi)\b")
_TARGET = re.compile(
    r"\b(?:muc tieu|chi tieu den|phan dau|ke hoach|dinh huong|den nam 20(?:2[6-9]|3\d)|se|du kien|phuong huong|nhiem vu|de ra|giao|dat ra)\b"
)


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """A question's terms as they are looked for: weights, other wordings, pairs."""

    weights: Mapping[str, float]  # by folded term: how much it tells, its inverse document frequency
    wordings: tuple[tuple[frozenset[str], frozenset[str]], ...]  # (said, other)
    pairs: frozenset[tuple[str, str]]

    def matched(self, words: frozenset[str]) -> frozenset[str]:
        """The question's terms that some words hold, said so or in other words."""
        found = {term for term in self.weights if term in words}
        for said, other in self.wordings:
            if other <= words:
                found |= said & self.weights.keys()
        return frozenset(found)

    def coverage(self, words: frozenset[str]) -> float:
        """The share of the question's weight that some words hold, 0 to 1."""
        total = sum(self.weights.values())
        return sum(self.weights[term] for term in self.matched(words)) / total if total else 0.0


def weigh_terms(question: Question, idf: Mapping[str, float], unseen: float) -> QuestionTerms:
    """Weigh a question's terms.

    Args:
        question: The question.
        idf: Inverse document frequency by folded term.
        unseen: Weight of a term that no report has.
    """
    weights = {term: idf.get(term, unseen) for term in question.terms if term not in question.years}
    asked = question.terms
    return QuestionTerms(
        weights=weights,
        wordings=tuple((frozenset(w.said), frozenset(w.other)) for w in question.wordings),
        pairs=frozenset(zip(asked, asked[1:], strict=False)),
    )


@dataclass(frozen=True, slots=True)
class FoundCandidate:
    """A candidate and how it was found."""

    candidate: Candidate
    hit: Hit  # its passage
    hit_share: float  # score of the passage, of the best passage's score
    similarity: float  # cosine of the question and the chunk around the candidate


def describe(
    question: Question, asked: QuestionTerms, found: Sequence[FoundCandidate]
) -> NDArray[np.float32]:
    """Give the features of candidates.

    Returns:
        float32, shape (len(found), len(FEATURES)).
    """
    wants_target = bool(_TARGET.search(fold(question.text)))
    wants_change = bool(_CHANGE.search(fold(question.text)))
    wholes: dict[str, _Around] = {}
    rows = []
    for each in found:
        passage = each.candidate.passage
        if passage.id not in wholes:
            own = frozenset(terms(f"{passage.text} {passage.label}"))
            context = " ".join((*passage.section, passage.context))
            wholes[passage.id] = _Around(
                own, own | frozenset(terms(context)), fold(" ".join(passage.section))
            )
        rows.append(_row(question, asked, each, wholes[passage.id], wants_target, wants_change))
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(FEATURES))


@dataclass(frozen=True, slots=True)
class _Around:
    """The words around a candidate."""

    passage: frozenset[str]
    context: frozenset[str]  # with the headings and what is said of the passage elsewhere
    section: str  # folded headings


def _row(
    question: Question,
    asked: QuestionTerms,
    found: FoundCandidate,
    whole: _Around,
    wants_target: bool,
    wants_change: bool,
) -> list[float]:
    candidate = found.candidate
    text = candidate.text
    words = frozenset(candidate.terms)
    around = frozenset(candidate.around)
    kind = question.kind
    number = kind is AnswerKind.NUMBER
    numbers = [n.strip() for n in _NUMBER.findall(text)]
    fresh = [n for n in numbers if n not in question.text and not _YEAR.fullmatch(n)]
    percents = [n for n in fresh if n.endswith(("%", "‰"))]
    pairs = frozenset(zip(candidate.terms, candidate.terms[1:], strict=False))
    sentence_pairs = frozenset(zip(candidate.around, candidate.around[1:], strict=False))
    asked_pairs = max(len(asked.pairs), 1)
    sentence = candidate.passage.text[candidate.sentence.start : candidate.sentence.end]
    cell = candidate.passage.kind is PassageKind.TABLE_ROW
    time_words = f"{candidate.column} {text}" if cell else sentence
    years_here = set(_YEAR.findall(time_words)) | set(_YEAR.findall(whole.section))
    years_close = set(_YEAR.findall(text if cell else sentence))
    target = bool(_TARGET.search(fold(time_words)) or (not cell and _TARGET.search(whole.section)))
    wanted_years = set(question.years)
    return [
        asked.coverage(words),
        asked.coverage(candidate.near),
        asked.coverage(around),
        asked.coverage(whole.passage),
        asked.coverage(whole.context),
        len(asked.pairs & pairs) / asked_pairs,
        len(asked.pairs & sentence_pairs) / asked_pairs,
        float(number and bool(fresh)),
        float(number and _counts(candidate.terms, question.unit)),
        float(number and question.percent and bool(percents)),
        float(number and not question.percent and bool(fresh) and len(percents) == len(fresh)),
        float(kind is AnswerKind.CODE and bool(_CODE.search(text))),
        float(kind is AnswerKind.TIME and bool(_TIME.search(text))),
        float(kind in (AnswerKind.PERSON, AnswerKind.ENTITY) and bool(_NAME.search(text))),
        float(kind is AnswerKind.LIST) * min(len(re.findall(r"[,;]", sentence)), 8) / 8,
        float(kind is AnswerKind.REASON and bool(_REASON.search(text))),
        len(wanted_years & years_here) / len(wanted_years) if wanted_years else 0.0,
        float(bool(wanted_years and years_close and not wanted_years & years_here)),
        float(wants_target and target),
        float(wants_target != target),
        float(bool(numbers) and not fresh and number),
        float(np.log1p(len(text)) / 6),
        found.hit_share,
        found.similarity,
        float(wants_change and bool(_CHANGE.search(fold(text)))),
        float(not wants_change and number and bool(_CHANGE.search(fold(text)))),
        float(cell),
        _column_fit(asked, candidate.column) if cell else 0.0,
    ]


def _column_fit(asked: QuestionTerms, column: str) -> float:
    """How well a question names a column: the share of the column's terms that it says."""
    words = terms(column)
    said = frozenset(asked.weights) | {t for _, other in asked.wordings for t in other}
    return sum(word in said for word in words) / len(words) if words else 0.0


def _counts(words: Sequence[str], unit: Sequence[str]) -> bool:
    """Whether a number stands before what is counted: "bao nhiêu xã" and "02 xã"."""
    if not unit:
        return False
    for n, word in enumerate(words[:-1]):
        if word[0].isdigit() and unit[0] in words[n + 1 : n + 4]:
            return True
    return False
