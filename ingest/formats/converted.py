"""Read old and foreign Office formats by having LibreOffice convert them first."""

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from errors import UnreadableReportError
from ingest.document import Document, Reading
from ingest.formats.kinds import Format
from ingest.formats.recognise import recognise

INSTALL = (
    "sudo apt install libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui"
)
# Raised when a conversion would come out otherwise, so that cached ones are made anew.
_CACHE_VERSION = "1"
_LIMIT_SECONDS = 120
_LARGEST_BYTES = 100_000_000  # of a file to convert
_PLACES = (
    "/usr/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
# What each format is converted to, by which filter pair: the import filter is named, so that a
# file is never taken for another kind than the one that was recognised.
_TARGETS = {
    Format.DOC: ("doc", "docx", "MS Word 97"),
    Format.RTF: ("rtf", "docx", "Rich Text Format"),
    Format.ODT: ("odt", "docx", "writer8"),
    Format.PPT: ("ppt", "pptx", "MS PowerPoint 97"),
    Format.ODP: ("odp", "pptx", "impress8"),
    Format.XLS: ("xls", "xlsx", "MS Excel 97"),
    Format.ODS: ("ods", "xlsx", "calc8"),
}
_OUTPUTS = {
    "docx": "MS Word 2007 XML",
    "pptx": "Impress MS PowerPoint 2007 XML",
    "xlsx": "Calc MS Excel 2007 XML",
}
_READERS = {
    "docx": ("word", "read_docx"),
    "pptx": ("slides", "read_slides"),
    "xlsx": ("spreadsheet", "read_spreadsheet"),
}
# Settings of the throw-away profile: run no macros, open no links, load nothing from the network.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""


def read_converted(content: bytes, reading: Reading) -> Document:
    """Read a .doc, .rtf, .odt, .ppt or .odp file.

    Args:
        content: The file's bytes.
        reading: What is told besides; converted files are kept in its cache.

    Raises:
        UnreadableReportError: LibreOffice is not installed or cannot read the file.
    """
    found = recognise(content, reading.name)
    if found is Format.RTF and not find_libreoffice():
        from ingest.formats.rtf import read_rtf

        return read_rtf(content, reading)
    converted = convert(content, reading, found)
    module, function = _READERS[_TARGETS[found][1]]
    document: Document = getattr(import_module(f"ingest.formats.{module}"), function)(
        converted, reading
    )
    return document


def convert(content: bytes, reading: Reading, found: Format) -> bytes:
    """Give a file in the newer format of its kind: .docx, .pptx or .xlsx.

    Args:
        content: The file's bytes.
        reading: What is told besides; the outcome is kept in its cache.
        found: The format that the bytes are in.

    Raises:
        UnreadableReportError: LibreOffice is not installed, or cannot read the file in time.
    """
    if len(content) > _LARGEST_BYTES:
        raise UnreadableReportError(
            f"{reading.name}: tệp {found} lớn hơn {_LARGEST_BYTES // 1_000_000} MB. "
            "Hãy chia nhỏ báo cáo rồi nạp lại."
        )
    ending = _TARGETS[found][1]
    digest = hashlib.sha256(content + f"\0{found}\0{_CACHE_VERSION}".encode()).hexdigest()
    kept = reading.cache / "converted" / f"{digest}.{ending}" if reading.cache else None
    if kept:
        with suppress(OSError):
            return kept.read_bytes()
    converted = _run_libreoffice(content, reading.name, found)
    if kept:
        _keep(kept, converted)
    return converted


def find_libreoffice() -> str:
    """Give the path of LibreOffice's program; "" if it is not installed."""
    for name in ("soffice", "libreoffice"):
        if path := shutil.which(name):
            return path
    return next((place for place in _PLACES if Path(place).is_file()), "")


def _run_libreoffice(content: bytes, name: str, found: Format) -> bytes:
    program = find_libreoffice()
    if not program:
        raise UnreadableReportError(
            f"{name}: cần LibreOffice để đọc tệp {found} nhưng máy chưa cài. Hãy chạy “{INSTALL}” "
            "rồi nạp lại, hoặc lưu tệp thành .docx hay .pptx."
        )
    source, ending, import_filter = _TARGETS[found]
    # Each conversion has its own folder and profile: two at once would wait for one profile's lock.
    with tempfile.TemporaryDirectory(prefix="hoi-bao-cao-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        (place / "profile" / "user").mkdir(parents=True)
        (place / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
        (place / f"report.{source}").write_bytes(content)
        _wait(
            [
                program,
                f"-env:UserInstallation={(place / 'profile').as_uri()}",
                *("--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault"),
                f"--infilter={import_filter}",
                *("--convert-to", f"{ending}:{_OUTPUTS[ending]}"),
                *("--outdir", str(place / "out"), str(place / f"report.{source}")),
            ],
            place,
            name,
        )
        try:
            return (place / "out" / f"report.{ending}").read_bytes()
        except OSError as error:
            raise UnreadableReportError(
                f"{name}: LibreOffice không đọc được tệp {found} này (tệp hỏng hoặc đặt mật khẩu). "
                "Hãy mở bằng Word, lưu thành .docx rồi nạp lại."
            ) from error


def _wait(command: list[str], folder: Path, name: str) -> None:
    """Run a command to its end; when it is late, kill it with all that it started."""
    environment = {
        **os.environ,
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "SAL_USE_VCLPLUGIN": "svp",
    }
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(_LIMIT_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise UnreadableReportError(
            f"{name}: LibreOffice chưa chuyển đổi xong sau {_LIMIT_SECONDS} giây. "
            "Hãy mở bằng Word, lưu thành .docx rồi nạp lại."
        ) from error
    finally:
        _kill_group(process)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _keep(path: Path, content: bytes) -> None:
    """Put a converted file into the cache at one stroke; a full disk costs only time later."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as temporary:
            temporary.write(content)
        Path(temporary.name).replace(path)
