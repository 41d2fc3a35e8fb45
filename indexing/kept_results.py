"""Keep what ingests did beside the index, as JSON, for those who ask later."""

import json
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from indexing.outcomes import IngestSummary

_FOLDER: Final = "ingest-reports"
_KEPT: Final = 50  # results; the oldest goes first
_SUMMARY: Final = TypeAdapter(IngestSummary)


def keep_result(index_dir: Path, summary: IngestSummary) -> IngestSummary:
    """Keep a result, and give it back: with a problem told if it could not be kept."""
    folder = index_dir / _FOLDER
    content = json.dumps(asdict(summary), ensure_ascii=False, indent=1)
    try:
        folder.mkdir(exist_ok=True)
        path = _free_path(folder, summary.started)
        written = path.with_suffix(".part")
        written.write_text(content, "utf-8")
        written.replace(path)
        for old in _results(folder)[:-_KEPT]:
            old.unlink(missing_ok=True)
    except OSError as error:
        if summary.problem:
            return summary
        return replace(
            summary, problem=f"Không lưu được bản kết quả nạp vào {folder} ({error.strerror})."
        )
    return summary


def last_result(index_dir: Path) -> IngestSummary | None:
    """Give what the last ingest did; nothing if none is kept."""
    for path in reversed(_results(index_dir / _FOLDER)):
        # One that an older version wrote is passed over.
        with suppress(OSError, ValidationError):
            return _SUMMARY.validate_json(path.read_bytes())
    return None


def _results(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))


def _free_path(folder: Path, started: str) -> Path:
    # A colon cannot stand in a file's name in Windows; two ingests may begin in one second.
    stem = started.replace(":", "-").replace("+00-00", "Z")
    numbers = (f"{stem}.{number:03}.json" for number in range(1000))
    return next(path for path in map(folder.joinpath, numbers) if not path.exists())
