"""Find the report files among paths given by a person, and give each its name."""

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

# What systems, editors and browsers leave beside a person's files.
_LEFT_BY_SYSTEMS = frozenset({"thumbs.db", "desktop.ini"})
_UNFINISHED = (".tmp", ".part", ".crdownload", ".download", "~")


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file to read, and what the index will call it."""

    path: Path
    name: str  # relative to the folder, with "/", NFC: "2024/mai-son.txt"
    folder: Path  # resolved; the folder given, or that of a file given by itself


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """What lies at the paths given."""

    reports: tuple[ReportFile, ...]
    skipped: tuple[str, ...]  # names of files in folders that are of no kind that can be read
    missing: tuple[Path, ...]  # paths at which nothing is
    folders: tuple[Path, ...]  # resolved; those given, whose files are all among `reports`


def find_reports(
    paths: Sequence[Path], *, suffixes: Collection[str], aside: Collection[str] = ()
) -> FoundFiles:
    """List the files at the paths: those of a folder with its subfolders, in order of name.

    Args:
        paths: Files and folders. A file given by itself is taken whatever its kind.
        suffixes: Endings of files that can be read, in lower case: ".txt".
        aside: Names of files in folders that are not reports but belong there.
    """
    folders = tuple(path.resolve() for path in paths if path.is_dir())
    reports: dict[Path, ReportFile] = {}  # by resolved path, so that no file is taken twice
    skipped = []
    for folder in folders:
        for path in _files_under(folder):
            name = _name(path.relative_to(folder))
            if path.suffix.lower() in suffixes:
                reports.setdefault(path.resolve(), ReportFile(path, name, folder))
            elif path.name not in aside:
                skipped.append(name)
    for path in (path for path in paths if path.is_file()):
        folder = path.resolve().parent
        reports.setdefault(path.resolve(), ReportFile(path, _name(Path(path.name)), folder))
    missing = tuple(path for path in paths if not path.exists())
    return FoundFiles(tuple(reports.values()), tuple(skipped), missing, folders)


def _files_under(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not any(map(_is_hidden, inside.parts)):
            yield path


def _is_hidden(part: str) -> bool:
    name = part.lower()
    return name.startswith((".", "~$")) or name in _LEFT_BY_SYSTEMS or name.endswith(_UNFINISHED)


def _name(inside: Path) -> str:
    # macOS hands out names decomposed; bytes that are no text in a name are shown as "\xff".
    name = unicodedata.normalize("NFC", inside.as_posix())
    return name.encode("utf-8", "backslashreplace").decode()
