"""Offer an embedder to LangChain."""

from langchain_core.embeddings import Embeddings

from vectorstore.embeddings import Embedder


class LangChainEmbeddings(Embeddings):
    """An embedder, by the names that LangChain calls it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages: one vector of length 1 for each."""
        vectors: list[list[float]] = self._embedder.embed_passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Embed a question, as a vector of length 1."""
        vector: list[float] = self._embedder.embed_question(text).tolist()
        return vector
