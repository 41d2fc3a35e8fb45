"""Build the reader's network for OpenVINO: tokens in, a score to begin and to end an answer out.

Its word vectors and lower layers are those of the embedding model, which the training leaves as
they are; the upper layers and the two scores are trained and kept in 8 bits.
"""

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vectorstore.e5_network import Layers, inputs
from vectorstore.e5_weights import LAYERS, ByteRows, Weights
from vectorstore.openvino_offline import openvino

op = openvino.opset15

FROZEN_LAYERS: Final = 6  # of 12, from the words up
HEAD: Final = "span"  # name of the last step: two scores for each token


def save_span_network(weights: Weights, trained: "TrainedWeights", path: Path) -> None:
    """Write the network to `path` (".xml") and its weights beside it (".bin").

    It takes `input_ids` and `attention_mask`, int64, shape (windows, tokens), and gives float32,
    shape (windows, tokens, 2): how well each token begins and ends the answer.
    """
    ids, mask, _, hidden = inputs()
    lower = Layers(weights.matrices, weights.vectors)
    states = lower.run(lower.look_up(ids), hidden, range(FROZEN_LAYERS))
    upper = Layers(trained.matrices, trained.vectors)
    states = upper.run(states, hidden, range(FROZEN_LAYERS, LAYERS))
    model = openvino.Model([op.result(upper.linear(states, HEAD))], [ids, mask], "span-reader")
    openvino.save_model(model, path, compress_to_fp16=False)


class TrainedWeights:
    """What training changed: matrices in 8 bits and vectors, named as in `Weights`."""

    def __init__(
        self, matrices: dict[str, ByteRows], vectors: dict[str, NDArray[np.float32]]
    ) -> None:
        """Take them as trained."""
        self.matrices = matrices
        self.vectors = vectors

    def save(self, path: Path) -> None:
        """Write them to a file of NumPy arrays."""
        arrays: dict[str, NDArray[np.generic]] = dict(self.vectors)
        for name, matrix in self.matrices.items():
            arrays[f"{name}/codes"], arrays[f"{name}/scales"] = matrix.codes, matrix.scales
        np.savez_compressed(path, **arrays)  # type: ignore[arg-type]

    @classmethod
    def load(cls, path: Path) -> "TrainedWeights":
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            parts = {name: arrays[name] for name in arrays.files}
        names = [name.removesuffix("/codes") for name in parts if name.endswith("/codes")]
        matrices = {n: ByteRows(parts.pop(f"{n}/codes"), parts.pop(f"{n}/scales")) for n in names}
        return cls(matrices, parts)
