"""Measure what refusing below a confidence costs in answers, and what it saves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluation.score import Judged


@dataclass(frozen=True, slots=True)
class Trial:
    """A question as it was answered with nothing refused for want of confidence."""

    confidence: float  # 0 to 1
    answerable: bool
    answered: bool  # if not, it is refused whatever the confidence: of a district without report
    right: bool


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What comes of answering from a confidence on; None for a share of nothing."""

    threshold: float
    answered: float | None  # share of the answerable questions that are answered
    precision: float | None  # share of all answers given that are right
    refused: float | None  # share of the unanswerable questions that are refused


def read_trials(judged: Iterable[Judged]) -> list[Trial]:
    """Take what was judged of answers that tell a confidence.

    An answer that has none was not judged by it, such as one across reports: it is given at every
    threshold, as a refusal is.
    """
    return [
        Trial(
            confidence=_confidence(one),
            answerable=one.kind != "unanswerable",
            answered=one.marks["answered"],
            right=one.kind != "unanswerable" and one.marks["right"],
        )
        for one in judged
        if "confidence" in one.given
    ]


def measure_at(trials: Sequence[Trial], threshold: float) -> CurvePoint:
    """Measure one threshold: what is at least so sure is answered."""
    given = [each for each in trials if each.answered and each.confidence >= threshold]
    answerable = sum(each.answerable for each in trials)
    answered = sum(each.answerable for each in given)
    return CurvePoint(
        threshold,
        answered=_share(answered, answerable),
        precision=_share(sum(each.right for each in given), len(given)),
        refused=_share(
            len(trials) - answerable - (len(given) - answered), len(trials) - answerable
        ),
    )


def trace_curve(trials: Sequence[Trial]) -> list[CurvePoint]:
    """Measure every threshold at which something changes, from 0 up."""
    return [
        measure_at(trials, threshold)
        for threshold in sorted({0.0, *(each.confidence for each in trials if each.answered)})
    ]


def separation(trials: Sequence[Trial]) -> float | None:
    """Give the chance that an answerable question is surer than an unanswerable one (AUC)."""
    yes = [each.confidence for each in trials if each.answerable]
    no = [each.confidence for each in trials if not each.answerable]
    above = sum((one > other) + (one == other) / 2 for one in yes for other in no)
    return _share(above, len(yes) * len(no))


def _confidence(judged: Judged) -> float:
    told = judged.given["confidence"]
    return float(judged.marks["answered"]) if told is None else float(told)


def _share(part: float, whole: int) -> float | None:
    return part / whole if whole else None
