"""Compare the index's three places chunk by chunk."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from vectorstore.database import Database

_CHUNKS: Final = "SELECT chunk.id, report.name FROM chunk JOIN report ON report.row = report"
_NO_WORDS: Final = f"{_CHUNKS} WHERE chunk.row NOT IN (SELECT id FROM words_docsize)"
_ORPHAN_WORDS: Final = "SELECT id FROM words_docsize WHERE id NOT IN (SELECT row FROM chunk)"


@dataclass(frozen=True, slots=True)
class IndexParts:
    """Where the ledger, the words and the vectors do not agree."""

    chunks: int  # in the ledger
    without_vector: tuple[tuple[str, str], ...]  # chunk id and report name
    without_words: tuple[tuple[str, str], ...]  # chunk id and report name
    orphan_vectors: tuple[str, ...]  # chunk ids
    orphan_words: tuple[int, ...]  # rows
    unfinished: bool  # an ingest is running, or was cut off


def compare_parts(database: Database, vectors: Collection[str]) -> IndexParts:
    """Compare the ledger with the words, and with the ids of the chunks that have a vector."""
    held = set(vectors)
    with database.reading() as connection:
        chunks = dict(connection.execute(_CHUNKS))
        without_words = connection.execute(_NO_WORDS).fetchall()
        orphans = [row for (row,) in connection.execute(_ORPHAN_WORDS)]
        unfinished = connection.execute("SELECT unfinished FROM facts").fetchone()[0]
    return IndexParts(
        len(chunks),
        tuple(sorted((chunk, name) for chunk, name in chunks.items() if chunk not in held)),
        tuple(without_words),
        tuple(sorted(held - chunks.keys())),
        tuple(orphans),
        bool(unfinished),
    )
