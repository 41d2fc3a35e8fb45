"""Tell the files that are as they were from those that have to be read."""

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from indexing.listing import Listing
from indexing.reader import Reader
from report_files import ReportFile, state_of
from vectorstore.file_ledger import SeenFile
from vectorstore.report_index import ReportIndex
from vectorstore.report_rows import ReadingNotes, Source


def vanished(files: Sequence[ReportFile]) -> list[ReportFile]:
    """Give those of some files that are not there any more, though their folder is."""
    return [file for file in files if _is_gone(file.path) and file.folder.is_dir()]


class Recogniser:
    """Knows what the last ingests saw of the files, and how they are to be read now."""

    def __init__(
        self, index: ReportIndex, listing: Listing, reader: Reader, *, retry: bool
    ) -> None:
        """Take what was seen before, and the corrections that people wrote.

        Raises:
            SettingsError: A folder's file of corrections is wrong.
        """
        self._reader = reader
        self._retry = retry
        self._files = index.files()
        self._corrections: dict[Path, Mapping[str, Mapping[str, str]]] = {
            folder: reader.load_corrections(folder)
            for folder in {file.folder for file in (*listing.reports, *dict(listing.closed))}
        }

    def seen(self, file: ReportFile) -> SeenFile | None:
        """Give what the last ingest saw of a file."""
        return self._files.get((file.place, file.name))

    def corrections(self, file: ReportFile) -> Mapping[str, str]:
        """Give the metadata of a file that a person has set."""
        return self._corrections[file.folder].get(file.name, {})

    def reading(self, file: ReportFile) -> str:
        """Say how a file is read now, in the words that `Source` keeps."""
        return json.dumps([self._reader.version, self.corrections(file)], sort_keys=True)

    def source(self, file: ReportFile, digest: str) -> Source:
        """Say what a report is made from."""
        path = str(file.path.relative_to(file.folder))
        return Source(digest, self.reading(file), file.place, path, file.member)

    def is_to_be_read_again(self, notes: ReadingNotes) -> bool:
        """Say whether a report that is as it was may be read better now."""
        unread = bool(notes.origin.unread_pages)
        return unread and self._retry and self._reader.reads_pictures()

    def known_problem(self, file: ReportFile, digest: str) -> str:
        """Give why a file could not be read, if that would be so again; else an empty string."""
        seen = self.seen(file)
        same = seen and (seen.digest, seen.reading) == (digest, self.reading(file))
        return seen.problem if seen and same and not self._retry else ""

    def digest(self, file: ReportFile) -> str:
        """Sum up what a file holds.

        Raises:
            OSError: It cannot be opened.
            UnreadableReportError: Its archive is damaged.
        """
        if file.member and self._reader.archives:
            content = self._reader.archives.read_member(file.path, file.member)
            return hashlib.sha256(content).hexdigest()
        with file.path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()

    def has_changed(self, file: ReportFile, digest: str) -> bool:
        """Say whether a file may hold something else than when it was found.

        Raises:
            OSError: It cannot be opened any more.
        """
        now = self.noted(file, digest, "")
        return not now.is_still(state_of(file.path)) and self.digest(file) != digest

    def look_again(self, file: ReportFile) -> ReportFile:
        """Give a file as it is now; as it was if it is there no more."""
        try:
            return replace(file, seen=time.time_ns(), state=state_of(file.path))
        except OSError:
            return file

    def noted(self, file: ReportFile, digest: str, problem: str) -> SeenFile:
        """Give what is to be remembered of a file."""
        path = str(file.path.relative_to(file.folder))
        return SeenFile(
            file.place,
            file.name,
            path,
            file.state,
            file.seen,
            digest,
            self.reading(file),
            problem,
        )

    def forgotten(self, listing: Listing) -> list[tuple[str, str]]:
        """Give the files, by folder and name, that lay in the folders and do no longer."""
        files = (*listing.reports, *dict(listing.closed))
        there = {(file.place, file.name) for file in files}
        return [key for key in self._files if key not in there and listing.is_gone(*key)]


def _is_gone(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False  # it may be there
    return False
