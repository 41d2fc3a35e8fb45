"""Answer questions over the indexed reports, and open the places that answers stand on."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from errors import AssistantError, ReportNotFoundError
from records import (
    Answer,
    AnswerStatus,
    Citation,
    EarlierTurn,
    IndexedReport,
    Origin,
    Passage,
    Report,
)
from retrieval.answering import compose_answer, refuse
from retrieval.asked_time import is_of_another_time
from retrieval.clause_reader import ClauseReader, ReadAnswer
from retrieval.comparing import compare, find_model, interleave_hits, keep_verified
from retrieval.comparison_question import (
    ComparisonQuestion,
    LocalityQuestion,
    ask_everywhere,
    understand_comparison,
)
from retrieval.contradiction_notes import note_contradictions
from retrieval.dialogue import resolve
from retrieval.looking_up import LookedUp, look_again, look_up
from retrieval.question import AnswerKind
from retrieval.search import HybridSearch
from retrieval.verification import verify_answer
from vectorstore.report_index import ReportIndex

FindComparison = Callable[[str, Mapping[str, str]], ComparisonQuestion | None]
Verify = Callable[[Answer, ReportIndex], Answer | None]

_HITS = 10  # passages retrieved
_READ = 8  # passages read for the answer
_TRIES = 3  # to answer while reports are removed or replaced
_COMPARED = 15  # passages retrieved for each locality of a comparison


@dataclass(frozen=True, slots=True)
class Source:
    """A passage in its report, with its neighbours."""

    report: Report
    passage: Passage
    before: tuple[Passage, ...]  # in reading order
    after: tuple[Passage, ...]
    origin: Origin  # how the report's file was read


class Assistant:
    """Answers from one index; holds no conversation, so any number of people may share it."""

    def __init__(
        self,
        index: ReportIndex,
        search: HybridSearch,
        reader: ClauseReader,
        *,
        find_comparison: FindComparison = understand_comparison,
        verify: Verify = verify_answer,
    ) -> None:
        """Take what it is made of.

        Args:
            index: What is asked about.
            search: Of the index.
            reader: Reads the answer out of passages.
            find_comparison: Tells a question across reports from one about one report.
            verify: Leaves out of an answer what does not stand in what it cites.
        """
        self._index = index
        self._search = search
        self._reader = reader
        self._find_comparison = find_comparison
        self._verify = verify
        self._known = ("", dict[str, IndexedReport]())

    def ask(self, text: str, earlier: Sequence[EarlierTurn] = ()) -> Answer:
        """Answer a question with words of the reports, or say that they do not say it.

        Args:
            text: The question as typed.
            earlier: The turns of the conversation before it, oldest first: what a follow-up is
                understood from.

        Raises:
            InvalidQuestionError: The question is empty or far too long.
            AssistantError: The reports change faster than the question can be answered.
        """
        for _ in range(_TRIES):
            state = self._index.state
            with suppress(ReportNotFoundError):  # removed while it was read
                answer = self._find_pages(self._ask(text, earlier))
                # Nothing is found where the reports to search were replaced meanwhile.
                if self._still_stands(answer) and (answer.hits or self._index.state == state):
                    return answer
        raise AssistantError("Các báo cáo đang được cập nhật. Hãy hỏi lại sau ít phút.")

    def _ask(self, text: str, earlier: Sequence[EarlierTurn]) -> Answer:
        if not earlier:
            return self._answer(text)
        understood = resolve(text, earlier, self._search.places, self._search)
        wordings = (understood.text, *understood.looser)
        answers = (self._answer(wording, understood.nearby) for wording in wordings)
        tried = []
        for answer in answers:
            tried.append(answer)
            if answer.status is AnswerStatus.ANSWERED:
                break
        best = tried[-1] if tried[-1].status is AnswerStatus.ANSWERED else tried[0]
        as_typed = best is tried[0] and not understood.changed
        return replace(best, question=text, asked="" if as_typed else best.question)

    def _still_stands(self, answer: Answer) -> bool:
        """Say whether all that an answer shows is in the index now: reports go while it is made."""
        shown = {citation.passage_id for citation in answer.citations}
        shown |= {hit.passage.id for hit in answer.hits}
        return shown == self._index.passages(shown).keys()

    def _answer(self, text: str, nearby: Collection[str] = ()) -> Answer:
        comparison = self._find_comparison(text, self._search.places)
        if comparison is not None:
            return self._compare(text, comparison)
        if everywhere := ask_everywhere(text, self._search.places):
            answer = self._compare(text, everywhere)
            if answer.comparison and answer.comparison.told > 1:
                return answer
        question = self._search.understand(text)
        found = look_up(self._search, question, hits=_HITS, read=_READ, nearby=nearby)
        read = self._read(found)
        if read is None or not read.is_answer or question.unknown_place:
            return refuse(question, found.hits)
        metadata = self._index.metadata(read.candidate.passage.report)
        if is_of_another_time(question, read.candidate, metadata):
            return refuse(question, found.hits)
        answer = compose_answer(question, found.asked, read, metadata, found.hits, self._index)
        answer = note_contradictions(answer, self._index)
        answer = replace(answer, confidence=read.confidence)
        return self._verify(answer, self._index) or refuse(question, found.hits)

    def _compare(self, text: str, question: ComparisonQuestion) -> Answer:
        found = [self._ask_locality(part, numeric=question.numeric) for part in question.parts]
        if model := find_model(question, found):
            found = [look_again(self._search, each, model, hits=_READ) for each in found]
        answer = compare(text, question, found)
        if answer and (verified := self._verify(answer, self._index)):
            return keep_verified(answer, verified)
        return refuse(self._search.understand(text), interleave_hits(found))

    def _ask_locality(self, part: LocalityQuestion, *, numeric: bool) -> LookedUp:
        question = replace(self._search.understand(part.text), reports=part.locality.reports)
        if numeric:
            question = replace(question, kind=AnswerKind.NUMBER)
            return look_up(self._search, question, hits=_COMPARED, read=_COMPARED)
        found = look_up(self._search, question, hits=_COMPARED, read=_READ)
        return replace(found, read=self._read(found))

    def _read(self, found: LookedUp) -> ReadAnswer | None:
        return self._reader.read(found.question, found.asked, found.read_hits, found.closeness)

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
        listed = self._reports().get(report.name)
        origin = listed.origin if listed else Origin()
        return Source(report, passages[here], passages[:here], passages[here + 1 :], origin)

    def _find_pages(self, answer: Answer) -> Answer:
        """Say of each citation on which page it stands, and whether that was read from a picture."""
        reports = self._reports()
        found = (
            self._find_page(citation, reports[citation.report].origin)
            if citation.report in reports
            else citation
            for citation in answer.citations
        )
        return replace(answer, citations=tuple(found))

    def _find_page(self, citation: Citation, origin: Origin) -> Citation:
        if not origin.pages:
            return citation
        # A passage may begin on an earlier page than the words of it that are quoted.
        places = self._index.places(citation.report, citation.span)
        pages: list[int | None] = [place.page for place in places]
        return replace(
            citation,
            page=pages[0] if pages else citation.page,
            from_picture=not set(pages or [citation.page]).isdisjoint(origin.ocr_pages),
        )

    def _reports(self) -> dict[str, IndexedReport]:
        """Give the reports by name, read once for as long as the index stays as it is."""
        state = self._index.state
        if self._known[0] != state:
            self._known = (state, {report.name: report for report in self._index.reports()})
        return self._known[1]
