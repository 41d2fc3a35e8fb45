"""Answer a file of questions, in the formats that the evaluation measures."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from errors import AssistantError, InvalidQuestionError, ReportNotFoundError
from records import Answer, AnswerStatus, Citation, Hit

Ask = Callable[[str], Answer]


class QuestionFileError(AssistantError):
    """A file of questions cannot be read."""


def answer_file(questions: Path, answers: Path, ask: Ask, *, passages: int) -> int:
    """Answer each line of a file.

    Args:
        questions: JSON lines with "id" and "question", or "turns" of such.
        answers: Where to write; one line for each question, in the same order.
        ask: Answers a question.
        passages: How many retrieved passages to write with each answer.

    Returns:
        How many questions were answered, turns counted one by one.

    Raises:
        ReportNotFoundError: There is no such file of questions.
        QuestionFileError: A line is not of the format.
    """
    count = 0
    asked = list(_read(questions))
    answers.parent.mkdir(parents=True, exist_ok=True)
    with answers.open("w", encoding="utf-8") as out:
        for line in asked:
            if "turns" in line:
                given = [_answer(str(turn["question"]), ask, passages) for turn in line["turns"]]
                written = {"id": line["id"], "turns": given}
                count += len(given)
            else:
                written = {"id": line["id"], **_answer(str(line["question"]), ask, passages)}
                count += 1
            out.write(json.dumps(written, ensure_ascii=False) + "\n")
    return count


def _read(path: Path) -> Iterator[dict[str, object]]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError as error:
        raise ReportNotFoundError(f"{path}: không có tệp câu hỏi này.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(f"{path}: không đọc được tệp câu hỏi ({error}).") from error
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
            turns = line["turns"] if "turns" in line else [line]
            valid = "id" in line and all(isinstance(turn["question"], str) for turn in turns)
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise QuestionFileError(f"{path}, dòng {number}: không đúng mẫu câu hỏi.") from error
        if not valid:
            raise QuestionFileError(f"{path}, dòng {number}: thiếu “id” hoặc “question”.")
        yield line


def _answer(text: str, ask: Ask, passages: int) -> dict[str, object]:
    started = time.perf_counter()
    try:
        answer = ask(text)
    except InvalidQuestionError as error:
        answer = Answer(text, AnswerStatus.NOT_FOUND, str(error), ())
    return {
        "status": answer.status.value,
        "answer": answer.text,
        "citations": [_citation(citation) for citation in answer.citations],
        "passages": [_passage(hit) for hit in answer.hits[:passages]],
        "seconds": round(time.perf_counter() - started, 4),
    }


def _citation(citation: Citation) -> dict[str, object]:
    return {
        "report": citation.report,
        "page": citation.page,
        "section": " › ".join(citation.section),
        "quote": citation.quote,
    }


def _passage(hit: Hit) -> dict[str, object]:
    return {"report": hit.passage.report, "quote": hit.passage.text}
