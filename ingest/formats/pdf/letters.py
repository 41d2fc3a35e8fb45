"""Read the letters of a PDF page, each with its place on the page as it is shown."""

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.formats.pdf.drawn_lines import Rectangle

# A dense page has some 6,000 letters; a page of more than this is no report's.
MOST_LETTERS = 60_000
_RENDER_INVISIBLE = 3


@dataclass(frozen=True, slots=True)
class LetterStyle:
    """What one drawing of text has in common."""

    font: str
    bold: bool
    italic: bool
    invisible: bool
    lightness: float


@dataclass(frozen=True, slots=True)
class Letter:
    """A sign and where it stands."""

    text: str
    x: float  # where it stands on the page as shown
    y: float
    box: Rectangle
    size: float
    turn: int | None  # 0, 90, 180, 270: direction of writing, clockwise; None: askew
    style: LetterStyle
    space_before: bool  # the file sets a space
    break_before: bool  # pdfium guesses one


class PageFrame:
    """Turn places of a page's own measure into places on the page as it is shown."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self.rotation = page.get_rotation()
        self.width, self.height = page.get_size()

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Turn a place."""
        match self.rotation:
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case 270:
                return self.top - y, self.right - x
        return x - self.left, self.top - y

    def rectangle(self, x0: float, y0: float, x1: float, y1: float) -> Rectangle:
        """Turn a rectangle of two corners."""
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def direction(self, a: float, b: float) -> int | None:
        """Give which way a direction runs, in degrees clockwise; None if askew."""
        origin, end = self.point(0, 0), self.point(a, b)
        angle = math.degrees(math.atan2(end[1] - origin[1], end[0] - origin[0])) % 360
        nearest = round(angle / 90) * 90
        return nearest % 360 if abs(angle - nearest) < 4 else None


def read_letters(
    page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, frame: PageFrame
) -> Iterator[Letter]:
    """Give the letters of a page in the order in which the file draws them."""
    raw = text_page.raw
    x, y = ctypes.c_double(), ctypes.c_double()
    loose, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    styles: dict[int, LetterStyle] = {}
    space = guessed = False
    pending = ""
    for n in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, n)
        if 0xD800 <= code < 0xDC00:  # pdfium gives UTF-16
            pending = chr(code)
            continue
        text = (pending + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        pending = ""
        if pdfium.FPDFText_IsHyphen(raw, n) == 1:
            text = "-"  # pdfium gives a control sign for one that ends a line
        if text.isspace() or not text.strip("\x00\u200b\ufeff\u00ad"):
            if pdfium.FPDFText_IsGenerated(raw, n) == 1:
                guessed = True
            else:
                space = True
            continue
        handle = pdfium.FPDFText_GetTextObject(raw, n)
        key = ctypes.cast(handle, ctypes.c_void_p).value or 0
        if key not in styles:
            styles[key] = _style(raw, n, handle)
        pdfium.FPDFText_GetCharOrigin(raw, n, x, y)
        pdfium.FPDFText_GetLooseCharBox(raw, n, loose)
        pdfium.FPDFText_GetMatrix(raw, n, matrix)
        size = pdfium.FPDFText_GetFontSize(raw, n) * math.hypot(matrix.c, matrix.d)
        place = frame.point(x.value, y.value)
        if not (
            0 < size < 5000 and -1 <= place[0] <= frame.width and 0 <= place[1] <= frame.height
        ):
            continue
        box = frame.rectangle(loose.left, loose.bottom, loose.right, loose.top)
        turn = frame.direction(matrix.a, matrix.b)
        yield Letter(text, *place, box, size, turn, styles[key], space, guessed)
        space = guessed = False


def _style(raw: pdfium.FPDF_TEXTPAGE, n: int, handle: pdfium.FPDF_PAGEOBJECT) -> LetterStyle:
    flags = ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(raw, n, None, 0, flags)
    buffer = ctypes.create_string_buffer(max(length, 1))
    pdfium.FPDFText_GetFontInfo(raw, n, buffer, length, flags)
    name = buffer.value.decode("utf-8", "replace")
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    known = pdfium.FPDFText_GetFillColor(raw, n, red, green, blue, alpha)
    light = (0.3 * red.value + 0.59 * green.value + 0.11 * blue.value) / 255 if known else 0.0
    mode = pdfium.FPDFTextObj_GetTextRenderMode(handle) if handle else 0
    lowered = name.lower()
    return LetterStyle(
        name,
        pdfium.FPDFText_GetFontWeight(raw, n) >= 600 or "bold" in lowered or "black" in lowered,
        "italic" in lowered or "oblique" in lowered,
        mode == _RENDER_INVISIBLE,
        1 - (1 - light) * alpha.value / 255 if known else 0.0,
    )


def is_fault(text: str) -> bool:
    """Whether the file does not tell what sign a letter is."""
    return any(unicodedata.category(c) in ("Cc", "Co", "Cn") or c == "\ufffd" for c in text)
