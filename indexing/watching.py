"""Keep the index in line with folders: after every change, once the files are written to the end."""

import logging
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Final

from watchfiles import watch

from errors import AssistantError
from indexing.reader import Reader
from records import FileState
from report_files import find_reports, state_of

_REST: Final = 20  # a slow folder is given this many times as long as a look through it takes

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a watch does what, in seconds."""

    quiet: float = 1.0  # without a change, after which a file counts as written to the end
    wake: float = 0.3  # between two looks at files that are being written
    # Between two looks through the folders though the system tells of no change: it tells of none
    # on network drives, and may lose some.
    look: float = 2.0
    again: float = 30.0  # until what failed is tried again


def keep_in_line(
    paths: Sequence[Path],
    *,
    reader: Reader,
    ingest: Callable[[Collection[Path]], None],
    tell: Callable[[str], None],
    stop: Event,
    pace: Pace = Pace(),
) -> None:
    """Ingest folders now and after every change of a report, until told to stop.

    Args:
        paths: Files and folders.
        reader: Says which files are reports.
        ingest: Brings the index in line; given the files that are still being written.
        tell: Given what went wrong (Vietnamese); the watch goes on.
        stop: Ends the watch when set.
        pace: How often it does what.
    """
    files = _Files(paths, reader, pace.quiet)
    done: Mapping[Path, FileState] | None = None
    again = float("inf")
    for _ in _ticks(paths, files, stop, pace):
        settled = files.settled()
        if files.states == done and time.monotonic() < again:
            continue
        held = files.states.keys() - settled.keys()
        if done is None and held and not settled:
            continue  # seen only now: whether they are being written shows in a moment
        if settled == _without(done, held) and time.monotonic() < again:
            continue  # all that is new is still being written
        again = float("inf")
        try:
            ingest(held)
        except AssistantError as error:
            tell(str(error))
            again = time.monotonic() + pace.again
        except Exception:
            log.exception("unexpected error while watching")
            tell("Đã xảy ra lỗi ngoài dự kiến khi nạp; sẽ thử lại sau.")
            again = time.monotonic() + pace.again
        done = {**_only(done, held), **settled}


class _Files:
    """The reports that lie in the folders, and since when each is as it is."""

    def __init__(self, paths: Sequence[Path], reader: Reader, quiet: float) -> None:
        self._paths = paths
        self._reader = reader
        self._quiet = quiet
        self._since: dict[Path, float] = {}
        self.states: dict[Path, FileState] = {}
        self.seconds = 0.0  # that the last look took

    def look(self) -> None:
        """Look through the folders."""
        now = time.monotonic()
        found = find_reports(self._paths, suffixes=self._reader.suffixes, aside=self._reader.aside)
        states = {file.path: file.state for file in found.reports}
        for path in (folder / name for folder in found.folders for name in self._reader.aside):
            if path.is_file():
                states[path] = state_of(path)
        self._since = {
            path: self._since[path] if self.states.get(path) == state else now
            for path, state in states.items()
        }
        self.states, self.seconds = states, time.monotonic() - now

    def settled(self) -> dict[Path, FileState]:
        """Give the files that have not changed for a while."""
        before = time.monotonic() - self._quiet
        return {path: state for path, state in self.states.items() if self._since[path] <= before}

    @property
    def are_settled(self) -> bool:
        """Whether no file is being written."""
        return len(self.settled()) == len(self.states)


def _ticks(paths: Sequence[Path], files: _Files, stop: Event, pace: Pace) -> Iterator[None]:
    """Look through the folders whenever something may have changed, and say so."""
    looked = float("-inf")
    unsettled = True
    for told in _wakes(paths, stop, pace.wake):
        due = looked + max(pace.look, _REST * files.seconds)
        if told or unsettled or time.monotonic() >= due:
            files.look()
            looked = time.monotonic()
            unsettled = not files.are_settled
            yield


def _wakes(paths: Sequence[Path], stop: Event, wake: float) -> Iterator[bool]:
    """Wake several times a second; say whether the system told of a change."""
    while not stop.is_set():
        try:
            for changes in watch(
                *paths,
                watch_filter=None,
                debounce=int(1000 * wake),
                rust_timeout=int(1000 * wake),
                yield_on_timeout=True,
                stop_event=stop,
                raise_interrupt=False,
                ignore_permission_denied=True,
            ):
                yield bool(changes)
                if not all(path.exists() for path in paths):
                    break  # a folder made anew has to be watched anew
        except (OSError, RuntimeError) as error:
            # Of a system that can tell of no more folders, or a folder that is not there.
            log.debug("no events: %s", error)
            yield False
            stop.wait(wake)


def _without(
    states: Mapping[Path, FileState] | None, held: Collection[Path]
) -> dict[Path, FileState] | None:
    return None if states is None else {p: s for p, s in states.items() if p not in held}


def _only(states: Mapping[Path, FileState] | None, held: Collection[Path]) -> dict[Path, FileState]:
    return {path: state for path, state in (states or {}).items() if path in held}
