"""Index reports: `python -m ingest PATH… [--index DIR] [--rebuild]`, or look at the index.

`--watch` goes on doing so after every change, `--status` compares folder and index, `--report` shows
what the last ingest did, `--show FILE` prints what is read from a file as Markdown, and
`--figures FILE.xlsx` writes all figures of the index to a table.
"""

import argparse
import signal
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event

from rich.console import Console
from rich.text import Text

import wiring
from errors import AssistantError
from indexing import IngestSummary
from ingest_console import show_comparison, show_news, show_progress, show_summary
from settings import Settings

_STOPPED = 130  # what a shell expects of a program that was told to stop


def main(arguments: list[str] | None = None) -> int:
    """Run the command.

    Returns:
        The exit status: 0; 1 if some file failed, or folder and index differ; 2 if nothing could be
        done.
    """
    given = _parser().parse_args(arguments)
    console = Console(stderr=False)
    try:
        settings = wiring.read_settings()
        if given.index:
            settings = replace(settings, index_dir=given.index)
        return _run(given, settings, given.paths or [settings.reports_dir], console)
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Đã dừng theo yêu cầu; lần nạp sau sẽ làm tiếp.", file=sys.stderr)
        return _STOPPED


def _run(given: argparse.Namespace, settings: Settings, paths: list[Path], console: Console) -> int:
    if given.figures:
        return _write_figures(settings, given.figures, console)
    if given.show:
        return _show(settings, given.show)
    if given.report:
        return _report(wiring.last_ingest(settings), console)
    if given.status:
        comparison = wiring.compare_index(settings, paths)
        show_comparison(comparison, console)
        return 1 if comparison.found else 0
    if given.rebuild:
        wiring.forget_index(settings)
    if given.watch:
        return _watch(settings, paths, console)
    with show_progress(Console(stderr=True)) as tell:
        summary = wiring.index_reports(settings, paths, on_progress=tell)
    show_summary(summary, console)
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
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--watch",
        action="store_true",
        help="nạp rồi theo dõi thư mục, nạp lại ngay sau mỗi thay đổi; Ctrl-C để dừng",
    )
    instead.add_argument(
        "--status",
        action="store_true",
        help="không nạp gì, chỉ so thư mục với chỉ mục và nêu từng điểm chưa khớp",
    )
    instead.add_argument(
        "--report", action="store_true", help="không nạp gì, chỉ xem lại kết quả lần nạp gần nhất"
    )
    instead.add_argument(
        "--show",
        type=Path,
        metavar="TỆP",
        help="không nạp gì, chỉ in nội dung đọc được từ một tệp, dạng Markdown",
    )
    instead.add_argument(
        "--figures",
        type=Path,
        metavar="TỆP",
        help="không nạp gì, chỉ xuất mọi số liệu trong chỉ mục ra tệp .xlsx hoặc .csv",
    )
    return parser


def _show(settings: Settings, path: Path) -> int:
    shown = wiring.show_report(settings, path)
    print(shown.markdown, end="")
    for note in shown.notes:
        print(note, file=sys.stderr)
    return 0


def _report(summary: IngestSummary | None, console: Console) -> int:
    if summary is None:
        raise AssistantError("Chưa có kết quả nạp nào được lưu. Hãy chạy: python -m ingest")
    show_summary(summary, console)
    return 1 if summary.failed or summary.problem else 0


def _watch(settings: Settings, paths: list[Path], console: Console) -> int:
    stop = Event()

    def end(number: int, _frame: object) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)  # a second time ends it at once

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    folders = ", ".join(map(str, paths))
    console.print(Text(f"Đang theo dõi {folders}. Nhấn Ctrl-C để dừng."), soft_wrap=True)
    wiring.watch_index(
        settings,
        paths,
        stop=stop,
        on_result=partial(show_news, console=console),
        tell=lambda problem: console.print(Text(problem), soft_wrap=True),
    )
    console.print("Đã dừng theo dõi.")
    return 0


def _write_figures(settings: Settings, path: Path, console: Console) -> int:
    from figure_export import write_figures  # takes longer to import than an ingest without news

    figures, passages = wiring.read_figures(settings)
    write_figures(path, figures, passages)
    reports = len({figure.report for figure in figures})
    console.print(Text(f"Đã xuất {len(figures)} số liệu của {reports} báo cáo vào {path}."))
    return 0


if __name__ == "__main__":
    sys.exit(main())
