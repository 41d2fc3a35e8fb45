"""Cut a question and a text into windows of tokens, as the reader was taught to see them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from records import Span

LONGEST_WINDOW: Final = 384  # tokens; a passage of the index and its question need some 330
_STEP: Final = 192  # tokens between the beginnings of two windows of a text
_LONGEST_QUESTION: Final = 64  # tokens; the rest of a longer question is not seen
_LONGEST_HEADING: Final = 48
_BEGIN, _END = 0, 2  # "<s>", "</s>"


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text cut into tokens, and where each stands in it."""

    ids: tuple[int, ...]
    spans: tuple[Span, ...]  # of the text; a token's leading space is not part of it


@dataclass(frozen=True, slots=True)
class ReadingWindow:
    """`<s> question </s> heading </s> text </s>`, where text may be a part of the whole."""

    ids: NDArray[np.int64]
    text_at: int  # place in `ids` of the first token of the text
    spans: tuple[Span, ...]  # of the text's tokens in the whole text


def cut_tokens(tokenizer: Tokenizer, text: str) -> Tokens:
    """Cut a text into tokens without the signs around it."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    spans = []
    for start, end in encoding.offsets:
        while start < end and text[start].isspace():
            start += 1
        spans.append(Span(start, end))
    return Tokens(tuple(encoding.ids), tuple(spans))


def cut_windows(
    question: Tokens, heading: Tokens, text: Tokens, *, longest: int = LONGEST_WINDOW
) -> Iterator[ReadingWindow]:
    """Give the windows over a text, which overlap by half where one does not hold it all.

    Args:
        question: Of which the first 64 tokens are seen.
        heading: What is said about the text elsewhere, seen before it; the first 48 tokens.
        text: What is read.
        longest: Tokens of a window.
    """
    room = longest - len(frame(question, heading)) - 1
    for start in range(0, max(1, len(text.ids) - room + _STEP), _STEP):
        yield window_at(question, heading, text, start, start + room)


def window_at(
    question: Tokens, heading: Tokens, text: Tokens, start: int, end: int
) -> ReadingWindow:
    """Give the window over the text's tokens from `start` to before `end`."""
    before = frame(question, heading)
    ids = np.array([*before, *text.ids[start:end], _END], np.int64)
    return ReadingWindow(ids, len(before), text.spans[start:end])


def frame(question: Tokens, heading: Tokens) -> list[int]:
    """Give the tokens that stand before the text in a window."""
    asked = [_BEGIN, *question.ids[:_LONGEST_QUESTION], _END]
    return [*asked, *heading.ids[:_LONGEST_HEADING], _END] if heading.ids else asked
