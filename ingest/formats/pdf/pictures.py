"""Draw a page as a picture, never a larger one than memory holds."""

import math

import pypdfium2
from PIL import Image

_MOST_PIXELS = 30_000_000  # an A3 page at 400 dpi
_LONGEST_SIDE = 12_000  # pixels
_POINTS_PER_INCH = 72


def draw_for_reading(page: pypdfium2.PdfPage, dpi: int) -> tuple[Image.Image, float]:
    """Draw a page in greys, and give how many pixels a point has come to."""
    scale = _bounded(page, dpi / _POINTS_PER_INCH)
    return draw(page, scale, grayscale=True), scale


def draw(page: pypdfium2.PdfPage, scale: float, *, grayscale: bool = False) -> Image.Image:
    """Draw a page; `scale` is pixels of a point, lessened where the picture would be too large."""
    bitmap = page.render(scale=_bounded(page, scale), grayscale=grayscale)
    try:
        picture: Image.Image = bitmap.to_pil().copy()
        return picture
    finally:
        bitmap.close()


def _bounded(page: pypdfium2.PdfPage, scale: float) -> float:
    """Lessen a scale until the picture is not too large."""
    width, height = (max(float(side), 0.01) for side in page.get_size())
    # One pixel is kept back, since sides are rounded up.
    return min(
        scale,
        math.sqrt(_MOST_PIXELS / (width * height)),
        (_LONGEST_SIDE - 1) / max(width, height),
    )
