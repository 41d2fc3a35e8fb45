"""Measure reading: exact match and F1 over words, as SQuAD has them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from training.examples import ReadingExample
from training.span_reader import ReadingText, SpanReader

_PUNCTUATION = re.compile(r"[^\w\s%‰]|_")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader made of one example."""

    said: str  # its best span
    score: float  # log odds against no answer


@dataclass(frozen=True, slots=True)
class Measured:
    """Shares from 0 to 1 over some examples."""

    answered: int  # examples with an answer
    exact_match: float  # over them, with the best span taken whatever its score
    f1: float
    unanswered: int  # examples without
    auc: float  # of the score, telling the two sorts apart; nan where there is one sort only


def read_all(reader: SpanReader, examples: Sequence[ReadingExample]) -> list[Reading]:
    """Let the reader read each example's whole text."""
    readings = []
    for example in examples:
        (scores,) = reader.read(example.question, [ReadingText(example.context, example.heading)])
        span, score = scores.best()
        readings.append(Reading(example.context[span.start : span.end], score))
    return readings


def measure(examples: Sequence[ReadingExample], readings: Sequence[Reading]) -> Measured:
    """Compare what was read with what is right."""
    pairs = [(e, r) for e, r in zip(examples, readings, strict=True) if e.answer]
    exact = [_words(e.answer_text) == _words(r.said) for e, r in pairs]
    overlap = [f1(e.answer_text, r.said) for e, r in pairs]
    yes = [r.score for _, r in pairs]
    no = [r.score for e, r in zip(examples, readings, strict=True) if not e.answer]
    above = sum((a > b) + (a == b) / 2 for a in yes for b in no)
    return Measured(
        len(pairs),
        sum(exact) / max(1, len(pairs)),
        sum(overlap) / max(1, len(pairs)),
        len(no),
        above / (len(yes) * len(no)) if yes and no else float("nan"),
    )


def f1(right: str, said: str) -> float:
    """Give the harmonic mean of precision and recall over words, 0 to 1."""
    wanted, given = Counter(_words(right)), Counter(_words(said))
    shared = (wanted & given).total()
    return 2 * shared / (wanted.total() + given.total()) if shared else 0.0


def _words(text: str) -> list[str]:
    return _PUNCTUATION.sub(" ", text.lower()).split()
