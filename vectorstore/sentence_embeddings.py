"""Embed with another sentence-transformers model than the built-in one, from this machine."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from errors import ModelUnavailableError
from vectorstore.model_input import Prompts, encodable, prompts_for

_TEXTS_PER_STEP: Final = 64  # after each, whoever asked is told how far the work has come


class SentenceEmbedder:
    """A loaded sentence-transformers model; threads take turns."""

    def __init__(self, model: SentenceTransformer, *, name: str, prompts: Prompts) -> None:
        """Wrap a model.

        Args:
            model: Loaded; it gives one vector for each text.
            name: Of the model and its precision.
            prompts: What it expects before a text.
        """
        self.name: Final = name
        self._model = model
        self._prompts = prompts
        self._turn = threading.Lock()  # the tokenizers of transformers serve one thread at a time

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return self._model.get_embedding_dimension() or self.embed_question("").size

    def embed_passages(
        self, texts: Sequence[str], *, on_batch: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Embed passages, as `vectorstore.embeddings.Embedder` says."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), _TEXTS_PER_STEP):
            step = texts[start : start + _TEXTS_PER_STEP]
            vectors[start : start + len(step)] = self._encode(step, self._prompts.passage)
            if on_batch is not None:
                on_batch(len(step))
        return vectors

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """Embed a question, as `vectorstore.embeddings.Embedder` says."""
        vector: NDArray[np.float32] = self._encode([text], self._prompts.question)[0]
        return vector

    def _encode(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        with self._turn:
            vectors = self._model.encode(
                [encodable(text) for text in texts],
                prompt=prompt,
                show_progress_bar=False,
                normalize_embeddings=True,
            )
        return np.asarray(vectors, np.float32)


def load_sentence_embedder(model: str) -> SentenceEmbedder:
    """Load a sentence-transformers model from a folder, or by a name it was downloaded under.

    Raises:
        ModelUnavailableError: It is not on this machine, or is not such a model.
    """
    try:
        loaded = SentenceTransformer(model, device="cpu", local_files_only=True)
    except (OSError, ValueError) as error:
        raise ModelUnavailableError(
            f"Không mở được mô hình nhúng “{model}” trên máy này; chương trình không tự tải mô hình. "
            "Hãy đặt EMBEDDING_MODEL là thư mục của một mô hình sentence-transformers đã tải về, hoặc bỏ "
            "trống để dùng mô hình có sẵn."
        ) from error
    own = Prompts(
        question=loaded.prompts.get("query") or "",
        passage=loaded.prompts.get("document") or loaded.prompts.get("passage") or "",
    )
    precision = str(loaded.dtype).removeprefix("torch.")
    return SentenceEmbedder(
        loaded,
        name=f"{Path(model).name} {precision}",
        prompts=own if own != Prompts() else prompts_for(model),
    )
