"""Answer a question with the words of a report: the shortest clause that says it, and its place."""

import re
from collections.abc import Iterator, Sequence

from prompts.answers import CANNOT_ANSWER, name_report, render_no_report, render_statement
from records import Answer, AnswerStatus, Citation, Hit, Passage, PassageKind, ReportMetadata, Span
from retrieval.candidates import Candidate
from retrieval.clause_reader import ReadAnswer
from retrieval.polarity import judge
from retrieval.question import AnswerKind, Question
from retrieval.question_terms import QuestionTerms
from spans import spans_within

# Characters of the answer's words. A figure is said in a clause, a list or a reason in sentences.
_LONGEST = {AnswerKind.LIST: 900, AnswerKind.REASON: 600}
_LONGEST_CLAUSE = 220
# A clause as short as this takes its neighbour along: "ước đạt 1.350 tỷ đồng, tăng 677 tỷ đồng".
_SHORT_CLAUSE = 110
# A quote is the sentence around the answer; of a longer one, the clauses around it. Characters.
_LONGEST_QUOTE = 500
_SHORT_REASON = 200  # shorter reasons are told with the sentence that follows
# "(5)- ", "4.1. ", "a) ", "- ", "⁵ ": the place in a list that a sentence is shown without.
_NUMBERING = re.compile(
    r"^(?:(?:\(\d+\)-?|\d+(?:\.\d+)*\.|[a-zđ]\)|[-+*•])\s+|[⁽(]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+[⁾)]?\s*)"
)
_NEAREST = 3  # passages cited when nothing answers


def compose_answer(
    question: Question,
    asked: QuestionTerms,
    read: ReadAnswer,
    metadata: ReportMetadata,
    hits: tuple[Hit, ...],
) -> Answer:
    """Say what the best candidate says, with the citations it stands on.

    Args:
        question: The question.
        asked: Its weighed terms.
        read: The candidate that answers.
        metadata: Of the candidate's report.
        hits: All passages retrieved, best first.
    """
    shown, quoted = _choose_words(question, asked, read)
    passage = read.candidate.passage
    citations = tuple(_cite(passage, quoted))
    footnote = passage.label if passage.kind is PassageKind.FOOTNOTE else ""
    source = name_report(metadata.kind, metadata.district, passage.report, footnote)
    polarity = (
        judge(question.text, read.candidate.text, shown)
        if question.kind is AnswerKind.YES_NO
        else ""
    )
    text = render_statement(source, shown, len(citations), polarity)
    return Answer(question.text, AnswerStatus.ANSWERED, text, citations, hits)


def refuse(question: Question, hits: tuple[Hit, ...]) -> Answer:
    """Say that the reports do not say it, with the nearest passages."""
    text = render_no_report(question.unknown_place) if question.unknown_place else CANNOT_ANSWER
    nearest = tuple(_citation(hit.passage, hit.chunk.spans[0]) for hit in hits[:_NEAREST])
    return Answer(question.text, AnswerStatus.NOT_FOUND, text, nearest, hits)


def _choose_words(question: Question, asked: QuestionTerms, read: ReadAnswer) -> tuple[str, Span]:
    """Choose the words to show, and the stretch of the passage to cite for them."""
    best, passage = read.candidate, read.candidate.passage
    if passage.kind is PassageKind.TABLE_ROW:
        return best.text, best.sentence
    if question.kind in _LONGEST:
        part = _sentences(question.kind, best, read.siblings)
    else:
        part = _grow(best, read.siblings, asked, _LONGEST_CLAUSE)
    quoted = best.sentence
    if quoted.end - quoted.start > _LONGEST_QUOTE:
        quoted = _grow(best, read.siblings, asked, _LONGEST_QUOTE)
    quoted = Span(min(part.start, quoted.start), max(part.end, quoted.end))
    shown = " ".join(passage.text[part.start : part.end].split())
    return _NUMBERING.sub("", shown).strip(" ,;:-–+").removesuffix("."), quoted


def _sentences(kind: AnswerKind, best: Candidate, siblings: Sequence[Candidate]) -> Span:
    """Take the sentence of the answer, with those after it that complete it."""
    longest = _LONGEST[kind]
    sentences = list(dict.fromkeys(candidate.sentence for candidate in siblings))
    start, end = best.sentence.start, best.sentence.end
    if end - start > longest:
        return _grow(best, siblings, None, longest)
    for following in sentences[sentences.index(best.sentence) + 1 :]:
        goes_on = best.passage.text[start:end].rstrip().endswith((":", ";"))
        short = kind is AnswerKind.REASON and end - start < _SHORT_REASON
        if not (goes_on or short) or following.end - start > longest:
            break
        end = following.end
    return Span(start, end)


def _grow(
    best: Candidate, siblings: Sequence[Candidate], asked: QuestionTerms | None, longest: int
) -> Span:
    """Add the clauses beside the best one that say more of what was asked.

    Args:
        best: The clause that answers.
        siblings: All candidates of its passage.
        asked: The question's weighed terms; None to take all that fits.
        longest: Characters that the result may have.
    """
    clauses = [each for each in siblings if each.sentence == best.sentence]
    first = last = next(n for n, each in enumerate(clauses) if each.span == best.span)

    def length(a: int, b: int) -> int:
        return clauses[b].span.end - clauses[a].span.start

    def worth(a: int, b: int) -> float:
        if asked is None:
            return float(b - a)
        words = frozenset(term for each in clauses[a : b + 1] for term in each.terms)
        return asked.coverage(words) + 0.01 * (length(a, b) <= _SHORT_CLAUSE) * (b - a)

    while True:
        wider = [
            (worth(a, b) - worth(first, last), a, b)
            for a, b in ((first, last + 1), (first - 1, last))
            if a >= 0 and b < len(clauses) and length(a, b) <= longest
        ]
        gain, a, b = max(wider, default=(0.0, first, last), key=lambda each: each[0])
        if gain <= 0:
            break
        first, last = a, b
    if length(0, last) <= longest:  # the subject stands at the head of the sentence
        first = 0
    return Span(clauses[first].span.start, clauses[last].span.end)


def _cite(passage: Passage, part: Span) -> Iterator[Citation]:
    for span in spans_within(passage.spans, part):
        yield _citation(passage, span)


def _citation(passage: Passage, span: Span) -> Citation:
    at = 0
    for own in passage.spans:
        if own.start <= span.start and span.end <= own.end:
            start = at + span.start - own.start
            quote = passage.text[start : start + span.end - span.start]
            return Citation(passage.report, passage.section, passage.page, quote, span, passage.id)
        at += own.end - own.start + 1
    raise ValueError(f"{span} is no part of passage {passage.id}")
