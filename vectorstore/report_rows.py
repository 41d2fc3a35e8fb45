"""Write a report's rows into the catalogue; its records are kept as JSON."""

import hashlib
import json
import os
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from pydantic import TypeAdapter

from records import Chunk, LeftOut, Origin, Passage, PassageKind, ReadReport, ReportMetadata
from vectorstore.figures import insert_figures
from vectorstore.places import insert_places
from vectorstore.words import insert_words

PASSAGE: Final = TypeAdapter(Passage)
CHUNK: Final = TypeAdapter(Chunk)
METADATA: Final = TypeAdapter(ReportMetadata)
ORIGIN: Final = TypeAdapter(Origin)
LEFT_OUT: Final = TypeAdapter(tuple[LeftOut, ...])
STRINGS: Final = TypeAdapter(tuple[str, ...])
NUMBERS: Final = TypeAdapter(tuple[int, ...])


@dataclass(frozen=True, slots=True)
class Source:
    """What a report in the index was made from; if nothing of it changed, nothing is to do."""

    digest: str  # SHA-256 (hex) of the file's bytes
    reading: str  # how it was read: the reader's version and the corrections given by hand
    folder: str  # the folder that its name is relative to
    path: str = field(default="", compare=False)  # of its file, within the folder
    member: str = field(default="", compare=False)  # of an archive: the file in it


@dataclass(frozen=True, slots=True)
class ReadingNotes:
    """What was noted when a report was read."""

    left_out: Mapping[str, int]  # how many pieces of text, by reason
    warnings: tuple[str, ...]  # Vietnamese
    origin: Origin


def embedded_text(chunk: Chunk) -> str:
    """Give the words that a chunk is embedded by."""
    return f"{chunk.context}\n{chunk.text}" if chunk.context else chunk.text


def text_key(text: str) -> str:
    """Give the key under which the vector of a text is kept."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def delete_report(connection: sqlite3.Connection, name: str) -> None:
    """Delete all rows of a report; nothing happens if there is none of that name."""
    found = connection.execute("SELECT row FROM report WHERE name = ?", (name,)).fetchone()
    if found is None:
        return
    connection.execute(
        "DELETE FROM words WHERE rowid IN (SELECT row FROM chunk WHERE report = ?)", found
    )
    for table in ("chunk", "figure", "passage", "place"):
        connection.execute(f"DELETE FROM {table} WHERE report = ?", found)
    connection.execute("DELETE FROM report WHERE row = ?", found)


def insert_report(connection: sqlite3.Connection, read: ReadReport, source: Source) -> None:
    """Insert all rows of a report."""
    report, kinds = read.report, [passage.kind for passage in read.passages]
    row = connection.execute(
        "INSERT INTO report VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            report.name,
            source.digest,
            source.reading,
            source.folder,
            report.text,
            METADATA.dump_json(report.metadata).decode(),
            as_json(report.page_starts),
            LEFT_OUT.dump_json(read.left_out).decode(),
            as_json(read.warnings),
            kinds.count(PassageKind.FOOTNOTE),
            kinds.count(PassageKind.TABLE_ROW),
            datetime.now(UTC).isoformat(timespec="seconds"),
            os.fsencode(source.path),  # a name on a disk need not be text
            source.member,
            ORIGIN.dump_json(read.origin).decode(),
            read.sketch,
        ),
    ).lastrowid
    connection.executemany(
        "INSERT INTO passage VALUES (?, ?, ?, ?)",
        [
            (passage.id, row, position, PASSAGE.dump_json(passage).decode())
            for position, passage in enumerate(read.passages)
        ],
    )
    insert_figures(connection, row, read.figures)
    insert_places(connection, row, read.places)
    first = connection.execute("SELECT ifnull(max(row), 0) + 1 FROM chunk").fetchone()[0]
    rows = list(enumerate(read.chunks, first))
    connection.executemany(
        "INSERT INTO chunk VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                number,
                chunk.id,
                chunk.passage_id,
                row,
                text_key(embedded_text(chunk)),
                CHUNK.dump_json(chunk).decode(),
            )
            for number, chunk in rows
        ],
    )
    insert_words(connection, [(number, chunk.text, chunk.context) for number, chunk in rows])


def as_json(values: Collection[str] | Collection[int]) -> str:
    """Write values as a JSON array."""
    return json.dumps(list(values), ensure_ascii=False)
