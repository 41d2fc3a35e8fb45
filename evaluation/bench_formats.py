"""Measure how fast files of each format are indexed, beside a plain LangChain run on the same files.

Both run as processes of their own, from nothing, start and model included. For how the files are made
and what the plain run does, see `evaluation.bench_files` and `evaluation.bench_plain`.
"""

import shutil
import sys
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from rich import box
from rich.table import Table

from evaluation.bench_files import FORMATS, FormatFiles, write_formats
from evaluation.measured_process import run
from indexing.kept_results import last_result
from vectorstore.embeddings import BUILT_IN


@dataclass(frozen=True, slots=True)
class Indexed:
    """What indexing the files of one format took; of several rounds the medians."""

    seconds: float
    cpu_seconds: float  # of all cores; hardly slowed by what else runs
    passages: int  # the assistant's passages, or the plain run's pieces of 1,000 characters
    peak_mb: float


@dataclass(frozen=True, slots=True)
class FormatSpeed:
    """How one format is indexed, by the assistant and plainly."""

    name: str
    pages: int
    ours: Indexed
    plain: Indexed
    times_faster: float  # median of the rounds
    times_thriftier: float  # the same of the seconds of all cores


def save_plain_model(folder: Path) -> Path:
    """Save the model that the plain run uses: the assistant's own in float32; give its folder.

    The assistant's is unpacked too, where it was not: that is done once on a machine.
    """
    saved = folder / BUILT_IN
    for arguments in (["--only-load", BUILT_IN], ["--only-save", str(saved)]):
        run("", ["-m", "evaluation.bench_embeddings", *arguments], {"HF_HUB_OFFLINE": "1"})
    return saved


def measure_formats(
    reports: Sequence[Path],
    *,
    plain_model: Path,
    formats: Collection[str] = FORMATS,
    rounds: int = 1,
) -> list[FormatSpeed]:
    """Index reports in each format; scans only where Tesseract is installed.

    Args:
        reports: Text files.
        plain_model: What `save_plain_model` gave.
        formats: Those of `FORMATS` to measure.
        rounds: How often; the two take turns, so that whatever else the machine does slows both.
    """
    if shutil.which("tesseract") is None:
        formats = [name for name in formats if name != "scan"]
    with tempfile.TemporaryDirectory() as folder:
        written = write_formats(reports, Path(folder) / "files", formats=formats)
        return [_measure(files, plain_model, rounds) for files in written]


def speed_table(speeds: Sequence[FormatSpeed]) -> Table:
    """Show how fast each format is indexed."""
    table = Table(
        title="Tốc độ nạp theo định dạng, bên cạnh cách làm thường của LangChain",
        caption="Tính cả lúc khởi động và mở mô hình. Tệp không có trang: tính theo số trang của chính "
        "báo cáo ấy ở dạng PDF. Đoạn của LangChain là mẩu 1.000 ký tự; 0 là không đọc được chữ nào.",
        title_justify="left",
        caption_justify="left",
        box=box.SIMPLE,
        pad_edge=False,
        collapse_padding=True,
    )
    table.add_column("Định dạng", no_wrap=True)
    for heading in ("Trang", "Giây", "Trang\n/giây", "Đoạn\n/giây"):
        table.add_column(heading, justify="right", no_wrap=True)
    for heading in ("Lang-\nChain\ngiây", "Trang\n/giây", "Đoạn\n/giây"):
        table.add_column(heading, justify="right", no_wrap=True)
    for heading in ("Nhanh\nhơn\n(lần)", "Theo\ngiây\nCPU"):
        table.add_column(heading, justify="right", no_wrap=True)
    for speed in speeds:
        ratios = (f"{speed.times_faster:.1f}", f"{speed.times_thriftier:.1f}")
        table.add_row(
            speed.name,
            str(speed.pages),
            *_rates(speed.ours, speed.pages),
            *_rates(speed.plain, speed.pages),
            *(ratios if speed.plain.passages else ("-", "-")),
        )
    return table


def memory_table(speeds: Sequence[FormatSpeed]) -> Table:
    """Show the most memory that indexing each format took."""
    table = Table(
        title="Bộ nhớ cao nhất khi nạp, theo định dạng",
        caption="Của tiến trình lớn nhất, như lệnh /usr/bin/time -v cho biết.",
        title_justify="left",
        caption_justify="left",
        box=box.SIMPLE,
        pad_edge=False,
    )
    table.add_column("Định dạng")
    table.add_column("Trợ lý", justify="right", no_wrap=True)
    table.add_column("LangChain", justify="right", no_wrap=True)
    for speed in speeds:
        table.add_row(speed.name, f"{speed.ours.peak_mb:.0f} MB", f"{speed.plain.peak_mb:.0f} MB")
    return table


def _rates(indexed: Indexed, pages: int) -> tuple[str, str, str]:
    seconds, passages = indexed.seconds, indexed.passages
    # Pages that gave nothing were not read.
    read = pages if passages else 0
    return f"{seconds:.1f}", f"{read / seconds:.2f}", f"{passages / seconds:.1f}"


def _measure(files: FormatFiles, plain_model: Path, rounds: int) -> FormatSpeed:
    print(f"Đang đo {files.name}…", file=sys.stderr)
    pairs = [
        (_index(files.folder), _index_plainly(files.folder, plain_model)) for _ in range(rounds)
    ]
    ours, plain = (_middle(each) for each in zip(*pairs, strict=True))
    return FormatSpeed(
        files.name,
        files.pages,
        ours,
        plain,
        times_faster=median(theirs.seconds / own.seconds for own, theirs in pairs),
        times_thriftier=median(theirs.cpu_seconds / own.cpu_seconds for own, theirs in pairs),
    )


def _index(folder: Path) -> Indexed:
    with tempfile.TemporaryDirectory() as made:
        index = Path(made) / "index"
        command = ["-m", "ingest", str(folder), "--index", str(index)]
        step, _ = run("", command, {"READING_CACHE": str(Path(made) / "reading")})
        summary = last_result(index)
    if summary is None:
        sys.exit(f"{folder}: không thấy kết quả nạp")
    passages = sum(file.passages for file in summary.files)
    return Indexed(step.seconds, step.cpu_seconds, passages, step.peak_mb)


def _index_plainly(folder: Path, model: Path) -> Indexed:
    with tempfile.TemporaryDirectory() as made:
        command = ["-m", "evaluation.bench_plain", str(folder), made, str(model)]
        step, printed = run("", command, {"HF_HUB_OFFLINE": "1"})
    pieces = int(printed.splitlines()[-1])
    return Indexed(step.seconds, step.cpu_seconds, pieces, step.peak_mb)


def _middle(rounds: Sequence[Indexed]) -> Indexed:
    return Indexed(
        median(each.seconds for each in rounds),
        median(each.cpu_seconds for each in rounds),
        rounds[0].passages,
        median(each.peak_mb for each in rounds),
    )
