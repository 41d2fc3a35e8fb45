"""Turn texts into vectors with multilingual-e5-small, on the processor."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vectorstore.e5 import NETWORK, load_tokenizer
from vectorstore.e5_weights import MAX_TOKENS, WIDTH
from vectorstore.model_input import encodable
from vectorstore.openvino_offline import openvino

_PAD: Final = 1  # token
# Texts that go through the network together, on one core: of 1, 2, 4, 8 and 16, the fastest at some
# 150 tokens each. One batch spread over two cores is a quarter slower than two side by side.
_TEXTS_AT_ONCE: Final = 4
_OPTIONS: Final = {
    # Several batches at a time, about one for each core.
    "PERFORMANCE_HINT": "THROUGHPUT",
    # Cores are left to the system to share out: an ingest and the page may both be running.
    "ENABLE_CPU_PINNING": "NO",
    # Else it depends on the processor, and with it the vectors.
    "INFERENCE_PRECISION_HINT": "f32",
    # Inputs of a multiplication that share a scale when put into 8 bits. Of 32, 64, 128 and 384, at
    # 128 it is the fastest; cosine to float32 at least 0.9995.
    "DYNAMIC_QUANTIZATION_GROUP_SIZE": "128",
}


class E5Encoder:
    """The loaded model; any thread may use it."""

    dimension: Final = WIDTH

    def __init__(self, folder: Path) -> None:
        """Load the model from the folder that `e5.unpack` made."""
        self._tokenizer = load_tokenizer(folder)
        model = openvino.Core().compile_model(folder / NETWORK, "CPU", _OPTIONS)
        streams = model.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS")
        self._requests: SimpleQueue[Any] = SimpleQueue()  # those that run nothing now
        for _ in range(streams):
            self._requests.put(model.create_infer_request())
        self._threads = ThreadPoolExecutor(streams, thread_name_prefix="e5")
        # OpenVINO's Python side makes ready what it shares when a tensor is first filled, and two
        # threads that do so at once wait for each other for ever: one holds its guard, the other
        # the interpreter's lock. One text alone comes first.
        self._run([np.array([0, 2], np.int64)])

    def tokenise(self, texts: Sequence[str]) -> list[NDArray[np.int64]]:
        """Cut texts into tokens, at most 512 of each."""
        return [
            np.asarray(_shortened(encoding.ids), np.int64)
            for encoding in self._tokenizer.encode_batch([encodable(text) for text in texts])
        ]

    def embed(self, tokens: Sequence[NDArray[np.int64]]) -> NDArray[np.float32]:
        """Give the vectors of texts cut into tokens.

        Returns:
            float32, shape (len(tokens), 384), rows of length 1. The texts beside a text change its
            vector by no more than putting it into 8 bits does: cosine above 0.999.
        """
        vectors = np.empty((len(tokens), WIDTH), np.float32)
        longest_first = sorted(range(len(tokens)), key=lambda place: -len(tokens[place]))
        groups = [
            longest_first[start : start + _TEXTS_AT_ONCE]
            for start in range(0, len(tokens), _TEXTS_AT_ONCE)
        ]
        batches = ([tokens[place] for place in group] for group in groups)
        # A single one runs in the caller's thread: a question need not wait for a free one.
        run = map if len(groups) == 1 else self._threads.map
        for group, found in zip(groups, run(self._run, batches), strict=True):
            vectors[group] = found
        return vectors

    def _run(self, batch: Sequence[NDArray[np.int64]]) -> NDArray[np.float32]:
        ids = np.full((len(batch), max(map(len, batch))), _PAD, np.int64)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        request = self._requests.get()
        try:
            vectors: NDArray[np.float32] = request.infer([ids, mask])[0]
        finally:
            self._requests.put(request)
        return vectors


def _shortened(ids: list[int]) -> list[int]:
    """Keep the first tokens, and the last one, which ends a text."""
    return ids if len(ids) <= MAX_TOKENS else [*ids[: MAX_TOKENS - 1], ids[-1]]
