"""Let one ingest at a time change an index, and say whether one does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from errors import AssistantError

_INGEST: Final = "ingest.lock"
_WATCH: Final = "watch.lock"
_MOMENT: Final = 0.5  # seconds; who only asks whether a lock is free holds it for far less


class IngestLock:
    """The lock of one index; the system frees it when a process ends, however it ends."""

    def __init__(self, index_dir: Path) -> None:
        """Take the index's folder."""
        self._folder = index_dir
        self._lock = FileLock(index_dir / _INGEST)

    @contextmanager
    def held(self, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Hold the lock.

        Args:
            on_wait: Called once if another ingest has to end first.

        Raises:
            AssistantError: The index's folder cannot be written to.
        """
        with self._named_errors():
            self._folder.mkdir(parents=True, exist_ok=True)
            if not self._taken(0):
                on_wait()
                self._lock.acquire()
        try:
            yield
        finally:
            self._lock.release()

    @contextmanager
    def held_if_free(self) -> Iterator[bool]:
        """Hold the lock unless an ingest does; say whether it is held now."""
        with self._named_errors():
            taken = self._taken(_MOMENT)
        try:
            yield taken
        finally:
            if taken:
                self._lock.release()

    @contextmanager
    def watching(self) -> Iterator[bool]:
        """Mark the index as kept in line with its folder; say false if another process does so."""
        lock = FileLock(self._folder / _WATCH)
        try:
            with self._named_errors():
                lock.acquire(timeout=_MOMENT)
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()

    def is_ingesting(self) -> bool:
        """Say whether an ingest is running, in whatever process."""
        return _is_held(self._folder / _INGEST)

    def is_watched(self) -> bool:
        """Say whether a process keeps the index in line with its folder."""
        return _is_held(self._folder / _WATCH)

    def _taken(self, seconds: float) -> bool:
        try:
            self._lock.acquire(timeout=seconds)
        except Timeout:
            return False
        return True

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except Timeout:
            raise
        except OSError as error:
            raise AssistantError(
                f"Không ghi được vào thư mục chỉ mục {self._folder} ({error.strerror}). "
                "Hãy kiểm tra quyền ghi và dung lượng đĩa."
            ) from error


def _is_held(path: Path) -> bool:
    if not path.exists():
        return False
    lock = FileLock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return True
    except OSError:
        return False  # this user may not write there, and cannot know
    lock.release()
    return False
