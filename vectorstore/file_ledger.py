"""Keep what was last seen of each report file, so that one that is the same need not be opened."""

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from records import FileState
from vectorstore.database import Database

# A change within this time of the last one may leave a file's times as they were: FAT counts two
# seconds, and systems keep times by a clock that ticks some hundred times a second.
_GRAIN_NS: Final = 2_000_000_000
_COLUMNS: Final = (
    "folder, name, path, size, modified, changed, inode, seen, digest, reading, problem"
)


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file as the last ingest saw it, whether it could be indexed or not."""

    folder: str  # the folder that was ingested
    name: str  # as of the report; of an archive, one for each file in it
    path: str  # of the file, within the folder
    state: FileState
    seen: int  # ns since 1970, just before `state` was taken and the content summed up
    digest: str  # SHA-256 (hex) of the content; empty if it could not be opened
    reading: str  # how it was read, see `Source`
    problem: str = ""  # Vietnamese: why it is not indexed; empty if it is

    def is_still(self, state: FileState) -> bool:
        """Say whether a file that looks so now is sure to hold what it held."""
        settled = max(state.modified, state.changed) + _GRAIN_NS < self.seen
        return settled and bool(self.digest) and state == self.state


class FileLedger:
    """The files that the last ingests saw; any thread may use it."""

    def __init__(self, database: Database) -> None:
        """Take the file that it is in."""
        self._database = database

    def files(self) -> dict[tuple[str, str], SeenFile]:
        """Give all files, by folder and name."""
        with self._database.reading() as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM file").fetchall()
        return {
            (folder, name): SeenFile(folder, name, os.fsdecode(path), FileState(*state), *rest)
            for folder, name, path, *state, seen, digest, reading, problem in rows
            for rest in [(seen, digest, reading, problem)]
        }

    def note(self, files: Sequence[SeenFile]) -> None:
        """Remember files as they were seen now."""
        with self._database.writing() as connection:
            connection.executemany(
                f"INSERT OR REPLACE INTO file ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [_row(file) for file in files],
            )

    def forget(self, keys: Collection[tuple[str, str]]) -> None:
        """Forget files, given by folder and name."""
        with self._database.writing() as connection:
            connection.executemany("DELETE FROM file WHERE folder = ? AND name = ?", list(keys))


def _row(file: SeenFile) -> tuple[str | int | bytes, ...]:
    state = file.state
    return (
        file.folder,
        file.name,
        os.fsencode(file.path),  # a name on a disk need not be text
        state.size,
        state.modified,
        state.changed,
        state.inode,
        file.seen,
        file.digest,
        file.reading,
        file.problem,
    )
