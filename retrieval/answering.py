"""Answer a question with the words of a report: the figure, the clause that says it, its place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from prompts.answers import (
    CANNOT_ANSWER,
    NOT_A_RESULT,
    NOT_A_TARGET,
    name_report,
    render_cell,
    render_marks,
    render_no_report,
    render_statement,
)
from records import (
    Answer,
    AnswerStatus,
    Citation,
    FigureStatus,
    Hit,
    Passage,
    PassageKind,
    ReportMetadata,
    Span,
)
from retrieval.answer_figure import PickedFigure, pick_figure
from retrieval.answer_kinds import speaks_of_target
from retrieval.answer_words import choose_words, trim_words
from retrieval.asked_figure import read_wanted
from retrieval.candidates import Candidate, cut_candidates
from retrieval.clause_reader import ReadAnswer
from retrieval.figure_lead import say_figure, status_of
from retrieval.list_answers import NEAR, Part, complete_list, find_lead
from retrieval.question import AnswerKind, Question
from retrieval.question_terms import QuestionTerms
from retrieval.said_status import column_status, mismatch, words_status, year_written
from retrieval.yes_no import answer_yes_no, candidate_at
from spans import spans_within
from vietnamese import fold

_NEAREST = 3  # passages cited when nothing answers
_DOT_DECIMAL = re.compile(r"(?<![\d.,])(\d+)\.(\d{1,2})(?![\d.,])")
_ABOVE = re.compile(r"^>\s*(?=\d)")


class ReadIndex(Protocol):
    """What is asked of the index."""

    def neighbours(self, passage_id: str, *, before: int, after: int) -> Sequence[Passage]:
        """Give a passage with those around it in its report, in reading order."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What answers, and what is said before it."""

    best: Candidate
    siblings: Sequence[Candidate]
    before: tuple[str, ...]  # "Có", "Huyện Mai Sơn có 20 sản phẩm OCOP"


def compose_answer(
    question: Question,
    asked: QuestionTerms,
    read: ReadAnswer,
    metadata: ReportMetadata,
    hits: tuple[Hit, ...],
    index: ReadIndex,
) -> Answer:
    """Say what the best candidate says, with the citations it stands on.

    Args:
        question: The question.
        asked: Its weighed terms.
        read: The candidate that answers.
        metadata: Of the candidate's report.
        hits: All passages retrieved, best first.
        index: Where the passages around it are read.
    """
    found = _find(question, asked, read, metadata, hits)
    passage = found.best.passage
    part, quoted = choose_words(question, asked, found.best, found.siblings)
    parts = [Part(passage, part)]
    if question.kind is AnswerKind.LIST:
        near = index.neighbours(passage.id, before=NEAR, after=NEAR)
        parts = complete_list(asked, found.best, part, near)
    is_row = passage.kind is PassageKind.TABLE_ROW
    if len(parts) > 1:
        said, citations = _say_parts(parts)
    else:
        citations = tuple(cite(passage, quoted))
        said = _say_cell(found.best) if is_row else trim_words(passage, part)
        if found.before and not is_row and said.count("“") == said.count("”"):
            said = f"“{said}”"
        said = f"{said} {render_marks(1, len(citations))}"
    source = name_report(
        metadata.kind,
        metadata.district,
        passage.report,
        footnote=passage.label if passage.kind is PassageKind.FOOTNOTE else "",
        table=_name_table(passage) if is_row else "",
    )
    text = render_statement(source, said, *found.before)
    return Answer(question.text, AnswerStatus.ANSWERED, text, citations, hits)


def refuse(question: Question, hits: tuple[Hit, ...]) -> Answer:
    """Say that the reports do not say it, with the nearest passages."""
    text = render_no_report(question.unknown_place) if question.unknown_place else CANNOT_ANSWER
    nearest = tuple(_citation(hit.passage, hit.chunk.spans[0]) for hit in hits[:_NEAREST])
    return Answer(question.text, AnswerStatus.NOT_FOUND, text, nearest, hits)


def cite(passage: Passage, part: Span) -> Iterator[Citation]:
    """Cite a stretch of a passage's text: one citation for each place where it stands."""
    for span in spans_within(passage.spans, part):
        yield _citation(passage, span)


def _say_parts(parts: Sequence[Part]) -> tuple[str, tuple[Citation, ...]]:
    """Say the parts of a list one after the other, each with its citations."""
    said: list[str] = []
    citations: list[Citation] = []
    for part in parts:
        first = len(citations) + 1
        citations += cite(part.passage, part.span)
        words = " ".join(part.passage.text[part.span.start : part.span.end].split())
        said.append(f"{words} {render_marks(first, len(citations))}")
    return " ".join(said), tuple(citations)


def _find(
    question: Question,
    asked: QuestionTerms,
    read: ReadAnswer,
    metadata: ReportMetadata,
    hits: Sequence[Hit],
) -> _Found:
    best, siblings = read.candidate, tuple(read.siblings)
    wanted = read_wanted(question.text, question.years, percent=question.percent)
    polarity, lead, figure = "", "", None
    if question.kind is AnswerKind.YES_NO:
        verdict = answer_yes_no(question, asked, best, siblings, hits)
        polarity, best, figure = verdict.polarity, verdict.best, verdict.figure
    elif question.kind is AnswerKind.LIST:
        best = find_lead(asked, best, hits)
        siblings = cut_candidates(best.passage)
    elif question.kind is AnswerKind.NUMBER:
        figure = pick_figure(wanted, asked, best, hits)
    if figure is not None:
        best, siblings = candidate_at(figure), cut_candidates(figure.passage)
        lead = say_figure(figure, wanted, asked, metadata)
    status = _status(best, figure, metadata)
    around = f"{best.sentence_text} {' '.join(best.passage.section)} {best.column}"
    other = mismatch(
        question.text, status, speaks_of_plans=speaks_of_target(around, year_written(metadata))
    )
    note = {FigureStatus.TARGET: NOT_A_TARGET, FigureStatus.RESULT: NOT_A_RESULT}
    said = (polarity, lead, note[other] if other and question.kind is AnswerKind.NUMBER else "")
    return _Found(best, siblings, tuple(sentence for sentence in said if sentence))


def _status(best: Candidate, figure: PickedFigure | None, metadata: ReportMetadata) -> FigureStatus:
    if figure is not None:
        return status_of(figure, metadata)
    if best.column:
        return column_status(best.column)
    return words_status(best.text, best.passage.section, year_written(metadata))


def _say_cell(cell: Candidate) -> str:
    value = cell.passage.text[cell.span.start : cell.span.end]
    value = _ABOVE.sub("trên ", _DOT_DECIMAL.sub(r"\1,\2", value))
    return render_cell(cell.passage.label.replace(" › ", " - "), cell.column, value)


def _name_table(passage: Passage) -> str:
    heading = fold(passage.section[-1]) if passage.section else ""
    return "phụ lục" if heading.startswith("phu luc") else "biểu"


def _citation(passage: Passage, span: Span) -> Citation:
    at = 0
    for own in passage.spans:
        if own.start <= span.start and span.end <= own.end:
            start = at + span.start - own.start
            quote = passage.text[start : start + span.end - span.start]
            return Citation(passage.report, passage.section, passage.page, quote, span, passage.id)
        at += own.end - own.start + 1
    raise ValueError(f"{span} is no part of passage {passage.id}")
