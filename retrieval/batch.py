"""Answer a file of questions, in the formats that the evaluation measures."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from errors import AssistantError, InvalidQuestionError, ReportNotFoundError
from records import Answer, AnswerStatus, Citation, EarlierTurn, Hit

Ask = Callable[[str, Sequence[EarlierTurn]], Answer]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A line of a file of questions."""

    id: str
    turns: tuple[str, ...]  # one, unless it is a dialogue
    dialogue: bool


class QuestionFileError(AssistantError):
    """A file of questions cannot be read."""


def answer_file(questions: Path, answers: Path, ask: Ask, *, passages: int) -> int:
    """Answer each line of a file.

    Args:
        questions: JSON lines with "id" and "question", or "turns" of such.
        answers: Where to write; one line for each question, in the same order.
        ask: Answers a question; of a dialogue, in the light of the turns before it.
        passages: How many retrieved passages to write with each answer.

    Returns:
        How many questions were answered, turns counted one by one.

    Raises:
        ReportNotFoundError: There is no such file of questions.
        QuestionFileError: A line is not of the format.
    """
    asked = list(_read(questions))
    answers.parent.mkdir(parents=True, exist_ok=True)
    with answers.open("w", encoding="utf-8") as out:
        for each in asked:
            given = list(_answer_turns(each.turns, ask, passages))
            written = (
                {"id": each.id, "turns": given} if each.dialogue else {"id": each.id, **given[0]}
            )
            out.write(json.dumps(written, ensure_ascii=False) + "\n")
    return sum(len(each.turns) for each in asked)


def _read(path: Path) -> Iterator[_Asked]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError as error:
        raise ReportNotFoundError(f"{path}: không có tệp câu hỏi này.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(f"{path}: không đọc được tệp câu hỏi ({error}).") from error
    for number, text in enumerate(lines, 1):
        if text.strip():
            try:
                yield _parse(json.loads(text))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise QuestionFileError(
                    f"{path}, dòng {number}: cần “id” cùng với “question” hoặc “turns”."
                ) from error


def _parse(line: dict[str, Any]) -> _Asked:
    turns = line.get("turns", [line])
    texts = tuple(turn["question"] for turn in turns)
    if not texts or not all(isinstance(text, str) for text in texts):
        raise ValueError("a question is text")
    return _Asked(line["id"], texts, "turns" in line)


def _answer_turns(turns: Sequence[str], ask: Ask, passages: int) -> Iterator[dict[str, object]]:
    earlier: list[EarlierTurn] = []
    for text in turns:
        started = time.perf_counter()
        try:
            answer = ask(text, tuple(earlier))
        except InvalidQuestionError as error:
            answer = Answer(text, AnswerStatus.NOT_FOUND, str(error), ())
        else:
            earlier.append(EarlierTurn(answer.asked or text, answer))
        yield _as_data(answer, started, passages)


def _as_data(answer: Answer, started: float, passages: int) -> dict[str, object]:
    understood = {"asked": answer.asked} if answer.asked else {}
    return {
        **understood,
        "status": answer.status.value,
        "answer": answer.text,
        "confidence": answer.confidence,
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
