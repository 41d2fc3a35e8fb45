"""Read Vietnamese words from pictures with Tesseract, which runs beside this program."""

import csv
import os
import re
import shutil
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from io import BytesIO, StringIO

from PIL import Image

INSTALL_COMMAND = "sudo apt install tesseract-ocr tesseract-ocr-vie"
# On scans of 260 dpi and on drawn pages of 8 to 14 points, 200 dpi gave the most right words:
# 0.93, 0.87, 0.97 and 0.98 of four pages, where 300 dpi gave 0.90, 0.83, 0.95 and 0.96.
DPI = 200
# Changed whenever reading gives other words than before, so that kept results are not used.
SETTINGS = f"vie, {DPI} dpi, psm 3, 1"

_LANGUAGE = "vie"
_LONGEST_SECONDS = 180  # a page takes 2 to 6
_DOUBTFUL = 55.0  # mean confidence, of 100, below which a page may stand on its side
_FEW_WORDS = 5
_TURN = re.compile(r"Rotate:\s*(\d+)")
_NOISE = re.compile(r"[|_—–~=\-.,'‘’`:;\[\](){}«»\\/*^°]+")


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word of a picture, in pixels from its top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float  # 0 to 1
    line: int  # words of one line have the same


@dataclass(frozen=True, slots=True)
class PictureText:
    """The words of a picture, and how it must be turned to be read."""

    words: tuple[OcrWord, ...]
    turn: int = 0  # degrees clockwise: 0, 90, 180, 270


class OcrFailedError(Exception):
    """Tesseract did not read a picture; the caller says which page it was."""


def can_read_pictures() -> bool:
    """Say whether Tesseract and its Vietnamese data are installed."""
    command = shutil.which("tesseract")
    if command is None:
        return False
    listed = subprocess.run(
        [command, "--list-langs"], capture_output=True, check=False, timeout=_LONGEST_SECONDS
    )
    return _LANGUAGE in listed.stdout.decode("utf-8", "replace").split()


def read_picture(picture: Image.Image) -> PictureText:
    """Read the words of a picture that was drawn at `DPI`, turning it where it lies on its side.

    Raises:
        OcrFailedError: Tesseract broke off.
    """
    upright = _read(picture)
    if _confidence(upright) >= _DOUBTFUL / 100:
        return PictureText(upright)
    turn = _find_turn(picture)
    if not turn:
        return PictureText(upright)
    turned = _read(picture.rotate(-turn, expand=True, fillcolor=255))
    better = _confidence(turned) > _confidence(upright)
    return PictureText(turned, turn) if better else PictureText(upright)


def _confidence(words: tuple[OcrWord, ...]) -> float:
    if len(words) < _FEW_WORDS:
        return 0.0
    return sum(word.confidence for word in words) / len(words)


def _read(picture: Image.Image) -> tuple[OcrWord, ...]:
    out = _run(picture, "-l", _LANGUAGE, "--psm", "3", "-c", "tessedit_create_tsv=1")
    lines: dict[tuple[str, ...], int] = defaultdict(lambda: len(lines))
    words = []
    for row in csv.DictReader(StringIO(out), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip().strip("|_")  # ruled lines beside it
        if row.get("level") != "5" or not text:
            continue
        confidence = float(row["conf"]) / 100
        if _NOISE.fullmatch(text) and (confidence < 0.6 or set(text) <= set("|_—")):
            continue  # ruled lines and specks
        left, top = float(row["left"]), float(row["top"])
        right, bottom = left + float(row["width"]), top + float(row["height"])
        key = row["block_num"], row["par_num"], row["line_num"]
        words.append(OcrWord(text, left, top, right, bottom, confidence, lines[key]))
    return tuple(words)


def _find_turn(picture: Image.Image) -> int:
    """Give by how many degrees clockwise a picture must be turned; 0 where that cannot be told."""
    try:
        match = _TURN.search(_run(picture, "--psm", "0"))
    except OcrFailedError:  # too few letters
        return 0
    return int(match[1]) % 360 if match else 0


def _run(picture: Image.Image, *options: str) -> str:
    data = BytesIO()
    picture.convert("L").save(data, "PPM")
    command = ["tesseract", "stdin", "stdout", "--dpi", str(DPI), *options]
    # Pages are read side by side: threads within a page would only stand in each other's way.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            command,
            input=data.getvalue(),
            capture_output=True,
            check=False,
            env=environment,
            timeout=_LONGEST_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise OcrFailedError(str(error)) from error
    if done.returncode:
        raise OcrFailedError(done.stderr.decode("utf-8", "replace")[-500:])
    return done.stdout.decode("utf-8", "replace")
