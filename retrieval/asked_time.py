"""Tell what a report says of another year than the one asked for."""

import re
from collections.abc import Sequence
from functools import lru_cache

from records import ReportMetadata
from retrieval.answer_kinds import years
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
    return any(headings) and not any(asked in covered for covered in headings)


def of_the_asked_year(question: Question, found: Sequence[Candidate]) -> list[int]:
    """Give the places of the candidates that may be of the year asked for; all if none may."""
    kept = [n for n, each in enumerate(found) if not is_of_other_years(question, each)]
    return kept or list(range(len(found)))


def is_of_another_time(question: Question, best: Candidate, metadata: ReportMetadata) -> bool:
    """Say whether a question names only years that neither the candidate nor its report speaks of.

    A table's cell is of the years of its column and row; a clause may be of any year that its
    passage names or that its report covers.
    """
    asked = set(question.years)
    if not asked:
        return False
    passage = best.passage
    if best.column and years(best.column):
        return not asked & (years(best.column) | years(passage.label))
    said = " ".join((passage.text, passage.context, passage.label, *passage.section))
    return not asked & (years(said) | _covered(metadata))


def _covered(metadata: ReportMetadata) -> set[str]:
    """Give the years a report covers: its period, and the term of five years before its date."""
    period = sorted(int(year) for year in years(f"{metadata.period} {metadata.title}"))
    covered = set(range(period[0], period[-1] + 1)) if period else set()
    if dated := years(metadata.date):
        written = int(max(dated))
        covered |= set(range(written - 5, written + 1))
    return {str(year) for year in covered} or _EVERY_YEAR


_EVERY_YEAR = {str(year) for year in range(1900, 2100)}  # nothing tells what a report covers


@lru_cache(maxsize=4096)
def years_covered(text: str) -> frozenset[int]:
    """Give the years of a text, all of a period: "2021 - 2025" covers five."""
    covered: set[int] = set()
    for first, last in _YEARS.findall(text):
        start, end = int(first), int(last or first)
        covered.update(range(start, min(end, start + 50) + 1))
    return frozenset(covered)
