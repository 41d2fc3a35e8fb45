"""Kill ingests at random instants, and compare what the next one makes of it with a fresh index.

KILLS=100 kills a hundred times instead of twenty; SEED=7 kills at other instants.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from fakes import varied_lines

TESTS = Path(__file__).parent
KILLS = int(os.environ.get("KILLS", "20"))
SEED = int(os.environ.get("SEED", "3"))
COMPARED = 5  # kills between two comparisons with a fresh index


class Ingests:
    """A folder, its index, and processes that bring one in line with the other."""

    def __init__(self, folder):
        self.index, self.reports = folder / "index", folder / "reports"
        self.fresh = folder / "fresh"
        self.reports.mkdir()
        environment = {"PYTHONPATH": f"{TESTS}:{TESTS.parent}", "PATH": ""}
        self.server = subprocess.Popen(
            [sys.executable, TESTS / "killed_ingests.py", self.index, self.reports],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.server.stdout.readline() == "ready\n"

    def run(self, command, *, kill_after=None):
        """Run a command to its end or its death; give its exit status and what it said."""
        print(command, file=self.server.stdin, flush=True)
        _, pid = self.server.stdout.readline().split()
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
        said = None
        while not (line := self.server.stdout.readline()).startswith("exit "):
            assert line, "the server is gone"
            said = json.loads(line)
        return int(line.split()[1]), said

    def same_as_fresh(self):
        shutil.rmtree(self.fresh, ignore_errors=True)
        assert self.run(f"fresh {self.fresh}")[0] == 0
        (_, mended), (_, made) = self.run(f"dump {self.index}"), self.run(f"dump {self.fresh}")
        return {part: mended[part] == made[part] for part in made}

    def close(self):
        self.server.stdin.close()
        self.server.stdout.close()
        self.server.wait()


@pytest.fixture
def ingests(tmp_path):
    made = Ingests(tmp_path)
    yield made
    made.close()


def change(folder, chance, turn):
    """Add, replace, remove, rename or spoil some of the reports."""
    names = [f"{'năm nay/' if n % 3 else ''}báo cáo {n}.txt" for n in range(8)]
    for name in chance.sample(names, chance.randint(1, 4)):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        if path.exists() and chance.random() < 0.35:
            path.unlink()
            continue
        old = path.read_text("utf-8").splitlines() if path.exists() else []
        kept = [line for line in old if chance.random() < 0.7]
        lines = [
            *kept,
            *varied_lines(chance.randint(1, 25), seed=100 * turn + chance.randrange(99)),
        ]
        if chance.random() < 0.1:
            lines.append("HỎNG")
        path.write_text("\n".join(lines), "utf-8")


def change_the_long_one(folder, chance, turn):
    """Change a report that is long enough for Chroma to write its search graph."""
    kept = [line for line in varied_lines(1100, seed=1) if chance.random() < 0.9]
    (folder / "dài.txt").write_text("\n".join([*kept, f"lần {turn}"]), "utf-8")


def test_an_ingest_killed_at_random_instants_loses_nothing_and_doubles_nothing(ingests):
    chance = random.Random(SEED)
    change(ingests.reports, chance, 0)
    change_the_long_one(ingests.reports, chance, 0)
    assert ingests.run("ingest")[0] == 0
    usual, killed = 0.1, 0  # seconds that an ingest takes here and now; and how many were killed
    for turn in range(1, KILLS + 1):
        change(ingests.reports, chance, turn)
        if chance.random() < 0.2:
            change_the_long_one(ingests.reports, chance, turn)
        dead = ingests.run("ingest", kill_after=chance.uniform(0.0, usual))[0] == -signal.SIGKILL
        usual *= 1.2 if dead else 0.7
        killed += dead
        if chance.random() < 0.5:  # a question mends a cut off index too, as far as it can
            assert ingests.run("ask") == (0, [])
        if turn % COMPARED == 0:
            status, said = ingests.run("ingest")
            assert status == 0, said
            same = ingests.same_as_fresh()
            assert all(same.values()), same
    assert killed > KILLS / 2
