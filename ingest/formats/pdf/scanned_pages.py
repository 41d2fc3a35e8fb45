"""Read pages from their pictures, several at a time, and keep what was read."""

import hashlib
import json
import math
import os
import statistics
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

from ingest.document import Box
from ingest.formats.ocr import DPI, SETTINGS, OcrFailedError, OcrWord, PictureText, read_picture
from ingest.formats.pdf.page_words import PageContent, PageWord, Rule, Sheet
from ingest.formats.pdf.picture_lines import find_picture_lines
from ingest.formats.pdf.pictures import draw_for_reading
from vietnamese import normalise

_VERSION = "1"  # of what is kept
_LEANS = 0.1  # degrees from which a picture is set straight
_MOST_LEANING = 8.0
_LETTER_HEIGHT = 0.95  # of the size of letters: from the top of a "b" to the foot of a "g"


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """What was read from a page's picture; places in pixels of the picture set straight."""

    words: tuple[OcrWord, ...]  # as the picture shows them, before it was set straight
    lines: tuple[tuple[float, float, float, float], ...]
    turn: int  # degrees clockwise by which it was turned to be read
    leaning: float  # degrees by which its lines go down to the right
    width: float  # of the picture turned
    height: float
    scale: float  # pixels of a point


def find_kept_pages(
    pages: Sequence[int], *, digest: str, cache: Path | None
) -> dict[int, PageContent]:
    """Give those of some pages that have been read from their pictures before.

    Args:
        pages: Which, 1-based.
        digest: Of the file's bytes; with the page it names what is kept.
        cache: Folder where readings are kept; None: nothing is.
    """
    kept = ((page, _kept(cache, digest, page)) for page in pages)
    return {page: _content(page, reading) for page, reading in kept if reading}


def read_scanned_pages(
    document: pypdfium2.PdfDocument,
    pages: Sequence[int],
    *,
    digest: str,
    cache: Path | None,
    on_page: Callable[[int], None],
) -> dict[int, PageContent | None]:
    """Read pages from their pictures.

    Args:
        document: The file.
        pages: Which, 1-based.
        digest: See `find_kept_pages`.
        cache: Folder where readings are to be kept; None: keep nothing.
        on_page: Told each page as it has been read.

    Returns:
        Each page's content; None where reading failed.
    """
    found: dict[int, PageContent | None] = {}
    workers = len(os.sched_getaffinity(0))
    with ThreadPoolExecutor(workers) as pool:
        waiting: list[tuple[int, Future[ReadPicture | None]]] = []

        def take() -> None:
            page, future = waiting.pop(0)
            reading = future.result()
            if reading:
                _keep(cache, digest, page, reading)
            found[page] = _content(page, reading) if reading else None
            on_page(page)

        for page in pages:
            # Only this thread draws: pdfium is not made for several.
            drawn = _drawn(document, page)
            if drawn is None:
                found[page] = None
                on_page(page)
                continue
            waiting.append((page, pool.submit(_read, *drawn)))
            while len(waiting) > workers:  # no more pictures in memory than are being read
                take()
        while waiting:
            take()
    return found


def _drawn(document: pypdfium2.PdfDocument, page: int) -> tuple[Image.Image, float] | None:
    try:
        return draw_for_reading(document[page - 1], DPI)
    except pypdfium2.PdfiumError:
        return None


def _read(picture: Image.Image, scale: float) -> ReadPicture | None:
    try:
        text = read_picture(picture)
    except OcrFailedError:
        return None
    upright = picture.rotate(-text.turn, expand=True) if text.turn else picture
    leaning = _leaning(text)
    straight = upright
    if leaning:
        straight = upright.rotate(leaning, resample=Image.Resampling.BILINEAR, fillcolor=255)
    lines = find_picture_lines(straight, scale * 72)
    return ReadPicture(
        text.words, tuple(lines), text.turn, leaning, upright.width, upright.height, scale
    )


def _leaning(text: PictureText) -> float:
    """Give by how many degrees lines go down to the right; 0 where they are straight enough."""
    slopes = []
    for line in _lines(text.words):
        first, last = line[0], line[-1]
        across = (last.left + last.right - first.left - first.right) / 2
        if len(line) >= 5 and across > 20 * (first.bottom - first.top):
            middles = [(word.top + word.bottom) / 2 for word in line]
            slopes.append(_slope([(w.left + w.right) / 2 for w in line], middles))
    if len(slopes) < 3:
        return 0.0
    leaning = math.degrees(math.atan(statistics.median(slopes)))
    return round(leaning, 3) if _LEANS <= abs(leaning) <= _MOST_LEANING else 0.0


