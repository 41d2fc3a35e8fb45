"""Keep what the index knows in one SQLite file, which changes as one.

It holds the ledger of reports, their stored texts, the passages that are read, the chunks that are
searched, and their words. It also keeps each vector that was made, by the text it was made from:
a text that moves within its report is not embedded again, and what Chroma loses can be given back.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from errors import ReportNotFoundError
from records import (
    Chunk,
    IndexedReport,
    Passage,
    ReadReport,
    Report,
    ReportMetadata,
)
from vectorstore.database import Database
from vectorstore.facts import Facts, common_terms, raise_revision, read_facts, write_finished
from vectorstore.report_rows import (
    CHUNK,
    METADATA,
    NUMBERS,
    ORIGIN,
    PASSAGE,
    Source,
    as_json,
    delete_report,
    insert_report,
)
from vectorstore.words import CONTEXT_WEIGHT, TEXT_WEIGHT, search_words

_LISTED = """
SELECT name, digest, metadata, (SELECT count(*) FROM passage WHERE passage.report = report.row),
    (SELECT count(*) FROM chunk WHERE chunk.report = report.row), footnotes, table_rows, indexed_at,
    (SELECT count(*) FROM figure WHERE figure.report = report.row), origin, sketch
FROM report ORDER BY name
"""
_BY_ID = "SELECT record FROM {} WHERE id IN (SELECT value FROM json_each(?))"
_NEIGHBOURS = """
SELECT near.record FROM passage AS here JOIN passage AS near ON near.report = here.report
WHERE here.id = ? AND near.position BETWEEN here.position - ? AND here.position + ?
ORDER BY near.position
"""


def _indexed(row: tuple[Any, ...]) -> IndexedReport:
    name, digest, metadata, *counted, origin, sketch = row
    known = (METADATA.validate_json(metadata), *counted, ORIGIN.validate_json(origin), sketch)
    return IndexedReport(name, digest, *known)


class Catalogue:
    """The ledger, texts, passages, chunks and words of one index; any thread may use it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def facts(self) -> Facts:
        """Give what the index as a whole is."""
        with self._database.reading() as connection:
            return read_facts(connection)

    def names(self) -> set[str]:
        """Give the names of the reports."""
        with self._database.reading() as connection:
            return {name for (name,) in connection.execute("SELECT name FROM report")}

    def reports(self) -> tuple[IndexedReport, ...]:
        """List the reports by name."""
        with self._database.reading() as connection:
            return tuple(map(_indexed, connection.execute(_LISTED)))

    def report(self, name: str) -> Report:
        """Give a report's stored text and metadata.

        Raises:
            ReportNotFoundError: The index has no such report.
        """
        digest, text, metadata, pages = self._of_report(name, "digest, text, metadata, page_starts")
        return Report(
            name,
            digest,
            text,
            METADATA.validate_json(metadata),
            NUMBERS.validate_json(pages),
        )

    def metadata(self, name: str) -> ReportMetadata:
        """Give a report's metadata, without its text.

        Raises:
            ReportNotFoundError: The index has no such report.
        """
        (metadata,) = self._of_report(name, "metadata")
        return METADATA.validate_json(metadata)

    def passages(self, ids: Collection[str]) -> dict[str, Passage]:
        """Give passages by id; an id that the index does not know is left out."""
        return {found.id: found for found in self._passages(_BY_ID.format("passage"), as_json(ids))}

    def passages_of(self, name: str) -> tuple[Passage, ...]:
        """Give a report's passages in reading order."""
        return self._passages(
            "SELECT record FROM passage WHERE report = (SELECT row FROM report WHERE name = ?) "
            "ORDER BY position",
            name,
        )

    def neighbours(self, passage_id: str, *, before: int, after: int) -> tuple[Passage, ...]:
        """Give a passage with those around it in its report, in reading order."""
        return self._passages(_NEIGHBOURS, passage_id, before, after)

    def chunks(self, ids: Collection[str]) -> dict[str, Chunk]:
        """Give chunks by id; an id that the index does not know is left out."""
        return {found.id: found for found in self._chunks(_BY_ID.format("chunk"), as_json(ids))}

    def chunks_by_passages(self, ids: Collection[str]) -> dict[str, tuple[Chunk, ...]]:
        """Give the chunks of each passage, in reading order, by passage id."""
        found: dict[str, tuple[Chunk, ...]] = {}
        for chunk in self._chunks(
            "SELECT record FROM chunk WHERE passage IN (SELECT value FROM json_each(?)) "
            "ORDER BY row",
            as_json(ids),
        ):
            found[chunk.passage_id] = (*found.get(chunk.passage_id, ()), chunk)
        return found

    def chunk_reports(self, name: str | None = None) -> dict[str, str]:
        """Give the report of each chunk by chunk id: of all chunks, or those of one report."""
        with self._database.reading() as connection:
            return dict(
                connection.execute(
                    "SELECT chunk.id, report.name FROM chunk JOIN report ON report.row = report "
                    "WHERE ?1 IS NULL OR report.name = ?1",
                    (name,),
                )
            )

    def known_chunks(self, ids: Collection[str]) -> set[str]:
        """Give those of the ids that are chunks of the index."""
        with self._database.reading() as connection:
            return {
                chunk
                for (chunk,) in connection.execute(
                    "SELECT id FROM chunk WHERE id IN (SELECT value FROM json_each(?))",
                    (as_json(ids),),
                )
            }

    def search(
        self,
        terms: Sequence[str],
        *,
        k: int,
        reports: Collection[str] | None = None,
        weights: tuple[float, float] = (TEXT_WEIGHT, CONTEXT_WEIGHT),
    ) -> list[tuple[str, float]]:
        """Find the chunks that have any of the terms.

        Args:
            terms: As `vietnamese.terms` and `vietnamese.pairs` give them.
            k: The most to return.
            reports: Search only these reports; None searches all.
            weights: Of a chunk's text and of its context.

        Returns:
            Chunk ids with their BM25 scores (0 or more), best first.
        """
        with self._database.reading() as connection:
            common = common_terms(connection)
            return search_words(
                connection, terms, k=k, reports=reports, common=common, weights=weights
            )

    def vocabulary(self) -> tuple[dict[str, int], int]:
        """Give the number of chunks that have each term, and the number of chunks."""
        with self._database.reading() as connection:
            terms = dict(connection.execute("SELECT term, doc FROM vocabulary").fetchall())
            return terms, connection.execute("SELECT count(*) FROM chunk").fetchone()[0]

    def counts(self) -> tuple[int, int]:
        """Count the chunks in the ledger, and those in the index of words."""
        with self._database.reading() as connection:
            chunks, words = connection.execute(
                "SELECT (SELECT count(*) FROM chunk), (SELECT count(*) FROM words_docsize)"
            ).fetchone()
        return chunks, words

    def vectors(self, ids: Collection[str]) -> dict[str, NDArray[np.float32]]:
        """Give chunks' vectors (float32, shape (dimension,)) by id; unknown ids are left out."""
        return self._vectors(
            "SELECT chunk.id, numbers FROM chunk JOIN vector ON vector.text = chunk.vector "
            "WHERE chunk.id IN (SELECT value FROM json_each(?))",
            ids,
        )

    def kept_vectors(self, texts: Collection[str]) -> dict[str, NDArray[np.float32]]:
        """Give the vectors made from texts, by `text_key`; those never made are left out."""
        return self._vectors(
            "SELECT text, numbers FROM vector WHERE text IN (SELECT value FROM json_each(?))", texts
        )

    def keep_vectors(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Keep vectors that were made from texts, given by `text_key`."""
        rows = [
            (text, vector.astype("<f4").tobytes())
            for text, vector in zip(texts, vectors, strict=True)
        ]
        with self._database.writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", rows)

    def drop_unused_vectors(self) -> None:
        """Forget the vectors of texts that no chunk has."""
        with self._database.writing() as connection:
            connection.execute(
                "DELETE FROM vector WHERE NOT EXISTS "
                "(SELECT 1 FROM chunk WHERE chunk.vector = vector.text)"
            )

    def replace(self, read: ReadReport, source: Source) -> None:
        """Store a report, whose vectors are kept already, in place of what has its name."""
        with self._database.writing() as connection:
            delete_report(connection, read.report.name)
            insert_report(connection, read, source)
            raise_revision(connection)

    def remove(self, name: str) -> None:
        """Forget a report."""
        with self._database.writing() as connection:
            delete_report(connection, name)
            raise_revision(connection)

    def mark_unfinished(self) -> None:
        """Note that the vectors are about to differ from the catalogue."""
        with self._database.writing() as connection:
            connection.execute("UPDATE facts SET unfinished = 1")

    def mark_finished(self, folder: str, graph_files: Mapping[str, str]) -> None:
        """Note that the vectors agree with the catalogue, and where they are."""
        with self._database.writing() as connection:
            write_finished(connection, folder, graph_files)

    def _of_report(self, name: str, columns: str) -> tuple[str, ...]:
        with self._database.reading() as connection:
            row: tuple[str, ...] | None = connection.execute(
                f"SELECT {columns} FROM report WHERE name = ?", (name,)
            ).fetchone()
        if row is None:
            raise ReportNotFoundError(
                f"{name}: không có báo cáo này trong chỉ mục. Hãy nạp báo cáo rồi thử lại."
            )
        return row

    def _passages(self, statement: str, *values: str | int) -> tuple[Passage, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(statement, values).fetchall()
        return tuple(PASSAGE.validate_json(record) for (record,) in rows)

    def _chunks(self, statement: str, *values: str | int) -> tuple[Chunk, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(statement, values).fetchall()
        return tuple(CHUNK.validate_json(record) for (record,) in rows)

    def _vectors(self, statement: str, keys: Collection[str]) -> dict[str, NDArray[np.float32]]:
        with self._database.reading() as connection:
            rows = connection.execute(statement, (as_json(keys),))
            return {key: np.frombuffer(numbers, dtype="<f4") for key, numbers in rows}
