"""Search for a question and keep what was found, before anything is read out of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from records import Chunk, Hit
from retrieval.clause_reader import ReadAnswer
from retrieval.question import Question
from retrieval.question_terms import QuestionTerms, weigh_terms
from retrieval.search import HybridSearch
from vietnamese import pairs


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What was found for a question."""

    question: Question
    asked: QuestionTerms
    hits: tuple[Hit, ...]  # best first
    read_hits: tuple[Hit, ...]  # those of them that are read
    closeness: Mapping[str, tuple[tuple[Chunk, float], ...]]  # of these; see `HybridSearch`
    pair_weights: Mapping[str, float]  # of neighbouring words, "san_pham": as of single terms
    read: ReadAnswer | None = None  # what answers best; None where nothing does, or none was asked


def look_up(
    search: HybridSearch,
    question: Question,
    *,
    hits: int,
    read: int,
    nearby: Collection[str] = (),
) -> LookedUp:
    """Find the passages that may answer a question.

    Args:
        search: Searches the reports that the question names, or all.
        question: The question as understood.
        hits: How many passages to find.
        read: How many of them are to be read.
        nearby: Ids of passages that answered before; see `HybridSearch.search`.
    """
    vector = search.embed(question)
    found = tuple(search.search(question, vector, k=hits, nearby=nearby))
    asked = weigh_terms(question, *search.idf(question))
    weights, _ = search.idf(replace(question, terms=tuple(pairs(list(question.words)))))
    closeness = search.closeness(found[:read], vector)
    return LookedUp(question, asked, found, found[:read], closeness, weights)


def look_again(search: HybridSearch, found: LookedUp, words: str, *, hits: int) -> LookedUp:
    """Add the passages that other words for the same thing lead to.

    Args:
        search: As in `look_up`.
        found: What the question itself led to.
        words: Words with which another report says it.
        hits: How many passages to find.
    """
    question = replace(search.understand(words), reports=found.question.reports)
    known = {hit.passage.id for hit in found.hits}
    more = search.search(question, search.embed(question), k=hits)
    new = tuple(hit for hit in more if hit.passage.id not in known)
    closeness = {**found.closeness, **search.closeness(new, search.embed(found.question))}
    return replace(
        found, hits=(*found.hits, *new), read_hits=(*found.read_hits, *new), closeness=closeness
    )