def _slope(xs: list[float], ys: list[float]) -> float:
    return statistics.linear_regression(xs, ys).slope


def _lines(words: Sequence[OcrWord]) -> Iterator[list[OcrWord]]:
    lines: dict[int, list[OcrWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    yield from lines.values()


def _content(page: int, reading: ReadPicture) -> PageContent:
    words = list(_words(reading))
    scale = reading.scale
    rules = tuple(Rule(*(value / scale for value in line)) for line in reading.lines)
    sheet = Sheet(page, reading.width / scale, reading.height / scale, tuple(words), rules)
    return PageContent((sheet,), is_marked=True)


def _words(reading: ReadPicture) -> Iterator[PageWord]:
    angle = math.radians(reading.leaning)
    cos, sin = math.cos(angle), math.sin(angle)
    mid_x, mid_y = reading.width / 2, reading.height / 2
    usual = statistics.median([w.bottom - w.top for w in reading.words]) if reading.words else 0.0
    for line in _lines(reading.words):
        heights = [word.bottom - word.top for word in line]
        height = statistics.median(heights)
        # Heights say little of sizes, and lines of capitals are low: small differences are none.
        if abs(height - usual) < 0.3 * usual:
            height = usual
        feet = [_straight(w.left, w.bottom, mid_x, mid_y, cos, sin)[1] for w in line]
        foot = statistics.median_low(feet)
        for word in line:
            middle = (word.top + word.bottom) / 2
            left, _ = _straight(word.left, middle, mid_x, mid_y, cos, sin)
            right, _ = _straight(word.right, middle, mid_x, mid_y, cos, sin)
            text = normalise(word.text).strip()
            if text:
                yield PageWord(
                    text,
                    left / reading.scale,
                    right / reading.scale,
                    foot / reading.scale,
                    round(height / _LETTER_HEIGHT / reading.scale * 2) / 2 or 0.5,
                    _box(word, reading),
                    confidence=word.confidence,
                )


def _straight(
    x: float, y: float, mid_x: float, mid_y: float, cos: float, sin: float
) -> tuple[float, float]:
    """Turn a place about the middle, as the picture is when it is set straight."""
    dx, dy = x - mid_x, y - mid_y
    return mid_x + dx * cos + dy * sin, mid_y - dx * sin + dy * cos


def _box(word: OcrWord, reading: ReadPicture) -> Box:
    """Give a word's place on the page as shown, which may have been turned to be read."""
    width, height = reading.width, reading.height
    left, right = word.left / width, word.right / width
    top, bottom = word.top / height, word.bottom / height
    match reading.turn:
        case 90:
            sides = top, 1 - right, bottom, 1 - left
        case 180:
            sides = 1 - right, 1 - bottom, 1 - left, 1 - top
        case 270:
            sides = 1 - bottom, left, 1 - top, right
        case _:
            sides = left, top, right, bottom
    return Box(*(round(min(max(side, 0.0), 1.0), 5) for side in sides))


def _place(cache: Path, digest: str, page: int) -> Path:
    key = f"{_VERSION}|{SETTINGS}|{digest}|{page}"
    name = hashlib.sha256(key.encode()).hexdigest()
    return cache / "ocr" / name[:2] / f"{name}.json"


def _kept(cache: Path | None, digest: str, page: int) -> ReadPicture | None:
    if cache is None:
        return None
    try:
        kept: dict[str, Any] = json.loads(_place(cache, digest, page).read_text("utf-8"))
        words = tuple(OcrWord(**word) for word in kept.pop("words"))
        lines = tuple(tuple(line) for line in kept.pop("lines"))
        return ReadPicture(words, lines, **kept)
    except (OSError, ValueError, TypeError, KeyError):  # none, or half-written
        return None


def _keep(cache: Path | None, digest: str, page: int, reading: ReadPicture) -> None:
    if cache is None:
        return
    place = _place(cache, digest, page)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        half = place.with_suffix(f".{os.getpid()}.tmp")
        half.write_text(json.dumps(asdict(reading), ensure_ascii=False), "utf-8")
        half.replace(place)
    except OSError:  # a full disk costs time at the next reading, not this one
        return
