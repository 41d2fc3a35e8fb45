import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from errors import InvalidQuestionError, ReportNotFoundError
from records import Answer, AnswerStatus, Citation, EarlierTurn, Span
from retrieval.batch import QuestionFileError, answer_file


def ask(text: str, earlier: Sequence[EarlierTurn] = ()) -> Answer:
    if not text:
        raise InvalidQuestionError("Câu hỏi đang trống.")
    citation = Citation("a.txt", ("I. KINH TẾ", "1. Thu"), 3, "thu 28,6 tỷ", Span(0, 11), "p")
    return Answer(text, AnswerStatus.ANSWERED, f"Về {text}", (citation,))


def answered(tmp_path: Path, *lines: object) -> list[dict[str, object]]:
    questions, answers = tmp_path / "in.jsonl", tmp_path / "out" / "a.jsonl"
    questions.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    answer_file(questions, answers, ask, passages=10)
    return [json.loads(line) for line in answers.read_text("utf-8").splitlines()]


def test_each_question_gets_its_line(tmp_path: Path) -> None:
    [line] = answered(tmp_path, {"id": "a1", "question": "thu?"})
    assert (line["id"], line["status"], line["answer"]) == ("a1", "answered", "Về thu?")
    assert line["citations"] == [
        {"report": "a.txt", "page": 3, "section": "I. KINH TẾ › 1. Thu", "quote": "thu 28,6 tỷ"}
    ]


def test_the_turns_of_a_dialogue_are_answered_one_by_one(tmp_path: Path) -> None:
    [line] = answered(tmp_path, {"id": "t1", "turns": [{"question": "một"}, {"question": "hai"}]})
    assert [turn["answer"] for turn in line["turns"]] == ["Về một", "Về hai"]  # type: ignore[attr-defined]


def test_a_turn_is_asked_with_those_before_it_as_understood(tmp_path: Path) -> None:
    seen: list[list[str]] = []

    def remember(text: str, earlier: Sequence[EarlierTurn]) -> Answer:
        seen.append([turn.question for turn in earlier])
        asked = "hai đầy đủ" if text == "hai" else ""
        return Answer(text, AnswerStatus.ANSWERED, text, (), asked=asked)

    questions, answers = tmp_path / "in.jsonl", tmp_path / "a.jsonl"
    turns = [{"question": text} for text in ("một", "hai", "ba")]
    questions.write_text(json.dumps({"id": "t", "turns": turns}), "utf-8")
    answer_file(questions, answers, remember, passages=1)
    assert seen == [[], ["một"], ["một", "hai đầy đủ"]]
    assert json.loads(answers.read_text("utf-8"))["turns"][1]["asked"] == "hai đầy đủ"


def test_a_question_that_cannot_be_asked_does_not_stop_the_rest(tmp_path: Path) -> None:
    lines = answered(tmp_path, {"id": "a1", "question": ""}, {"id": "a2", "question": "thu?"})
    assert [line["status"] for line in lines] == ["not_found", "answered"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReportNotFoundError, match="khong-co"):
        answer_file(tmp_path / "khong-co.jsonl", tmp_path / "a.jsonl", ask, passages=1)


@pytest.mark.parametrize("text", ["không phải JSON", '{"id": "a"}', '["a"]', '{"question": "b"}'])
def test_a_wrong_line_is_named_by_its_number(tmp_path: Path, text: str) -> None:
    questions = tmp_path / "in.jsonl"
    questions.write_text(f'{{"id": "a", "question": "b"}}\n{text}\n', "utf-8")
    with pytest.raises(QuestionFileError, match="dòng 2"):
        answer_file(questions, tmp_path / "a.jsonl", ask, passages=1)
