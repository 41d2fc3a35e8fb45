"""Give the model that turns texts into vectors, as the settings choose it."""

import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from settings import Settings
from vectorstore.model_input import prompts_for

if TYPE_CHECKING:
    from vectorstore.e5_encoder import E5Encoder

BUILT_IN: Final = "multilingual-e5-small"
_TEXTS_PER_STEP: Final = 64  # after each, whoever asked is told how far the work has come


class Embedder(Protocol):
    """Turns texts into vectors, so that texts close in meaning are close as vectors."""

    @property
    def name(self) -> str:
        """The model and its precision: vectors of different names cannot be compared."""

    @property
    def dimension(self) -> int:
        """Length of the vectors."""

    def embed_passages(
        self, texts: Sequence[str], *, on_batch: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Embed what is searched.

        Args:
            texts: Of any length; what goes beyond the model's limit does not count.
            on_batch: Told again and again how many more texts have been embedded.

        Returns:
            float32, shape (len(texts), dimension), rows of length 1.

        Raises:
            ModelUnavailableError: The model's server failed.
        """

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """Embed what is asked.

        Returns:
            float32, shape (dimension,), of length 1.

        Raises:
            ModelUnavailableError: The model's server failed.
        """


def load_embedder(settings: Settings) -> Embedder:
    """Load the model that the settings choose: the built-in one, another one, or a server's.

    Nothing is downloaded. The built-in model is loaded when first used, and the first time of all
    unpacked, which takes a few seconds.

    Raises:
        ModelUnavailableError: Another model is not there, or cannot be reached.
    """
    # Each kind imports large libraries that the others can do without.
    if settings.embedding_url:
        from vectorstore.remote_embeddings import RemoteEmbedder

        return RemoteEmbedder(
            settings.embedding_url,
            model=settings.embedding_model,
            api_key=settings.embedding_api_key,
        )
    if settings.embedding_model == BUILT_IN:
        return BuiltInEmbedder(settings.model_dir / BUILT_IN)
    _stay_offline()
    from vectorstore.sentence_embeddings import load_sentence_embedder

    return load_sentence_embedder(settings.embedding_model)


class BuiltInEmbedder:
    """multilingual-e5-small in 8 bits; any thread may use it.

    It goes to its network directly: sentence-transformers, which other models go through, takes 5 s
    and 450 MB to import, and gives the same vectors.
    """

    name: Final = f"{BUILT_IN} int8"

    dimension: Final = 384

    def __init__(self, folder: Path) -> None:
        """Load nothing yet: an ingest that finds nothing changed needs no model.

        Args:
            folder: Where the model is unpacked, or shall be.
        """
        self._folder = folder
        self._prompts = prompts_for(BUILT_IN)
        self._loading = threading.Lock()
        self._loaded: E5Encoder | None = None

    def embed_passages(
        self, texts: Sequence[str], *, on_batch: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Embed passages, as `Embedder` says.

        Raises:
            ModelUnavailableError: The model cannot be unpacked.
        """
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), _TEXTS_PER_STEP):
            step = [self._prompts.passage + text for text in texts[start : start + _TEXTS_PER_STEP]]
            vectors[start : start + len(step)] = self._encoder.embed(self._encoder.tokenise(step))
            if on_batch is not None:
                on_batch(len(step))
        return vectors

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """Embed a question, as `Embedder` says.

        Raises:
            ModelUnavailableError: The model cannot be unpacked.
        """
        tokens = self._encoder.tokenise([self._prompts.question + text])
        vector: NDArray[np.float32] = self._encoder.embed(tokens)[0]
        return vector

    @property
    def _encoder(self) -> "E5Encoder":
        with self._loading:
            if self._loaded is None:
                from vectorstore.e5 import unpack
                from vectorstore.e5_encoder import E5Encoder

                unpack(self._folder)
                self._loaded = E5Encoder(self._folder)
            return self._loaded


def _stay_offline() -> None:
    """Keep sentence-transformers from asking a model hub, and from sending usage figures.

    It must be said before the first import.
    """
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
