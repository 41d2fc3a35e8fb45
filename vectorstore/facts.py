"""Keep what the index as a whole is: one row of the catalogue."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from vectorstore.words import find_common_terms


@dataclass(frozen=True, slots=True)
class Facts:
    """What the index as a whole is."""

    embedder: str
    dimension: int
    collection: str
    revision: int
    unfinished: bool  # an ingest is running, or was cut off
    folder: str  # of the vectors; empty before there are any, and on a server
    graph_files: Mapping[str, str]  # the files there, as `chroma.fingerprint` sums them up

    @property
    def state(self) -> str:
        """A token that is another one after every change of the index."""
        return f"{self.collection}:{self.revision}"


def read_facts(connection: sqlite3.Connection) -> Facts:
    """Read the row."""
    embedder, dimension, collection, revision, unfinished, folder, files = connection.execute(
        "SELECT embedder, dimension, collection, revision, unfinished, folder, graph_files "
        "FROM facts"
    ).fetchone()
    return Facts(
        embedder, dimension, collection, revision, bool(unfinished), folder, json.loads(files)
    )


def common_terms(connection: sqlite3.Connection) -> frozenset[str]:
    """Read which terms most chunks had when the last ingest ended."""
    found: str = connection.execute("SELECT common_terms FROM facts").fetchone()[0]
    return frozenset(json.loads(found))


def raise_revision(connection: sqlite3.Connection) -> None:
    """Note that the index is another one than before."""
    connection.execute("UPDATE facts SET revision = revision + 1")


def write_finished(
    connection: sqlite3.Connection, folder: str, graph_files: Mapping[str, str]
) -> None:
    """Note that an ingest has ended, and what it left."""
    connection.execute(
        "UPDATE facts SET unfinished = 0, folder = ?, graph_files = ?, common_terms = ?",
        (folder, json.dumps(graph_files), json.dumps(find_common_terms(connection))),
    )
    raise_revision(connection)
