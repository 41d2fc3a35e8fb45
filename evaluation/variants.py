"""Make assistants with one of their parts switched off, to measure what it is worth.

The parts themselves know nothing of this: each variant is the shipped assistant with one of the
objects that it is made of replaced by one that leaves something out.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from assistant import Assistant
from records import Answer, Chunk, EarlierTurn, Hit
from retrieval.batch import Ask
from retrieval.clause_reader import ClauseReader, ReadAnswer
from retrieval.question import Question
from retrieval.question_terms import QuestionTerms
from retrieval.search import HybridSearch, QuestionEmbedder, Vector
from retrieval.wording import other_wordings
from settings import Settings
from vectorstore.embeddings import Embedder
from vectorstore.report_index import ReportIndex
from wiring import get_embedder, open_index


@dataclass(frozen=True, slots=True)
class Parts:
    """What an assistant is made of, loaded once for all variants."""

    index: ReportIndex
    embedder: Embedder
    blind_index: "IndexWithoutVectors"  # the same index

    @classmethod
    def load(cls, settings: Settings) -> Self:
        """Load what `wiring.build_assistant` loads.

        Raises:
            AssistantError: There is no index, it cannot be used, or the model cannot be loaded.
        """
        embedder = get_embedder(settings)
        blind = IndexWithoutVectors.open(
            settings.index_dir,
            embedder=embedder.name,
            dimension=embedder.dimension,
            chroma_url=settings.chroma_url,
        )
        return cls(open_index(settings), embedder, blind)


class IndexWithoutVectors(ReportIndex):
    """An index that knows its chunks by their words only."""

    def dense_search(
        self, vector: Vector, *, k: int, reports: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Find nothing."""
        return []

    def vectors(self, ids: Sequence[str]) -> dict[str, Vector]:
        """Give none."""
        return {}


class SearchWithoutWords(HybridSearch):
    """Finds by meaning alone; questions are understood and read as ever."""

    def search(
        self, question: Question, vector: Vector, *, k: int, nearby: Collection[str] = ()
    ) -> list[Hit]:
        """Search for no word."""
        wordless = replace(question, words=(), terms=(), wordings=())
        return super().search(wordless, vector, k=k, nearby=nearby)


class SearchWithoutMeaning(HybridSearch):
    """Finds by words alone; what is found is read as ever, its closeness in meaning included."""

    def __init__(self, parts: Parts) -> None:
        """Search the parts' index without its vectors."""
        super().__init__(parts.index, parts.embedder)
        self._by_words = HybridSearch(parts.blind_index, parts.embedder)

    def search(
        self, question: Question, vector: Vector, *, k: int, nearby: Collection[str] = ()
    ) -> list[Hit]:
        """Search for the words."""
        return self._by_words.search(question, vector, k=k, nearby=nearby)


class SearchWithoutWordings(HybridSearch):
    """Takes words as they were typed: no long form of an abbreviation, no official word."""

    def understand(self, text: str) -> Question:
        """Keep only the guesses at slips."""
        question = super().understand(text)
        listed = other_wordings(question.text)
        return replace(question, wordings=tuple(w for w in question.wordings if w not in listed))


class SearchWithoutGuesses(HybridSearch):
    """Takes syllables as they were typed, slips and all."""

    def understand(self, text: str) -> Question:
        """Keep only the listed wordings."""
        question = super().understand(text)
        listed = other_wordings(question.text)
        return replace(question, wordings=tuple(w for w in question.wordings if w in listed))


class SearchWithoutMarks(HybridSearch):
    """Embeds a question without diacritics as it was typed."""

    def __init__(self, index: ReportIndex, embedder: QuestionEmbedder) -> None:
        """Search an index; see `HybridSearch`."""
        super().__init__(index, embedder)
        self._as_typed = embedder

    def embed(self, question: Question) -> Vector:
        """Give the vector of what was typed."""
        return self._as_typed.embed_question(question.text)


class ReaderWithoutRefusal(ClauseReader):
    """Gives the best candidate as the answer, however unsure."""

    def read(
        self,
        question: Question,
        asked: QuestionTerms,
        hits: Sequence[Hit],
        closeness: Mapping[str, Sequence[tuple[Chunk, float]]],
    ) -> ReadAnswer | None:
        """Read as ever, and call the best candidate an answer."""
        read = super().read(question, asked, hits, closeness)
        return None if read is None else replace(read, is_answer=True)


@dataclass(frozen=True, slots=True)
class Variant:
    """An assistant that lacks one part, or none."""

    name: str  # of the file with its answers: "no-words"
    shown: str  # Vietnamese: what is left out
    make: Callable[[Parts], Ask]


def without_refusal(parts: Parts) -> Ask:
    """Answer whatever the confidence; a district without report is refused still."""
    reader = ReaderWithoutRefusal.load(parts.embedder.name)
    return Assistant(parts.index, _search(parts), reader).ask


def _without_dialogue(parts: Parts) -> Ask:
    assistant = Assistant(parts.index, _search(parts), _reader(parts))

    def ask_alone(text: str, earlier: Sequence[EarlierTurn]) -> Answer:
        return assistant.ask(text)

    return ask_alone


def _without_comparison(parts: Parts) -> Ask:
    return Assistant(
        parts.index, _search(parts), _reader(parts), find_comparison=lambda text, places: None
    ).ask


def _without_verification(parts: Parts) -> Ask:
    return Assistant(
        parts.index, _search(parts), _reader(parts), verify=lambda answer, index: answer
    ).ask


def _search(parts: Parts) -> HybridSearch:
    return HybridSearch(parts.index, parts.embedder)


def _reader(parts: Parts) -> ClauseReader:
    return ClauseReader.load(parts.embedder.name)


def _searching(make: Callable[[Parts], HybridSearch]) -> Callable[[Parts], Ask]:
    return lambda parts: Assistant(parts.index, make(parts), _reader(parts)).ask


VARIANTS = (
    Variant("full", "đủ các phần", _searching(_search)),
    Variant(
        "no-words", "bỏ tìm theo chữ", _searching(lambda p: SearchWithoutWords(p.index, p.embedder))
    ),
    Variant("no-meaning", "bỏ tìm theo nghĩa", _searching(SearchWithoutMeaning)),
    Variant(
        "no-wordings",
        "bỏ cách nói khác",
        _searching(lambda p: SearchWithoutWordings(p.index, p.embedder)),
    ),
    Variant(
        "no-guesses",
        "bỏ đoán lỗi gõ",
        _searching(lambda p: SearchWithoutGuesses(p.index, p.embedder)),
    ),
    Variant(
        "no-marks",
        "bỏ thêm dấu",
        _searching(lambda p: SearchWithoutMarks(p.index, p.embedder)),
    ),
    Variant("no-refusal", "bỏ từ chối", without_refusal),
    Variant("no-dialogue", "bỏ hiểu câu nối tiếp", _without_dialogue),
    Variant("no-comparison", "bỏ so sánh", _without_comparison),
    Variant("no-verification", "bỏ kiểm chứng", _without_verification),
)
