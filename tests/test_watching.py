import os
import queue
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from fakes import read_lines

from errors import AssistantError
from indexing import Reader
from indexing.watching import Pace, keep_in_line

TESTS = Path(__file__).parent
READER = Reader(read_lines, "1", (".txt",), lambda _: {}, ("sửa.toml",))
PACE = Pace(quiet=0.3, wake=0.1, look=0.5, again=1.0)
SOON = 5.0  # seconds in which a change has to be in the index
COMMAND = """
import sys, wiring
from fakes import FakeEmbedder
wiring.load_embedder = lambda _: print("mô hình", flush=True) or FakeEmbedder()
from ingest.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


class Watch:
    """A watch in a thread, whose ingests only write down what they were given."""

    def __init__(self, *paths):
        self.held, self.told, self.fails = queue.Queue(), [], 0
        self.stop = threading.Event()
        self.thread = threading.Thread(
            target=keep_in_line,
            args=(paths,),
            kwargs={
                "reader": READER,
                "ingest": self.ingest,
                "tell": self.told.append,
                "stop": self.stop,
                "pace": PACE,
            },
        )
        self.thread.start()

    def ingest(self, held):
        self.held.put({path.name for path in held})
        if self.fails:
            self.fails -= 1
            raise AssistantError("không được")

    def next(self):
        return self.held.get(timeout=SOON)

    def is_quiet(self, seconds=1.0):
        time.sleep(seconds)
        return self.held.empty()


@pytest.fixture
def watch(tmp_path):
    watches = []

    def start(*paths):
        watches.append(Watch(*(paths or [tmp_path])))
        return watches[-1]

    yield start
    for each in watches:
        each.stop.set()
    for each in watches:
        each.thread.join()


def test_a_change_is_ingested_once_it_has_ended(watch, tmp_path):
    (tmp_path / "a.txt").write_text("một")
    started = watch()
    assert started.next() == set()
    growing = tmp_path / "b.txt"
    for _ in range(20):  # for longer than it takes to see a change
        growing.write_text("x" * int(time.monotonic() * 1000 % 1000))
        time.sleep(0.05)
    assert started.held.empty()
    assert started.next() == set()
    growing.unlink()
    assert started.next() == set()
    (tmp_path / "sửa.toml").write_text("")
    assert started.next() == set()
    (tmp_path / "ảnh.png").write_text("")
    assert started.is_quiet()


def test_a_file_that_is_being_written_does_not_keep_others_waiting(watch, tmp_path):
    (tmp_path / "a.txt").write_text("một")
    started = watch()
    started.next()
    (tmp_path / "b.txt").write_text("hai")
    until = time.monotonic() + SOON
    while started.held.empty() and time.monotonic() < until:
        with (tmp_path / "c.txt").open("a") as growing:
            growing.write("x")
        time.sleep(0.05)
    assert started.next() == {"c.txt"}
    assert started.next() == set()


def test_a_failure_is_told_and_the_watch_goes_on(watch, tmp_path):
    started = watch()
    started.next()
    started.fails = 1
    (tmp_path / "a.txt").write_text("một")
    started.next()
    started.next()  # again, though nothing has changed
    assert started.is_quiet()
    assert started.told == ["không được"]


def test_changes_of_which_the_system_tells_nothing_are_found(watch, tmp_path, monkeypatch):
    monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "1")
    monkeypatch.setenv("WATCHFILES_POLL_DELAY_MS", "600000")
    started = watch()
    started.next()
    (tmp_path / "a.txt").write_text("một")
    assert started.next() == set()


def test_a_folder_that_comes_later_is_ingested(watch, tmp_path):
    started = watch(tmp_path / "ổ mạng")
    started.next()
    (tmp_path / "ổ mạng").mkdir()
    (tmp_path / "ổ mạng" / "a.txt").write_text("một")
    assert started.next() == set()


class Command:
    """`python -m ingest --watch` as a process of its own, and the lines that it says."""

    def __init__(self, folder, *paths):
        environment = {**os.environ, "PYTHONPATH": f"{TESTS}:{TESTS.parent}"}
        environment |= {
            "PYTHONUNBUFFERED": "1",
            "COLUMNS": "200",
            "INDEX_DIR": str(folder / "index"),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, "--watch", *paths],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.strip())

    def wait_for(self, words, seconds=30.0):
        until, said = time.monotonic() + seconds, []
        while time.monotonic() < until:
            try:
                said.append(self.lines.get(timeout=0.1))
            except queue.Empty:
                continue
            if words in said[-1]:
                return said
        raise AssertionError(f"{words} not in {said}")


def test_the_index_follows_its_folder_within_seconds(tmp_path):
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text("Huyện Mai Sơn có 20 xã.", "utf-8")
    command = Command(tmp_path, reports)
    try:
        assert "mô hình" in command.wait_for("mới nạp a.txt")
        (reports / "b.txt").write_text("Huyện Mai Sơn có 181 HTX.", "utf-8")
        assert "mô hình" not in command.wait_for("mới nạp b.txt", SOON)
        (reports / "a.txt").write_text("Huyện Mai Sơn có 21 xã.", "utf-8")
        command.wait_for("nạp lại a.txt", SOON)
        (reports / "a.txt").unlink()
        command.wait_for("đã gỡ a.txt", SOON)
        (reports / "c.txt").write_text("", "utf-8")
        command.wait_for("LỖI c.txt", SOON)
        command.process.send_signal(signal.SIGTERM)
        command.wait_for("Đã dừng theo dõi.", SOON)
        assert command.process.wait(SOON) == 0
    finally:
        command.process.kill()
        command.process.wait()
        command.process.stdout.close()
