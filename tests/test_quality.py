"""What the README promises, on the evaluation questions, through the batch interface."""

from dataclasses import replace
from pathlib import Path

import pytest

import wiring
from evaluation.score import Reports, figures, judge_all
from retrieval.batch import answer_file
from settings import Settings

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "evaluation" / "gold" / "single.jsonl"

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    folder = tmp_path_factory.mktemp("quality")
    settings = replace(Settings(), index_dir=folder / "index")
    wiring.index_reports(settings, [ROOT / "reports"])
    answers = folder / "answers.jsonl"
    answer_file(GOLD, answers, wiring.build_assistant(settings).ask, passages=10)
    return figures(judge_all([GOLD], answers, Reports(ROOT / "reports")))


# Floors, below what is reached (README): a change that falls under one has broken something.
@pytest.mark.parametrize(
    ("figure", "floor"), [("recall@1", 0.80), ("recall@5", 0.95), ("right", 0.75)]
)
def test_single_questions_stay_above_their_floor(measured, figure, floor):
    assert measured["all single"][figure] >= floor


def test_every_quote_stands_in_its_report(measured):
    assert measured["verbatim quotes"]["rate"] == 1


def test_refusing_costs_few_answers(measured):
    assert measured["false refusal"]["rate"] <= 0.06
    assert measured["refusal"]["right"] >= 0.30
