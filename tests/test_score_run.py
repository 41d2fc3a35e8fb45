import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from evaluation.question_sets import read_gold
from evaluation.score import Judged
from evaluation.summary import seconds_of
from evaluation.tables import latency

ROOT = Path(__file__).parent.parent
GOLD_LINES = read_gold().lines
GOLD_TURNS = [turn for line in GOLD_LINES for turn in line.get("turns", [line])]


def write_answers(path, lines):
    refusal = {"status": "not_found", "answer": "", "citations": [], "seconds": 0.25}
    with path.open("w", encoding="utf-8") as out:
        for line in lines:
            given = {"turns": [refusal] * len(line["turns"])} if "turns" in line else refusal
            out.write(json.dumps({"id": line["id"], **given}) + "\n")


def evaluate(tmp_path, answers):
    command = ["-m", "evaluation", "--answers", answers, "--out", tmp_path / "out"]
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )


def test_an_answer_file_is_scored_and_timed(tmp_path):
    answers = tmp_path / "answers.jsonl"
    write_answers(answers, GOLD_LINES)
    done = evaluate(tmp_path, answers)
    assert done.returncode == 0, done.stderr
    scores = json.loads((tmp_path / "out" / "scores.json").read_text("utf-8"))
    assert scores["figures"]["refusal"]["right"] == 1.0
    assert scores["figures"]["all single"]["right"] == 0.0
    assert scores["seconds"] == {"median": 0.25, "p95": 0.25, "n": len(GOLD_TURNS)}
    assert "trung vị 250 ms" in done.stdout


def test_a_missing_answer_stops_the_evaluation(tmp_path):
    answers = tmp_path / "answers.jsonl"
    write_answers(answers, GOLD_LINES[1:])
    done = evaluate(tmp_path, answers)
    assert done.returncode == 1
    assert f"thiếu câu trả lời cho {GOLD_LINES[0]['id']}" in done.stderr


def test_times_are_read_where_the_answers_tell_them():
    given = ({"seconds": 1}, {}, {"seconds": 2})
    judged = [Judged("single", "a", "number", "plain", {}, line, {}) for line in given]
    assert seconds_of(judged) == [1.0, 2.0]


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [([3.0], (3.0, 3.0)), ([float(n) for n in range(101)], (50.0, 95.0))],
    ids=["one", "many"],
)
def test_latency_is_median_and_95th_percentile(seconds, expected):
    assert latency(seconds) == expected
