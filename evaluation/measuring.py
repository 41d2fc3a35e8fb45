"""Measure the assistant on the gold questions and the project's own, beside a simple baseline."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.progress import Progress

import indexing
import wiring
from evaluation.asking import Examiner
from evaluation.baseline import Baseline, read_texts
from evaluation.curve import CurvePoint, Trial, measure_at, read_trials, separation, trace_curve
from evaluation.question_sets import read_gold, read_own
from evaluation.score import Judged
from evaluation.variants import Parts, without_refusal
from retrieval.clause_reader import WEIGHTS_FILE
from settings import Settings


class EvaluationError(Exception):
    """The evaluation cannot be carried out."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What refusing below a confidence gives, on questions about one report."""

    shipped: CurvePoint  # of the threshold in use
    curve: Sequence[CurvePoint]
    auc: float | None  # see `curve.separation`


@dataclass(frozen=True, slots=True)
class Measured:
    """All that was asked, judged."""

    gold: Sequence[Judged]
    own: Mapping[str, Sequence[Judged]] = field(default_factory=dict)  # by name of the set
    baseline: Sequence[Judged] = ()  # of the gold questions
    refusal: Refusal | None = None  # only where the questions were asked here


def index_reports(settings: Settings, reports: Path, progress: Progress) -> None:
    """Bring the evaluation's own index in line with a folder of reports.

    Raises:
        EvaluationError: A report cannot be read.
        AssistantError: As `indexing.index_reports` says.
    """
    task = progress.add_task("nạp báo cáo", total=None)

    def tell(told: indexing.Progress) -> None:
        done = told.position - 1 + (told.embedded / told.to_embed if told.to_embed else 0)
        progress.update(task, total=told.total, completed=told.position if told.outcome else done)

    summary = wiring.index_reports(settings, [reports], on_progress=tell)
    if summary.failed:
        raise EvaluationError("; ".join(file.message for file in summary.failed))


def measure(settings: Settings, reports: Path, examiner: Examiner) -> Measured:
    """Ask everything: the assistant as it is, without refusal, and the baseline.

    Args:
        settings: Where the index is.
        reports: The folder that it was made from.
        examiner: Asks and judges.

    Raises:
        AssistantError: The index or the model cannot be used.
    """
    gold, parts = read_gold(), Parts.load(settings)
    shipped = wiring.build_assistant(settings).ask
    baseline = Baseline(read_texts(reports), parts.embedder)
    unrefused = examiner.examine(read_gold("single"), without_refusal(parts), name="no-refusal")
    return Measured(
        gold=examiner.examine(gold, shipped),
        own={own.name: examiner.examine(own, shipped) for own in read_own()},
        baseline=examiner.examine_lines(gold, baseline.answer, name="baseline"),
        refusal=measure_refusal(read_trials(unrefused), shipped_threshold()),
    )


def measure_refusal(trials: Sequence[Trial], threshold: float) -> Refusal:
    """Measure every threshold, and the one in use."""
    return Refusal(measure_at(trials, threshold), trace_curve(trials), separation(trials))


def shipped_threshold() -> float:
    """Read the least confidence to answer with."""
    return float(json.loads(WEIGHTS_FILE.read_text("utf-8"))["least_confidence"])
