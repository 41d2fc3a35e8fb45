"""Readers that do what hostile files may make a reader do; run in the reading process by the tests."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from fakes import read_lines

from errors import UnreadableReportError


def read(path, *, on_page, **told):
    """Do what the file says; read it as lines if it says nothing."""
    words = path.read_text("utf-8").split()
    doing = {
        "hang": hang,
        "turn": lambda: turn(on_page),
        "eat": lambda: [bytearray(50_000_000) for _ in range(1000)],
        "crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
        "fault": lambda: {}["không có"],
        "modules": tell_modules,
        "take over": Wicked,
    }.get(" ".join(words))
    mark(path)
    if doing:
        return doing()
    on_page(1, 1)
    return read_lines(path, **told)


def mark(path):
    with path.with_suffix(".pids").open("a") as file:
        print(os.getpid(), file=file)


def hang():
    """Hang, with a process that left this one's group and one that did not."""
    started = [
        subprocess.Popen(["sleep", "600"], start_new_session=apart).pid for apart in (True, False)
    ]
    Path(os.environ["STARTED"]).write_text(
        f"{os.getpid()} {os.getppid()} {started[0]} {started[1]}"
    )
    while True:  # as a search in a text may: no other thread gets a turn
        time.sleep(0)


def turn(on_page):
    for page in range(1, 1_000_000):
        on_page(page, 1_000_000)
        time.sleep(0.02)


def tell_modules():
    raise UnreadableReportError(" ".join(sys.modules))


class Wicked:
    """What runs a command where it is opened."""

    def __reduce__(self):
        return os.system, ("touch " + os.environ["STARTED"],)
