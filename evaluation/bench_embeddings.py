"""Measure the built-in embedding model against the same weights in float32 torch, side by side.

python -m evaluation.bench_embeddings [--reports reports] [--rounds 5] [--out data/eval]
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray
from rich import box
from rich.console import Console
from rich.table import Table

from evaluation.measured_process import Step, run
from settings import Settings
from vectorstore.embeddings import BUILT_IN, Embedder, load_embedder
from vietnamese import normalise

_CHARACTERS = 550  # of a passage: about 150 tokens
_PASSAGES = 64
_QUESTION = "Huyện Mai Sơn có bao nhiêu xã đạt chuẩn nông thôn mới năm 2024?"
_QUESTIONS = 50


@dataclass(frozen=True, slots=True)
class Speed:
    """What a model does, and what it costs."""

    name: str
    passages_per_second: float  # of the fastest round
    passages_per_cpu_second: float  # of the thriftiest round; hardly slowed by what else runs
    question_ms: float  # median
    load_seconds: float  # a new process, with its imports, until its first question is embedded
    load_mb: float  # the most memory that process held
    least_cosine: float  # to float32, over all passages


def main() -> int:
    """Measure, show a table, and write the numbers to bench_embeddings.json."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.bench_embeddings", description="Đo mô hình nhúng trên máy này."
    )
    parser.add_argument("--reports", type=Path, default=Path("reports"), help="thư mục báo cáo")
    parser.add_argument("--rounds", type=int, default=5, help="số lượt đo")
    parser.add_argument("--out", type=Path, default=Path("data/eval"), help="nơi ghi kết quả")
    parser.add_argument("--only-load", help=argparse.SUPPRESS)
    parser.add_argument("--only-save", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.only_load:
        _load(args.only_load).embed_question(_QUESTION)
        return 0
    if args.only_save:
        _save_float32(args.only_save)
        return 0
    passages = _read_passages(args.reports)
    with tempfile.TemporaryDirectory() as folder:
        float32 = str(Path(folder) / BUILT_IN)
        _in_a_process("--only-save", float32)
        speeds, ratio = _compare([float32, BUILT_IN], passages, rounds=args.rounds)
    Console().print(_table(speeds))
    Console().print(f"Nhanh hơn float32 [bold]{ratio:.1f}[/] lần (trung vị {args.rounds} lượt)")
    args.out.mkdir(parents=True, exist_ok=True)
    result = {"models": [asdict(speed) for speed in speeds], "ratio": ratio}
    (args.out / "bench_embeddings.json").write_text(
        json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return 0


def _compare(
    models: Sequence[str], passages: Sequence[str], *, rounds: int
) -> tuple[list[Speed], float]:
    """Measure models in turn, so that whatever else the machine does slows all of them.

    Returns:
        What each does, and how many times faster the last is than the first: the median of the
        rounds.
    """
    for model in models:
        _in_a_process("--only-load", model)  # unpacks it and brings its files into memory
    loads = [_in_a_process("--only-load", model) for model in models]
    embedders = [_load(model) for model in models]
    for embedder in embedders:
        embedder.embed_passages(passages[:4])  # the first call sets things up
    seconds: list[list[float]] = [[] for _ in models]
    cpu_seconds: list[list[float]] = [[] for _ in models]
    vectors: list[NDArray[np.float32]] = [np.empty(0, np.float32)] * len(models)
    for _ in range(rounds):
        for place, embedder in enumerate(embedders):
            started, cpu_started = time.perf_counter(), time.process_time()
            vectors[place] = embedder.embed_passages(passages)
            seconds[place].append(time.perf_counter() - started)
            cpu_seconds[place].append(time.process_time() - cpu_started)
    speeds = [
        Speed(
            name=embedder.name,
            passages_per_second=len(passages) / min(seconds[place]),
            passages_per_cpu_second=len(passages) / min(cpu_seconds[place]),
            question_ms=_question_ms(embedder),
            load_seconds=loads[place].seconds,
            load_mb=loads[place].peak_mb,
            least_cosine=float((vectors[place] * vectors[0]).sum(axis=1).min()),
        )
        for place, embedder in enumerate(embedders)
    ]
    ratios = [first / last for first, last in zip(seconds[0], seconds[-1], strict=True)]
    return speeds, median(ratios)


def _in_a_process(option: str, value: str) -> Step:
    return run(
        value, ["-m", "evaluation.bench_embeddings", option, value], {"HF_HUB_OFFLINE": "1"}
    )[0]


def _question_ms(embedder: Embedder) -> float:
    times = []
    for _ in range(_QUESTIONS):
        started = time.perf_counter()
        embedder.embed_question(_QUESTION)
        times.append(time.perf_counter() - started)
    return median(times) * 1000


def _load(model: str) -> Embedder:
    return load_embedder(Settings(embedding_model=model))


def _save_float32(folder: Path) -> None:
    from vectorstore.e5_float32 import save_float32  # imports torch: only in a process of its own

    save_float32(folder)


def _read_passages(reports: Path) -> list[str]:
    """Cut all reports into passages of one length, and take some of them evenly."""
    texts = [normalise(path.read_text("utf-8")) for path in sorted(reports.glob("*.txt"))]
    cut = [
        text[start : start + _CHARACTERS]
        for text in texts
        for start in range(0, len(text), _CHARACTERS)
    ]
    if not cut:
        sys.exit(f"Không có tệp .txt nào trong {reports}")
    return cut[:: max(1, len(cut) // _PASSAGES)][:_PASSAGES]


def _table(speeds: Sequence[Speed]) -> Table:
    table = Table(title="Mô hình nhúng", title_justify="left", box=box.SIMPLE, pad_edge=False)
    table.add_column("")
    rows: Mapping[str, Sequence[str]] = {
        "Đoạn mỗi giây": [f"{speed.passages_per_second:.1f}" for speed in speeds],
        "… mỗi giây CPU": [f"{speed.passages_per_cpu_second:.1f}" for speed in speeds],
        "Một câu hỏi": [f"{speed.question_ms:.1f} ms" for speed in speeds],
        "Mở, hỏi một câu": [f"{speed.load_seconds:.1f} s" for speed in speeds],
        "Bộ nhớ khi mở": [f"{speed.load_mb:.0f} MB" for speed in speeds],
        "Cosine thấp nhất": [f"{speed.least_cosine:.4f}" for speed in speeds],
    }
    for speed in speeds:
        table.add_column(speed.name, justify="right", no_wrap=True)
    for name, values in rows.items():
        table.add_row(name, *values)
    return table


if __name__ == "__main__":
    sys.exit(main())
