"""Bring the index in line with folders of reports, and tell how it stands to them."""

from indexing.bring_in_line import index_reports
from indexing.outcomes import FileOutcome, IngestSummary, LeftOutCount, Outcome, Progress
from indexing.reader import READER, Reader

__all__ = [
    "READER",
    "FileOutcome",
    "IngestSummary",
    "LeftOutCount",
    "Outcome",
    "Progress",
    "Reader",
    "index_reports",
]
