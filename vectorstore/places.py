"""Keep where the words of a report stand on the pages of its file, in little room."""

import sqlite3
import zlib
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from records import Span, WordPlace
from vectorstore.database import Database

_EDGES: Final = 0xFFFF  # parts that a page's width and height are counted in
_OFFSETS: Final = "<i4"
_COUNTS: Final = "<u2"
_OF_REPORT: Final = """
SELECT words FROM place WHERE report = (SELECT row FROM report WHERE name = ?)
"""


def insert_places(
    connection: sqlite3.Connection, report: int | None, places: Sequence[WordPlace]
) -> None:
    """Insert the places of a report, given by its row, as one value."""
    if places:
        connection.execute("INSERT INTO place VALUES (?, ?)", (report, pack(places)))


def pack(places: Sequence[WordPlace]) -> bytes:
    """Write places column by column: neighbouring words differ little, which packs well."""
    spans = np.array([(p.span.start, p.span.end, p.page) for p in places], _OFFSETS).T
    edges = np.array([(p.left, p.top, p.right, p.bottom) for p in places], np.float64).T
    counted = np.rint(edges.clip(0.0, 1.0) * _EDGES).astype(_COUNTS)
    return zlib.compress(spans.tobytes() + counted.tobytes())


class PlaceStore:
    """The places of words of one index; any thread may ask for them."""

    def __init__(self, database: Database) -> None:
        """Take the file that they are in."""
        self._database = database

    def within(self, report: str, span: Span) -> tuple[WordPlace, ...]:
        """Give the places of a report's words that a span touches, in the order of the text."""
        with self._database.reading() as connection:
            row = connection.execute(_OF_REPORT, (report,)).fetchone()
        if row is None:
            return ()
        spans, edges = _unpack(row[0])
        starts, ends, pages = spans
        touched = np.flatnonzero((starts < span.end) & (ends > span.start))
        return tuple(
            WordPlace(Span(int(starts[n]), int(ends[n])), int(pages[n]), *edges[:, n].tolist())
            for n in touched[np.argsort(starts[touched], kind="stable")]
        )


def _unpack(packed: bytes) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    content = zlib.decompress(packed)
    count = len(content) // 20  # bytes of a word: three offsets of four, four edges of two
    spans = np.frombuffer(content, _OFFSETS, 3 * count).reshape(3, count)
    edges = np.frombuffer(content, _COUNTS, 4 * count, offset=12 * count).reshape(4, count)
    return spans, edges / _EDGES
