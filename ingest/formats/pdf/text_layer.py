"""Read the text layer of a PDF page: its words, with font, size and place."""

import unicodedata
from collections.abc import Callable, Iterator

import pypdfium2

from ingest.document import Box
from ingest.formats.pdf.drawn_lines import Marks, Rectangle, read_marks
from ingest.formats.pdf.letters import MOST_LETTERS, Letter, PageFrame, is_fault, read_letters
from ingest.formats.pdf.page_words import PageContent, PageWord, Rule, Sheet
from ingest.formats.pdf.split_words import join_pieces

WATERMARK = "chữ in chìm"
HIDDEN = "chữ ẩn"
SIGNATURE_STAMP = "chữ ký số"

_PALE = 0.72  # lightness from which large letters are a watermark
_WHITE = 0.95
_LARGE = 30.0  # points
# Parts of the size of letters.
_WORD_GAP = 0.55  # that parts two words even where the file sets no space
_GLUED_GAP = 0.12  # up to which a space that pdfium guesses is none


def read_page(
    page: pypdfium2.PdfPage, number: int, stamps: tuple[Rectangle, ...] = ()
) -> PageContent:
    """Give what a page shows, as far as its file says it in letters and lines.

    Args:
        page: Freshly loaded.
        number: The page's, 1-based.
        stamps: Where electronic signatures show, in the page's own measure.
    """
    frame = PageFrame(page)
    text_page = page.get_textpage()
    try:
        if text_page.count_chars() > MOST_LETTERS:
            return PageContent((), is_marked=True, faults=1.0)
        letters = list(read_letters(page, text_page, frame))
        mapped = [letter for letter in letters if not is_fault(letter.text)]
        marks = read_marks(page, frame.rectangle)
        away = [frame.rectangle(*stamp) for stamp in stamps]
        return _content(number, frame, letters, mapped, marks, away)
    finally:
        text_page.close()


def _content(
    number: int,
    frame: PageFrame,
    letters: list[Letter],
    mapped: list[Letter],
    marks: Marks,
    stamps: list[Rectangle],
) -> PageContent:
    invisible = sum(letter.style.invisible for letter in letters)
    is_hidden = bool(letters) and invisible > len(letters) / 2
    by_turn: dict[int, list[Letter]] = {}
    aside: list[tuple[Letter, str]] = []
    for letter in mapped:
        reason = _reason(letter, marks, stamps, is_hidden)
        if reason or letter.turn is None:
            aside.append((letter, reason or WATERMARK))
        else:
            by_turn.setdefault(letter.turn, []).append(letter)
    sheets = []
    for turn in sorted(by_turn):
        to_sheet, width, height = _turned(turn, frame.width, frame.height)
        words = tuple(join_pieces([*_words(by_turn[turn], frame, to_sheet, "")]))
        rules = tuple(Rule(*_turn_rectangle(box, to_sheet)) for box in marks.rules)
        sheets.append(Sheet(number, width, height, words, rules))
    apart = tuple(_aside_words(aside, frame))
    return PageContent(
        tuple(sheets),
        apart,
        marks.picture_share(frame.width * frame.height),
        bool(marks.rules or marks.pictures or marks.fills),
        is_hidden,
        (len(letters) - len(mapped)) / len(letters) if letters else 0.0,
    )


def _reason(letter: Letter, marks: Marks, stamps: list[Rectangle], is_hidden: bool) -> str:
    x = (letter.box[0] + letter.box[2]) / 2
    y = (letter.box[1] + letter.box[3]) / 2
    if any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in stamps):
        return SIGNATURE_STAMP
    if letter.style.invisible:
        return "" if is_hidden else HIDDEN
    if letter.style.lightness >= _WHITE and not marks.has_ground(x, y):
        return HIDDEN
    return WATERMARK if letter.size >= _LARGE and letter.style.lightness >= _PALE else ""


_Turn = Callable[[float, float], tuple[float, float]]


def _turned(turn: int, width: float, height: float) -> tuple[_Turn, float, float]:
    """Give how places are turned so that text of a direction is upright, and the sheet's size."""
    match turn:
        case 90:
            return (lambda x, y: (y, width - x)), height, width
        case 180:
            return (lambda x, y: (width - x, height - y)), width, height
        case 270:
            return (lambda x, y: (height - y, x)), height, width
    return (lambda x, y: (x, y)), width, height


def _turn_rectangle(box: Rectangle, to_sheet: _Turn) -> Rectangle:
    (ax, ay), (bx, by) = to_sheet(box[0], box[1]), to_sheet(box[2], box[3])
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _words(
    letters: list[Letter], frame: PageFrame, to_sheet: _Turn, reason: str
) -> Iterator[PageWord]:
    """Join letters of one direction to words, in the order in which the file draws them."""
    group: list[tuple[Letter, float, float, float]] = []  # letter, baseline, left, right
    glued = False
    for letter in letters:
        baseline = to_sheet(letter.x, letter.y)[1]
        left, _, right, _ = _turn_rectangle(letter.box, to_sheet)
        if group:
            last, last_baseline, _, last_right = group[-1]
            gap = left - last_right
            size = max(last.size, letter.size)
            parted = (
                letter.space_before
                or (letter.break_before and gap > _GLUED_GAP * size)
                or gap > _WORD_GAP * size
                or gap < -1.2 * size
                or abs(baseline - last_baseline) > 0.7 * size
            )
            other = last.style != letter.style or (
                abs(baseline - last_baseline) > 0.1 * size or abs(last.size - letter.size) > 0.6
            )
            if parted or other:
                yield _word(group, frame, glued, reason)
                group, glued = [], not parted
        group.append((letter, baseline, left, right))
    if group:
        yield _word(group, frame, glued, reason)


def _word(
    group: list[tuple[Letter, float, float, float]], frame: PageFrame, glued: bool, reason: str
) -> PageWord:
    first, baseline, _, _ = group[0]
    boxes = [letter.box for letter, _, _, _ in group]
    box = Box(
        _share(min(box[0] for box in boxes), frame.width),
        _share(min(box[1] for box in boxes), frame.height),
        _share(max(box[2] for box in boxes), frame.width),
        _share(max(box[3] for box in boxes), frame.height),
    )
    return PageWord(
        unicodedata.normalize("NFC", "".join(letter.text for letter, _, _, _ in group)),
        min(left for _, _, left, _ in group),
        max(right for _, _, _, right in group),
        baseline,
        first.size,
        box,
        first.style.font,
        first.style.bold,
        first.style.italic,
        glued,
        reason,
    )


def _aside_words(aside: list[tuple[Letter, str]], frame: PageFrame) -> Iterator[PageWord]:
    """Give the words that are no content, each with the reason, as the file draws them."""
    for reason in dict.fromkeys(reason for _, reason in aside):
        letters = [letter for letter, why in aside if why == reason]
        for turn in dict.fromkeys(letter.turn for letter in letters):
            to_sheet, _, _ = _turned(turn or 0, frame.width, frame.height)
            own = [letter for letter in letters if letter.turn == turn]
            yield from _words(own, frame, to_sheet, reason)


def _share(value: float, whole: float) -> float:
    return round(min(max(value / whole, 0.0), 1.0), 5)
