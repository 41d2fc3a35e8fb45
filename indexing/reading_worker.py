"""Read files in a process of its own that is ended when a file takes too long or too much."""

import io
import logging
import pickle
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import reading_process
from errors import AssistantError, UnreadableReportError
from reading_process import BROKEN, FAILED, NO_MEMORY, PAGE
from records import FileState, ReadReport
from report_files import state_of

_PROGRAM: Final = Path(reading_process.__file__)
_END_SECONDS: Final = 10.0  # that a process which was told to end is given
# Modules whose classes a process that reads hostile files may answer with.
_TRUSTED: Final = frozenset({"records", "errors", "decimal", "ingest.showing"})

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one file may take. Time counts while the file is waited for."""

    # Without a page read. LibreOffice is given 120 s to convert a file, Tesseract 180 s for a page;
    # those limits are told in their own words first.
    silent: float = 300.0  # seconds
    # In all: 500 scanned pages take about 67 minutes of one core.
    total: float = 7200.0  # seconds
    # Of each process. A spreadsheet of 200 MB of XML needs 2 GB; an office computer has 8.
    memory: int = 3_000_000_000  # bytes of address space


@dataclass(frozen=True, slots=True)
class _Request:
    path: Path
    options: Mapping[str, object]
    state: FileState | None  # of the file when it was made; None: it was not there


class ReadingWorker:
    """Reads files, one at a time, in a process that is started for the first; for one thread.

    A file may be begun before it is asked for, and is then read while the caller does other work;
    the process waits with what it read until it is asked for, and reads no further file.
    """

    def __init__(self, function: str = "ingest:read_report", limits: Limits = Limits()) -> None:
        """Start nothing yet.

        Args:
            function: What reads a file, and where it is found.
            limits: What one file may take.
        """
        self._function = function
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: Connection | None = None
        self._folder = ""  # for its temporary files
        self._begun: _Request | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def read(
        self,
        path: Path,
        *,
        name: str,
        member: str = "",
        corrections: Mapping[str, str] | None = None,
        cache: Path | None = None,
        on_page: Callable[[int, int], None] | None = None,
    ) -> ReadReport:
        """Read a report file, as `ingest.read_report` does.

        Raises:
            ReportNotFoundError: There is no such file.
            UnreadableReportError: It holds no report text that can be read, or reading it was ended.
        """
        options = {"name": name, "member": member, "corrections": corrections, "cache": cache}
        read = self.run(path, options, shown_name=name, on_page=on_page)
        assert isinstance(read, ReadReport)
        return read

    def begin(
        self,
        path: Path,
        *,
        name: str,
        member: str = "",
        corrections: Mapping[str, str] | None = None,
        cache: Path | None = None,
    ) -> None:
        """Begin with a file that will be asked for next."""
        options = {"name": name, "member": member, "corrections": corrections, "cache": cache}
        self._begin(_request(path, options))

    def run(
        self,
        path: Path,
        options: Mapping[str, object],
        *,
        shown_name: str,
        on_page: Callable[[int, int], None] | None = None,
    ) -> object:
        """Give what the function makes of a file.

        Args:
            path: The file.
            options: Given to the function, besides `on_page`.
            shown_name: The file's name, for messages.
            on_page: Told after each page: how many are read, and of how many.

        Raises:
            AssistantError: As the function raised it, or reading was ended.
        """
        request = _request(path, options)
        if self._begun != request:  # another file, or another content of it
            if self._begun:
                self.close()
            self._begin(request)
        try:
            kind, told = self._wait(shown_name, on_page or (lambda _done, _all: None))
        except BaseException:
            self.close()  # what it would answer now is no answer to the next request
            raise
        self._begun = None
        if kind == NO_MEMORY:
            self.close()
            raise _too_much_memory(shown_name, self._limits)
        if kind == BROKEN:
            log.error("unexpected error while reading %s\n%s", shown_name, told)
            raise UnreadableReportError(
                f"{shown_name}: đọc tệp gặp lỗi ngoài dự kiến. Hãy mở tệp bằng phần mềm đã tạo ra nó, "
                "lưu lại rồi nạp lại; nếu vẫn lỗi, hãy gửi tệp cho người quản trị."
            )
        if kind == FAILED:
            assert isinstance(told, AssistantError)
            raise told
        return told

    def close(self) -> None:
        """End the process and all that it started; a later file is read in a new one."""
        self._begun = None
        if self._channel:
            self._channel.close()  # which its guard notices
            self._channel = None
        if self._process:
            try:
                self._process.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()  # the reader ends with it
                self._process.wait()
            self._process = None
            shutil.rmtree(self._folder, ignore_errors=True)  # unless its guard has done so

    def _begin(self, request: _Request) -> None:
        asked = (request.path, dict(request.options))
        try:
            (self._channel or self._start()).send(asked)
        except ConnectionError:  # it died with nothing to do
            self.close()
            self._start().send(asked)
        self._begun = request

    def _start(self) -> Connection:
        ours, theirs = socket.socketpair()
        with theirs:
            self._channel = Connection(ours.detach())
            self._folder = tempfile.mkdtemp(prefix="hoi-bao-cao-")
            memory = str(self._limits.memory)
            arguments = [str(theirs.fileno()), self._function, memory, self._folder]
            self._process = subprocess.Popen(
                [sys.executable, str(_PROGRAM), *arguments],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # a Ctrl-C is for this process, which ends that one
            )
        return self._channel

    def _wait(self, name: str, on_page: Callable[[int, int], None]) -> tuple[str, object]:
        assert self._channel
        started = heard = time.monotonic()
        while True:
            silence = heard + self._limits.silent
            last = started + self._limits.total
            if not self._channel.poll(max(0.0, min(silence, last) - time.monotonic())):
                if time.monotonic() >= last:
                    raise _too_long(name, self._limits)
                if time.monotonic() >= silence:
                    raise _too_silent(name, self._limits)
                continue
            try:
                kind, told = _Answers(io.BytesIO(self._channel.recv_bytes())).load()
            except (EOFError, ConnectionError, pickle.UnpicklingError) as error:
                raise _died(name) from error
            heard = time.monotonic()
            if kind != PAGE:
                return kind, told
            on_page(*told)


class _Answers(pickle.Unpickler):
    """Opens what the reader answers; it makes nothing but records, whoever may have taken it over."""

    def find_class(self, module: str, name: str) -> object:
        if module in _TRUSTED and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no record")


def _request(path: Path, options: Mapping[str, object]) -> _Request:
    try:
        return _Request(path, options, state_of(path))
    except OSError:
        return _Request(path, options, None)


def _too_silent(name: str, limits: Limits) -> UnreadableReportError:
    return UnreadableReportError(
        f"{name}: đã dừng đọc vì {_time(limits.silent)} không đọc thêm được trang nào. "
        "Hãy mở tệp, lưu lại dưới dạng .docx hoặc PDF rồi nạp lại."
    )


def _too_long(name: str, limits: Limits) -> UnreadableReportError:
    return UnreadableReportError(
        f"{name}: đã dừng đọc vì sau {_time(limits.total)} vẫn chưa xong. "
        "Hãy chia nhỏ báo cáo rồi nạp lại."
    )


def _too_much_memory(name: str, limits: Limits) -> UnreadableReportError:
    most = _number(limits.memory / 1e9)
    return UnreadableReportError(
        f"{name}: đã dừng đọc vì cần hơn {most} GB bộ nhớ. "
        "Hãy chia nhỏ báo cáo, hoặc bỏ bớt hình ảnh, rồi nạp lại."
    )


def _died(name: str) -> UnreadableReportError:
    return UnreadableReportError(
        f"{name}: bộ đọc dừng đột ngột khi đọc tệp này (tệp hỏng, hoặc cần quá nhiều bộ nhớ). "
        "Hãy mở tệp bằng phần mềm đã tạo ra nó, lưu lại rồi nạp lại."
    )


def _time(seconds: float) -> str:
    if seconds < 60:
        return f"{_number(seconds)} giây"
    return f"{_number(seconds / 60)} phút" if seconds < 3600 else f"{_number(seconds / 3600)} giờ"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")
