"""Find the report files among paths given by a person, and give each its name."""

import os
import time
import unicodedata
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from records import FileState

# What systems, editors and browsers leave beside a person's files.
_LEFT_BY_SYSTEMS = frozenset({"thumbs.db", "desktop.ini"})
_UNFINISHED = (".tmp", ".part", ".crdownload", ".download", "~")


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file to read, and what the index will call it."""

    path: Path
    name: str  # relative to the folder, with "/", NFC: "2024/mai-son.txt"; "x.zip/a.docx"
    folder: Path  # resolved; the folder given, or that of a file given by itself
    state: FileState
    seen: int  # ns since 1970, just before `state` was taken
    member: str = ""  # of an archive: the file in it

    @property
    def place(self) -> str:
        """The folder, as the index keeps it."""
        return as_text(str(self.folder))


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that is not taken, and why."""

    name: str
    reason: str  # Vietnamese
    folder: Path


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """What lies at the paths given."""

    reports: tuple[ReportFile, ...]
    skipped: tuple[Skipped, ...]  # of no kind that can be read
    refused: tuple[Skipped, ...]  # reports that cannot be taken
    unlisted: tuple[Skipped, ...]  # folders that cannot be opened: what is there is not known
    missing: tuple[Path, ...]  # paths at which nothing is
    folders: tuple[Path, ...]  # resolved; those given, whose files are all among `reports`


def find_reports(
    paths: Sequence[Path], *, suffixes: Collection[str], aside: Collection[str] = ()
) -> FoundFiles:
    """List the files at the paths: those of a folder with its subfolders, in order of name.

    Links are followed, and no folder or file is taken twice.

    Args:
        paths: Files and folders. A file given by itself is taken whatever its kind.
        suffixes: Endings of files that can be read, in lower case: ".txt".
        aside: Names of files in folders that are not reports but belong there.
    """
    search = _Search(suffixes, aside)
    folders = tuple(path.resolve() for path in paths if path.is_dir())
    for folder in folders:
        search.take_folder(folder)
    for path in (path for path in paths if path.is_file()):
        search.take_file(path.resolve().parent, (path.name,), os.path.realpath(path))
    missing = tuple(path for path in paths if not (path.is_dir() or path.is_file()))
    return FoundFiles(
        tuple(search.reports.values()),
        tuple(search.skipped),
        tuple(search.refused),
        tuple(search.unlisted),
        missing,
        folders,
    )


def state_of(path: Path) -> FileState:
    """Give what a folder tells of a file.

    Raises:
        OSError: It is not there any more, or its folder cannot be entered.
    """
    return _state(path.stat())


def as_text(name: str) -> str:
    r"""Give a name in the one form that is stored; bytes that are no text become "\udcff"."""
    # macOS hands out names decomposed.
    return unicodedata.normalize("NFC", name).encode("utf-8", "backslashreplace").decode()


class _Search:
    """What was found so far."""

    def __init__(self, suffixes: Collection[str], aside: Collection[str]) -> None:
        self._suffixes = suffixes
        self._aside = aside
        self._names: set[tuple[Path, str]] = set()
        self._seen = time.time_ns()
        self.reports: dict[str, ReportFile] = {}  # by resolved path, so that none is taken twice
        self.skipped: list[Skipped] = []
        self.refused: list[Skipped] = []
        self.unlisted: list[Skipped] = []

    def take_folder(self, folder: Path) -> None:
        """Take what lies in a folder and below."""
        for inside, real in sorted(self._files_under(folder)):
            if Path(inside[-1]).suffix.lower() in self._suffixes:
                self.take_file(folder, inside, real)
            elif inside[-1] not in self._aside:
                kinds = ", ".join(self._suffixes)
                self._skip(self.skipped, folder, inside, f"không phải loại tệp đọc được ({kinds})")

    def take_file(self, folder: Path, inside: tuple[str, ...], real: str) -> None:
        """Take a file, given by its way from the folder and where it really lies."""
        if real in self.reports:
            return
        path = folder.joinpath(*inside)
        try:
            found = path.stat()
        except OSError:
            return  # deleted since its folder was listed
        name = as_text("/".join(inside))
        if not S_ISREG(found.st_mode):
            self._skip(self.skipped, folder, inside, "không phải tệp thông thường")
        elif (folder, name) in self._names:
            reason = "tên chỉ khác một tệp khác ở cách ghép dấu; hãy đổi tên một trong hai tệp"
            self._skip(self.refused, folder, inside, reason)
        else:
            self._names.add((folder, name))
            self.reports[real] = ReportFile(path, name, folder, _state(found), self._seen)

    def _files_under(self, folder: Path) -> Iterator[tuple[tuple[str, ...], str]]:
        """Give each file by its way from the folder, and where it really lies."""
        visited: set[str] = set()
        # Folders reached through links come last: what is reached without one has its own name.
        waiting: deque[tuple[tuple[str, ...], str]] = deque([((), str(folder))])
        linked: deque[tuple[tuple[str, ...], str]] = deque()
        while waiting or linked:
            inside, real = waiting.popleft() if waiting else linked.popleft()
            if real in visited:
                continue
            visited.add(real)
            for entry in self._entries(folder, inside):
                way = (*inside, entry.name)
                is_link = entry.is_symlink()
                at = os.path.realpath(entry.path) if is_link else f"{real}/{entry.name}"
                if Path(at).is_dir() if is_link else entry.is_dir():
                    (linked if is_link else waiting).append((way, at))
                elif is_link and not Path(at).exists():
                    self._skip(self.skipped, folder, way, "liên kết không dẫn tới tệp nào")
                else:
                    yield way, at

    def _entries(self, folder: Path, inside: tuple[str, ...]) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder.joinpath(*inside)) as entries:
                return [entry for entry in entries if not _is_hidden(entry.name)]
        except FileNotFoundError:
            return []  # deleted since the folder above was listed
        except OSError as error:
            self._skip(self.unlisted, folder, inside, f"không mở được thư mục ({error.strerror})")
            return []

    def _skip(
        self, among: list[Skipped], folder: Path, inside: tuple[str, ...], reason: str
    ) -> None:
        name = as_text("/".join(inside)) or as_text(str(folder))
        among.append(Skipped(name, f"{name}: {reason}.", folder))


def _state(found: os.stat_result) -> FileState:
    return FileState(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def _is_hidden(part: str) -> bool:
    name = part.lower()
    return name.startswith((".", "~$")) or name in _LEFT_BY_SYSTEMS or name.endswith(_UNFINISHED)
