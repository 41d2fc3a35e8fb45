"""Tell which reports are one report in several files: other formats of it, drafts and the final one."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from records import IndexedReport, ReportMetadata
from vietnamese import fold

# A sketch is the smallest hashes of all runs of some words of a text: of two texts' smallest
# hashes taken together, the share that both have estimates the share of runs that both have
# (Broder 1997, "On the resemblance and containment of documents"), here to within some 0.03.
_KEPT = 256
_RUN = 4  # words
# Drafts of one report share 0.6 to 0.95 of their runs, a scan and its file some 0.5; reports of
# two years or two districts written after one model stay below 0.3.
_ALIKE = 0.45
_DRAFT = re.compile(r"\bdu thao\b(?: (?:lan|so|v)(?: thu)? ?(\d{1,2}|nhat|hai|ba|tu|nam|cuoi)\b)?")
_ORDINALS = {"nhat": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "cuoi": 99}
_DAY = re.compile(r"(?:ngay (\d{1,2}) )?thang (\d{1,2}) nam (20\d\d)")
# Of one report in several formats: where its text is surest.
_FORMATS = ("TEXT", "PDF", "RTF", "ODT", "DOC", "DOCX")


@dataclass(frozen=True, slots=True)
class Versions:
    """The files of one report, the one to answer from first."""

    reports: tuple[IndexedReport, ...]  # newest first

    @property
    def newest(self) -> IndexedReport:
        """The one that answers unless a question asks otherwise."""
        return self.reports[0]

    @property
    def older(self) -> tuple[IndexedReport, ...]:
        """The others."""
        return self.reports[1:]


def sketch_text(text: str) -> bytes:
    """Sketch a text, to see later how much of it another one has.

    Returns:
        Up to 256 hashes of 8 bytes each, in rising order.
    """
    words = re.findall(r"\w+", fold(text))
    runs = {" ".join(words[n : n + _RUN]) for n in range(max(1, len(words) - _RUN + 1))}
    hashes = sorted(hashlib.blake2b(run.encode(), digest_size=8).digest() for run in runs)
    return b"".join(islice(hashes, _KEPT))


def likeness(one: bytes, other: bytes) -> float:
    """Estimate the share of two texts' runs of words that both have, 0 to 1, from their sketches."""
    ours, theirs = np.frombuffer(one, ">u8"), np.frombuffer(other, ">u8")
    smallest = np.union1d(ours, theirs)[: max(len(ours), len(theirs))]
    if not len(smallest):
        return 0.0
    return float(np.isin(smallest, np.intersect1d(ours, theirs)).mean())


def find_draft(text: str) -> int | None:
    """Read which draft a title, file name or question speaks of.

    Returns:
        2 of "Dự thảo lần 2", 0 of a draft without number, None if it speaks of none.
    """
    match = _DRAFT.search(re.sub(r"[_\W]+", " ", fold(text)))
    if not match:
        return None
    said = match[1] or "0"
    return _ORDINALS.get(said) or int(said)


def find_versions(reports: Sequence[IndexedReport]) -> tuple[Versions, ...]:
    """Group the reports that are versions of one; a report by itself is in no group."""
    leader = {report.name: report.name for report in reports}

    def lead(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    by_name = {report.name: report for report in reports}
    for one, other in _sharing(reports):
        if is_version(by_name[one], by_name[other]):
            leader[lead(other)] = lead(one)
    groups: dict[str, list[IndexedReport]] = defaultdict(list)
    for report in reports:
        groups[lead(report.name)].append(report)
    return tuple(
        Versions(tuple(sorted(group, key=_age, reverse=True)))
        for group in groups.values()
        if len(group) > 1
    )


def is_version(one: IndexedReport, other: IndexedReport) -> bool:
    """Whether two reports are one: mostly the same words, and nothing that tells them apart."""
    return not _told_apart(one.metadata, other.metadata) and (
        likeness(one.sketch, other.sketch) >= _ALIKE
    )


def _told_apart(one: ReportMetadata, other: ReportMetadata) -> bool:
    """Whether both say what they are, and say different things."""
    said = [
        (fold(one.district), fold(other.district)),
        (one.period, other.period),
        (one.number, other.number),
        (_figures(one.title), _figures(other.title)),
    ]
    return any(ours and theirs and ours != theirs for ours, theirs in said)


def _figures(title: str) -> str:
    """Give the months, quarters and years of a title: what parts one report from the next."""
    return " ".join(sorted(re.findall(r"\d+|\b[IVX]+\b", title)))


def _sharing(reports: Iterable[IndexedReport]) -> list[tuple[str, str]]:
    """Give the pairs of reports that share enough hashes to be worth a look."""
    having: dict[bytes, list[str]] = defaultdict(list)
    for report in reports:
        for at in range(0, len(report.sketch), 8):
            having[report.sketch[at : at + 8]].append(report.name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in having.values():
        # Words that a fifth report has too are a model's, and would make this quadratic.
        for n, name in enumerate(names[:20]):
            shared.update((name, other) for other in names[n + 1 : 20])
    return sorted(pair for pair, count in shared.items() if count >= 8)


def _age(report: IndexedReport) -> tuple[bool, int, tuple[int, int, int], int, int, str]:
    """Sort drafts before final reports, then by number, date and format."""
    metadata, origin = report.metadata, report.origin
    draft = find_draft(metadata.draft)
    day = _DAY.search(fold(metadata.date))
    date = (int(day[3]), int(day[2]), int(day[1] or 0)) if day else (0, 0, 0)
    known = _FORMATS.index(origin.format) if origin.format in _FORMATS else 0
    return (draft is None, draft or 0, date, -len(origin.ocr_pages), known, report.name)
