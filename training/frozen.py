"""Run the layers that training leaves as they are, once for each window, as the assistant runs them."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.span_network import FROZEN_LAYERS
from vectorstore.e5_network import Layers, inputs
from vectorstore.e5_weights import Weights
from vectorstore.openvino_offline import openvino

_AT_ONCE = 8
_PAD = 1  # token
_OPTIONS = {  # as in `vectorstore.e5_encoder`
    "PERFORMANCE_HINT": "THROUGHPUT",
    "ENABLE_CPU_PINNING": "NO",
    "INFERENCE_PRECISION_HINT": "f32",
    "DYNAMIC_QUANTIZATION_GROUP_SIZE": "128",
}


def frozen_states(
    weights: Weights, windows: Sequence[NDArray[np.int64]], folder: Path
) -> Iterator[NDArray[np.float16]]:
    """Give the states of windows after the frozen layers.

    Args:
        weights: Of the embedding model.
        windows: Tokens; fastest where neighbours are of like length.
        folder: Where the network may be written while it is used.

    Returns:
        In the order given, float16 (as exact as the 8 bits they were computed in), shape
        (tokens, 384).
    """
    ids, mask, _, hidden = inputs()
    layers = Layers(weights.matrices, weights.vectors)
    states = layers.run(layers.look_up(ids), hidden, range(FROZEN_LAYERS))
    op = openvino.opset15
    network = openvino.Model([op.result(states)], [ids, mask], "frozen")
    path = folder / "frozen.xml"
    openvino.save_model(network, path, compress_to_fp16=False)
    run = openvino.Core().compile_model(path, "CPU", _OPTIONS)
    streams = run.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS")
    requests: SimpleQueue[Any] = SimpleQueue()
    for _ in range(streams):
        requests.put(run.create_infer_request())
    batches = [windows[start : start + _AT_ONCE] for start in range(0, len(windows), _AT_ONCE)]
    with ThreadPoolExecutor(streams) as threads:
        for states_of_batch in threads.map(partial(_run, requests), batches):
            yield from states_of_batch


def _run(
    requests: "SimpleQueue[Any]", windows: Sequence[NDArray[np.int64]]
) -> list[NDArray[np.float16]]:
    ids = np.full((len(windows), max(map(len, windows))), _PAD, np.int64)
    mask = np.zeros_like(ids)
    for row, window in enumerate(windows):
        ids[row, : len(window)] = window
        mask[row, : len(window)] = 1
    request = requests.get()
    try:
        found = request.infer([ids, mask])[0]
        return [found[row, : len(window)].astype(np.float16) for row, window in enumerate(windows)]
    finally:
        requests.put(request)
