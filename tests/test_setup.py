"""The commands of the Makefile: what they do, and what they say when something is missing."""

import os
import shutil
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOOLS = (
    "bash",
    "dirname",
    "sed",
    "grep",
    "awk",
    "tee",
    "tail",
    "touch",
    "mktemp",
    "rm",
    "uname",
    "id",
    "cat",
)


@pytest.fixture
def project(tmp_path):
    """What installing needs, without an environment, and only the plainest tools on PATH."""
    shutil.copytree(ROOT / "setup", tmp_path / "setup")
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool))
    return tmp_path


def put_python(project, body):
    path = project / "bin" / "python3"
    path.write_text(f"#!{shutil.which('bash')}\n{body}\n", "utf-8")
    path.chmod(0o755)


def run(project, *command, **env):
    return subprocess.run(
        command,
        cwd=project,
        env={"PATH": str(project / "bin"), "HOME": str(project)} | env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_without_python_it_says_what_to_install(project):
    done = run(project, "setup/install.sh", "run")
    assert done.returncode == 1
    assert "Cần Python 3.11 đến 3.14" in done.stderr
    assert "apt-get install python3 python3-venv" in done.stderr


def test_an_old_python_is_named(project):
    put_python(project, 'if [ "$1" = --version ]; then echo "Python 3.9.2"; else exit 1; fi')
    done = run(project, "setup/install.sh", "run")
    assert done.returncode == 1
    assert "máy này có: Python 3.9.2" in done.stderr


def test_without_the_venv_module_it_says_what_to_install(project):
    put_python(project, 'case "$2" in *ensurepip*) exit 1;; esac')
    done = run(project, "setup/install.sh", "run")
    assert done.returncode == 1
    assert "sudo apt-get install python3-venv" in done.stderr


def test_without_network_it_says_so_and_leaves_no_stamp(project):
    put_python(project, f'exec "{sys.executable}" "$@"')
    refused = "http://127.0.0.1:9/simple"  # the discard port: nothing listens there
    done = run(
        project,
        "setup/install.sh",
        "run",
        PIP_CONFIG_FILE=os.devnull,
        PIP_INDEX_URL=refused,
        PIP_RETRIES="0",
    )
    assert done.returncode == 1
    assert "lần cài đầu cần mạng" in done.stderr
    assert not (project / ".venv" / ".run").exists()


@pytest.fixture
def without_rights(project):
    (project / "bin" / "id").unlink()
    (project / "bin" / "id").write_text("#!/bin/sh\necho 1000\n", "utf-8")
    (project / "bin" / "id").chmod(0o755)


@pytest.mark.usefixtures("without_rights")
def test_without_a_browser_tests_go_on_unless_one_is_required(project):
    done = run(project, "setup/browser.sh")
    assert done.returncode == 0
    assert "bỏ qua kiểm thử giao diện" in done.stderr
    assert run(project, "setup/browser.sh", REQUIRE_BROWSER="1").returncode == 1


@pytest.mark.usefixtures("without_rights")
def test_without_ocr_and_office_it_says_what_cannot_be_read_and_goes_on(project):
    done = run(project, "setup/documents.sh")
    assert done.returncode == 0
    assert "sudo apt-get install tesseract-ocr tesseract-ocr-vie" in done.stderr
    assert "libreoffice-writer-nogui" in done.stderr
    assert run(project, "setup/documents.sh", REQUIRE_DOCUMENTS="1").returncode == 1


def test_a_taken_port_is_named_with_another_to_try(project):
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "bin" / "python").symlink_to(sys.executable)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        done = run(project, "setup/serve.sh", port, "127.0.0.1")
    assert done.returncode == 1
    assert f"Không mở được cổng {port}" in done.stderr
    assert "make run PORT=" in done.stderr


@pytest.mark.skipif(shutil.which("make") is None, reason="cần make")
def test_nothing_is_installed_twice(project):
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "bin" / "python").symlink_to(sys.executable)
    (project / ".venv" / ".run").touch()
    plan = run(project, shutil.which("make"), "-n", "index", PATH=os.environ["PATH"]).stdout
    assert "install.sh" not in plan
    os.utime(project / "requirements.txt", (2**32, 2**32))
    plan = run(project, shutil.which("make"), "-n", "index", PATH=os.environ["PATH"]).stdout
    assert "install.sh run" in plan


@pytest.mark.skipif(shutil.which("make") is None, reason="cần make")
def test_a_question_keeps_its_quotes_and_signs(project):
    (project / ".venv" / "bin").mkdir(parents=True)
    fake = project / ".venv" / "bin" / "python"
    fake.write_text(
        '#!/bin/bash\nif [ "$1" = -c ]; then echo 1; else printf "%s\\n" "$@"; fi\n', "utf-8"
    )
    fake.chmod(0o755)
    (project / ".venv" / ".run").touch()
    (project / "data" / "index").mkdir(parents=True)
    question = """Tỷ lệ "hộ nghèo" của $HOME & 'Mường Tè' là bao nhiêu; % ?"""
    done = run(project, shutil.which("make"), "ask", f"Q={question}", PATH=os.environ["PATH"])
    assert done.stdout.splitlines() == ["-m", "retrieval", "--ask", question]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_direct_dependencies_are_pinned_as_locked(name):
    locked = {
        line.split(" ;")[0] for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    }
    pins = [line.split("#")[0].strip() for line in (ROOT / name).read_text("utf-8").splitlines()]
    assert not {pin for pin in pins if pin} - locked


def test_streamlit_stays_on_this_machine():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config["server"]["address"] == "127.0.0.1"
    assert config["browser"]["gatherUsageStats"] is False


@pytest.mark.skipif(shutil.which("git") is None, reason="cần git")
def test_no_file_names_a_registry_or_a_place_on_one_machine():
    # Written in two parts, so that this file does not hold what it looks for.
    unwanted = [
        a + b
        for a, b in (
            ("pypi", ".org"), ("pythonhosted", ".org"), ("download.py", "torch"), ("deb.", "debian"),
            ("registry.npm", "js"), ("/wo", "rk/"), ("/op", "t/"),
        )
    ]  # fmt: skip
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False,
    ).stdout.decode().split("\0")  # fmt: skip
    found = [
        f"{name}: {text}"
        for name in filter(None, tracked)
        for text in unwanted
        if (ROOT / name).is_file() and text.encode() in (ROOT / name).read_bytes()
    ]
    assert not found
