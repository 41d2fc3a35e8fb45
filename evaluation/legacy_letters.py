"""Measure how well files typed in legacy encodings are read: `python -m evaluation.legacy_letters FOLDER`.

For each NAME.ext with a NAME.expected.txt beside it: the share of the expected letters with
diacritics that come out right, and the share of the expected words that stand in the text read, in
order. Fonts like ".VnTimeH" draw small letters as capitals, and transcripts disagree on what that
text is: letters are counted as they are, and once more with capitals and small letters alike.
"""

import argparse
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from errors import AssistantError
from ingest import read_report
from vietnamese import fold, has_diacritics, normalise

_WORD = re.compile(r"\w+")
_EXPECTED = ".expected.txt"


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What was expected of a file, and how much of it came out."""

    letters: int = 0  # with diacritics
    right: int = 0
    right_in_any_case: int = 0
    words: int = 0
    words_right: int = 0
    words_in_any_case: int = 0

    def __add__(self, other: "Reckoning") -> "Reckoning":
        return Reckoning(
            *(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__)
        )


def reckon(expected: str, read: str) -> Reckoning:
    """Compare a text with what was expected of it.

    Words are aligned without their diacritics, so that a wrong one spoils no word but its own;
    where words differ even so, their letters are aligned.
    """
    wanted, found = (_WORD.findall(normalise(text)) for text in (expected, read))
    bare_wanted, bare_found = [fold(word) for word in wanted], [fold(word) for word in found]
    total = Reckoning(
        letters=sum(has_diacritics(letter) for word in wanted for letter in word),
        words=len(wanted),
    )
    matcher = SequenceMatcher(None, bare_wanted, bare_found, autojunk=False)
    for kind, start, end, from_, to in matcher.get_opcodes():
        if kind == "equal":
            for one, other in zip(wanted[start:end], found[from_:to], strict=True):
                same, alike = one == other, one.lower() == other.lower()
                total += _letters(one, other, 0, 0, len(one))
                total += Reckoning(words_right=same, words_in_any_case=alike)
        elif kind == "replace":
            total += _within(" ".join(wanted[start:end]), " ".join(found[from_:to]))
    return total


def _within(wanted: str, found: str) -> Reckoning:
    total = Reckoning()
    matcher = SequenceMatcher(None, fold(wanted), fold(found), autojunk=False)
    for start, from_, size in matcher.get_matching_blocks():
        total += _letters(wanted, found, start, from_, size)
    return total


def _letters(wanted: str, found: str, start: int, from_: int, size: int) -> Reckoning:
    pairs = zip(wanted[start : start + size], found[from_ : from_ + size], strict=True)
    marked = [(one, other) for one, other in pairs if has_diacritics(one)]
    return Reckoning(
        right=sum(one == other for one, other in marked),
        right_in_any_case=sum(one.lower() == other.lower() for one, other in marked),
    )


def measure(folder: Path, cache: Path | None = None) -> tuple[dict[str, Reckoning], list[str]]:
    """Read all files of a folder that have an expected text; give failures in Vietnamese."""
    found, failures = {}, []
    for path in sorted(folder.iterdir()):
        expected = path.with_name(path.stem + _EXPECTED)
        if path.name.endswith(_EXPECTED) or not expected.exists():
            continue
        try:
            read = read_report(path, cache=cache)
        except AssistantError as error:
            failures.append(str(error))
            continue
        label = f"{path.name} ({read.origin.encoding})"
        found[label] = reckon(expected.read_text("utf-8"), read.report.text)
    return found, failures


def main() -> None:
    """Print the measure of each file of a folder and of all together."""
    parser = argparse.ArgumentParser(description="Đo việc đọc tệp gõ bằng bảng mã cũ.")
    parser.add_argument("folder", type=Path, help="nơi có TÊN.đuôi và TÊN.expected.txt")
    parser.add_argument("--cache", type=Path, help="nơi giữ tệp đã chuyển đổi")
    arguments = parser.parse_args()
    found, failures = measure(arguments.folder, arguments.cache)
    print(f"{'dấu':>7}{'dấu*':>8}{'từ':>8}{'từ*':>8}{'chữ có dấu':>12}  tệp (bảng mã)")
    for label, reckoning in found.items():
        print(f"{_shares(reckoning)}  {label}")
    total = sum(found.values(), Reckoning())
    print(f"{_shares(total)}  tất cả ({len(found)} tệp); * không kể chữ hoa, chữ thường")
    for failure in failures:
        print(f"Không đọc được: {failure}")


def _shares(reckoning: Reckoning) -> str:
    letters, words = reckoning.letters or 1, reckoning.words or 1
    shares = (
        reckoning.right / letters,
        reckoning.right_in_any_case / letters,
        reckoning.words_right / words,
        reckoning.words_in_any_case / words,
    )
    return "".join(f"{share:8.4f}" for share in shares)[1:] + f"{reckoning.letters:12}"


if __name__ == "__main__":
    main()
