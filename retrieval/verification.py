"""Check everything an answer says against the passages it cites, before it is shown.

Whatever wrote the answer, clauses of the reports or a language model: each figure, unit, date,
document number and name of a statement has to stand in the passages that the statement cites, each
quote has to be the report's, and a sum has to be one. A statement with a fault is left out.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from quantities import find_quantities
from records import (
    Answer,
    AnswerStatus,
    Check,
    Citation,
    IndexedReport,
    Matter,
    Passage,
    Report,
    Span,
    Verification,
)
from retrieval.checked_facts import check_facts
from retrieval.computations import check_computations
from retrieval.evidence import Evidence
from retrieval.statements import MARK, Statement, cut_statements, find_quotes
from vietnamese import normalise

_NOT_STORED_FORM = "có ký tự ẩn hoặc dấu chưa dựng sẵn"
_NO_CITATION = "không có trích dẫn này"
_WRONG_QUOTE = "trích dẫn không đúng nguyên văn báo cáo"
_NOT_QUOTED = "không đúng nguyên văn đoạn được trích dẫn"
_ELLIPSIS = re.compile(r"^\s*(?:…|\.\.\.)\s*|\s*(?:…|\.\.\.)\s*$")
_GAP = re.compile(r"\s(?:…|\(…\)|\[…\])\s")


class CheckedIndex(Protocol):
    """What is asked of the index."""

    def passages(self, ids: Collection[str]) -> Mapping[str, Passage]:
        """Give passages by id."""

    def report(self, name: str) -> Report:
        """Give a report's stored text and metadata."""

    def reports(self) -> Sequence[IndexedReport]:
        """List the reports."""


def verify_answer(answer: Answer, index: CheckedIndex) -> Answer | None:
    """Leave out of an answer what does not stand in what it cites.

    Returns:
        The answer, its `verification` filled; None if nothing that stands on a citation is left.
    """
    evidence = gather_evidence(answer.citations, index)
    places = frozenset(r.metadata.district for r in index.reports() if r.metadata.district)
    struck: list[str] = []
    while True:
        verified = verify(answer.text, evidence, places)
        if not verified.faults:
            break
        faulty = [
            statement.span
            for statement in cut_statements(answer.text)
            if any(_meet(check.span, statement.span) for check in verified.faults)
        ]
        struck += [answer.text[span.start : span.end].strip() for span in faulty]
        text, kept = _leave_out(answer.text, faulty)
        answer = replace(answer, text=text, citations=tuple(answer.citations[n - 1] for n in kept))
        evidence = [evidence[n - 1] for n in kept]
    if answer.status is AnswerStatus.ANSWERED and not MARK.search(answer.text):
        return None
    return replace(answer, verification=replace(verified, struck=tuple(struck)))


def gather_evidence(citations: Sequence[Citation], index: CheckedIndex) -> list[Evidence | None]:
    """Open the passages that citations lead to; None for one that leads nowhere."""
    passages = index.passages([citation.passage_id for citation in citations])
    reports = {name: index.report(name) for name in {each.report for each in passages.values()}}
    found: list[Evidence | None] = []
    for citation in citations:
        passage = passages.get(citation.passage_id)
        report = reports.get(citation.report)
        if passage is None or report is None or passage.report != citation.report:
            found.append(None)
        else:
            found.append(Evidence(citation, passage, report.metadata, report.text))
    return found


def verify(
    text: str, evidence: Sequence[Evidence | None], places: Collection[str] = ()
) -> Verification:
    """Check what an answer's text says.

    Args:
        text: The answer; "[1]" points at the first of `evidence`.
        evidence: What its citations lead to; None for one that leads nowhere.
        places: Districts that have a report, which may be named to say that it does not tell.

    Returns:
        All that was checked, with spans of `text`, in reading order.
    """
    if normalise(text) != text:
        fault = Check(Matter.TEXT, Span(0, len(text)), text, _NOT_STORED_FORM)
        return Verification((fault,))
    checks = [*_check_marks(text, evidence)]
    statements = cut_statements(text)
    quotes = find_quotes(text)
    proved: list[tuple[Statement, list[Span]]] = []
    computed = []
    for statement in statements:
        cited = _cited(statement, evidence)
        own = [_check_quote(text, quote, cited) for quote in quotes if _meet(quote, statement.span)]
        checks += [figure for quote in own if not quote.fault for figure in _figures_of(quote)]
        sums, results = check_computations(text, statement.span, cited)
        computed += results
        checks += [*own, *sums]
        proved.append((statement, [check.span for check in (*own, *sums)]))
    for statement, done in proved:
        cited = _cited(statement, evidence)
        checks += check_facts(text, statement, cited, done, computed, places)
    return Verification(tuple(sorted(checks, key=lambda check: check.span)))


def _check_marks(text: str, evidence: Sequence[Evidence | None]) -> list[Check]:
    checks = []
    for mark in MARK.finditer(text):
        number = int(mark[1])
        found = evidence[number - 1] if 1 <= number <= len(evidence) else None
        fault = _NO_CITATION if found is None else "" if found.is_verbatim else _WRONG_QUOTE
        checks.append(Check(Matter.QUOTE, Span(*mark.span()), mark[0], fault))
    return checks


def _cited(statement: Statement, evidence: Sequence[Evidence | None]) -> list[Evidence]:
    numbers = [number for number in statement.cited if 1 <= number <= len(evidence)]
    return [found for number in numbers if (found := evidence[number - 1])]


def _check_quote(text: str, quote: Span, cited: Sequence[Evidence]) -> Check:
    said = text[quote.start : quote.end]
    pieces = [" ".join(piece.split()) for piece in _GAP.split(_ELLIPSIS.sub("", said))]
    stands = any(
        said == found.citation.report  # a report is named by its file where nothing better is known
        or " ".join(said.split()) in found.words
        or all(piece in found.words for piece in pieces)
        for found in cited
    )
    return Check(Matter.QUOTE, quote, said, "" if stands else _NOT_QUOTED)


def _figures_of(quote: Check) -> list[Check]:
    """Count the figures of a quote that holds: they stand in the report as the quote does."""
    return [
        Check(
            Matter.FIGURE,
            Span(quote.span.start + figure.span.start, quote.span.start + figure.span.end),
            quote.said[figure.span.start : figure.span.end],
        )
        for figure in find_quantities(quote.said)
    ]


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _leave_out(text: str, faulty: Sequence[Span]) -> tuple[str, list[int]]:
    """Cut statements out of a text, and number its citations anew.

    Returns:
        The text, and the old numbers of the citations that are left, in their new order.
    """
    for span in sorted(faulty, reverse=True):
        text = f"{text[: span.start].rstrip(' ')} {text[span.end :].lstrip(' ')}"
    lines = [line.strip() for line in text.split("\n")]
    text = "\n".join(line for line in lines if line).strip()
    kept = sorted({int(number) for number in MARK.findall(text)})
    return MARK.sub(lambda mark: f"[{kept.index(int(mark[1])) + 1}]", text), kept
