"""Read files in a process that can be killed: `reading_process.py CHANNEL FUNCTION BYTES FOLDER`.

`indexing.reading_worker` starts it and talks to it over a socket. It is two processes: the reader,
which parses what anybody may have sent, and its guard, which only waits for the reader or for whoever
started it to end, and then ends all that is left: LibreOffice and Tesseract too. The guard is forked
from before anything is imported, and runs none of the reader's code.
"""

import importlib
import os
import select
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

# What the reader answers; the second thing told is given beside each.
PAGE: Final = "page"  # (pages read, of how many)
DONE: Final = "done"  # what the function gave
FAILED: Final = "failed"  # the AssistantError that it raised
NO_MEMORY: Final = "no memory"  # None
BROKEN: Final = "broken"  # the traceback of an error that should not have been raised

_NICENESS: Final = 5  # questions that are asked meanwhile come first
_DIE_WITH_PARENT, _ADOPT_ORPHANS = 1, 36  # of Linux' prctl


def guard(channel: int, function: str, memory: int, folder: str) -> None:
    """Run the reader; end it, and all that it started, when the other side hangs up.

    Args:
        channel: File descriptor of a socket.
        function: Reads a file: "ingest:read_report".
        memory: The most address space that a process may take, in bytes.
        folder: For temporary files; removed at the end.
    """
    os.set_inheritable(channel, False)
    _control_process(_ADOPT_ORPHANS, 1)
    alive, held = os.pipe()
    reader = os.fork()
    if not reader:
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        _restrict(memory)
        _serve(Connection(channel), function)
        os._exit(0)  # at once: libraries that were given broken files need not tidy up
    os.close(held)
    ends = select.poll()
    ends.register(channel, 0)  # tells of the other side's end all the same
    ends.register(alive, 0)
    ends.poll()
    _end_all()
    shutil.rmtree(folder, ignore_errors=True)  # with what LibreOffice left there


def _serve(channel: Connection, function: str) -> None:
    """Read one file after another."""
    module, _, name = function.partition(":")
    read = getattr(importlib.import_module(module), name)
    with suppress(EOFError, ConnectionError):
        while True:
            path, options = channel.recv()
            kind, told = _answer(channel, read, path, options)
            channel.send((kind, told))
            if kind == NO_MEMORY:
                break
            del told  # not kept until the next file is asked for


def _answer(
    channel: Connection, read: Callable[..., object], path: Path, options: dict[str, object]
) -> tuple[str, object]:
    from errors import AssistantError

    try:
        return DONE, read(
            path, **options, on_page=lambda done, pages: channel.send((PAGE, (done, pages)))
        )
    except AssistantError as error:
        return FAILED, error
    except ConnectionError:
        raise
    except MemoryError:
        return NO_MEMORY, None
    except Exception:  # noqa: BLE001  told to the other side, which goes on with another file
        return BROKEN, traceback.format_exc()


def _restrict(memory: int) -> None:
    """Give the reader, and what it starts, less than other processes have."""
    import resource

    _control_process(_DIE_WITH_PARENT, signal.SIGKILL)  # should the guard be killed
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # reports are nobody else's business
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    os.nice(_NICENESS)
    with suppress(OSError):  # where memory runs out, the system ends this process first
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")


def _control_process(option: int, value: int) -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def _end_all() -> None:
    """Kill the reader and what it started; what a killed process started becomes the guard's own."""
    while True:
        for child in _children():
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        try:
            os.wait()
        except ChildProcessError:
            return


def _children() -> Iterator[int]:
    own = str(os.getpid())
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            with suppress(OSError):
                # "pid (name) state parent …"; a name may hold anything.
                _, parent, *_ = (process / "stat").read_text("utf-8").rpartition(")")[2].split()
                if parent == own:
                    yield int(process.name)


if __name__ == "__main__":
    guard(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4])
