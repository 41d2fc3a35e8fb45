"""Build networks of multilingual-e5-small for OpenVINO: tokens in, vectors of length 1 out.

It is BERT, with the mean over the tokens at its end. Matrices that multiply are held in 8 bits, so
that OpenVINO multiplies in 8 bits too: twice as fast as in float32. The word vectors stay in the 4
bits they come in: 48 MB instead of 384 MB.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vectorstore.e5_weights import (
    HEADS,
    LAYER_NORM_EPSILON,
    LAYERS,
    WIDTH,
    Blocks,
    ByteRows,
    Weights,
    to_bytes,
)
from vectorstore.openvino_offline import openvino

op = openvino.opset15

Node = Any  # a part of the network: OpenVINO's Python package has no types


def save_network(weights: Weights, path: Path) -> None:
    """Write the network to `path` (".xml") and its weights beside it (".bin").

    It takes `input_ids` and `attention_mask`, int64, shape (texts, tokens), and gives float32, shape
    (texts, 384), rows of length 1.
    """
    ids, mask, kept, hidden = inputs()
    layers = Layers(weights.matrices, weights.vectors)
    states = layers.run(layers.look_up(ids), hidden, range(LAYERS))
    vectors = op.normalize_l2(_mean(states, kept), _numbers([1]), 1e-12, "max")
    model = openvino.Model([op.result(vectors)], [ids, mask], "multilingual-e5-small")
    openvino.save_model(model, path, compress_to_fp16=False)


def inputs() -> tuple[Node, Node, Node, Node]:
    """Give the two inputs of a network and what `Layers` makes of the second.

    Returns:
        `input_ids` and `attention_mask`, int64, shape (texts, tokens); the mask in float32; and
        what is added to the scores of attention: 0 for a token, -1e9 where a text is filled up.
    """
    ids = op.parameter([-1, -1], openvino.Type.i64, name="input_ids")
    mask = op.parameter([-1, -1], openvino.Type.i64, name="attention_mask")
    kept = op.convert(mask, "f32")
    hidden = op.multiply(op.subtract(kept, _number(1.0)), _number(1e9))
    return ids, mask, kept, op.unsqueeze(hidden, _numbers([1, 2]))


class Layers:
    """The parts of a network, over its weights."""

    def __init__(
        self,
        matrices: Mapping[str, Blocks | ByteRows],
        vectors: Mapping[str, NDArray[np.float32]],
    ) -> None:
        """Take weights named as in `Weights`."""
        self._matrices = matrices
        self._vectors = vectors

    def look_up(self, ids: Node) -> Node:
        """Give the states of tokens before the first layer, shape (texts, tokens, 384)."""
        table = self._matrices["emb.word"]
        assert isinstance(table, Blocks)  # in any other form it would not fit in memory
        words = op.gather(_in_4_bits(table), ids, _numbers(0))
        # Every token is of the first of the two types, so its vector can join the positions'.
        places = self._vectors["emb.pos"].reshape(-1, WIDTH) + self._vectors["emb.type"][:WIDTH]
        tokens = op.gather(op.shape_of(ids), _numbers([1]), _numbers(0))
        ahead = op.slice(_constant(places), _numbers([0]), tokens, _numbers([1]), _numbers([0]))
        return self._layer_norm(op.add(words, ahead), "emb.ln")

    def run(self, states: Node, hidden: Node, layers: Iterable[int]) -> Node:
        """Give the states after some layers, in their order."""
        for layer in layers:
            states = self._attend(states, hidden, f"l{layer}.")
            states = self._feed_forward(states, f"l{layer}.")
        return states

    def linear(self, states: Node, name: str) -> Node:
        """Multiply states by the matrix and add the vector of a name."""
        matrix = _in_8_bits(self._matrices[f"{name}.w"])
        return op.add(op.matmul(states, matrix, False, True), self._row(f"{name}.b"))

    def _attend(self, states: Node, hidden: Node, layer: str) -> Node:
        query, key, value = (_part_heads(self.linear(states, layer + part)) for part in "qkv")
        mixed = op.scaled_dot_product_attention(query, key, value, hidden)
        mixed = op.reshape(
            op.transpose(mixed, _numbers([0, 2, 1, 3])), _numbers([0, 0, WIDTH]), True
        )
        return self._layer_norm(op.add(self.linear(mixed, f"{layer}ao"), states), f"{layer}aln")

    def _feed_forward(self, states: Node, layer: str) -> Node:
        inner = op.gelu(self.linear(states, f"{layer}fi"), "erf")
        return self._layer_norm(op.add(self.linear(inner, f"{layer}fo"), states), f"{layer}oln")

    def _layer_norm(self, states: Node, name: str) -> Node:
        last = _numbers([-1])
        even = op.mvn(states, last, True, LAYER_NORM_EPSILON, "INSIDE_SQRT")
        return op.add(op.multiply(even, self._row(f"{name}.w")), self._row(f"{name}.b"))

    def _row(self, name: str) -> Node:
        return _constant(self._vectors[name].reshape(1, 1, -1))


def _part_heads(states: Node) -> Node:
    parted = op.reshape(states, _numbers([0, 0, HEADS, WIDTH // HEADS]), True)
    return op.transpose(parted, _numbers([0, 2, 1, 3]))


def _mean(states: Node, kept: Node) -> Node:
    total = op.reduce_sum(op.multiply(states, op.unsqueeze(kept, _numbers(2))), _numbers([1]))
    return op.divide(total, op.reduce_sum(kept, _numbers([1]), keep_dims=True))


def _in_8_bits(matrix: Blocks | ByteRows) -> Node:
    """Hold a matrix as int8 with one scale for each row."""
    held = matrix if isinstance(matrix, ByteRows) else to_bytes(matrix.to_float32())
    return op.multiply(op.convert(_constant(held.codes), "f32"), _constant(held.scales))


def _in_4_bits(matrix: Blocks) -> Node:
    """Hold a matrix as it comes; OpenVINO opens only the rows that are looked up."""
    packed = matrix.codes[..., 0::2] | matrix.codes[..., 1::2] << 4
    shape = openvino.Shape(matrix.codes.shape)
    tensor = openvino.Tensor(packed.reshape(-1), shape, openvino.Type.u4)
    codes = op.constant(tensor, shared_memory=False)  # else it reads `packed` after this function
    centred = op.subtract(op.convert(codes, "f16"), _constant(np.full((1, 1, 1), 8, np.float16)))
    weights = op.multiply(centred, _constant(matrix.scales))
    rows = op.reshape(weights, _numbers([len(matrix.codes), WIDTH]), False)
    return op.convert(rows, "f32")


def _constant(values: NDArray[Any]) -> Node:
    return op.constant(np.ascontiguousarray(values))


def _number(value: float) -> Node:
    return _constant(np.array([value], np.float32))


def _numbers(values: int | list[int]) -> Node:
    return _constant(np.asarray(values, np.int64))
