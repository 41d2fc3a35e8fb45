"""Read retrieved passages for the clause that answers, with weights fitted on other texts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from records import Chunk, Hit, Span
from retrieval.candidates import Candidate, cut_candidates
from retrieval.question import Question
from retrieval.question_terms import QuestionTerms
from retrieval.relevance import FEATURES, FoundCandidate, describe
from spans import spans_within

WEIGHTS_FILE = Path(__file__).parent / "relevance.json"
# The texts that the weights are fitted on have no tables, so this one is set by hand, high enough
# for a column that the question names in full to outweigh any other difference between two cells.
COLUMN_FIT_WEIGHT = 8.0


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """The candidate that answers best, and whether it is good enough."""

    candidate: Candidate
    siblings: tuple[Candidate, ...]  # all candidates of its passage, in reading order
    confidence: float  # chance that it holds the answer, 0 to 1
    is_answer: bool  # the confidence is enough to answer with


class ClauseReader:
    """Scores every clause and table cell of the retrieved passages."""

    def __init__(self, fitted: Mapping[str, Any]) -> None:
        """Take what `evaluation/fit_relevance.py` has fitted."""
        self._weights = np.array([fitted["weights"][name] for name in FEATURES], dtype=np.float64)
        self._confidence = np.array(fitted["confidence"], dtype=np.float64)
        self._bias = float(fitted["confidence_bias"])
        self._least = float(fitted["least_confidence"])

    @classmethod
    def load(cls) -> Self:
        """Load what the project ships."""
        return cls(json.loads(WEIGHTS_FILE.read_text("utf-8")))

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
        found = gather_candidates(hits, closeness)
        if not found:
            return None
        features = describe(question, asked, found)
        scores = features @ self._weights
        best = found[int(np.argmax(scores))]
        logit = self._bias + float(confidence_features(features, scores) @ self._confidence)
        confidence = 1 / (1 + float(np.exp(-logit)))
        siblings = tuple(each.candidate for each in found if each.hit is best.hit)
        return ReadAnswer(best.candidate, siblings, confidence, confidence >= self._least)


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


def confidence_features(
    features: NDArray[np.float32], scores: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give what the confidence in the best candidate is judged by.

    Args:
        features: Of all candidates of a question, shape (candidates, len(FEATURES)).
        scores: Of the same, shape (candidates,).

    Returns:
        Its features, its share of the softmax over the scores, and the best similarity of all,
        shape (len(FEATURES) + 2,).
    """
    best = int(np.argmax(scores))
    share = 1 / float(np.exp(scores - scores[best]).sum())
    nearest = float(features[:, FEATURES.index("similarity")].max())
    return np.append(features[best].astype(np.float64), [share, nearest])


def _similarity(candidate: Candidate, chunks: Sequence[tuple[Chunk, float]]) -> float:
    """Give the closeness of the chunk that holds most of a candidate."""
    own = spans_within(candidate.passage.spans, candidate.span)
    overlaps = [(_overlap(own, chunk.spans), similarity) for chunk, similarity in chunks]
    return max(overlaps, default=(0, 0.0))[1]


def _overlap(one: Sequence[Span], other: Sequence[Span]) -> int:
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
