"""Mark quoted words on the picture of a page, as with a highlighter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw

from records import Span, WordPlace

_QUOTED = (255, 236, 163)  # the colours of ui/plain.css
_SAID = (255, 206, 84)
_LINE = (185, 137, 0)
_GAP = 1.5  # heights of a line; words farther apart stand in other cells or columns
_ROOM = 0.06  # share of a line's height, for the marks above and below Vietnamese letters
_AROUND = 0.07  # share of the page's height shown above and below the quoted words
_LEAST = 0.22  # share of its height that is shown at least
_WHITE = 235  # of 255; paper that is darker is no margin to cut off
_LARGEST_PNG = 1_500_000  # bytes; pictures of scans are larger, and are sent as JPEG


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a line to mark, as shares of the page's width and height from its top left."""

    page: int  # 1-based
    left: float
    top: float
    right: float
    bottom: float
    said: bool = False  # the answer says these words; otherwise it only quotes them


def marks_of(places: Iterable[WordPlace], said: Sequence[Span] = ()) -> tuple[Mark, ...]:
    """Join the places of words to stretches of lines.

    Args:
        places: Of the quoted words, in the order of the text.
        said: Stretches of the report's text that the answer says itself.

    Returns:
        The stretches in the order of the text, those said after those only quoted.
    """
    words = list(places)
    spoken = [word for word in words if any(_touch(word.span, span) for span in said)]
    return (
        *_lines(words),
        *(replace(mark, said=True) for mark in _lines(spoken)),
    )


def mark_page(picture: bytes, marks: Sequence[Mark], *, whole: bool) -> bytes:
    """Mark stretches of lines on the picture of their page.

    Args:
        picture: The page, as PNG.
        marks: Of that page.
        whole: Show the whole page; otherwise the part around the marks, where there are any.

    Returns:
        A PNG picture, or JPEG where that would be large.
    """
    with Image.open(BytesIO(picture)) as opened:
        page = opened.convert("RGB")
    marked = _marked(page, marks)
    if marks and not whole:
        marked = marked.crop(_part_around(page, marks))
    out = BytesIO()
    marked.save(out, "PNG")
    if out.tell() > _LARGEST_PNG:
        out = BytesIO()
        marked.save(out, "JPEG", quality=80)
    return out.getvalue()


def _lines(words: Iterable[WordPlace]) -> list[Mark]:
    """Join each word to the one before it if they stand side by side."""
    lines: list[Mark] = []
    for word in words:
        mark = Mark(word.page, word.left, word.top, word.right, word.bottom)
        if lines and _is_beside(lines[-1], mark):
            line = lines[-1]
            lines[-1] = Mark(
                line.page,
                min(line.left, mark.left),
                min(line.top, mark.top),
                max(line.right, mark.right),
                max(line.bottom, mark.bottom),
            )
        else:
            lines.append(mark)
    return lines


def _is_beside(line: Mark, word: Mark) -> bool:
    """Whether a word goes on a line."""
    shared = min(line.bottom, word.bottom) - max(line.top, word.top)
    height = min(line.bottom - line.top, word.bottom - word.top)
    gap = max(word.left - line.right, line.left - word.right)
    return line.page == word.page and shared > height / 2 and gap < _GAP * height


def _marked(page: Image.Image, marks: Sequence[Mark]) -> Image.Image:
    """Colour the paper under the words: what is black stays black, as under a highlighter."""
    layer = Image.new("RGB", page.size, "white")
    pen = ImageDraw.Draw(layer)
    boxes = [(_box(mark, page), mark.said) for mark in marks]
    for box, said in boxes:
        pen.rectangle(box, fill=_SAID if said else _QUOTED)
    coloured = ImageChops.multiply(page, layer)
    pen = ImageDraw.Draw(coloured)
    # On dark paper a highlighter does not show, but a line does.
    for (left, _, right, bottom), _said in boxes:
        pen.line((left, bottom, right, bottom), fill=_LINE, width=max(2, page.width // 700))
    return coloured


def _box(mark: Mark, page: Image.Image) -> tuple[int, int, int, int]:
    """Give a stretch in pixels, within the page."""
    room = (mark.bottom - mark.top) * page.height * _ROOM
    left, right = mark.left * page.width - room, mark.right * page.width + room
    top, bottom = mark.top * page.height - room, mark.bottom * page.height + room
    across, down = page.width - 1, page.height - 1
    return (
        round(min(max(left, 0), across)),
        round(min(max(top, 0), down)),
        round(min(max(right, 0), across)),
        round(min(max(bottom, 0), down)),
    )


def _part_around(page: Image.Image, marks: Sequence[Mark]) -> tuple[int, int, int, int]:
    """Give the part of a page that shows the marks, without the page's white margins."""
    top = min(mark.top for mark in marks) - _AROUND
    bottom = max(mark.bottom for mark in marks) + _AROUND
    missing = max(0.0, _LEAST - (bottom - top)) / 2
    first = int(max(0.0, top - missing) * page.height)
    last = int(min(1.0, bottom + missing) * page.height)
    paper = page.convert("L").point(lambda grey: 255 if grey < _WHITE else 0)
    inked = paper.getbbox() or (0, 0, *page.size)
    edge = page.width // 50
    left = min(inked[0], *(int(mark.left * page.width) for mark in marks)) - edge
    right = max(inked[2], *(int(mark.right * page.width) for mark in marks)) + edge
    return (
        min(max(0, left), page.width - 1),
        min(first, page.height - 1),
        max(min(page.width, right), 1),
        max(last, first + 1),
    )


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
