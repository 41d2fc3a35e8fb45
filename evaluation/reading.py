"""Measure how well files of any format are read: `python -m evaluation.reading FOLDER [--cache DIR]`.

For each NAME.ext with a NAME.expected.txt beside it: the share of the expected words, cut at white
space, that come out in the expected order; the share of the expected letters with diacritics that come
out right; how long reading took, and how many pages were read by OCR.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from errors import UnreadableReportError
from evaluation.read_text import Reckoning, reckon
from ingest import read_report
from records import Origin

_EXPECTED = ".expected.txt"


@dataclass(frozen=True, slots=True)
class Measured:
    """How well one file was read."""

    name: str
    reckoning: Reckoning
    seconds: float  # of reading
    origin: Origin = field(default_factory=Origin)
    fault: str = ""  # Vietnamese: why nothing was read


def main() -> int:
    """Measure the files of a folder, and show a table."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.reading", description="Đo việc đọc tệp theo bản chép đúng."
    )
    parser.add_argument("folder", type=Path, help="nơi có TÊN.đuôi và TÊN.expected.txt")
    parser.add_argument("--cache", type=Path, help="nơi giữ tệp đã chuyển đổi, trang đã nhận dạng")
    given = parser.parse_args()
    paths = files_with_expected_text(given.folder)
    if not paths:
        print(f"{given.folder}: không có tệp TÊN.đuôi nào kèm TÊN.expected.txt", file=sys.stderr)
        return 2
    files = [measure_file(path, cache=given.cache) for path in paths]
    console = Console()
    console.print(_table(files))
    for file in files:
        if file.fault:
            console.print(Text(f"Không đọc được: {file.fault}"), soft_wrap=True)
    return 0


def files_with_expected_text(folder: Path) -> list[Path]:
    """List the files of a folder that have an expected text beside them."""
    return [
        path
        for path in sorted(folder.iterdir())
        if not path.name.endswith(_EXPECTED) and _expected_of(path).exists()
    ]


def measure_file(path: Path, *, cache: Path | None = None) -> Measured:
    """Read a file and compare it with the expected text beside it; unread, nothing is right."""
    expected = _expected_of(path).read_text("utf-8")
    started = time.perf_counter()
    try:
        read = read_report(path, cache=cache)
    except UnreadableReportError as error:
        seconds = time.perf_counter() - started
        return Measured(path.name, reckon(expected, ""), seconds, fault=str(error))
    seconds = time.perf_counter() - started
    return Measured(path.name, reckon(expected, read.report.text), seconds, read.origin)


def _expected_of(path: Path) -> Path:
    return path.with_name(path.stem + _EXPECTED)


def _table(files: Sequence[Measured]) -> Table:
    table = Table(title="Đọc tệp", title_justify="left", box=box.SIMPLE, pad_edge=False)
    table.add_column("Tệp", overflow="fold", min_width=16)
    table.add_column("Bảng\nmã")
    for heading in ("Số từ", "Đúng\nthứ tự", "Chữ\ncó dấu", "Đúng", "Đúng,\nhoa như\nthường"):
        table.add_column(heading, justify="right", no_wrap=True)
    for heading in ("Giây", "Trang\nOCR"):
        table.add_column(heading, justify="right", no_wrap=True)
    for file in files:
        _add_row(table, file, file.origin.encoding, len(file.origin.ocr_pages))
    total = sum((file.reckoning for file in files), Reckoning())
    all_files = Measured(f"Tất cả {len(files)} tệp", total, sum(file.seconds for file in files))
    table.add_section()
    _add_row(table, all_files, "", sum(len(file.origin.ocr_pages) for file in files))
    return table


def _add_row(table: Table, file: Measured, encoding: str, ocr_pages: int) -> None:
    counted = file.reckoning
    table.add_row(
        Text(file.name),
        encoding,
        str(counted.words),
        _share(counted.in_order, counted.words),
        str(counted.letters),
        _share(counted.right, counted.letters),
        _share(counted.right_in_any_case, counted.letters),
        f"{file.seconds:.2f}",
        str(ocr_pages or ""),
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else "-"


if __name__ == "__main__":
    sys.exit(main())
