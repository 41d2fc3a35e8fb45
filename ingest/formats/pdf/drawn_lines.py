"""Find what a PDF page draws besides text: ruled lines, filled areas and pictures."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

import pypdfium2
import pypdfium2.raw as pdfium

Rectangle = tuple[float, float, float, float]  # left, top, right, bottom on the page as shown
_Point = tuple[float, float]

_MOST_OBJECTS = 100_000
_MOST_SEGMENTS = 20_000  # of one path; maps and logos have more
_THIN = 3.5  # points: a filled rectangle no thicker is a line
_STRAIGHT = 1.0  # points by which a line may lean
_SHORTEST = 4.0  # points
_DEEPEST = 8  # drawings within drawings


@dataclass(frozen=True, slots=True)
class Marks:
    """What is drawn on a page, in places of the page as shown."""

    rules: tuple[Rectangle, ...]
    fills: tuple[Rectangle, ...]  # areas of another colour than white
    pictures: tuple[Rectangle, ...]

    def has_ground(self, x: float, y: float) -> bool:
        """Whether something lies under a place, so that white letters show on it."""
        return any(
            left <= x <= right and top <= y <= bottom
            for left, top, right, bottom in (*self.fills, *self.pictures)
        )

    def picture_share(self, area: float) -> float:
        """Say which share of the page its largest picture covers."""
        areas = [(right - left) * (bottom - top) for left, top, right, bottom in self.pictures]
        return min(max(areas, default=0.0) / area, 1.0) if area else 0.0


def read_marks(
    page: pypdfium2.PdfPage, to_shown: Callable[[float, float, float, float], Rectangle]
) -> Marks:
    """Give what a page draws.

    Args:
        page: The page.
        to_shown: Turns a rectangle of the page's own measure into one of the page as shown.
    """
    rules: list[Rectangle] = []
    fills: list[Rectangle] = []
    pictures: list[Rectangle] = []
    wanted = [pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE]
    for item in islice(page.get_objects(wanted, max_depth=_DEEPEST), _MOST_OBJECTS):
        placing = _placing(item)
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            outer = _outer(item)
            corners = [_placed(outer, point) for point in ((left, bottom), (right, top))]
            pictures.append(to_shown(*corners[0], *corners[1]))
            continue
        filled, stroked = _draw_mode(item)
        white = filled and _is_white(item)
        for path in _subpaths(item, placing):
            if stroked:
                rules.extend(_straight(path, to_shown))
            if filled and not white:
                box = to_shown(*_bounds(path))
                width, height = box[2] - box[0], box[3] - box[1]
                if min(width, height) <= _THIN:
                    if max(width, height) >= _SHORTEST:
                        rules.append(box)
                elif len(path) > 2:
                    fills.append(box)
    return Marks(tuple(rules), tuple(fills), tuple(pictures))


def _outer(item: pypdfium2.PdfObject) -> pypdfium2.PdfMatrix:
    """Give what places the drawing that an object is part of."""
    matrix = pypdfium2.PdfMatrix()
    container = item.container
    while container is not None:
        matrix = matrix.multiply(container.get_matrix())
        container = container.container
    return matrix


def _placing(item: pypdfium2.PdfObject) -> pypdfium2.PdfMatrix:
    return item.get_matrix().multiply(_outer(item))


def _placed(matrix: pypdfium2.PdfMatrix, point: _Point) -> _Point:
    x, y = matrix.on_point(*point)
    return float(x), float(y)


def _draw_mode(item: pypdfium2.PdfObject) -> tuple[bool, bool]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item.raw, fill, stroke):
        return False, False
    return bool(fill.value), bool(stroke.value)


def _is_white(item: pypdfium2.PdfObject) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(item.raw, red, green, blue, alpha):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= 250


def _subpaths(item: pypdfium2.PdfObject, placing: pypdfium2.PdfMatrix) -> Iterator[list[_Point]]:
    count = min(pdfium.FPDFPath_CountSegments(item.raw), _MOST_SEGMENTS)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[_Point] = []
    for n in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item.raw, n)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(_placed(placing, (x.value, y.value)))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _straight(
    path: list[_Point], to_shown: Callable[[float, float, float, float], Rectangle]
) -> Iterator[Rectangle]:
    for start, end in pairwise(path):
        box = to_shown(*start, *end)
        width, height = box[2] - box[0], box[3] - box[1]
        if min(width, height) <= _STRAIGHT and max(width, height) >= _SHORTEST:
            yield box


def _bounds(path: list[_Point]) -> Rectangle:
    xs, ys = [x for x, _ in path], [y for _, y in path]
    return min(xs), min(ys), max(xs), max(ys)
