"""Go through the files of one ingest: remove what is gone, and index what there is."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from errors import AssistantError, ReportNotFoundError
from indexing.listing import Listing
from indexing.outcomes import (
    FileOutcome,
    Outcome,
    Progress,
    failed_outcome,
    stored_outcome,
    unchanged_outcome,
)
from indexing.reader import Reader
from indexing.recognising import Recogniser, vanished
from records import IndexedReport, ReadReport
from report_files import ReportFile
from vectorstore.file_ledger import SeenFile
from vectorstore.index_writer import IndexWriter
from vectorstore.report_index import ReportIndex
from vectorstore.report_rows import Source

_TRIES: Final = 3  # to read a file that changes while it is read
_SWEEP: Final = 2.0  # seconds between two looks for files that were deleted meanwhile


class Ingest:
    """One run: what is in the index so far, and what was seen of the files."""

    def __init__(
        self,
        index: ReportIndex,
        writer: IndexWriter,
        reader: Reader,
        recogniser: Recogniser,
        on_progress: Callable[[Progress], None],
        files: list[FileOutcome],
    ) -> None:
        """Take what it is made of; `files` is told what is done as it is done."""
        self._files = files
        self._index = index
        self._writer = writer
        self._reader = reader
        self._recogniser = recogniser
        self._on_progress = on_progress
        self._sources = index.sources()
        self._indexed = {report.name: report for report in index.reports()}
        self._notes = index.reading_notes()
        self._seen: list[SeenFile] = []
        self._there: list[ReportFile] = []  # that the index holds now, as it ought to
        self._swept = time.monotonic()
        self._next: ReportFile | None = None  # to be read after the one that is at hand

    def run(self, listing: Listing) -> None:
        """Remove what is gone and index what there is."""
        for archive, problem in listing.closed:
            self._note(archive, "", problem=problem)
        try:
            for name in self._gone(listing):
                self._remove(name)
                self._files.append(FileOutcome(name, Outcome.REMOVED))
            as_it_was = {file.name: self._unchanged(file) for file in listing.reports}
            self._files += filter(None, as_it_was.values())
            self._there = list(listing.reports)
            news = [file for file in listing.reports if as_it_was[file.name] is None]
            for position, file in enumerate(news, 1):
                self._next = news[position] if position < len(news) else None
                start = Progress(file.name, position, len(news))
                self._tell(start)
                outcome = self._index_file(file, start)
                if outcome:
                    self._files.append(outcome)
                    end = Progress(file.name, position, len(news), outcome=outcome)
                    self._tell(end)
            if news:
                self._sweep()
        finally:
            self._note_seen()
            self._writer.forget_files(self._recogniser.forgotten(listing))

    def _tell(self, progress: Progress) -> None:
        self._on_progress(progress)
        if time.monotonic() - self._swept > _SWEEP:
            self._sweep()

    def _sweep(self) -> None:
        """Forget the reports whose files were deleted since the folders were listed.

        A long ingest does not wait with that for its end: nobody is to be answered from them.
        """
        for file in vanished(self._there):
            self._there.remove(file)
            known = self._sources.get(file.name)
            if known and known.folder == file.place:
                self._remove(file.name)
                self._files.append(FileOutcome(file.name, Outcome.REMOVED))
        self._note_seen()  # not lost if this ingest is cut off
        self._swept = time.monotonic()

    def _note_seen(self) -> None:
        self._writer.note_files(self._seen)
        self._seen.clear()

    def _gone(self, listing: Listing) -> list[str]:
        there = {(file.place, file.name) for file in listing.reports}
        return [
            name
            for name, source in self._sources.items()
            if (source.folder, name) not in there and listing.is_gone(source.folder, name)
        ]

    def _unchanged(self, file: ReportFile) -> FileOutcome | None:
        """Give the outcome of a file that is seen to be as it was without opening it."""
        seen = self._recogniser.seen(file)
        if seen is None or not seen.is_still(file.state):
            return None
        return self._known(file, seen.digest)

    def _known(self, file: ReportFile, digest: str) -> FileOutcome | None:
        """Give the outcome of a file whose content is known, if there is nothing to do."""
        reading = self._recogniser.reading(file)
        known = self._sources.get(file.name)
        if known == Source(digest, reading, file.place):
            notes = self._notes.get(file.name)
            if notes is None or not self._recogniser.is_to_be_read_again(notes):
                return self._as_it_is(file.name)
        elif known is None and (problem := self._recogniser.known_problem(file, digest)):
            return failed_outcome(file.name, problem)
        return None

    def _index_file(self, file: ReportFile, progress: Progress) -> FileOutcome | None:
        started = time.perf_counter()
        for _ in range(_TRIES):
            try:
                digest = self._recogniser.digest(file)
                if as_it_was := self._known(file, digest) or self._of_other_folder(file, digest):
                    self._note(file, digest, problem=as_it_was.message)
                    return as_it_was
                read = self._read(file, digest, progress)
            except (FileNotFoundError, ReportNotFoundError):
                return self._vanished(file)
            except OSError as error:
                return self._unopened(file, f"không mở được tệp ({error.strerror})")
            except AssistantError as error:
                return self._unopened(file, str(error).removeprefix(f"{file.name}: "))
            if isinstance(read, FileOutcome):
                return read
            if read is not None:
                return self._put(file, read, progress, started)
            file = self._recogniser.look_again(file)
        return self._unopened(file, "tệp đang được ghi; hãy nạp lại khi tệp đã ghi xong")

    def _of_other_folder(self, file: ReportFile, digest: str) -> FileOutcome | None:
        """Give the outcome of a file whose name another folder's report has."""
        known = self._sources.get(file.name)
        if known is None or known.folder == file.place:
            return None
        if not Path(known.folder, known.path or file.name).exists():
            return None  # its folder was moved
        if known.digest == digest:
            return self._as_it_is(file.name)
        return failed_outcome(
            file.name,
            f"{file.name}: đã có báo cáo khác cùng tên, từ thư mục {known.folder}. "
            "Hãy đổi tên một trong hai tệp rồi nạp lại.",
        )

    def _read(
        self, file: ReportFile, digest: str, progress: Progress
    ) -> ReadReport | FileOutcome | None:
        """Read a file; give the failure if it cannot be, and nothing if it changed meanwhile."""
        try:
            read = self._reader.read(
                file.path,
                name=file.name,
                member=file.member,
                corrections=self._recogniser.corrections(file),
                cache=self._reader.cache,
                on_page=lambda page, pages: self._tell(replace(progress, page=page, pages=pages)),
            )
        except ReportNotFoundError:
            raise
        except AssistantError as error:
            if self._recogniser.has_changed(file, digest):
                return None
            self._note(file, digest, problem=str(error))
            return self._unreadable(file.name, str(error))
        same = read.report.digest == digest and not self._recogniser.has_changed(file, digest)
        return read if same else None

    def _read_ahead(self) -> None:
        """Let the next file be read while the one at hand is embedded."""
        file, begin = self._next, self._reader.begin
        if file is None or begin is None:
            return
        with suppress(OSError, AssistantError):  # found again, and told, when it is its turn
            digest = self._recogniser.digest(file)
            if not (self._known(file, digest) or self._of_other_folder(file, digest)):
                begin(
                    file.path,
                    name=file.name,
                    member=file.member,
                    corrections=self._recogniser.corrections(file),
                    cache=self._reader.cache,
                )

    def _put(
        self, file: ReportFile, read: ReadReport, progress: Progress, started: float
    ) -> FileOutcome:
        source = self._recogniser.source(file, read.report.digest)
        self._read_ahead()
        embedded = self._writer.put(
            read,
            source,
            on_embedded=lambda done, to_embed: self._tell(
                replace(progress, embedded=done, to_embed=to_embed)
            ),
        )
        outcome = Outcome.REPLACED if file.name in self._sources else Outcome.ADDED
        self._sources[file.name] = source
        self._note(file, source.digest)
        seconds = time.perf_counter() - started
        return stored_outcome(read, outcome, embedded=embedded, seconds=seconds)

    def _as_it_is(self, name: str) -> FileOutcome:
        report: IndexedReport | None = self._indexed.get(name)
        if report is None:  # indexed a moment ago, from another folder
            self._indexed = {each.name: each for each in self._index.reports()}
            self._notes = self._index.reading_notes()
            report = self._indexed[name]
        return unchanged_outcome(report, self._notes[name])

    def _unreadable(self, name: str, message: str) -> FileOutcome:
        # The file is another one than was indexed: what the index holds is no longer what it says.
        if name in self._sources:
            self._remove(name)
            message += " Nội dung cũ của báo cáo này đã được gỡ khỏi chỉ mục."
        return failed_outcome(name, message)

    def _unopened(self, file: ReportFile, reason: str) -> FileOutcome:
        message = f"{file.name}: {reason.rstrip('.')}."
        seen = self._recogniser.seen(file)
        if seen is not None and seen.state == file.state:
            return failed_outcome(file.name, message)  # as it was when it was read
        self._note(file, "", problem=message)
        return self._unreadable(file.name, message)

    def _vanished(self, file: ReportFile) -> FileOutcome | None:
        known = self._sources.get(file.name)
        if known is None or known.folder != file.place:
            return None
        self._remove(file.name)
        return FileOutcome(file.name, Outcome.REMOVED)

    def _remove(self, name: str) -> None:
        self._writer.remove(name)
        del self._sources[name]

    def _note(self, file: ReportFile, digest: str, *, problem: str = "") -> None:
        self._seen.append(self._recogniser.noted(file, digest, problem))
