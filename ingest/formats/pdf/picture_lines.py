"""Find ruled lines in the picture of a page."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ingest.formats.pdf.drawn_lines import Rectangle

_DARK = 150  # of 255
_ACROSS = 0.36  # inches: longer than any letter's stroke
_DOWN = 0.22
_FILLED = 0.96  # share of a line's pixels that are dark
_THICKEST = 0.06  # inches: more is an area
_SHORTEST = 8  # pixels: in a picture too coarse for that no line is known
_MOST = 3000


def find_picture_lines(picture: Image.Image, dpi: float) -> list[Rectangle]:
    """Give the lines across and down a picture in greys, in pixels."""
    dark = np.asarray(picture) < _DARK
    thickest = max(int(_THICKEST * dpi), 2)
    across = _lines(dark, int(_ACROSS * dpi), thickest)
    down = _lines(dark.T, int(_DOWN * dpi), thickest)
    return [*across, *((top, left, bottom, right) for left, top, right, bottom in down)]


def _lines(dark: NDArray[np.bool_], length: int, thickest: int) -> list[Rectangle]:
    """Give the lines along the rows of a picture."""
    if length < _SHORTEST or dark.shape[1] <= length or dark.shape[0] < 3:
        return []
    # A line that leans a little steps from row to row.
    near = dark.copy()
    near[1:] |= dark[:-1]
    near[:-1] |= dark[1:]
    sums = np.cumsum(near, axis=1, dtype=np.int32)
    full = sums[:, length:] - sums[:, :-length] >= _FILLED * length
    found: list[list[int]] = []  # top, bottom, left, right
    open_lines: list[list[int]] = []
    for row in np.flatnonzero(full.any(axis=1)).tolist():
        marks = np.flatnonzero(np.diff(full[row].astype(np.int8), prepend=0, append=0))
        still = [line for line in open_lines if line[1] >= row - 2]
        for start, end in zip(marks[::2].tolist(), marks[1::2].tolist(), strict=True):
            left, right = start + 1, end + length
            same = next((ln for ln in still if left <= ln[3] and right >= ln[2]), None)
            if same:
                same[1], same[2], same[3] = row, min(same[2], left), max(same[3], right)
            else:
                line = [row, row, left, right]
                found.append(line)
                still.append(line)
        open_lines = still
        if len(found) > _MOST:
            return []  # a drawing, no table
    return [
        (float(left), float(top), float(right), float(bottom))
        for top, bottom, left, right in found
        if bottom - top <= thickest
    ]
