"""Build the network of multilingual-e5-small for OpenVINO: tokens in, vectors of length 1 out.

It is BERT, with the mean over the tokens at its end. Matrices that multiply are held in 8 bits, so
that OpenVINO multiplies in 8 bits too: twice as fast as in float32. The word vectors stay in the 4
bits they come in: 48 MB instead of 384 MB.
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vectorstore.e5_weights import HEADS, LAYER_NORM_EPSILON, LAYERS, WIDTH, Blocks, Weights
from vectorstore.openvino_offline import openvino

op = openvino.opset15

Node = Any  # a part of the network: OpenVINO's Python package has no types


def save_network(weights: Weights, path: Path) -> None:
    """Write the network to `path` (".xml") and its weights beside it (".bin").

    It takes `input_ids` and `attention_mask`, int64, shape (texts, tokens), and gives float32, shape
    (texts, 384), rows of length 1.
    """
    openvino.save_model(_Network(weights).build(), path, compress_to_fp16=False)


class _Network:
    """The parts of the network, over its weights."""

    def __init__(self, weights: Weights) -> None:
        self._matrices = weights.matrices
        self._vectors = weights.vectors

    def build(self) -> Node:
        ids = op.parameter([-1, -1], openvino.Type.i64, name="input_ids")
        mask = op.parameter([-1, -1], openvino.Type.i64, name="attention_mask")
        kept = op.convert(mask, "f32")
        # Added to the scores of attention: 0 for a token, -1e9 where a text is filled up.
        hidden = op.multiply(op.subtract(kept, _number(1.0)), _number(1e9))
        hidden = op.unsqueeze(hidden, _numbers([1, 2]))
        states = self._embed(ids)
        for layer in range(LAYERS):
            states = self._attend(states, hidden, f"l{layer}.")
            states = self._feed_forward(states, f"l{layer}.")
        vectors = op.normalize_l2(_mean(states, kept), _numbers([1]), 1e-12, "max")
        return openvino.Model([op.result(vectors)], [ids, mask], "multilingual-e5-small")

    def _embed(self, ids: Node) -> Node:
        words = op.gather(_in_4_bits(self._matrices["emb.word"]), ids, _numbers(0))
        # Every token is of the first of the two types, so its vector can join the positions'.
        table = self._vectors["emb.pos"].reshape(-1, WIDTH) + self._vectors["emb.type"][:WIDTH]
        tokens = op.gather(op.shape_of(ids), _numbers([1]), _numbers(0))
        places = op.slice(_constant(table), _numbers([0]), tokens, _numbers([1]), _numbers([0]))
        return self._layer_norm(op.add(words, places), "emb.ln")

    def _attend(self, states: Node, hidden: Node, layer: str) -> Node:
        query, key, value = (_part_heads(self._linear(states, layer + part)) for part in "qkv")
        mixed = op.scaled_dot_product_attention(query, key, value, hidden)
        mixed = op.reshape(
            op.transpose(mixed, _numbers([0, 2, 1, 3])), _numbers([0, 0, WIDTH]), True
        )
        return self._layer_norm(op.add(self._linear(mixed, f"{layer}ao"), states), f"{layer}aln")

    def _feed_forward(self, states: Node, layer: str) -> Node:
        inner = op.gelu(self._linear(states, f"{layer}fi"), "erf")
        return self._layer_norm(op.add(self._linear(inner, f"{layer}fo"), states), f"{layer}oln")

    def _linear(self, states: Node, name: str) -> Node:
        matrix = _in_8_bits(self._matrices[f"{name}.w"])
        return op.add(op.matmul(states, matrix, False, True), self._row(f"{name}.b"))

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


def _in_8_bits(matrix: Blocks) -> Node:
    """Hold a matrix as int8 with one scale for each row."""
    weights = matrix.to_float32()
    scales = np.abs(weights).max(axis=1, keepdims=True) / 127
    codes = np.rint(weights / scales).astype(np.int8)
    return op.multiply(op.convert(_constant(codes), "f32"), _constant(scales))


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
