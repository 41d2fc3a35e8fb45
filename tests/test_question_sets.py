import json

from evaluation.question_sets import (
    FOLDER,
    count_questions,
    questions_only,
    read_gold,
    read_own,
)
from evaluation.score import Reports

ROOT = FOLDER.parent.parent
SETS = [read_gold(), *read_own()]
TURNS = [turn for each in SETS for line in each.lines for turn in line.get("turns", [line])]


def test_the_assistant_sees_questions_only():
    shown = json.dumps([questions_only(line) for each in SETS for line in each.lines])
    assert "question" in shown
    assert not {"answers", "evidence", "docs", "quote"} & {w.strip('":') for w in shown.split()}


def test_ids_are_unique():
    ids = [line["id"] for each in SETS for line in each.lines]
    assert len(set(ids)) == len(ids)


def test_there_are_as_many_gold_questions_as_the_readme_says():
    counts = {name: len(read_gold(name).lines) for name in ("single", "cross", "dialogue")}
    assert counts == {"single": 123, "cross": 16, "dialogue": 10}
    assert count_questions(read_gold("dialogue").lines) == 29


def test_quotes_stand_in_the_reports():
    reports = Reports(ROOT / "reports")
    quotes = [p for turn in TURNS for p in (*turn["evidence"], *turn.get("alt_evidence", []))]
    missing = [q for q in quotes if not reports.verbatim({"report": q["doc"], "quote": q["quote"]})]
    assert not missing


def test_the_splits_of_own_questions_are_sets_of_their_own(tmp_path):
    lines = [{"id": f"x{n}", "split": split} for n, split in enumerate(("test", "dev", "test"))]
    (tmp_path / "own-cross.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    (tmp_path / "cross.jsonl").write_text("", "utf-8")
    assert [(own.name, [line["id"] for line in own.lines]) for own in read_own(tmp_path)] == [
        ("own-cross-dev", ["x1"]),
        ("own-cross-test", ["x0", "x2"]),
    ]
