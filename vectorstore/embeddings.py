"""Load the embedding model (rough version, to be refined)."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from settings import Settings


class Embedder(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def dimension(self) -> int: ...
    def embed_passages(
        self, texts: Sequence[str], *, on_batch: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]: ...
    def embed_question(self, text: str) -> NDArray[np.float32]: ...


class _Rough:
    name = "multilingual-e5-small rough"
    dimension = 384

    def __init__(self):
        import openvino as ov
        from tokenizers import Tokenizer

        self.t = Tokenizer.from_file("/tmp/e5work/tok.json")
        self.t.enable_truncation(512)
        self.t.enable_padding(pad_id=1, pad_token="<pad>")
        self.m = ov.Core().compile_model(
            "/tmp/e5work/ovq8.xml",
            "CPU",
            {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": "f32"},
        )

    def _run(self, texts):
        e = self.t.encode_batch(texts)
        a = np.array([x.ids for x in e])
        k = np.array([x.attention_mask for x in e])
        h = self.m.create_infer_request().infer([a, k])[0]
        v = (h * k[..., None]).sum(1) / k.sum(1, keepdims=True)
        return (v / np.linalg.norm(v, axis=1, keepdims=True)).astype(np.float32)

    def embed_passages(self, texts, *, on_batch=None):
        out = np.zeros((len(texts), 384), np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for i in range(0, len(order), 16):
            rows = order[i : i + 16]
            out[rows] = self._run(["passage: " + texts[j] for j in rows])
            if on_batch:
                on_batch(len(rows))
        return out

    def embed_question(self, text):
        return self._run(["query: " + text])[0]


def load_embedder(settings: Settings) -> Embedder:
    return _Rough()
