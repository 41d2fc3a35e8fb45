"""Read questions with the text that answers them, or does not."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from records import Span


@dataclass(frozen=True, slots=True)
class ReadingExample:
    """A question, a text to read, and where the text answers it."""

    question: str
    context: str  # Unicode NFC
    answer: Span | None  # of `context`; None where it does not answer
    heading: str = ""  # read before the context, never an answer: "Mai Sơn. II. Kinh tế"

    @property
    def answer_text(self) -> str:
        """The words of the answer; empty where there is none."""
        return self.context[self.answer.start : self.answer.end] if self.answer else ""


def read_examples(path: Path) -> list[ReadingExample]:
    """Read a file of {"question", "context", "answer", "start"} lines, see its folder's README."""
    with path.open(encoding="utf-8") as lines:
        return [_example(json.loads(line)) for line in lines]


def split_by_context(
    examples: Sequence[ReadingExample], share: float, seed: int
) -> tuple[list[ReadingExample], list[ReadingExample]]:
    """Part examples in two so that no context is on both sides.

    Args:
        examples: All of them.
        share: Of the contexts, that go to the first part.
        seed: Of the order in which contexts are taken.
    """
    contexts = sorted({example.context for example in examples})
    random.Random(seed).shuffle(contexts)
    first = frozenset(contexts[: round(share * len(contexts))])
    return (
        [example for example in examples if example.context in first],
        [example for example in examples if example.context not in first],
    )


def _example(line: dict[str, str]) -> ReadingExample:
    answer = line["answer"]
    start = int(line["start"]) if answer else 0
    return ReadingExample(
        line["question"], line["context"], Span(start, start + len(answer)) if answer else None
    )
