"""Open the catalogue's SQLite file, share its connections among threads, and name its errors."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from errors import AssistantError, IndexDamagedError, IndexMismatchError, IndexNotBuiltError
from vectorstore.full_disk import disk_full, is_full

REBUILD: Final = "Hãy lập lại chỉ mục bằng lệnh: python -m ingest --rebuild (các tệp báo cáo không bị ảnh hưởng)."
LAYOUT: Final = 3  # raised when the tables change

_APPLICATION: Final = 0x48424331  # "HBC1": marks the file as ours
_WAIT: Final = 30.0  # seconds for another process's transaction, each of which takes under one
_SIDE_FILES: Final = ("", "-wal", "-shm", "-journal")
_DAMAGED: Final = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR}

_FIGURES: Final = """
CREATE TABLE figure (
    id TEXT PRIMARY KEY,
    passage TEXT NOT NULL REFERENCES passage (id),
    report INTEGER NOT NULL REFERENCES report (row),
    position INTEGER NOT NULL,   -- in reading order, from 0
    record TEXT NOT NULL,        -- JSON
    UNIQUE (report, position)
);
CREATE INDEX figure_of_passage ON figure (passage);
"""
_FILES: Final = """
ALTER TABLE report ADD COLUMN path BLOB NOT NULL DEFAULT x'';   -- of its file, within `folder`
ALTER TABLE report ADD COLUMN member TEXT NOT NULL DEFAULT '';  -- of an archive: the file in it
ALTER TABLE report ADD COLUMN origin TEXT NOT NULL DEFAULT '{}';  -- JSON
ALTER TABLE report ADD COLUMN sketch BLOB NOT NULL DEFAULT x'';   -- of its words, see `versions`
CREATE TABLE place (             -- where a report's words stand on the pages of its file
    report INTEGER PRIMARY KEY REFERENCES report (row),
    words BLOB NOT NULL
);
CREATE TABLE file (              -- what was seen of each file, indexed or not, by the last ingest
    folder TEXT NOT NULL,
    name TEXT NOT NULL,          -- as of the report
    path BLOB NOT NULL,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,   -- ns
    changed INTEGER NOT NULL,    -- ns
    inode INTEGER NOT NULL,
    seen INTEGER NOT NULL,       -- ns
    digest TEXT NOT NULL,
    reading TEXT NOT NULL,
    problem TEXT NOT NULL,       -- why it is not indexed
    PRIMARY KEY (folder, name)
);
"""
# What each older layout lacks that the next one has; reading the files anew fills it.
_UPGRADES: Final = {1: _FIGURES, 2: _FILES}
_SCHEMA: Final = """
CREATE TABLE facts (             -- one row: what the index as a whole is
    embedder TEXT NOT NULL,
    dimension INTEGER NOT NULL,
    collection TEXT NOT NULL,    -- of the vectors; a new one each time the index is built anew
    revision INTEGER NOT NULL,   -- raised by every change
    unfinished INTEGER NOT NULL, -- 1 from the first change of an ingest until its end
    folder TEXT NOT NULL,        -- of the vectors; not written to again once it is named here
    graph_files TEXT NOT NULL,   -- JSON, the files there
    common_terms TEXT NOT NULL   -- JSON, terms found in most chunks
);
CREATE TABLE report (
    row INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    reading TEXT NOT NULL,       -- how it was read: reader's version and corrections
    folder TEXT NOT NULL,
    text TEXT NOT NULL,
    metadata TEXT NOT NULL,      -- JSON
    page_starts TEXT NOT NULL,   -- JSON
    left_out TEXT NOT NULL,      -- JSON
    warnings TEXT NOT NULL,      -- JSON
    footnotes INTEGER NOT NULL,
    table_rows INTEGER NOT NULL,
    indexed_at TEXT NOT NULL
);
CREATE TABLE passage (
    id TEXT PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (row),
    position INTEGER NOT NULL,   -- in reading order, from 0
    record TEXT NOT NULL,        -- JSON
    UNIQUE (report, position)
);
CREATE TABLE vector (
    text TEXT PRIMARY KEY,       -- checksum of the words that were embedded
    numbers BLOB NOT NULL        -- float32
);
CREATE TABLE chunk (
    row INTEGER PRIMARY KEY,     -- rowid of its words
    id TEXT NOT NULL UNIQUE,
    passage TEXT NOT NULL REFERENCES passage (id),
    report INTEGER NOT NULL REFERENCES report (row),
    vector TEXT NOT NULL REFERENCES vector (text),
    record TEXT NOT NULL         -- JSON
);
CREATE INDEX chunk_of_passage ON chunk (passage);
CREATE INDEX chunk_of_report ON chunk (report);
CREATE INDEX chunk_of_vector ON chunk (vector);
-- Numbers ("1373,7") and pairs of syllables ("bao_cao") are each one token.
CREATE VIRTUAL TABLE words USING fts5 (
    body, context, tokenize = "unicode61 remove_diacritics 0 tokenchars '_,.'"
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, 'row');
"""


class Database:
    """An SQLite file in WAL mode: readers go on while one writes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._file: tuple[int, int] | None = None  # device and inode of what `_idle` has open

    def is_made(self) -> bool:
        """Say whether the tables are there.

        Raises:
            IndexDamagedError: The file is not the catalogue of an index, or is cut short.
            IndexMismatchError: Its tables are of another version of this program.
        """
        if not self._path.exists():
            return False
        with _named_errors(self._path), closing(self._connect()) as connection:
            application, layout, page_size, tables = (
                connection.execute(statement).fetchone()[0]
                for statement in (
                    "PRAGMA application_id",
                    "PRAGMA user_version",
                    "PRAGMA page_size",
                    "SELECT count(*) FROM sqlite_schema",
                )
            )
        if not application and not tables:
            return False  # interrupted before it was made
        if application != _APPLICATION:
            raise IndexDamagedError(
                f"{self._path.name}: tệp này không phải là danh mục của chỉ mục. {REBUILD}"
            )
        if self._path.stat().st_size % page_size and not self._has_pages_elsewhere():
            # SQLite finds missing pages by itself, but not that the last one is short.
            raise IndexDamagedError(
                f"{self._path.name}: danh mục của chỉ mục bị cắt cụt. {REBUILD}"
            )
        if layout in _UPGRADES:
            self._upgrade()
        elif layout != LAYOUT:
            raise IndexMismatchError(
                f"Chỉ mục có cấu trúc phiên bản {layout}, chương trình cần phiên bản {LAYOUT}. "
                f"{REBUILD}"
            )
        return True

    def make(self, embedder: str, dimension: int, collection: str) -> None:
        """Make the file and its tables, all or nothing."""
        with _named_errors(self._path), closing(self._connect("rwc")) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(
                f"BEGIN IMMEDIATE;{_SCHEMA}{_FIGURES}{_FILES}PRAGMA application_id = {_APPLICATION};"
                f"PRAGMA user_version = {LAYOUT};"
            )
            connection.execute(
                "INSERT INTO facts VALUES (?, ?, ?, 1, 1, '', '{}', '[]')",
                (embedder, dimension, collection),
            )
            connection.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that sees the file as it is now, whatever is written meanwhile."""
        with self._lent() as connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection whose changes are kept all together, or not at all on an error."""
        with self._lent() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    def close(self) -> None:
        """Close the connections that no thread is using."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def erase(self) -> None:
        """Delete the file."""
        self.close()
        for ending in reversed(_SIDE_FILES):
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)

    def _upgrade(self) -> None:
        """Add what the tables of an older layout lack, all or nothing."""
        with _named_errors(self._path), closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            found = connection.execute("PRAGMA user_version").fetchone()[0]
            for layout in range(found, LAYOUT):
                for statement in _UPGRADES[layout].split(";"):
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {LAYOUT}")
            connection.execute("COMMIT")

    def _has_pages_elsewhere(self) -> bool:
        log = self._path.with_name(f"{self._path.name}-wal")
        return log.exists() and log.stat().st_size > 0

    @contextmanager
    def _lent(self) -> Iterator[sqlite3.Connection]:
        with _named_errors(self._path):
            connection, file = self._take()
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                self._give_back(connection, file)

    def _take(self) -> tuple[sqlite3.Connection, tuple[int, int]]:
        try:
            found = self._path.stat()
        except FileNotFoundError as error:
            raise IndexNotBuiltError(
                "Chưa có chỉ mục. Hãy nạp báo cáo bằng lệnh: python -m ingest"
            ) from error
        file = (found.st_dev, found.st_ino)
        with self._lock:
            if file == self._file and self._idle:
                return self._idle.pop(), file
        return self._connect(), file

    def _give_back(self, connection: sqlite3.Connection, file: tuple[int, int]) -> None:
        with self._lock:
            if file != self._file:  # the index was built anew: what was open is of the old file
                old, self._idle, self._file = self._idle, [], file
            else:
                old = []
            self._idle.append(connection)
        for each in old:
            each.close()

    def _connect(self, mode: str = "rw") -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self._path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=_WAIT,
            isolation_level=None,  # transactions begin and end where this module says
            check_same_thread=False,  # lent to one thread at a time
        )
        connection.execute("PRAGMA foreign_keys = ON")
        return connection


@contextmanager
def _named_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # ours, not the file's
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and is_full(path, error)):
            raise disk_full(path.parent) from error
        if code in _DAMAGED:
            raise IndexDamagedError(
                f"{path.name}: danh mục của chỉ mục bị hỏng ({error}). {REBUILD}"
            ) from error
        raise AssistantError(
            f"{path.name}: không đọc hoặc ghi được danh mục của chỉ mục ({error}). "
            "Hãy kiểm tra dung lượng đĩa và quyền ghi thư mục chỉ mục."
        ) from error
