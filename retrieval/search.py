"""Find the passages that may answer a question: words and meaning, fused by weight."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from records import Chunk, Hit, IndexedReport, Passage
from retrieval.asked_version import versions_not_asked
from retrieval.diacritics import restore_marks
from retrieval.question import Question, understand
from retrieval.question_terms import weigh_terms
from retrieval.spelling import Vocabulary
from versions import Versions, find_versions
from vietnamese import has_diacritics, pairs, terms

Vector = NDArray[np.float32]

# Measured on the evaluation questions: recall at 5 is 0.98 for words' shares from 0.3 to 0.8, recall
# at 1 best (0.86) at 0.5; other wordings raise recall at 5 from 0.94 (words alone) to 0.98 at 0.6.
_WORDS_SHARE = 0.5
_OTHER_WORDING = 0.6
_CONTEXT_WEIGHT = 0.3
# Chunks looked at in each search; a passage has some four.
_CHUNKS = 80
# What a follow-up asks is often said in the passage that answered before, or beside it: added to
# their chunks' scores, of 1 at most. On the project's own dialogues (dev) recall at 1 is 0.93 with
# none, 0.95 with this, 0.91 with twice as much.
_NEARBY = 0.1
_BESIDE = 0.05
_BEFORE, _AFTER = 1, 2  # passages beside; a footnote stands after its passage
_COVERING = 8  # chunks looked at for how well they cover a wording
# Chunks that show how the words of a question without diacritics are written.
_SHOWING_MARKS = 30


class SearchedIndex(Protocol):
    """What is asked of the index."""

    @property
    def state(self) -> str:
        """Another token after every change."""

    def reports(self) -> Sequence[IndexedReport]:
        """List the reports."""

    def dense_search(
        self, vector: Vector, *, k: int, reports: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Find chunk ids by meaning, with cosine similarity."""

    def lexical_search(
        self,
        terms: Sequence[str],
        *,
        k: int,
        reports: Collection[str] | None = None,
        weights: tuple[float, float] = ...,
    ) -> list[tuple[str, float]]:
        """Find chunk ids by words, with BM25 score."""

    def vectors(self, ids: Sequence[str]) -> Mapping[str, Vector]:
        """Give chunks' vectors."""

    def passages(self, ids: Collection[str]) -> Mapping[str, Passage]:
        """Give passages by id."""

    def chunks(self, ids: Collection[str]) -> Mapping[str, Chunk]:
        """Give chunks by id."""

    def chunks_by_passages(self, ids: Collection[str]) -> Mapping[str, tuple[Chunk, ...]]:
        """Give the chunks of passages."""

    def neighbours(self, passage_id: str, *, before: int, after: int) -> Sequence[Passage]:
        """Give a passage with those around it in its report, in reading order."""

    def vocabulary(self) -> tuple[Mapping[str, int], int]:
        """Give the number of chunks that have each term, and the number of chunks."""


class QuestionEmbedder(Protocol):
    """What is asked of the embedding model."""

    def embed_question(self, text: str) -> Vector:
        """Give the vector of a question: float32, shape (dimension,), length 1."""


