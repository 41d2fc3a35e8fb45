"""Ask the assistant gold questions in one process and print the seconds each took, as JSON."""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import wiring
from evaluation.score import read_lines
from settings import Settings

GOLD = Path(__file__).parent / "gold" / "single.jsonl"


def time_questions(settings: Settings, questions: Sequence[str]) -> list[float]:
    """Start the assistant, ask it one question untimed, then each question timed.

    Args:
        settings: Where the index and the model are.
        questions: At least one; the first also serves to load what is loaded on first use.

    Returns:
        Seconds per question, in the order asked.
    """
    assistant = wiring.build_assistant(settings)
    assistant.ask(questions[0])
    times = []
    for question in questions:
        asked = time.perf_counter()
        assistant.ask(question)
        times.append(time.perf_counter() - asked)
    return times


def main() -> int:
    """Time the single questions against the index that the environment names."""
    questions = [line["question"] for line in read_lines([GOLD])]
    print(json.dumps(time_questions(Settings.from_env(), questions)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
