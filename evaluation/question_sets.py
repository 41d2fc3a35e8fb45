"""Read the sets of questions that answers are measured on."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evaluation.score import Line, read_lines

FOLDER = Path(__file__).parent / "gold"
_GOLD = ("single", "cross", "dialogue")


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions with their right answers, measured together."""

    name: str  # "gold"; of the project's own "own-cross-dev", by file and split
    lines: tuple[Line, ...]


def read_gold(*files: str) -> QuestionSet:
    """Read the gold questions.

    Args:
        files: "single", of one report; "cross"; "dialogue"; all of them if none is named.
    """
    paths = [FOLDER / f"{name}.jsonl" for name in files or _GOLD]
    return QuestionSet("-".join(files) or "gold", tuple(read_lines(paths)))


def read_own(folder: Path = FOLDER) -> Iterator[QuestionSet]:
    """Read the project's own questions, those that were tuned on apart from the unseen ones."""
    for path in sorted(folder.glob("own-*.jsonl")):
        lines = list(read_lines([path]))
        for split in sorted({line["split"] for line in lines}):
            chosen = tuple(line for line in lines if line["split"] == split)
            yield QuestionSet(f"{path.stem}-{split}", chosen)


def questions_only(gold: Line) -> Line:
    """Give a gold line without its answers: what the assistant may see."""
    if "turns" in gold:
        turns = [{"question": turn["question"]} for turn in gold["turns"]]
        return {"id": gold["id"], "turns": turns}
    return {"id": gold["id"], "question": gold["question"]}


def count_questions(lines: tuple[Line, ...]) -> int:
    """Count questions, the turns of a dialogue one by one."""
    return sum(len(line.get("turns", [line])) for line in lines)
