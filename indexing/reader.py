"""Say how report files are read."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ingest import READER_VERSION, SUFFIXES, read_report
from ingest.corrections import FILE_NAME as CORRECTIONS_FILE
from ingest.corrections import load_corrections
from records import ReadReport


class ReadFile(Protocol):
    """Reads one report file, as `ingest.read_report` does."""

    def __call__(
        self,
        path: Path,
        *,
        name: str,
        member: str = "",
        corrections: Mapping[str, str] | None = None,
        cache: Path | None = None,
        on_page: Callable[[int, int], None] | None = None,
    ) -> ReadReport:
        """Give the report, its passages and its chunks."""


class BeginFile(Protocol):
    """Begins with a file that will be read next, and returns at once."""

    def __call__(
        self,
        path: Path,
        *,
        name: str,
        member: str = "",
        corrections: Mapping[str, str] | None = None,
        cache: Path | None = None,
    ) -> None:
        """Begin; what comes of it is given, or raised, when the file is read."""


class Members(Protocol):
    """What an archive holds."""

    @property
    def names(self) -> tuple[str, ...]:
        """The files in it that can be read."""

    @property
    def refused(self) -> tuple[tuple[str, str], ...]:
        """The name of each other file, and why it is not read."""


@dataclass(frozen=True, slots=True)
class Archives:
    """How the files in archives are had."""

    suffixes: Collection[str]  # of the files that are archives: ".zip"
    list_members: Callable[[Path], Members]
    read_member: Callable[[Path, str], bytes]


@dataclass(frozen=True, slots=True)
class Reader:
    """How report files are read."""

    read: ReadFile
    version: str  # another one when reading the same file gives something else
    suffixes: Collection[str]  # of the files that can be read: ".txt"
    load_corrections: Callable[[Path], Mapping[str, Mapping[str, str]]]  # of a folder's reports
    aside: Collection[str] = ()  # files of a folder that are not reports but belong there
    archives: Archives | None = None
    cache: Path | None = None  # folder for what is slow to read; None: keep nothing
    reads_pictures: Callable[[], bool] = lambda: False  # pages without text can be read now
    begin: BeginFile | None = None  # where a file can be read while other work is done


def _list_members(path: Path) -> Members:
    from ingest.formats.archive import list_members  # an ingest without archives needs none of it

    return list_members(path)


def _read_member(path: Path, name: str) -> bytes:
    from ingest.formats.archive import read_member

    return read_member(path, name)


def _reads_pictures() -> bool:
    from ingest.formats.ocr import can_read_pictures

    return can_read_pictures()


READER = Reader(
    read_report,
    READER_VERSION,
    SUFFIXES,
    load_corrections,
    (CORRECTIONS_FILE,),
    Archives((".zip",), _list_members, _read_member),
    reads_pictures=_reads_pictures,
)