class HybridSearch:
    """Search an index for a question; keeps what it has read of the index until that changes."""

    def __init__(self, index: SearchedIndex, embedder: QuestionEmbedder) -> None:
        """Take the index to search and the model that embedded it."""
        self._index = index
        self._embedder = embedder
        self._known: _KnownIndex | None = None

    @property
    def places(self) -> Mapping[str, str]:
        """The district of each indexed report, by report name; empty where it has none."""
        return self._known_index().places

    def coverage(
        self, text: str, *, reports: Collection[str] = (), near: Collection[str] = ()
    ) -> float:
        """Give the share of a question that the best chunk of some reports says, 0 to 1.

        Args:
            text: The question.
            reports: Names of the reports; all if empty.
            near: Ids of passages; if given, only they and their neighbours are looked at.
        """
        question = self.understand(text)
        if near:
            own = self._index.chunks_by_passages(list(self._beside(near)))
            chunks = [chunk for passage in own.values() for chunk in passage]
        else:
            found = self._lexical([*question.terms, *pairs(list(question.words))], reports)
            best = sorted(found, key=lambda chunk: -found[chunk])[:_COVERING]
            chunks = list(self._index.chunks(best).values())
        asked = weigh_terms(question, *self.idf(question))
        words = (frozenset(terms(f"{chunk.context} {chunk.text}")) for chunk in chunks)
        return max((asked.coverage(each) for each in words), default=0.0)

    def texts_like(self, text: str) -> list[str]:
        """Give the pieces of the reports that share most words with a text, marks aside."""
        return self._texts_like(self.understand(text))

    def understand(self, text: str) -> Question:
        """Read a question in the light of what is indexed: its places, its slips.

        Raises:
            InvalidQuestionError: The question is empty or far too long.
        """
        known = self._known_index()
        question = understand(text, known.places)
        guesses = known.vocabulary.guesses(question.words, question.terms)
        return replace(question, wordings=(*question.wordings, *guesses))

    def idf(self, question: Question) -> tuple[dict[str, float], float]:
        """Give the inverse document frequency of a question's terms, and that of a term never seen."""
        vocabulary = self._known_index().vocabulary
        return (
            {t: _idf(vocabulary.frequency(t), vocabulary.chunks) for t in question.terms},
            _idf(0, vocabulary.chunks),
        )

    def search(
        self, question: Question, vector: Vector, *, k: int, nearby: Collection[str] = ()
    ) -> list[Hit]:
        """Find the passages that may answer a question.

        Args:
            question: The question as understood.
            vector: Its embedding, see `embed`.
            k: The most passages to return.
            nearby: Ids of passages that answered before; they and their neighbours are preferred.

        Returns:
            Hits, best first, of the reports of the places that the question names, if any.
        """
        scope = self._scope(question)
        said = list(question.terms)
        other = [t for w in question.wordings for t in (*w.other, *pairs(list(w.other)))]
        words = self._lexical([*said, *pairs(list(question.words))], scope)
        for chunk, score in self._lexical([t for t in other if t not in said], scope).items():
            words[chunk] = words.get(chunk, 0.0) + _OTHER_WORDING * score
        meaning = dict(self._index.dense_search(vector, k=_CHUNKS, reports=scope or None))
        missing = [chunk for chunk in words if chunk not in meaning]
        for chunk, its_vector in self._index.vectors(missing).items():
            meaning[chunk] = float(its_vector @ vector)
        fused = _fuse(words, meaning)
        for chunk, preference in self._preferred(nearby, scope).items():
            if chunk in fused:
                fused[chunk] += preference
        return self._hits(fused, k)

    def closeness(
        self, hits: Sequence[Hit], vector: Vector
    ) -> dict[str, tuple[tuple[Chunk, float], ...]]:
        """Give the chunks of some hits' passages with their cosine to a question's vector.

        Returns:
            By passage id, in reading order.
        """
        chunks = self._index.chunks_by_passages([hit.passage.id for hit in hits])
        vectors = self._index.vectors([chunk.id for own in chunks.values() for chunk in own])
        return {
            passage: tuple(
                (chunk, float(vectors[chunk.id] @ vector)) for chunk in own if chunk.id in vectors
            )
            for passage, own in chunks.items()
        }

    def embed(self, question: Question) -> Vector:
        """Give a question's vector; one typed without diacritics gets its marks back first."""
        if has_diacritics(question.text):
            return self._embedder.embed_question(question.text)
        marked = restore_marks(question.text, self._texts_like(question))
        return self._embedder.embed_question(marked)

    def _texts_like(self, question: Question) -> list[str]:
        found = self._lexical(
            [*question.terms, *pairs(list(question.words))], self._scope(question)
        )
        nearest = sorted(found, key=lambda chunk: -found[chunk])[:_SHOWING_MARKS]
        return [f"{c.context} {c.text}" for c in self._index.chunks(nearest).values()]

    def _scope(self, question: Question) -> Collection[str]:
        """Name the reports to search: those of the places asked for, in the version asked for."""
        known = self._known_index()
        aside = versions_not_asked(question.text, known.versions)
        if not aside:
            return question.reports
        asked = question.reports or known.places
        return [name for name in asked if name not in aside] or question.reports

    def _preferred(self, nearby: Collection[str], scope: Collection[str]) -> dict[str, float]:
        """Give how much the chunks of some passages and their neighbours are preferred."""
        beside = self._beside(nearby)
        return {
            chunk.id: _NEARBY if passage in nearby else _BESIDE
            for passage, chunks in self._index.chunks_by_passages(list(beside)).items()
            for chunk in chunks
            if not scope or chunk.report in scope
        }

    def _beside(self, nearby: Collection[str]) -> frozenset[str]:
        around = [self._index.neighbours(p, before=_BEFORE, after=_AFTER) for p in nearby]
        return frozenset(passage.id for passages in around for passage in passages)

    def _lexical(self, wanted: Sequence[str], scope: Collection[str] | None) -> dict[str, float]:
        if not wanted:
            return {}
        weights = (1.0, _CONTEXT_WEIGHT)
        return dict(
            self._index.lexical_search(wanted, k=_CHUNKS, reports=scope or None, weights=weights)
        )

    def _hits(self, fused: Mapping[str, float], k: int) -> list[Hit]:
        ranked = sorted(fused, key=lambda chunk: -fused[chunk])
        chunks = self._index.chunks(ranked[: 4 * k + 20])
        best: dict[str, Chunk] = {}
        for chunk_id in ranked:
            if chunk_id in chunks and len(best) < k:
                best.setdefault(chunks[chunk_id].passage_id, chunks[chunk_id])
        passages = self._index.passages(list(best))
        return [
            Hit(passages[passage], fused[chunk.id], chunk)
            for passage, chunk in best.items()
            if passage in passages
        ]

    def _known_index(self) -> "_KnownIndex":
        state = self._index.state
        if self._known is None or self._known.state != state:
            reports = self._index.reports()
            self._known = _KnownIndex(
                state,
                Vocabulary(*self._index.vocabulary()),
                {report.name: report.metadata.district for report in reports},
                find_versions(reports),
            )
        return self._known


@dataclass(frozen=True, slots=True)
class _KnownIndex:
    """What is read of an index once, for as long as it stays as it is."""

    state: str
    vocabulary: Vocabulary
    places: dict[str, str]  # district of each report, by report name
    versions: tuple[Versions, ...]


def _fuse(words: Mapping[str, float], meaning: Mapping[str, float]) -> dict[str, float]:
    """Scale both searches to 0 to 1 and add them by weight."""
    most = max(words.values(), default=0.0) or 1.0
    low, high = min(meaning.values(), default=0.0), max(meaning.values(), default=1.0)
    spread = (high - low) or 1.0
    return {
        chunk: _WORDS_SHARE * words.get(chunk, 0.0) / most
        + (1 - _WORDS_SHARE) * (meaning.get(chunk, low) - low) / spread
        for chunk in {**words, **meaning}
    }


def _idf(frequency: int, chunks: int) -> float:
    """Inverse document frequency as in BM25 (Robertson and Zaragoza 2009, 3.3, kept positive)."""
    return math.log(1 + (chunks - frequency + 0.5) / (frequency + 0.5))
