"""Read retrieved passages for the clause that answers, with weights fitted on other texts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from records import Chunk, Hit, Span
from retrieval.candidates import Candidate, cut_candidates
from retrieval.question import Question
from retrieval.relevance import FEATURES, FoundCandidate, QuestionTerms, describe
from spans import spans_within

WEIGHTS_FILE = Path(__file__).parent / "relevance.json"


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """A candidate that may answer, and how likely it is the one."""

    candidate: Candidate
    siblings: tuple[Candidate, ...]  # all candidates of its passage
    score: float  # linear, higher fits better; to compare within one question
    hit: Hit


class ClauseReader:
    """Scores every clause and table cell of the retrieved passages."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        """Take a weight for each feature of `relevance.FEATURES`."""
        self._weights = np.array([weights[name] for name in FEATURES], dtype=np.float32)

    @classmethod
    def load(cls) -> Self:
        """Load the weights that the project ships."""
        return cls(json.loads(WEIGHTS_FILE.read_text("utf-8"))["weights"])

    def read(
        self,
        question: Question,
        asked: QuestionTerms,
        hits: Sequence[Hit],
        closeness: Mapping[str, Sequence[tuple[Chunk, float]]],
    ) -> list[ReadAnswer]:
        """Give the candidates of the passages, best first.

        Args:
            question: The question.
            asked: Its weighed terms.
            hits: The retrieved passages, best first.
            closeness: By passage id, its chunks with their cosine to the question.
        """
        found = gather_candidates(hits, closeness)
        if not found:
            return []
        scores = describe(question, asked, found) @ self._weights
        order = np.argsort(-scores, kind="stable")
        own: dict[str, tuple[Candidate, ...]] = {}
        for each in found:
            own[each.hit.passage.id] = (*own.get(each.hit.passage.id, ()), each.candidate)
        return [
            ReadAnswer(
                found[n].candidate, own[found[n].hit.passage.id], float(scores[n]), found[n].hit
            )
            for n in order
        ]


def gather_candidates(
    hits: Sequence[Hit], closeness: Mapping[str, Sequence[tuple[Chunk, float]]]
) -> list[FoundCandidate]:
    """Cut the passages of some hits into candidates, each with the closeness of its chunk."""
    best = hits[0].score if hits and hits[0].score else 1.0
    return [
        FoundCandidate(
            candidate, hit, hit.score / best, _similarity(candidate, closeness.get(hit.passage.id, ()))
        )
        for hit in hits
        for candidate in cut_candidates(hit.passage)
    ]


def _similarity(candidate: Candidate, chunks: Sequence[tuple[Chunk, float]]) -> float:
    """The closeness of the chunk that holds most of a candidate."""
    own = spans_within(candidate.passage.spans, candidate.span)
    overlaps = [(_overlap(own, chunk.spans), similarity) for chunk, similarity in chunks]
    return max(overlaps, default=(0, 0.0))[1]


def _overlap(one: Sequence[Span], other: Sequence[Span]) -> int:
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
