"""Weigh the terms of a question, and measure how many of them some words hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from retrieval.question import Question


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """A question's terms as they are looked for: weights, other wordings, pairs."""

    weights: Mapping[str, float]  # by folded term: its inverse document frequency
    wordings: tuple[tuple[frozenset[str], frozenset[str]], ...]  # (said, other)
    pairs: frozenset[tuple[str, str]]

    def coverage(self, words: frozenset[str]) -> float:
        """Give the share of the question's weight that some words hold, said so or otherwise."""
        total = sum(self.weights.values())
        if not total:
            return 0.0
        held = self.weights.keys() & words
        for said, other in self.wordings:
            if other <= words:
                held |= said & self.weights.keys()
        return sum(self.weights[term] for term in held) / total

    def pair_coverage(self, words: tuple[str, ...]) -> float:
        """Give the share of the question's neighbouring terms that stand together in some words."""
        return (
            len(self.pairs.intersection(pairwise(words))) / len(self.pairs) if self.pairs else 0.0
        )


def weigh_terms(question: Question, idf: Mapping[str, float], unseen: float) -> QuestionTerms:
    """Weigh a question's terms.

    Args:
        question: The question.
        idf: Inverse document frequency by folded term.
        unseen: Weight of a term that no report has.
    """
    return QuestionTerms(
        weights={term: idf.get(term, unseen) for term in question.terms},
        wordings=tuple((frozenset(w.said), frozenset(w.other)) for w in question.wordings),
        pairs=frozenset(pairwise(question.words)),
    )
