"""The evaluation over a small index with the built-in model, and over the variants it compares."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

import wiring
from evaluation.ablation import ablate, show_ablation
from evaluation.asking import Examiner, show_progress
from evaluation.curve import read_trials
from evaluation.measuring import EvaluationError, Measured, index_reports, measure_refusal
from evaluation.question_sets import QuestionSet, read_gold
from evaluation.score import Reports
from evaluation.summary import as_data, show
from evaluation.variants import VARIANTS, Parts, without_refusal
from settings import Settings

REPORT = Path(__file__).parent.parent / "reports" / "mai-son.txt"
ASKED = QuestionSet(
    "mai-son",
    tuple(line for line in read_gold("single").lines if line["docs"] == ["mai-son"])[:6],
)

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("evaluation")
    (folder / "reports").mkdir()
    (folder / "reports" / REPORT.name).write_bytes(REPORT.read_bytes())
    made = replace(Settings(), reports_dir=folder / "reports", index_dir=folder / "index")
    with show_progress() as progress:
        index_reports(made, made.reports_dir, progress)
    yield made
    wiring.forget_index(made)


@pytest.fixture(scope="module")
def parts(settings):
    return Parts.load(settings)


@pytest.fixture
def examiner(settings, tmp_path):
    with show_progress() as progress:
        yield Examiner(Reports(settings.reports_dir), tmp_path / "out", progress)


@pytest.mark.parametrize("line", ASKED.lines, ids=lambda line: line["id"])
def test_the_full_variant_is_what_is_shipped(settings, parts, line):
    [full] = [variant for variant in VARIANTS if variant.name == "full"]
    shipped = wiring.build_assistant(settings).ask(line["question"])
    assert full.make(parts)(line["question"], ()) == shipped


def test_the_ablation_judges_every_variant_and_keeps_the_figures(parts, examiner, tmp_path):
    few = QuestionSet("few", ASKED.lines[:2])
    judged = ablate(parts, few, examiner, VARIANTS[:2])
    show_ablation(judged, tmp_path, Console())
    figures = json.loads((tmp_path / "ablation.json").read_text("utf-8"))
    assert list(figures) == [variant.shown for variant in VARIANTS[:2]]
    assert all(each["all single"]["n"] == 2 for each in figures.values())


def test_what_was_measured_is_printed_and_kept(parts, examiner, tmp_path, capsys):
    judged = examiner.examine(ASKED, without_refusal(parts))
    measured = Measured(judged, refusal=measure_refusal(read_trials(judged), 0.5))
    show(measured, tmp_path, Console(), reader=tmp_path / "absent.json")
    assert "Mô hình đọc" not in capsys.readouterr().out
    assert (tmp_path / "refusal-curve.png").exists()
    assert as_data(measured)["refusal"]["shipped"]["threshold"] == 0.5


def test_a_report_that_cannot_be_read_stops_the_evaluation(settings, tmp_path):
    (tmp_path / "rong.txt").write_text(" ")
    with show_progress() as progress, pytest.raises(EvaluationError, match=r"rong\.txt"):
        index_reports(replace(settings, index_dir=tmp_path / "index"), tmp_path, progress)
