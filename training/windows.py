"""Cut training examples into windows, with the place of the answer in each."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tokenizers import Tokenizer

from records import Span
from training.examples import ReadingExample
from training.reading_windows import ReadingWindow, Tokens, cut_tokens, frame, window_at

# Tokens of a window. Short ones teach as much for less work; some are as long as passages get.
_LENGTHS = (128, 160, 192, 256, 320)
_WEIGHTS = (25, 30, 25, 15, 5)
_MISSED = 0.12  # of the answered texts longer than a window: share that also give one without it


@dataclass(frozen=True, slots=True)
class TrainingWindow:
    """A window and its answer; 0 and 0, the window's first token, where it holds none."""

    window: ReadingWindow
    start: int  # place in `window.ids` of the answer's first token
    end: int  # of its last token


def training_windows(
    examples: Iterable[ReadingExample], tokenizer: Tokenizer, rng: random.Random
) -> Iterator[TrainingWindow]:
    """Give one or two windows for each example, at a place in its text that chance decides."""
    for example in examples:
        question = cut_tokens(tokenizer, example.question)
        heading = cut_tokens(tokenizer, example.heading)
        text = cut_tokens(tokenizer, example.context)
        room = rng.choices(_LENGTHS, _WEIGHTS)[0] - len(frame(question, heading)) - 1
        held = _tokens_of(text, example.answer) if example.answer else None
        if held is None:
            start = rng.randint(0, max(0, len(text.ids) - room))
            yield TrainingWindow(window_at(question, heading, text, start, start + room), 0, 0)
            continue
        first, last = held
        earliest = max(0, last + 1 - room)
        latest = max(earliest, min(first, len(text.ids) - room))
        start = rng.randint(earliest, latest)
        window = window_at(question, heading, text, start, start + room)
        moved = window.text_at - start
        if start <= first and last < start + room:  # else it is longer than a window
            yield TrainingWindow(window, first + moved, last + moved)
        missed = [at for at in (first - room, last + 1) if 0 <= at <= len(text.ids) - room // 2]
        if missed and rng.random() < _MISSED:
            start = rng.choice(missed)
            yield TrainingWindow(window_at(question, heading, text, start, start + room), 0, 0)


def _tokens_of(text: Tokens, answer: Span) -> tuple[int, int] | None:
    """Find the first and last token of an answer."""
    held = [
        n
        for n, span in enumerate(text.spans)
        if span.start < answer.end and span.end > answer.start
    ]
    return (held[0], held[-1]) if held else None
