"""Tell what each report was made from, and what was noted when it was read."""

import os
from typing import Final

from errors import ReportNotFoundError
from vectorstore.database import Database
from vectorstore.report_rows import ORIGIN, STRINGS, ReadingNotes, Source

_SOURCES: Final = "SELECT name, digest, reading, folder, path, member FROM report"
_LEFT_OUT: Final = """
SELECT name, json_extract(entry.value, '$.reason') AS reason, count(*)
FROM report, json_each(left_out) AS entry GROUP BY name, reason
"""


class SourceStore:
    """The sources of one index's reports; any thread may ask for them."""

    def __init__(self, database: Database) -> None:
        """Take the file that they are in."""
        self._database = database

    def all(self) -> dict[str, Source]:
        """Give what each report was made from, by report name."""
        with self._database.reading() as connection:
            return dict(map(_named, connection.execute(_SOURCES)))

    def of(self, report: str) -> Source:
        """Give what a report was made from.

        Raises:
            ReportNotFoundError: The index has no such report.
        """
        with self._database.reading() as connection:
            row = connection.execute(f"{_SOURCES} WHERE name = ?", (report,)).fetchone()
        if row is None:
            raise ReportNotFoundError(
                f"{report}: không có báo cáo này trong chỉ mục. Hãy nạp báo cáo rồi thử lại."
            )
        return _named(row)[1]

    def notes(self) -> dict[str, ReadingNotes]:
        """Give what was noted when each report was read, by report name."""
        with self._database.reading() as connection:
            left_out: dict[str, dict[str, int]] = {}
            for name, reason, count in connection.execute(_LEFT_OUT):
                left_out.setdefault(name, {})[reason] = count
            rows = connection.execute("SELECT name, warnings, origin FROM report").fetchall()
        return {
            name: ReadingNotes(
                left_out.get(name, {}),
                STRINGS.validate_json(warnings),
                ORIGIN.validate_json(origin),
            )
            for name, warnings, origin in rows
        }


def _named(row: tuple[str, str, str, str, bytes, str]) -> tuple[str, Source]:
    name, digest, reading, folder, path, member = row
    return name, Source(digest, reading, folder, os.fsdecode(path), member)
