"""Search the words of the chunks: BM25 over folded syllables, their pairs and numbers."""

import json
import sqlite3
from collections.abc import Collection, Sequence
from functools import lru_cache

from vietnamese import pairs, terms

# A word of the report itself counts for more than one of its heading or title.
TEXT_WEIGHT = 1.0
CONTEXT_WEIGHT = 0.5

# BM25 gives next to no weight to a term of more than half of the chunks, but ranking by one costs
# as much as by any other: left out, 5,000 chunks are searched in 3 to 15 ms instead of 3 to 44.
_COMMON_SHARE = 0.5
_COMMON_FROM = 1000  # chunks; a smaller index is fast with all its terms

_INSERT = "INSERT INTO words (rowid, body, context) VALUES (?, ?, ?)"
_SEARCH = """
SELECT chunk.id, -bm25(words, ?, ?) AS score
FROM words JOIN chunk ON chunk.row = words.rowid
WHERE words MATCH ? {within}
ORDER BY score DESC, chunk.row LIMIT ?
"""
_WITHIN = """AND chunk.report IN
    (SELECT row FROM report WHERE name IN (SELECT value FROM json_each(?)))"""


def insert_words(connection: sqlite3.Connection, chunks: Sequence[tuple[int, str, str]]) -> None:
    """Index chunks, each given as its row, text and context."""
    connection.executemany(
        _INSERT, [(row, _indexed(text), _indexed(context)) for row, text, context in chunks]
    )


def find_common_terms(connection: sqlite3.Connection) -> list[str]:
    """List the terms that too many chunks have for a search to gain by them."""
    chunks = connection.execute("SELECT count(*) FROM chunk").fetchone()[0]
    if chunks < _COMMON_FROM:
        return []
    found = connection.execute(
        "SELECT term FROM vocabulary WHERE doc > ?", (_COMMON_SHARE * chunks,)
    )
    return [term for (term,) in found]


def search_words(
    connection: sqlite3.Connection,
    wanted: Sequence[str],
    *,
    k: int,
    reports: Collection[str] | None,
    common: Collection[str],
    weights: tuple[float, float],
) -> list[tuple[str, float]]:
    """Find the chunks that have any of the terms, as (chunk id, BM25 score), best first."""
    telling = [term for term in wanted if term not in common] or wanted
    # In quotes a term cannot be an operator; a quote inside one is doubled.
    quoted = ['"' + term.replace('"', '""').replace("\0", "") + '"' for term in telling]
    if not any(map(_has_token, quoted)):
        return []
    match = " OR ".join(dict.fromkeys(quoted))
    if reports is None:
        return connection.execute(_SEARCH.format(within=""), (*weights, match, k)).fetchall()
    names = json.dumps(list(reports))
    return connection.execute(
        _SEARCH.format(within=_WITHIN), (*weights, match, names, k)
    ).fetchall()


def _has_token(quoted: str) -> bool:
    return any(character.isalnum() for character in quoted)


@lru_cache(maxsize=256)  # the chunks of a section share their context
def _indexed(text: str) -> str:
    found = terms(text)
    return " ".join(found + pairs(found))
