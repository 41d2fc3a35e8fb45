"""Read texts for the words that answer a question, with the trained model, on the processor."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from records import Span
from training.reading_windows import ReadingWindow, Tokens, cut_tokens, cut_windows
from vectorstore.openvino_offline import openvino

_PAD: Final = 1  # token
_WINDOWS_AT_ONCE: Final = 2
_LONGEST_ANSWER: Final = 80  # tokens
_KEPT_TEXTS: Final = 2048  # the same passages are read for many questions
_OPTIONS: Final = {  # as in `vectorstore.e5_encoder`, and for the same reasons
    "PERFORMANCE_HINT": "THROUGHPUT",
    "ENABLE_CPU_PINNING": "NO",
    "INFERENCE_PRECISION_HINT": "f32",
    "DYNAMIC_QUANTIZATION_GROUP_SIZE": "128",
}


@dataclass(frozen=True, slots=True)
class ReadingText:
    """A text to read, and what is said about it elsewhere."""

    text: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class SpanScores:
    """How well each token of a text begins and ends the answer.

    Scores are log odds against "this text does not answer": a span's score is the sum of its
    first token's and its last token's, and above 0 it is likelier than no answer.
    """

    spans: tuple[Span, ...]  # of the tokens
    begins: NDArray[np.float32]  # shape (tokens,)
    ends: NDArray[np.float32]  # shape (tokens,)

    def best(self, within: Span | None = None) -> tuple[Span, float]:
        """Find the best span that begins in a stretch of the text, or anywhere in it.

        Returns:
            The span and its score; an empty span and minus infinity where no token begins there.
        """
        first, last = 0, len(self.spans)
        if within is not None:
            held = [n for n, s in enumerate(self.spans) if within.start <= s.start < within.end]
            first, last = (held[0], held[-1] + 1) if held else (0, 0)
        if first == last:
            return Span(0, 0), -np.inf
        ends = np.full(last - first + _LONGEST_ANSWER, -np.inf, np.float32)
        tail = self.ends[first : last + _LONGEST_ANSWER]
        ends[: len(tail)] = tail
        reach = np.lib.stride_tricks.sliding_window_view(ends, _LONGEST_ANSWER)[: last - first]
        scores = self.begins[first:last, None] + reach
        start, length = np.unravel_index(int(scores.argmax()), scores.shape)
        begin, end = first + int(start), first + int(start) + int(length)
        found = Span(self.spans[begin].start, self.spans[end].end)
        return found, float(scores[start, length])


class SpanReader:
    """The loaded model; any thread may use it."""

    def __init__(self, network: Path, tokenizer: Tokenizer) -> None:
        """Load the network that `save_span_network` wrote."""
        self._cut = lru_cache(_KEPT_TEXTS)(lambda text: cut_tokens(tokenizer, text))
        model = openvino.Core().compile_model(network, "CPU", _OPTIONS)
        streams = model.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS")
        self._requests: SimpleQueue[Any] = SimpleQueue()  # those that run nothing now
        for _ in range(streams):
            self._requests.put(model.create_infer_request())
        self._threads = ThreadPoolExecutor(streams, thread_name_prefix="reader")

    def read(self, question: str, texts: Sequence[ReadingText]) -> list[SpanScores]:
        """Score the tokens of some texts as answers to a question, in the order given."""
        asked = self._cut(question)
        cut = [(self._cut(text.heading), self._cut(text.text)) for text in texts]
        windows = [
            (n, window) for n, each in enumerate(cut) for window in cut_windows(asked, *each)
        ]
        longest_first = sorted(windows, key=lambda each: -len(each[1].ids))
        batches = [
            longest_first[start : start + _WINDOWS_AT_ONCE]
            for start in range(0, len(longest_first), _WINDOWS_AT_ONCE)
        ]
        parts: list[list[SpanScores]] = [[] for _ in texts]
        found = self._threads.map(self._run, [[window for _, window in b] for b in batches])
        for batch, scored in zip(batches, found, strict=True):
            for (n, _), scores in zip(batch, scored, strict=True):
                parts[n].append(scores)
        return [_join(part, tokens) for part, (_, tokens) in zip(parts, cut, strict=True)]

    def _run(self, windows: Sequence[ReadingWindow]) -> list[SpanScores]:
        longest = max(len(window.ids) for window in windows)
        ids = np.full((len(windows), longest), _PAD, np.int64)
        mask = np.zeros_like(ids)
        for row, window in enumerate(windows):
            ids[row, : len(window.ids)] = window.ids
            mask[row, : len(window.ids)] = 1
        request = self._requests.get()
        try:
            scores = request.infer([ids, mask])[0].copy()
        finally:
            self._requests.put(request)
        return [_of_text(window, row) for window, row in zip(windows, scores, strict=True)]


def _of_text(window: ReadingWindow, scores: NDArray[np.float32]) -> SpanScores:
    """Set the text's tokens against the window's first, which stands for "no answer"."""
    odds = scores[window.text_at : window.text_at + len(window.spans)] - scores[0]
    return SpanScores(window.spans, odds[:, 0], odds[:, 1])


def _join(parts: Sequence[SpanScores], text: Tokens) -> SpanScores:
    """Put a text's windows together; where two overlap, a token has the better of its scores."""
    if len(parts) == 1:
        return parts[0]
    places = {span: n for n, span in enumerate(text.spans)}
    begins = np.full(len(text.spans), -np.inf, np.float32)
    ends = begins.copy()
    for part in parts:
        at = [places[span] for span in part.spans]
        begins[at] = np.maximum(begins[at], part.begins)
        ends[at] = np.maximum(ends[at], part.ends)
    return SpanScores(text.spans, begins, ends)
