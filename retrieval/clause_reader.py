"""Read retrieved passages for the clause that answers, with weights fitted on other texts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from records import Chunk, FigureStatus, Hit, Span
from retrieval.answer_checks import lacks_what_is_asked
from retrieval.asked_figure import asks_comparison
from retrieval.asked_time import of_the_asked_year
from retrieval.candidates import Candidate, cut_candidates
from retrieval.question import Question
from retrieval.question_terms import QuestionTerms
from retrieval.relevance import FEATURES, FoundCandidate, describe
from retrieval.said_status import column_status
from spans import spans_within
from vietnamese import fold

WEIGHTS_FILE = Path(__file__).parent / "relevance.json"
# The texts that the weights are fitted on have no tables, so this one is set by hand, high enough
# for a column that the question names in full to outweigh any other difference between two cells.
COLUMN_FIT_WEIGHT = 8.0
# Share of a question's weight that the passage and its headings must say, where nothing better
# tells. Of the right answers on the held-out questions of the fit, one in a hundred has less.
_LEAST_COVERAGE = 0.4


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """The candidate that answers best, and whether it is good enough."""

    candidate: Candidate
    siblings: tuple[Candidate, ...]  # all candidates of its passage, in reading order
    confidence: float  # that it answers, 0 to 1
    is_answer: bool  # likely enough to be given as the answer


class ClauseReader:
    """Scores every clause and table cell of the retrieved passages."""

    def __init__(self, fitted: Mapping[str, Any], embedder: str) -> None:
        """Take what was fitted.

        Args:
            fitted: What `evaluation/fit_relevance.py` wrote.
            embedder: Name of the model whose cosines will be given. The confidence was fitted to
                those of one model; with another, whether to answer is told by the words alone.
        """
        self._weights = np.array([fitted["weights"][name] for name in FEATURES], dtype=np.float64)
        self._confidence = np.array(fitted["confidence"], dtype=np.float64)
        self._bias = float(fitted["confidence_bias"])
        self._calibrated = embedder == fitted["embedder"]
        self._least = float(fitted["least_confidence"]) if self._calibrated else _LEAST_COVERAGE

    @classmethod
    def load(cls, embedder: str) -> Self:
        """Load what the project ships, for an embedding model."""
        return cls(json.loads(WEIGHTS_FILE.read_text("utf-8")), embedder)

    def read(
        self,
        question: Question,
        asked: QuestionTerms,
        hits: Sequence[Hit],
        closeness: Mapping[str, Sequence[tuple[Chunk, float]]],
    ) -> ReadAnswer | None:
        """Find the candidate that answers best; None if the passages hold none at all.

        Args:
            question: The question.
            asked: Its weighed terms.
            hits: The retrieved passages, best first.
            closeness: By passage id, its chunks with their cosine to the question.
        """
        # A column that compares ("So sánh với NQĐH") holds no figure of what its row is about.
        compared = asks_comparison(question.text) or "so sanh" in fold(question.text)
        found = [
            each
            for each in gather_candidates(hits, closeness)
            if compared or column_status(each.candidate.column) is not FigureStatus.COMPARISON
        ]
        if not found:
            return None
        kept = of_the_asked_year(question, [each.candidate for each in found])
        found = [found[n] for n in kept]
        features = describe(question, asked, found)
        scores = features @ self._weights
        best = int(np.argmax(scores))
        siblings = tuple(each.candidate for each in found if each.hit is found[best].hit)
        confidence = self._confidence_in(features, scores, similarities(found))
        answers = confidence >= self._least and not lacks_what_is_asked(
            question, found[best].candidate, confidence
        )
        return ReadAnswer(found[best].candidate, siblings, confidence, is_answer=answers)

    def _confidence_in(
        self,
        features: NDArray[np.float32],
        scores: NDArray[np.float64],
        cosines: NDArray[np.float64],
    ) -> float:
        if not self._calibrated:
            return float(features[int(np.argmax(scores)), FEATURES.index("context_coverage")])
        told = confidence_features(features, scores, cosines)
        logit = self._bias + float(told @ self._confidence)
        return 1 / (1 + float(np.exp(-logit)))


def gather_candidates(
    hits: Sequence[Hit], closeness: Mapping[str, Sequence[tuple[Chunk, float]]]
) -> list[FoundCandidate]:
    """Cut the passages of some hits into candidates, each with the closeness of its chunk."""
    best = hits[0].score if hits and hits[0].score else 1.0
    return [
        FoundCandidate(
            candidate,
            hit,
            hit.score / best,
            _similarity(candidate, closeness.get(hit.passage.id, ())),
        )
        for hit in hits
        for candidate in cut_candidates(hit.passage)
    ]


def similarities(found: Sequence[FoundCandidate]) -> NDArray[np.float64]:
    """Give the cosines of candidates' chunks as they are, shape (len(found),)."""
    return np.array([each.similarity for each in found], dtype=np.float64)


def confidence_features(
    features: NDArray[np.float32], scores: NDArray[np.float64], cosines: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give what tells whether the best candidate answers at all.

    Args:
        features: Of all candidates of a question, shape (candidates, len(FEATURES)).
        scores: Of the same, shape (candidates,).
        cosines: Of the same, as `similarities` gives them.

    Returns:
        Its features, its share of the softmax over the scores, its cosine, and the best cosine of
        all, shape (len(FEATURES) + 3,).
    """
    best = int(np.argmax(scores))
    share = 1 / float(np.exp(scores - scores[best]).sum())
    told = [share, float(cosines[best]), float(cosines.max())]
    return np.append(features[best].astype(np.float64), told)


def _similarity(candidate: Candidate, chunks: Sequence[tuple[Chunk, float]]) -> float:
    """Give the closeness of the chunk that holds most of a candidate."""
    own = spans_within(candidate.passage.spans, candidate.span)
    overlaps = [(_overlap(own, chunk.spans), similarity) for chunk, similarity in chunks]
    return max(overlaps, default=(0, 0.0))[1]


def _overlap(one: Sequence[Span], other: Sequence[Span]) -> int:
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
