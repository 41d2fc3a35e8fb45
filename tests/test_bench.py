from pathlib import Path

import numpy as np
import pytest
from rich.console import Console
from test_remote_embeddings import server  # noqa: F401  # a fixture

from evaluation.bench_files import FORMATS, FormatFiles, write_formats
from evaluation.bench_folder import folder_table, measure_folder, read_sentences, small_report
from evaluation.bench_formats import measure_formats, memory_table, speed_table
from evaluation.bench_plain import index_plainly, load
from evaluation.measured_process import run
from ingest import read_report

ROOT = Path(__file__).parent.parent
REPORTS = [ROOT / "reports" / name for name in ("mai-son.txt", "muong-la.txt")]
ROWS = "STT\tChỉ tiêu\tKết quả\n1\tTỷ lệ hộ nghèo\t12,4%\n2\tĐộ che phủ rừng\t47,5%"
TEXT = f"BÁO CÁO\n\nThu ngân sách xã Mường Trai đạt 5,2 tỷ đồng.\n\n{ROWS}\n\nVượt kế hoạch < 3%.\n"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench")
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "b.txt").write_text(TEXT.replace("5,2", "6,3"), "utf-8")
    formats = write_formats(sorted(folder.glob("*.txt")), folder / "files")
    return {files.folder.name: files for files in formats}


def test_each_format_has_the_reports_and_their_pages(written):
    assert tuple(written) == FORMATS
    assert {files.pages for files in written.values()} == {2}
    for name, files in written.items():
        suffix = "pdf" if name == "scan" else name
        assert [path.name for path in sorted(files.folder.iterdir())] == [
            f"a.{suffix}", f"b.{suffix}",
        ]  # fmt: skip


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "scan"])
def test_plain_loaders_read_the_text_of_every_format(written, name):
    text = " ".join(document.page_content for document in load(written[name].folder / f"b.{name}"))
    for words in ("Mường Trai đạt 6,3 tỷ đồng.", "Độ che phủ rừng", "47,5%", "kế hoạch < 3%"):
        assert words in " ".join(text.split())


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "scan"])
def test_the_assistant_reads_the_table_of_every_format(written, name):
    read = read_report(written[name].folder / f"a.{name}")
    rows = [passage for passage in read.passages if passage.cells]
    assert "12,4%" in rows[0].text
    assert "47,5%" in rows[1].text


def test_plain_loaders_read_nothing_of_a_scan(written):
    assert [d.page_content for d in load(written["scan"].folder / "a.pdf")] == [""]


def test_of_some_formats_only_those_are_given(tmp_path, written):
    formats = write_formats([written["txt"].folder / "a.txt"], tmp_path / "files", formats=["html"])
    assert formats == [FormatFiles("html", tmp_path / "files" / "html", 1)]


class _LengthModel:
    """Gives texts' lengths as vectors, as sentence-transformers gives vectors."""

    def encode(self, texts):
        return np.array([[len(text), 1.0] for text in texts], np.float32)


def test_the_plain_run_indexes_pieces_of_a_thousand_characters(written, tmp_path):
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "dai.txt").write_text("Một câu dài. " * 150, "utf-8")  # 1,950 characters
    assert index_plainly(tmp_path / "files", tmp_path / "index", _LengthModel()) == 3
    assert index_plainly(written["scan"].folder, tmp_path / "empty", _LengthModel()) == 0


def test_small_reports_differ_and_their_editions_differ_in_the_last_sentence():
    sentences = read_sentences(REPORTS)
    first, same, edited, other = (
        small_report(sentences, number, edition=edition).splitlines()
        for number, edition in ((1, 1), (1, 1), (1, 2), (2, 1))
    )
    assert first == same
    assert first[:-1] == edited[:-1]
    assert first[-1] != edited[-1]
    assert not set(first[4:]) & set(other[4:])
    assert 450 <= sum(map(len, first)) <= 850


def test_a_process_is_measured():
    step, told = run("Việc", ["-c", "print(sum(range(1000000)))"], {})
    assert told == "499999500000\n"
    assert step.seconds > 0
    assert step.cpu_seconds > 0
    assert 5 < step.peak_mb < 60  # not that of the process that started it


def test_a_process_that_fails_ends_the_measure():
    with pytest.raises(SystemExit, match=r"Không đo được: `python -c .*` dừng với mã 3"):
        run("Việc", ["-c", "raise SystemExit(3)"], {})


@pytest.fixture
def embedding_server(server, monkeypatch):  # noqa: F811
    """Processes embed there: loading the built-in model takes each of them seconds."""
    monkeypatch.setenv("EMBEDDING_URL", server.url)


@pytest.mark.usefixtures("embedding_server")
def test_a_format_is_measured_beside_the_plain_run(written, float32_folder):
    reports = sorted(written["txt"].folder.iterdir())
    (speed,) = measure_formats(reports, plain_model=float32_folder, formats=["html"])
    assert (speed.name, speed.pages, speed.ours.passages, speed.plain.passages) == ("html", 2, 8, 2)
    assert min(speed.ours.seconds, speed.plain.seconds, speed.times_thriftier) > 0
    assert speed.times_faster == speed.plain.seconds / speed.ours.seconds
    assert min(speed.ours.peak_mb, speed.plain.peak_mb) > 5
    speeds, memory = rows(speed_table([speed]))[-4], rows(memory_table([speed]))[-3]
    assert speeds[:3] == ["html", "2", f"{speed.ours.seconds:.1f}"]
    assert speeds[-2:] == [f"{speed.times_faster:.1f}", f"{speed.times_thriftier:.1f}"]
    assert memory[-2:] == [f"{speed.plain.peak_mb:.0f}", "MB"]


@pytest.mark.usefixtures("embedding_server")
def test_a_folder_is_measured_when_nothing_one_and_all_of_it_changed():
    steps = measure_folder(REPORTS, files=2)
    assert [step.name for step in steps] == [
        "Nạp 2 báo cáo nhỏ từ đầu",
        "Nạp lại, không báo cáo nào đổi",
        "Nạp lại, một báo cáo đổi một câu",
        "Nạp lại, mọi báo cáo đổi một câu",
    ]
    assert min(step.seconds for step in steps) > 0
    assert rows(folder_table(steps))[-4][6:8] == ["đầu", f"{steps[0].seconds:.1f}"]


def rows(table):
    """Give the words of the table's lines that are not empty, at the width of a terminal."""
    console = Console(width=80)
    with console.capture() as shown:
        console.print(table)
    return [line.split() for line in shown.get().splitlines() if line.strip()]
