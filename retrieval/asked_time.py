"""Leave aside what a report says of another year than the one asked for."""

import re
from collections.abc import Sequence
from functools import lru_cache

from retrieval.candidates import Candidate
from retrieval.question import Question

_YEARS = re.compile(r"\b((?:19|20)\d\d)(?:\s*[-–]\s*((?:19|20)\d\d))?\b")


def is_of_other_years(question: Question, candidate: Candidate) -> bool:
    """Say whether a candidate stands under a heading, column or words of other years only.

    Of no year named, or of several, nothing is known to be another.
    """
    if len(question.years) != 1:
        return False
    passage = candidate.passage
    asked = int(question.years[0])
    own = years_covered(" ".join((passage.text, passage.context, passage.label, candidate.column)))
    if asked in own:
        return False
    headings = [years_covered(heading) for heading in passage.section]
    return any(headings) and not any(asked in years for years in headings)


def of_the_asked_year(question: Question, found: Sequence[Candidate]) -> list[int]:
    """Give the places of the candidates that may be of the year asked for; all if none may."""
    kept = [n for n, each in enumerate(found) if not is_of_other_years(question, each)]
    return kept or list(range(len(found)))


@lru_cache(maxsize=4096)
def years_covered(text: str) -> frozenset[int]:
    """Give the years of a text, all of a period: "2021 - 2025" covers five."""
    covered: set[int] = set()
    for first, last in _YEARS.findall(text):
        start, end = int(first), int(last or first)
        covered.update(range(start, min(end, start + 50) + 1))
    return frozenset(covered)
