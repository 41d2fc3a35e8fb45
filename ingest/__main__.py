"""Index reports: `python -m ingest PATH… [--index DIR] [--rebuild]`, or write their figures.

`python -m ingest --figures FILE.xlsx` writes all figures of the index to a table.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from errors import AssistantError
from indexing import FileOutcome, IngestSummary, Outcome
from indexing import Progress as IngestProgress
from settings import Settings
from wiring import forget_index, index_reports, read_figures, read_settings

_OUTCOMES = {
    Outcome.ADDED: "mới nạp",
    Outcome.REPLACED: "nạp lại",
    Outcome.UNCHANGED: "không đổi",
    Outcome.REMOVED: "đã gỡ",
    Outcome.FAILED: "LỖI",
    Outcome.SKIPPED: "bỏ qua",
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command.

    Returns:
        The exit status: 0; 1 if some file failed; 2 if nothing could be done.
    """
    given = _parser().parse_args(arguments)
    console = Console(stderr=False)
    try:
        settings = read_settings()
        if given.index:
            settings = replace(settings, index_dir=given.index)
        if given.figures:
            return _write_figures(settings, given.figures, console)
        if given.rebuild:
            forget_index(settings)
        with _progress(Console(stderr=True)) as tell:
            summary = index_reports(
                settings, given.paths or [settings.reports_dir], on_progress=tell
            )
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 2
    _show(summary, console)
    return 1 if summary.failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ingest", description="Nạp báo cáo vào chỉ mục."
    )
    parser.add_argument(
        "paths", type=Path, nargs="*", metavar="ĐƯỜNG_DẪN", help="tệp hoặc thư mục báo cáo"
    )
    parser.add_argument("--index", type=Path, metavar="THƯ_MỤC", help="thư mục chỉ mục")
    parser.add_argument("--rebuild", action="store_true", help="xóa chỉ mục cũ và lập lại từ đầu")
    parser.add_argument(
        "--figures",
        type=Path,
        metavar="TỆP",
        help="không nạp gì, chỉ xuất mọi số liệu trong chỉ mục ra tệp .xlsx hoặc .csv",
    )
    return parser


def _write_figures(settings: Settings, path: Path, console: Console) -> int:
    from figure_export import write_figures  # takes longer to import than an ingest without news

    figures, passages = read_figures(settings)
    write_figures(path, figures, passages)
    reports = len({figure.report for figure in figures})
    console.print(Text(f"Đã xuất {len(figures)} số liệu của {reports} báo cáo vào {path}."))
    return 0


@contextmanager
def _progress(console: Console) -> "Iterator[_Bar]":
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        yield _Bar(progress)


class _Bar:
    """Shows how far an ingest has come as one bar: a step a file, and parts of it for its chunks."""

    def __init__(self, progress: Progress) -> None:
        """Take the display to draw on."""
        self._progress = progress
        self._task = progress.add_task("Đang chuẩn bị…", total=None)

    def __call__(self, state: IngestProgress) -> None:
        """Draw the state of the ingest."""
        part = state.embedded / state.to_embed if state.to_embed else 0.0
        done = state.position - 1 + (1.0 if state.outcome else part)
        name = Text(state.name).markup
        self._progress.update(
            self._task, description=f"Đang nạp {name}", completed=done, total=state.total
        )


def _show(summary: IngestSummary, console: Console) -> None:
    if not summary.files:
        console.print("Không có báo cáo nào ở đó. Hãy chép tệp .txt vào thư mục rồi nạp lại.")
        return
    table = Table(title="Kết quả nạp báo cáo")
    table.add_column("Báo cáo", overflow="fold")
    table.add_column("Kết quả", no_wrap=True)
    for heading in ("Đoạn", "Chú thích", "Dòng bảng", "Số liệu", "Bỏ ra"):
        table.add_column(heading, justify="right")
    for file in summary.files:
        read = (file.passages, file.footnotes, file.table_rows, file.figures)
        counts = (*read, len(file.left_out))
        table.add_row(Text(file.name), _OUTCOMES[file.outcome], *map(str, counts))
    console.print(table)
    for file in summary.files:
        for note in _notes(file):
            console.print(Text(f"  {file.name}: {note}"), soft_wrap=True)
    seconds = f"{summary.seconds:.1f}".replace(".", ",")
    console.print(f"{len(summary.files)} tệp, {seconds} giây.")


def _notes(file: FileOutcome) -> list[str]:
    """Say why a file failed, what was left out of it and why, and what to look at."""
    reasons = Counter(entry.reason for entry in file.left_out)
    left_out = [f"bỏ ra {count} dòng: {reason}" for reason, count in reasons.items()]
    failure = [file.message.removeprefix(f"{file.name}: ")] if file.message else []
    return [*failure, *left_out, *file.warnings]


if __name__ == "__main__":
    sys.exit(main())
