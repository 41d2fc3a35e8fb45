"""Find the words with which a locality's reports state what a question asks of all."""

import re
from functools import lru_cache

from retrieval.candidates import Candidate
from retrieval.clause_reader import gather_candidates
from retrieval.comparison_figures import is_target, with_long_forms
from retrieval.comparison_measure import Measure, read_measure
from retrieval.looking_up import LookedUp
from retrieval.polarity import Polarity, judge
from retrieval.question import Question
from vietnamese import fold

# What a clause must reach to count as saying what was asked.
_FLOOR = 0.7
_FLOOR_WITH_LEVEL = 0.62  # a level that was asked for stands there, which is much by itself
_BEFORE = 300  # characters of what stands before a sentence
_PART = re.compile(r"[,;:()]|\bva\b")
# A number that is part of a name, with its noun: "mức độ 3", "4 sao", "đô thị loại 4".
_LEVEL = re.compile(r"\b(?:muc do|cap do|loai|hang|khoa)\s+(?:\d+|[ivx]+)\b|\b\d+\s+sao\b")


def find_statement(found: LookedUp, *, confirming: bool) -> Candidate | None:
    """Give the clause that states what was asked; None if none surely does.

    Args:
        found: What was found in a locality's reports.
        confirming: The clause has to say that it is so, rather than answer a question.
    """
    if not confirming:
        answers = found.read is not None and found.read.is_answer
        return found.read.candidate if answers and found.read else None
    measure = read_measure(found)
    candidates = gather_candidates(found.read_hits, found.closeness)
    scored = [
        (_confirms(found.question, measure, each.candidate), -n)
        for n, each in enumerate(candidates)
    ]
    score, best = max(scored, default=(0.0, 0))
    floor = _FLOOR_WITH_LEVEL if _LEVEL.search(fold(found.question.text)) else _FLOOR
    return candidates[-best].candidate if score >= floor else None


def _confirms(question: Question, measure: Measure, candidate: Candidate) -> float:
    """Say how surely a clause says that something is so, 0 to 1."""
    if (
        is_target(candidate)
        or judge(question.text, candidate.text, candidate.text) is not Polarity.YES
    ):
        return 0.0
    clause = said = with_long_forms(candidate.text)
    if levels := tuple(_LEVEL.findall(fold(question.text))):
        part, others = _level_parts(fold(candidate.text), levels)
        said = with_long_forms(part)
        elsewhere = frozenset[str]().union(*map(with_long_forms, others))
        if not part or (elsewhere - said) & measure.pairs.keys():
            return 0.0
    passage = candidate.passage
    start = max(0, candidate.sentence.start - _BEFORE)
    around = clause | with_long_forms(
        f"{passage.text[start : candidate.sentence.end]} {passage.label}"
    )
    headings = with_long_forms(" ".join((*passage.section, passage.context)))
    return (
        0.3 * measure.terms_in(said)
        + 0.2 * measure.pairs_in(said)
        + 0.2 * measure.terms_in(clause)
        + 0.2 * measure.terms_in(around)
        + 0.1 * measure.terms_in(around | headings)
    )


@lru_cache(maxsize=4096)
def _level_parts(clause: str, levels: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Give the part of a clause that has the levels asked for, "" if none has, and those of others.

    "tiểu học mức độ 3 và trung học cơ sở mức độ 1" has not "trung học cơ sở mức độ 3".
    """
    parts = [part for part in _PART.split(" ".join(clause.split())) if _LEVEL.search(part)]
    own = next((part for part in parts if all(level in part for level in levels)), "")
    return own, tuple(part for part in parts if not any(level in part for level in levels))
