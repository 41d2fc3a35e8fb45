"""Measure speed and memory on the sample reports, on this machine, from nothing.

python -m evaluation.bench [--reports reports] [--out data/eval]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from evaluation.tables import latency

# What the system counts peak memory in: bytes on macOS, kilobytes on Linux.
_RSS_PER_MB = 1024 * 1024 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Step:
    """A command that was measured."""

    name: str  # Vietnamese
    seconds: float
    peak_mb: float  # the most memory it held


def main() -> int:
    """Measure, show a table, and write the numbers to bench.json."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.bench", description="Đo tốc độ và bộ nhớ trên máy này."
    )
    parser.add_argument("--reports", type=Path, default=Path("reports"), help="thư mục báo cáo")
    parser.add_argument("--out", type=Path, default=Path("data/eval"), help="nơi ghi kết quả")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        steps, asked = _measure(args.reports, Path(folder))
    Console().print(_table(steps, asked))
    args.out.mkdir(parents=True, exist_ok=True)
    result = {"steps": [asdict(step) for step in steps], "questions": asked}
    (args.out / "bench.json").write_text(
        json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return 0


def run(name: str, command: Sequence[str], env: dict[str, str]) -> tuple[Step, str]:
    """Run `python` with arguments in a process of its own, so that its memory is its own.

    Returns:
        What it cost, and what it printed.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as printed:
        started = time.perf_counter()
        child = subprocess.Popen([sys.executable, *command], env=os.environ | env, stdout=printed)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        text = printed.read()
    if child.returncode:
        shown = " ".join(command)
        sys.exit(f"{text}Không đo được: `python {shown}` dừng với mã {child.returncode}")
    return Step(name, seconds, usage.ru_maxrss / _RSS_PER_MB), text


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
