"""Run Python in a process of its own, and tell what that cost."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# What the system counts peak memory in: bytes on macOS, kilobytes on Linux.
_RSS_PER_MB = 1024 * 1024 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Step:
    """A command that was measured."""

    name: str  # Vietnamese
    seconds: float
    cpu_seconds: float  # of all cores; hardly slowed by what else runs
    peak_mb: float  # the most memory it held, or the largest of the processes that it started


def run(name: str, command: Sequence[str], env: Mapping[str, str]) -> tuple[Step, str]:
    """Run `python` with arguments in a process of its own, so that its memory is its own.

    Returns:
        What it cost, and what it printed.
    """
    with tempfile.TemporaryDirectory() as folder:
        cost = Path(folder) / "cost.json"
        # Linux counts a process's memory from the size of the one that starts it: a small one does.
        ended = subprocess.run(
            [sys.executable, "-I", "-S", __file__, str(cost), sys.executable, *command],
            env={**os.environ, **env},
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
        if ended.returncode:
            shown = " ".join(command)
            sys.exit(
                f"{ended.stdout}Không đo được: `python {shown}` dừng với mã {ended.returncode}"
            )
        return Step(name, **json.loads(cost.read_text("utf-8"))), ended.stdout


def _measure(cost: Path, command: Sequence[str]) -> int:
    """Run a command, write down what it cost, and give its exit status."""
    started = time.perf_counter()
    child = subprocess.Popen(command)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    found = {
        "seconds": seconds,
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "peak_mb": usage.ru_maxrss / _RSS_PER_MB,
    }
    cost.write_text(json.dumps(found), "utf-8")
    return child.returncode


if __name__ == "__main__":
    sys.exit(_measure(Path(sys.argv[1]), sys.argv[2:]))
