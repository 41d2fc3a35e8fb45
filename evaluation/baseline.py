"""Answer as the simplest retrieval does, to measure the assistant against.

Reports are cut into 1,000 characters with 200 of overlap, the five pieces closest to the question in
meaning are taken, and of their sentences the closest is the answer, with itself as citation. It never
refuses, and of a dialogue it hears each turn by itself.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from langchain_text_splitters import RecursiveCharacterTextSplitter
from numpy.typing import NDArray

from evaluation.score import RECALL_AT, Line
from vectorstore.embeddings import Embedder

_SIZE = 1000  # characters
_OVERLAP = 200
_READ = 5  # pieces
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


def read_texts(folder: Path) -> dict[str, str]:
    """Read the text files of a folder as they are, by name."""
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))}


class Baseline:
    """The pieces of some reports with their vectors."""

    def __init__(self, texts: Mapping[str, str], embedder: Embedder) -> None:
        """Cut and embed the reports.

        Args:
            texts: Of the reports, by name.
            embedder: The assistant's own model.
        """
        self._embedder = embedder
        splitter = RecursiveCharacterTextSplitter(chunk_size=_SIZE, chunk_overlap=_OVERLAP)
        self._pieces = [
            (report, piece) for report, text in texts.items() for piece in splitter.split_text(text)
        ]
        self._vectors = embedder.embed_passages([piece for _, piece in self._pieces])
        self._sentences: dict[str, NDArray[np.float32]] = {}  # vectors of those met so far

    def ask(self, question: str) -> Line:
        """Answer a question.

        Returns:
            A line as the scorer reads it.
        """
        vector = self._embedder.embed_question(question)
        nearest = np.argsort(-(self._vectors @ vector), kind="stable")[: max(RECALL_AT)]
        found = [self._pieces[n] for n in nearest]
        sentences = [
            (report, sentence) for report, piece in found[:_READ] for sentence in _cut(piece)
        ]
        closeness = self._embed([sentence for _, sentence in sentences]) @ vector
        report, sentence = sentences[int(np.argmax(closeness))]
        return {
            "status": "answered",
            "answer": sentence,
            "citations": [{"report": report, "quote": sentence}],
            "passages": [{"report": report, "quote": piece} for report, piece in found],
        }

    def answer(self, question: Line) -> Line:
        """Answer a line of a file of questions: one question, or the turns of a dialogue."""
        if "turns" in question:
            turns = [self.ask(turn["question"]) for turn in question["turns"]]
            return {"id": question["id"], "turns": turns}
        return {"id": question["id"], **self.ask(question["question"])}

    def _embed(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        if new := list({each: None for each in sentences if each not in self._sentences}):
            vectors = self._embedder.embed_passages(new)
            self._sentences.update(zip(new, vectors, strict=True))
        return np.stack([self._sentences[each] for each in sentences])


def _cut(piece: str) -> list[str]:
    return [part.strip() for part in _SENTENCE_END.split(piece) if part.strip()]
