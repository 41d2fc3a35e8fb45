"""Embed with a server that speaks OpenAI's protocol."""

import re
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

import httpx
import numpy as np
from numpy.typing import NDArray

from errors import ModelUnavailableError
from vectorstore.model_input import encodable, prompts_for

_TEXTS_PER_REQUEST: Final = 32  # the most that common servers take unless told otherwise
_SECONDS: Final = 120.0  # a server on a slow processor, 32 long passages
_PAUSES: Final = (0.5, 1.0, 2.0)  # seconds before each further try
_WORTH_ANOTHER_TRY: Final = {408, 409, 425, 429, 500, 502, 503, 504}


class RemoteEmbedder:
    """A model behind an address; any thread may use it."""

    def __init__(
        self, url: str, *, model: str, api_key: str, pause: Callable[[float], None] = time.sleep
    ) -> None:
        """Reach the server once, to learn the length of the vectors.

        Args:
            url: Address up to its version: "http://host:port/v1".
            model: The name the server knows the model by.
            api_key: Sent with each request, and shown nowhere; empty: none is sent.
            pause: Waits some seconds before a further try.

        Raises:
            ModelUnavailableError: The server cannot be reached, or refuses.
        """
        self.name: Final = f"{model} (máy chủ)"
        self._model = model
        self._prompts = prompts_for(model)
        self._address = f"{url.rstrip('/')}/embeddings"
        self._shown = re.sub(r"//[^/@]*@", "//", url)  # without a password
        self._pause = pause
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._client = httpx.Client(headers=headers, timeout=_SECONDS)
        self.dimension: Final = self.embed_question("báo cáo").size

    def embed_passages(
        self, texts: Sequence[str], *, on_batch: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Embed passages, as `vectorstore.embeddings.Embedder` says."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), _TEXTS_PER_REQUEST):
            batch = texts[start : start + _TEXTS_PER_REQUEST]
            found = self._embed([self._prompts.passage + text for text in batch])
            if found.shape[1] != self.dimension:
                raise self._unusable(f"véc-tơ {found.shape[1]} chiều, trước đó {self.dimension}")
            vectors[start : start + len(batch)] = found
            if on_batch is not None:
                on_batch(len(batch))
        return vectors

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """Embed a question, as `vectorstore.embeddings.Embedder` says."""
        vector: NDArray[np.float32] = self._embed([self._prompts.question + text])[0]
        return vector

    def _embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        # Servers refuse an empty text.
        sent = {"model": self._model, "input": [encodable(text) or " " for text in texts]}
        answer = self._post(sent)
        try:
            rows = sorted(answer.json()["data"], key=lambda row: int(row["index"]))
            vectors = np.array([row["embedding"] for row in rows], np.float32).reshape(
                len(rows), -1
            )
        except (ValueError, TypeError, KeyError) as error:
            raise self._unusable("không đúng dạng của OpenAI") from error
        if len(vectors) != len(texts):
            raise self._unusable(f"{len(vectors)} véc-tơ cho {len(texts)} đoạn")
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.isfinite(lengths).all() or not lengths.all():
            raise self._unusable("có véc-tơ rỗng")
        unit: NDArray[np.float32] = vectors / lengths
        return unit

    def _post(self, content: dict[str, Any]) -> httpx.Response:
        cause: Exception | None = None
        for pause in (*_PAUSES, None):
            try:
                response = self._client.post(self._address, json=content)
            except (httpx.TransportError, httpx.InvalidURL) as error:
                failure, cause = f"không kết nối được ({error})", error
            else:
                if response.is_success:
                    return response
                failure, cause = _refusal(response), None
                if response.status_code not in _WORTH_ANOTHER_TRY:
                    break
            if pause is not None:
                self._pause(pause)
        raise ModelUnavailableError(
            f"Máy chủ nhúng {self._shown}: {failure}. Hãy kiểm tra máy chủ, EMBEDDING_URL, "
            "EMBEDDING_MODEL và EMBEDDING_API_KEY."
        ) from cause

    def _unusable(self, why: str) -> ModelUnavailableError:
        return ModelUnavailableError(
            f"Máy chủ nhúng {self._shown} trả lời không dùng được: {why}. Hãy kiểm tra EMBEDDING_URL "
            "và EMBEDDING_MODEL."
        )


def _refusal(response: httpx.Response) -> str:
    match response.status_code:
        case 401 | 403:
            return "từ chối khóa truy cập"
        case 404:
            return "không có địa chỉ hoặc mô hình này"
        case code:
            return f"báo lỗi {code}"
