"""Answer questions over the indexed reports, and open the places that answers stand on."""

from dataclasses import dataclass

from errors import ReportNotFoundError
from records import Answer, Passage, Report
from retrieval.answering import compose_answer, refuse
from retrieval.clause_reader import ClauseReader
from retrieval.question_terms import weigh_terms
from retrieval.search import HybridSearch
from vectorstore.report_index import ReportIndex

_HITS = 10  # passages retrieved
_READ = 8  # passages read for the answer


@dataclass(frozen=True, slots=True)
class Source:
    """A passage in its report, with its neighbours."""

    report: Report
    passage: Passage
    before: tuple[Passage, ...]  # in reading order
    after: tuple[Passage, ...]


class Assistant:
    """Answers from one index; holds no conversation, so any number of people may share it."""

    def __init__(self, index: ReportIndex, search: HybridSearch, reader: ClauseReader) -> None:
        """Take the index, its search, and what reads the answer out of passages."""
        self._index = index
        self._search = search
        self._reader = reader

    def ask(self, text: str) -> Answer:
        """Answer a question with words of the reports, or say that they do not say it.

        Raises:
            InvalidQuestionError: The question is empty or far too long.
        """
        question = self._search.understand(text)
        vector = self._search.embed(question)
        hits = tuple(self._search.search(question, vector, k=_HITS))
        asked = weigh_terms(question, *self._search.idf(question))
        closeness = self._search.closeness(hits[:_READ], vector)
        read = self._reader.read(question, asked, hits[:_READ], closeness)
        if read is None or not read.is_answer or question.unknown_place:
            return refuse(question, hits)
        metadata = self._index.metadata(read.candidate.passage.report)
        return compose_answer(question, asked, read, metadata, hits)

    def open_source(self, passage_id: str, *, around: int = 2) -> Source:
        """Open a passage in its report.

        Args:
            passage_id: Of a citation or a hit.
            around: How many neighbours to give on each side.

        Raises:
            ReportNotFoundError: Its report was removed or replaced since it was cited.
        """
        passages = self._index.neighbours(passage_id, before=around, after=around)
        here = next((n for n, each in enumerate(passages) if each.id == passage_id), None)
        if here is None:
            raise ReportNotFoundError(
                "Báo cáo này đã được gỡ hoặc thay bằng bản khác sau khi trả lời. Hãy hỏi lại."
            )
        report = self._index.report(passages[here].report)
        return Source(report, passages[here], passages[:here], passages[here + 1 :])
