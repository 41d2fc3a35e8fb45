"""Measure how long it takes to bring a folder of many small reports up to date.

The reports are made of sentences of the sample reports with other figures, so that each has its own
passages. The first ingest of 2,000 takes minutes: it embeds all of them.
"""

import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

from rich import box
from rich.table import Table

from evaluation.measured_process import Step, run
from vietnamese import normalise

_CHARACTERS = 600  # of a report, about
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
_SHORTEST, _LONGEST = 60, 250  # characters of a sentence
_DIGIT = re.compile(r"\d")


def measure_folder(reports: Sequence[Path], *, files: int) -> list[Step]:
    """Bring a folder up to date from nothing, then when nothing, one and all of it changed.

    Args:
        reports: Text files to take sentences from.
        files: How many small reports to make.
    """
    sentences = read_sentences(reports)
    with tempfile.TemporaryDirectory() as made:
        folder, index = Path(made) / "reports", Path(made) / "index"
        folder.mkdir()
        changes = (
            (f"Nạp {files} báo cáo nhỏ từ đầu", range(files), 1),
            ("Nạp lại, không báo cáo nào đổi", range(0), 1),
            ("Nạp lại, một báo cáo đổi một câu", range(files // 2, files // 2 + 1), 2),
            ("Nạp lại, mọi báo cáo đổi một câu", range(files), 3),
        )
        steps = []
        for name, changed, edition in changes:
            for number in changed:
                text = small_report(sentences, number, edition=edition)
                (folder / f"bao-cao-{number:05}.txt").write_text(text, "utf-8")
            print(f"{name}…", file=sys.stderr)
            steps.append(run(name, ["-m", "ingest", str(folder), "--index", str(index)], {})[0])
    return steps


def read_sentences(reports: Sequence[Path]) -> list[str]:
    """Give the sentences of reports that are neither headings nor very long."""
    texts = [normalise(path.read_text("utf-8")) for path in reports]
    lines = [line for text in texts for line in text.split("\n") if "\t" not in line]
    found = [sentence.strip() for line in lines for sentence in _SENTENCE_END.split(line)]
    return [each for each in found if _SHORTEST <= len(each) <= _LONGEST]


def small_report(sentences: Sequence[str], number: int, *, edition: int) -> str:
    """Make a small report; an edition has the sentences of any other, but for the last one."""
    chance = Random(number)
    text = f"ỦY BAN NHÂN DÂN XÃ SỐ {number}\nBÁO CÁO\nKết quả công tác tháng {number % 12 + 1}\n\n"
    while len(text) < _CHARACTERS - _LONGEST // 2:
        text += _with_other_figures(chance.choice(sentences), chance) + "\n"
    chance = Random(f"{number}, {edition}")
    return text + _with_other_figures(chance.choice(sentences), chance) + "\n"


def folder_table(steps: Sequence[Step]) -> Table:
    """Show how long each state of the folder took."""
    table = Table(
        title="Đưa chỉ mục khớp với thư mục",
        title_justify="left",
        box=box.SIMPLE,
        pad_edge=False,
    )
    table.add_column("Việc")
    table.add_column("Thời gian", justify="right", no_wrap=True)
    table.add_column("Bộ nhớ cao nhất", justify="right", no_wrap=True)
    for step in steps:
        table.add_row(step.name, f"{step.seconds:.1f} s", f"{step.peak_mb:.0f} MB")
    return table


def _with_other_figures(sentence: str, chance: Random) -> str:
    return _DIGIT.sub(lambda _: str(chance.randint(1, 9)), sentence)
