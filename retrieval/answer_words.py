"""Choose the words of a passage that answer: a clause, a sentence, a list or a reason."""

import re
from collections.abc import Sequence

from records import Passage, PassageKind, Span
from retrieval.answer_kinds import gives_reason
from retrieval.candidates import Candidate
from retrieval.question import AnswerKind, Question
from retrieval.question_terms import QuestionTerms

# Characters of the answer's words. A figure is said in a clause, a list or a reason in sentences.
_LONGEST = {AnswerKind.LIST: 1100, AnswerKind.REASON: 600}
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
_ITEM = re.compile(r"(?:[-+•*]|\(\d{1,2}\)|\d{1,2}[.)]|[a-zđ]\))-?\s")
_GIVES_CAUSE = re.compile(r"\W*(?:Nguyên nhân|Do |Vì |Bởi |Nhờ |Qua đó|Lý do|Từ đó)")


def choose_words(
    question: Question, asked: QuestionTerms, best: Candidate, siblings: Sequence[Candidate]
) -> tuple[Span, Span]:
    """Choose the words to show, and the stretch of the passage to cite for them.

    Args:
        question: The question.
        asked: Its weighed terms.
        best: The candidate that answers.
        siblings: All candidates of its passage, in reading order.

    Returns:
        Both as spans of the passage's text; of a table row its cell and the whole row.
    """
    if best.passage.kind is PassageKind.TABLE_ROW:
        return best.span, best.sentence
    if question.kind in _LONGEST:
        part = _sentences(question.kind, best, siblings)
    else:
        part = _grow(best, siblings, asked, _LONGEST_CLAUSE)
    quoted = best.sentence
    if quoted.end - quoted.start > _LONGEST_QUOTE:
        quoted = _grow(best, siblings, asked, _LONGEST_QUOTE)
    return part, Span(min(part.start, quoted.start), max(part.end, quoted.end))


def trim_words(passage: Passage, part: Span) -> str:
    """Give words of a passage on one line, without their place in a list or a closing stop."""
    shown = " ".join(passage.text[part.start : part.end].split())
    return _NUMBERING.sub("", shown).strip(" ,;:-–+").removesuffix(".")


def _sentences(kind: AnswerKind, best: Candidate, siblings: Sequence[Candidate]) -> Span:
    """Take the sentence of the answer, with those beside it that complete it."""
    longest = _LONGEST[kind]
    text = best.passage.text
    sentences = list(dict.fromkeys(candidate.sentence for candidate in siblings))
    start, end = best.sentence.start, best.sentence.end
    if end - start > longest:
        return _grow(best, siblings, None, longest)
    place = sentences.index(best.sentence)
    reason = kind is AnswerKind.REASON
    before = sentences[place - 1] if place else None
    if reason and before and _needs_before(text, before, best.sentence):
        start = before.start if end - before.start <= longest else start
    for following in sentences[place + 1 :]:
        said = text[following.start : following.end]
        told = text[start:end]
        goes_on = told.rstrip().endswith((":", ";")) or (
            bool(_ITEM.match(said)) and (bool(_ITEM.match(told)) or ":" in told)
        )
        if reason:
            goes_on = goes_on or end - start < _SHORT_REASON or bool(_GIVES_CAUSE.match(said))
        if not goes_on or following.end - start > longest:
            break
        end = following.end
    return Span(start, end)


def _needs_before(text: str, before: Span, sentence: Span) -> bool:
    """Whether a reason is told with the sentence before: what it is of, or the reason itself."""
    said = text[sentence.start : sentence.end]
    if _GIVES_CAUSE.match(said):
        return True
    return not gives_reason(said) and gives_reason(text[before.start : before.end])


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
