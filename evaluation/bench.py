"""Measure speed and memory on the sample reports, on this machine, from nothing.

    python -m evaluation.bench [--quick] [--only steps formats folder] [--rounds 1]

`steps`: ingest and questions as they are used; `formats`: ingest by format beside a plain LangChain
run; `folder`: a folder of 2,000 small reports when nothing, one and all of them changed.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from evaluation.bench_files import FORMATS
from evaluation.bench_folder import folder_table, measure_folder
from evaluation.bench_formats import measure_formats, memory_table, save_plain_model, speed_table
from evaluation.measured_process import Step, run
from evaluation.tables import latency

_PARTS = ("steps", "formats", "folder")
_FILES = 2000
_FILES_IF_QUICK = 200
_REPORTS_IF_QUICK = 2


def main() -> int:
    """Measure, show tables, and write the numbers to bench.json."""
    given = _parser().parse_args()
    reports = sorted(given.reports.glob("*.txt"), key=lambda path: path.stat().st_size)
    if not reports:
        sys.exit(f"Không có tệp .txt nào trong {given.reports}")
    console = Console()
    result: dict[str, object] = {}
    if "steps" in given.only:
        with tempfile.TemporaryDirectory() as folder:
            steps, asked = _measure(given.reports, Path(folder))
        console.print(_table(steps, asked))
        result |= {"steps": [asdict(step) for step in steps], "questions": asked}
    if "formats" in given.only:
        some = reports[:_REPORTS_IF_QUICK] if given.quick else reports
        with tempfile.TemporaryDirectory() as folder:
            model = save_plain_model(Path(folder))
            speeds = measure_formats(
                some, plain_model=model, formats=given.formats, rounds=given.rounds
            )
        console.print(speed_table(speeds), memory_table(speeds))
        result["formats"] = [asdict(speed) for speed in speeds]
    if "folder" in given.only:
        folder_steps = measure_folder(
            reports, files=_FILES_IF_QUICK if given.quick else given.files
        )
        console.print(folder_table(folder_steps))
        result["folder"] = [asdict(step) for step in folder_steps]
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "bench.json").write_text(
        json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.bench", description="Đo tốc độ và bộ nhớ trên máy này."
    )
    parser.add_argument("--reports", type=Path, default=Path("reports"), help="thư mục báo cáo")
    parser.add_argument("--out", type=Path, default=Path("data/eval"), help="nơi ghi kết quả")
    parser.add_argument("--only", nargs="+", choices=_PARTS, default=_PARTS, help="chỉ đo phần này")
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=FORMATS, help="định dạng")
    parser.add_argument("--rounds", type=int, default=1, help="số lượt đo từng định dạng")
    parser.add_argument("--files", type=int, default=_FILES, help="số báo cáo nhỏ trong thư mục")
    parser.add_argument(
        "--quick",
        action="store_true",
        help=f"đo nhanh: {_REPORTS_IF_QUICK} báo cáo mỗi định dạng, {_FILES_IF_QUICK} báo cáo nhỏ",
    )
    return parser


def _measure(reports: Path, folder: Path) -> tuple[list[Step], list[float]]:
    ingest = ["-m", "ingest", str(reports)]
    first = {"INDEX_DIR": str(folder / "index-1"), "MODEL_DIR": str(folder / "models")}
    second = first | {"INDEX_DIR": str(folder / "index-2")}
    ingests = (
        ("Nạp báo cáo, lần đầu trên máy (mở gói mô hình)", first),
        ("Nạp báo cáo từ đầu", second),
        ("Nạp lại, không báo cáo nào đổi", second),
    )
    steps = [run(name, ingest, env)[0] for name, env in ingests]
    asking, printed = run("Mở trợ lý và hỏi", ["-m", "evaluation.answering"], second)
    return [*steps, asking], json.loads(printed.splitlines()[-1])


def _table(steps: Sequence[Step], asked: Sequence[float]) -> Table:
    table = Table(title="Tốc độ và bộ nhớ", title_justify="left", box=box.SIMPLE, pad_edge=False)
    table.add_column("Việc")
    table.add_column("Thời gian", justify="right", no_wrap=True)
    table.add_column("Bộ nhớ cao nhất", justify="right", no_wrap=True)
    *ingests, asking = steps
    for step in ingests:
        table.add_row(step.name, f"{step.seconds:.1f} s", f"{step.peak_mb:.0f} MB")
    start = asking.seconds - sum(asked)
    median, slowest = latency(asked)
    table.add_row("Mở trợ lý, đến hết câu hỏi đầu", f"{start:.1f} s", f"{asking.peak_mb:.0f} MB")
    table.add_row(f"Mỗi câu hỏi, trung vị của {len(asked)} câu", f"{median * 1000:.0f} ms")
    table.add_row("Mỗi câu hỏi, 95% nhanh hơn", f"{slowest * 1000:.0f} ms")
    return table


if __name__ == "__main__":
    sys.exit(main())
