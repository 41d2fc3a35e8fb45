"""Keep the figures of reports in the catalogue, true with their reports."""

import json
import sqlite3
from collections.abc import Collection, Sequence
from typing import Final

from pydantic import TypeAdapter

from records import Figure
from vectorstore.database import Database

_FIGURE: Final = TypeAdapter(Figure)
_OF_REPORTS: Final = """
SELECT figure.record FROM figure JOIN report ON report.row = figure.report
WHERE ?1 IS NULL OR report.name IN (SELECT value FROM json_each(?1))
ORDER BY report.name, figure.position
"""
_OF_PASSAGES: Final = """
SELECT record FROM figure WHERE passage IN (SELECT value FROM json_each(?))
ORDER BY report, position
"""


def insert_figures(
    connection: sqlite3.Connection, report: int | None, figures: Sequence[Figure]
) -> None:
    """Insert the figures of a report, given by its row."""
    connection.executemany(
        "INSERT INTO figure VALUES (?, ?, ?, ?, ?)",
        [
            (figure.id, figure.passage_id, report, position, _FIGURE.dump_json(figure).decode())
            for position, figure in enumerate(figures)
        ],
    )


class FigureStore:
    """The figures of one index; any thread may ask for them."""

    def __init__(self, database: Database) -> None:
        """Take the file that they are in."""
        self._database = database

    def of_reports(self, reports: Collection[str] | None) -> tuple[Figure, ...]:
        """Give the figures of some reports, or of all, by report name and in reading order."""
        names = None if reports is None else json.dumps(list(reports), ensure_ascii=False)
        return self._read(_OF_REPORTS, names)

    def of_passages(self, ids: Collection[str]) -> dict[str, tuple[Figure, ...]]:
        """Give the figures of each passage, in reading order; one without is left out."""
        found: dict[str, tuple[Figure, ...]] = {}
        for figure in self._read(_OF_PASSAGES, json.dumps(list(ids))):
            found[figure.passage_id] = (*found.get(figure.passage_id, ()), figure)
        return found

    def _read(self, statement: str, values: str | None) -> tuple[Figure, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(statement, (values,)).fetchall()
        return tuple(_FIGURE.validate_json(record) for (record,) in rows)
