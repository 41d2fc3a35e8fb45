"""Print what was measured, and keep it as data."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from evaluation import tables
from evaluation.curve_plot import save_curve
from evaluation.measuring import Measured
from evaluation.score import Judged, Line, figures

# Written by `python -m training`, for the weights that it leaves beside it.
READER_FIGURES = Path(__file__).parent.parent / "data" / "reader" / "span_reader.json"


def show(measured: Measured, out: Path, console: Console, reader: Path = READER_FIGURES) -> None:
    """Print tables of all that was measured, and draw the refusal curve.

    Args:
        measured: What was measured.
        out: Folder for the picture.
        console: Where to print.
        reader: What the training measured; left out if there is no such file.
    """
    console.print(tables.quality_table(measured.gold))
    console.print(tables.refusal_table(measured.gold))
    console.print(tables.quote_line(measured.gold))
    if times := seconds_of(measured.gold):
        median, slowest = (f"{seconds * 1000:.0f}" for seconds in tables.latency(times))
        console.print(f"Mỗi câu hỏi: trung vị {median} ms, 95% dưới {slowest} ms")
    if measured.own:
        console.print(tables.sets_table(measured.own))
    if measured.baseline:
        systems = {"trợ lý": measured.gold, "cách đơn giản": measured.baseline}
        console.print(tables.systems_table("So với cách đơn giản", systems))
    if reader.exists():
        console.print(tables.reader_table(json.loads(reader.read_text("utf-8"))))
    if measured.refusal:
        picture = out / "refusal-curve.png"
        save_curve(measured.refusal.curve, measured.refusal.shipped, picture)
        shown = tables.curve_line(measured.refusal.shipped, measured.refusal.auc)
        console.print(shown, soft_wrap=True)
        console.print(f"Đường cong từ chối: {picture}", soft_wrap=True)


def as_data(measured: Measured) -> Line:
    """Give the same as data for JSON."""
    data: Line = {"figures": figures(measured.gold)}
    if times := seconds_of(measured.gold):
        median, slowest = tables.latency(times)
        data["seconds"] = {"median": median, "p95": slowest, "n": len(times)}
    data["own"] = {name: figures(judged) for name, judged in measured.own.items()}
    if measured.baseline:
        data["baseline"] = figures(measured.baseline)
    if measured.refusal:
        data["refusal"] = asdict(measured.refusal)
    return data


def write_data(data: Line, path: Path) -> None:
    """Write data as one JSON object."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def seconds_of(judged: Sequence[Judged]) -> list[float]:
    """Give the time each question took, where the answer lines tell it."""
    return [float(one.given["seconds"]) for one in judged if "seconds" in one.given]
