"""Tell which versions of a report a question is not about."""

import re
from collections.abc import Sequence

from records import IndexedReport
from versions import Versions, find_draft
from vietnamese import fold

_OLDER = re.compile(r"\b(?:ban|phien ban|van ban) (?:cu|truoc)\b")


def versions_not_asked(question: str, versions: Sequence[Versions]) -> frozenset[str]:
    """Name the reports to leave aside: all but the newest, unless a question asks for others.

    "Theo dự thảo lần 2, …" asks for that draft, "theo bản cũ" for those before the newest; where a
    report has no such version its newest one answers.
    """
    draft = find_draft(question)
    wants_older = bool(_OLDER.search(fold(question)))
    aside = set()
    for each in versions:
        wanted = _wanted(each, draft, wants_older=wants_older) or [each.newest]
        aside.update({report.name for report in each.reports} - {r.name for r in wanted})
    return frozenset(aside)


def _wanted(versions: Versions, draft: int | None, *, wants_older: bool) -> list[IndexedReport]:
    if draft is not None:
        drafts = [report for report in versions.reports if report.metadata.draft]
        return [r for r in drafts if find_draft(r.metadata.draft) == draft] or drafts[:1]
    return list(versions.older) if wants_older else []
