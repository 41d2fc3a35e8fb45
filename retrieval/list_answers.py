"""Complete a list that goes on in the following passages, under its heading or in a footnote."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from records import Hit, Passage, PassageKind, Span
from retrieval.candidates import Candidate, cut_candidates
from retrieval.question_terms import QuestionTerms
from sentences import cut_sentences
from vietnamese import terms

NEAR = 14  # passages before and after that a list may reach into
_LONGEST = 2600  # characters of a list over several passages
_MOST_PASSAGES = 5  # as many as an answer cites
_ITEM = re.compile(r"\s*(?:[-+•*]\s|\(\d{1,2}\)|\d{1,2}[.)]\s|[a-zđ]\)\s)")
_RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# Share of the question that a heading must say for what stands under it to be the list, and that a
# sentence must say to lead a list; chosen on questions written for that.
_HEADING_SAYS = 0.6
_LEAD_SAYS = 0.6
_FEWEST_ITEMS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a passage's text that belongs to an answer."""

    passage: Passage
    span: Span


def find_lead(asked: QuestionTerms, best: Candidate, hits: Sequence[Hit]) -> Candidate:
    """Give the sentence that leads the list asked for ("gồm:"), or else the best candidate."""
    least = max(_LEAD_SAYS, asked.coverage(frozenset(best.around)) - 0.05)
    for hit in hits[:_MOST_PASSAGES]:
        if hit.passage.report != best.passage.report:
            continue
        for candidate in cut_candidates(hit.passage):
            leads = candidate.sentence_text.rstrip().endswith(":")
            if leads and asked.coverage(frozenset(candidate.around)) >= least:
                return candidate
    return best


def complete_list(
    asked: QuestionTerms, best: Candidate, part: Span, near: Sequence[Passage]
) -> list[Part]:
    """Give all parts of a list.

    Args:
        asked: The question's weighed terms.
        best: The candidate that answers.
        part: The stretch of its passage that tells.
        near: The passages around it in its report, in reading order, itself among them.

    Returns:
        The parts in reading order; only the given one where the list ends with it.
    """
    own = Part(best.passage, part)
    if best.passage.kind is not PassageKind.PARAGRAPH:
        return [own]
    under_heading = _under_heading(asked, best, near)
    if under_heading:
        return under_heading
    place = next(n for n, each in enumerate(near) if each.id == best.passage.id)
    goes_on = _going_on(own, near[place + 1 :])
    return [own, *goes_on] if goes_on else [own, *_footnotes(own, near)]


def _under_heading(asked: QuestionTerms, best: Candidate, near: Sequence[Passage]) -> list[Part]:
    """Give the items under the heading that the question names."""
    section = best.passage.section
    if not section or asked.coverage(frozenset(terms(section[-1]))) < _HEADING_SAYS:
        return []
    under = [
        each for each in near if each.section == section and each.kind is PassageKind.PARAGRAPH
    ]
    items = sum(bool(_ITEM.match(s)) for each in under for s in _sentences(each))
    if items < _FEWEST_ITEMS:
        return []
    return list(_within([Part(each, Span(0, len(each.text))) for each in under]))


def _going_on(own: Part, following: Sequence[Passage]) -> list[Part]:
    """Give what goes on in the next passages: items, after a colon or a semicolon."""
    text = own.passage.text
    if own.span.end < len(text.rstrip()) or not text.rstrip().endswith((":", ";")):
        return []
    parts = []
    for passage in following:
        if passage.kind is PassageKind.FOOTNOTE:
            continue  # printed between, at the foot of a page
        if passage.kind is not PassageKind.PARAGRAPH or passage.section != own.passage.section:
            break
        items = _leading_items(passage.text)
        if items is None:
            break
        parts.append(Part(passage, items))
        if items.end < len(passage.text.rstrip()):
            break
    return list(_within([own, *parts]))[1:]


def _leading_items(text: str) -> Span | None:
    """Give the items at the head of a text; None if it begins otherwise."""
    end = 0
    for sentence in cut_sentences(text):
        if not _ITEM.match(text[sentence.start : sentence.end]):
            break
        end = sentence.end
    return Span(0, end) if end else None


def _footnotes(own: Part, near: Sequence[Passage]) -> list[Part]:
    """Give the footnotes that the words refer to where those list something."""
    said = own.passage.text[own.span.start : own.span.end]
    marks = {mark.translate(_DIGITS) for mark in _RAISED.findall(said)}
    notes = [
        each
        for each in near
        if each.kind is PassageKind.FOOTNOTE and each.label in marks and _lists(each.text)
    ]
    return list(_within([own, *(Part(each, Span(0, len(each.text))) for each in notes)]))[1:]


def _lists(text: str) -> bool:
    return len(re.findall(r"[;,]\s", text)) >= _FEWEST_ITEMS - 1


def _sentences(passage: Passage) -> Iterator[str]:
    for sentence in cut_sentences(passage.text):
        yield passage.text[sentence.start : sentence.end]


def _within(parts: Sequence[Part]) -> Iterator[Part]:
    """Keep the parts that an answer has room for."""
    length = 0
    for part in parts[:_MOST_PASSAGES]:
        length += part.span.end - part.span.start
        if length > _LONGEST:
            return
        yield part
