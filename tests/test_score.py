import json
import subprocess
import sys

import pytest

from evaluation.matching import contains
from evaluation.score import (
    Judged,
    Reports,
    answer_ok,
    figures,
    judge,
    judge_all,
    judge_lines,
    leads_to,
)

QUOTE = "Tỷ lệ che phủ rừng (42,05%, đạt 100%)"
GOLD = {
    "id": "a001",
    "type": "number",
    "question": "Độ che phủ rừng Mai Sơn?",
    "answers": ["42,05%"],
    "answer_mode": "any",
    "evidence": [{"doc": "mai-son", "quote": QUOTE}],
}
CITED = {"report": "mai-son.txt", "quote": QUOTE}
GIVEN = {"id": "a001", "status": "answered", "answer": "Đạt 42,05% [1].", "citations": [CITED]}


@pytest.fixture
def reports(tmp_path):
    (tmp_path / "mai-son.txt").write_text(f"Mở đầu.\n{QUOTE}; còn lại.\n", "utf-8")
    return Reports(tmp_path)


@pytest.mark.parametrize(
    ("answer", "wanted", "held"),
    [
        pytest.param("đạt 1.373,70 tỷ", "1373,7", True, id="thousands-and-zeros"),
        pytest.param("đạt 29.40%", "29,4 %", True, id="decimal-point"),
        pytest.param("có 181 HTX", "181 hợp tác xã", True, id="abbreviation"),
        pytest.param("hoà bình", "hòa bình", True, id="tone-place"),
        pytest.param("đạt 142%", "42%", False, id="part-of-a-number"),
        pytest.param("12/19 chỉ tiêu", "19 chỉ tiêu", False, id="part-of-a-ratio"),
        pytest.param("xã Chiềng Mung", "Chiềng Mun", False, id="part-of-a-word"),
        pytest.param("02 xã", ["3 xã", "2 xã"], True, id="alternatives"),
    ],
)
def test_contains_compares_whole_words_and_numbers(answer, wanted, held):
    assert contains(answer, wanted) is held


@pytest.mark.parametrize(
    ("text", "right"), [("Có, đã đạt.", True), ("Không đạt.", False), ("", False)]
)
def test_a_yes_no_answer_is_told_by_its_first_word(text, right):
    assert answer_ok({"type": "yesno", "answers": ["Có"]}, text) is right


def test_only_the_first_characters_of_a_short_answer_count():
    assert not answer_ok(GOLD, "x " * 200 + "42,05%")


def test_all_wanted_strings_must_be_held_when_the_mode_is_all():
    gold = {"type": "list", "answers": ["hạ tầng", "nhân lực"], "answer_mode": "all"}
    assert not answer_ok(gold, "hạ tầng")
    assert answer_ok(gold, "hạ tầng và nhân lực")


def test_a_quote_leads_to_evidence_that_it_holds_or_states_the_answer_of():
    assert leads_to(f"Năm qua: {QUOTE}.", QUOTE)
    assert leads_to("42,05%", QUOTE, ["42,05%"])
    assert not leads_to("rừng", QUOTE, ["42,05%"])


def test_an_answer_with_its_source_is_right(reports):
    marks = judge(GOLD, GIVEN, reports)
    assert marks == {
        "answered": True,
        "citations": 1,
        "verbatim": 1,
        "answer": True,
        "citation": True,
        "right": True,
    }


@pytest.mark.parametrize(
    "citation",
    [
        pytest.param({"report": "muong-te.txt", "quote": QUOTE}, id="another-report"),
        pytest.param(
            {"report": "mai-son.txt", "quote": QUOTE.replace("42", "43")}, id="not-verbatim"
        ),
    ],
)
def test_a_citation_that_does_not_lead_there_makes_it_wrong(reports, citation):
    marks = judge(GOLD, GIVEN | {"citations": [citation]}, reports)
    assert marks["answer"]
    assert not marks["right"]


def test_an_unanswerable_question_wants_a_refusal(reports):
    gold = {"type": "unanswerable", "answers": [], "evidence": []}
    assert judge(gold, {"status": "not_found"}, reports)["right"]
    assert not judge(gold, GIVEN, reports)["right"]


def test_recall_counts_gold_passages_among_the_first(reports):
    passages = [{"report": "mai-son.txt", "quote": "khác"}, CITED]
    marks = judge(GOLD, GIVEN | {"passages": passages}, reports)
    assert [marks[f"recall@{k}"] for k in (1, 5, 10)] == [0, 1, 1]


def test_each_turn_of_a_dialogue_is_marked_and_a_missing_reply_is_wrong(tmp_path, reports):
    gold, answers = tmp_path / "gold.jsonl", tmp_path / "answers.jsonl"
    gold.write_text(json.dumps({"id": "t001", "turns": [GOLD, GOLD]}), "utf-8")
    answers.write_text(json.dumps({"id": "t001", "turns": [GIVEN]}), "utf-8")
    judged = judge_all([gold], answers, reports)
    assert [(one.id, one.group, one.marks["right"]) for one in judged] == [
        ("t001.1", "dialogue", True),
        ("t001.2", "dialogue", False),
    ]


def test_the_turns_of_a_dialogue_are_of_the_dialogues_variant(reports):
    gold = {"id": "t001", "variant": "typo", "turns": [GOLD]}
    [one] = judge_lines([gold], [{"id": "t001", "turns": [GIVEN]}], reports)
    assert (one.variant, one.marks["right"]) == ("typo", True)


def test_figures_are_shares_by_group_kind_and_variant(reports):
    marks = judge(GOLD, GIVEN, reports), judge(GOLD, {"status": "not_found"}, reports)
    judged = [Judged("single", "a", "number", "typo", GOLD, GIVEN, one) for one in marks]
    shares = figures(judged)
    assert shares["all single"] == {"right": 0.5, "answer": 0.5, "citation": 0.5, "n": 2}
    assert shares["variant typo"] == shares["type number"] == shares["all single"]
    assert shares["false refusal"] == {"rate": 0.5, "n": 2}
    assert shares["verbatim quotes"] == {"rate": 1.0, "n": 1}


def test_the_command_prints_the_figures_as_json(tmp_path, reports):
    gold, answers = tmp_path / "gold.jsonl", tmp_path / "answers.jsonl"
    gold.write_text(json.dumps(GOLD), "utf-8")
    answers.write_text(json.dumps(GIVEN), "utf-8")
    command = ["--gold", gold, "--answers", answers, "--reports", tmp_path, "--json"]
    done = subprocess.run(
        [sys.executable, "-m", "evaluation.score", *command], capture_output=True, check=True
    )
    assert json.loads(done.stdout)["all single"]["right"] == 1.0
