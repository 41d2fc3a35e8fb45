"""Compare the folder with what the index holds of it, and the index's three places with each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from errors import AssistantError
from indexing.listing import Listing, list_reports
from indexing.outcomes import Outcome
from indexing.reader import READER, Reader
from indexing.recognising import Recogniser
from report_files import FoundFiles, ReportFile, as_text, find_reports
from vectorstore.file_ledger import SeenFile
from vectorstore.report_index import ReportIndex
from vectorstore.report_rows import Source


class Difference(StrEnum):
    """In what way the index is not what the folder is."""

    NEW = "new"  # a file that is not indexed
    CHANGED = "changed"
    GONE = "gone"  # a report whose file is not there any more
    OLD_READING = "old_reading"  # read by an older version of the reader, or other corrections
    FAILED = "failed"  # a file that could not be read, and has not changed since
    UNREADABLE = "unreadable"  # a file or folder that cannot be opened now
    NO_VECTOR = "no_vector"  # a chunk that the index of meanings lacks
    NO_WORDS = "no_words"  # a chunk that the index of words lacks
    ORPHAN_VECTOR = "orphan_vector"  # of a chunk that no report has
    ORPHAN_WORDS = "orphan_words"
    UNFINISHED = "unfinished"  # the last ingest was cut off


@dataclass(frozen=True, slots=True)
class Found:
    """One difference."""

    difference: Difference
    name: str  # of the file, the report or the chunk
    message: str = ""  # Vietnamese: why, where it is known


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the index stands to the folders."""

    found: tuple[Found, ...]
    reports: int  # in the index
    chunks: int  # of these
    elsewhere: int  # reports from other folders, which were not looked at


@dataclass(frozen=True, slots=True)
class FolderNews:
    """How many files of a folder are not as the last ingest saw them."""

    new: int = 0
    changed: int = 0
    gone: int = 0

    @property
    def total(self) -> int:
        """How many there are in all."""
        return self.new + self.changed + self.gone


def compare(paths: Sequence[Path], *, index: ReportIndex, reader: Reader = READER) -> Comparison:
    """Name every difference between folders and the index, and within the index; change nothing.

    Args:
        paths: Files and folders.
        index: What ought to hold them.
        reader: Says what can be read, and how it is read now.
    """
    listing = list_reports(paths, reader)
    sources, files = index.sources(), index.files()
    recogniser = Recogniser(index, listing, reader, retry=False)
    there = {(file.place, file.name) for file in listing.reports}
    mine = {
        name
        for name, source in sources.items()
        if (source.folder, name) in there or listing.is_gone(source.folder, name)
    }
    gone = [name for name in mine if (sources[name].folder, name) not in there]
    found = [
        *filter(
            None, (_compare_file(file, recogniser, sources, files) for file in listing.reports)
        ),
        *(Found(Difference.GONE, name) for name in sorted(gone)),
        *_compare_others(listing),
        *_compare_places(index),
    ]
    return Comparison(tuple(found), len(sources), index.parts().chunks, len(sources) - len(mine))


def count_news(paths: Sequence[Path], *, index: ReportIndex, reader: Reader = READER) -> FolderNews:
    """Count the files that are not as the last ingest saw them, without opening any."""
    found = find_reports(paths, suffixes=reader.suffixes, aside=reader.aside)
    seen: dict[tuple[str, str], SeenFile] = {}
    for file in index.files().values():  # an archive is one file, however many are in it
        seen.setdefault((file.folder, as_text(file.path)), file)
    there = {(file.place, file.name): file for file in found.reports}
    changed = sum(seen[key].state != file.state for key, file in there.items() if key in seen)
    gone = sum(key not in there and _lay_in(found, *key) for key in seen)
    return FolderNews(len(there.keys() - seen.keys()), changed, gone)


def _lay_in(found: FoundFiles, folder: str, name: str) -> bool:
    return any(Path(folder, name).is_relative_to(as_text(str(root))) for root in found.folders)


def _compare_file(
    file: ReportFile,
    recogniser: Recogniser,
    sources: dict[str, Source],
    files: dict[tuple[str, str], SeenFile],
) -> Found | None:
    seen = files.get((file.place, file.name))
    try:
        same = seen is not None and seen.is_still(file.state)
        digest = seen.digest if seen and same else recogniser.digest(file)
    except OSError as error:
        return Found(Difference.UNREADABLE, file.name, f"không mở được tệp ({error.strerror})")
    except AssistantError as error:
        return Found(Difference.UNREADABLE, file.name, str(error))
    known = sources.get(file.name)
    if problem := recogniser.known_problem(file, digest):
        return Found(Difference.FAILED, file.name, problem)
    if known is None:
        return Found(Difference.NEW, file.name)
    if known.digest != digest:
        return Found(Difference.CHANGED, file.name)
    if known.folder == file.place and known.reading != recogniser.reading(file):
        return Found(Difference.OLD_READING, file.name)
    return None


def _compare_others(listing: Listing) -> list[Found]:
    return [
        Found(Difference.UNREADABLE, outcome.name, outcome.message)
        for outcome in listing.others
        if outcome.outcome is Outcome.FAILED
    ]


def _compare_places(index: ReportIndex) -> list[Found]:
    parts = index.parts()
    cut_off = parts.unfinished and not index.ingest.is_ingesting()
    message = "lần nạp trước bị ngắt giữa chừng; lần nạp sau sẽ làm tiếp"
    return [
        *([Found(Difference.UNFINISHED, "chỉ mục", message)] if cut_off else []),
        *(Found(Difference.NO_VECTOR, chunk, name) for chunk, name in parts.without_vector),
        *(Found(Difference.NO_WORDS, chunk, name) for chunk, name in parts.without_words),
        *(Found(Difference.ORPHAN_VECTOR, chunk) for chunk in parts.orphan_vectors),
        *(Found(Difference.ORPHAN_WORDS, str(row)) for row in parts.orphan_words),
    ]
