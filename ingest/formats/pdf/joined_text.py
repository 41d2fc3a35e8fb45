"""Write lines of words as one line of text, with the place of each word."""

from collections.abc import Sequence

from ingest.document import Box, Word
from ingest.formats.pdf.cut_words import is_cut_word
from ingest.formats.pdf.page_words import PageWord, TextLine
from ingest.formats.pdf.paragraphs import is_cut_number


def join_lines(lines: Sequence[TextLine], width: float = 0.0) -> tuple[str, tuple[Word, ...]]:
    """Give the text of some lines and where its words stand; a cut document number is one word.

    Args:
        lines: In reading order.
        width: Of the table cell they stand in, in points, whose edge may cut words; 0 for none.
    """
    text = ""
    words: list[Word] = []
    for m, line in enumerate(lines):
        cut = bool(text) and is_cut_number(text, line.text)
        cut = cut or (m > 0 and width > 0 and is_cut_word(lines[m - 1], line, width))
        for n, word in enumerate(line.words):
            glued = word.glued if n else cut
            if text and not glued:
                text += " "
            start = len(text)
            text += word.text
            if glued and n and words:  # parts of one word on one line share a box
                words[-1] = Word(words[-1].start, len(text), _around(words[-1].box, word.box))
            else:
                words.append(Word(start, len(text), word.box))
    return text, tuple(words)


def join_words(words: Sequence[PageWord]) -> tuple[str, tuple[Word, ...]]:
    """Give the text of words in the order given, and where they stand."""
    return join_lines([TextLine(list(words))])


def _around(one: Box, other: Box) -> Box:
    return Box(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )
