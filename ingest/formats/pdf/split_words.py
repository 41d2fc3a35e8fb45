"""Join words whose letters a file draws apart: those that its font lacks come from another font.

Programs that make PDF files draw such letters after the others, so that a word's pieces only stand
beside each other on the page, not in the file: "ngh", "quy", "t" and then "ị", "ế".
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.document import Box
from ingest.formats.pdf.page_words import PageWord

# Parts of the letters' size. Spaces between words have 0.15 and more, even where they are narrow.
_TOUCH = 0.1
_SAME_LINE = 0.1
_CLOSING = ",.;:!?)”’%"


def join_pieces(words: Sequence[PageWord]) -> list[PageWord]:
    """Give the words with pieces of two fonts that touch each other made one, the others as they are."""
    joined = {id(word): word for word in words}
    first = {id(word): id(word) for word in words}  # of each piece's word, so far
    placed = sorted(words, key=lambda word: (round(word.baseline), word.left))
    for before, word in pairwise(placed):
        if _are_pieces(before, word):
            lead = first[id(word)] = first[id(before)]
            joined[lead] = _join(joined[lead], joined.pop(id(word)))
    return list(joined.values())


def _are_pieces(before: PageWord, word: PageWord) -> bool:
    size = max(before.size, word.size)
    return (
        before.font != word.font
        and before.text[-1].isalpha()
        and (word.text[0].isalpha() or word.text[0] in _CLOSING)
        and abs(before.size - word.size) <= _SAME_LINE * size
        and abs(before.baseline - word.baseline) <= _SAME_LINE * size
        and abs(word.left - before.right) <= _TOUCH * size
        and before.left_out == word.left_out
    )


def _join(one: PageWord, other: PageWord) -> PageWord:
    longer = one if len(one.text) >= len(other.text) else other
    box = Box(
        min(one.box.left, other.box.left),
        min(one.box.top, other.box.top),
        max(one.box.right, other.box.right),
        max(one.box.bottom, other.box.bottom),
    )
    return replace(
        longer,
        text=one.text + other.text,
        left=one.left,
        right=other.right,
        box=box,
        glued=one.glued,
    )
