"""Tell the words that a table's narrow column cuts at its edge: "đồng/ng|ười", "31/12/2|025"."""

import re

from ingest.formats.pdf.page_words import TextLine
from ingest.formats.syllables import is_syllable

_FILLED = 0.6  # of the cell's width, margins included: a cut word fills its line by itself
_LETTERS = re.compile(r"[^\W\d_]+")
_LAST_LETTERS = re.compile(r"[^\W\d_]+$")
# A number that cannot end so, or goes on after its comma: "6.984,9", "31/12/2", "16.097,".
_OPEN_NUMBER = re.compile(r"(?:,\d?|\.\d{0,2}|/\d{0,3})$")


def is_cut_word(above: TextLine, below: TextLine, width: float) -> bool:
    """Say whether a cell's line ends within a word that the next line goes on with.

    Args:
        above: A line of the cell.
        below: The next one.
        width: The cell's, in points as the lines' edges.
    """
    head, tail = above.text.strip(), below.text.split(" ", 1)[0]
    if " " in head or not tail or above.right - above.left < _FILLED * width:
        return False
    if head[-1].isdigit() or head[-1] in ",./":
        if tail[0] in "%‰/":
            return True
        return tail[0].isdigit() and bool(_OPEN_NUMBER.search(head))
    ending, beginning = _LAST_LETTERS.search(head), _LETTERS.match(tail)
    if not ending or not beginning:
        return False
    return not is_syllable(ending[0]) and is_syllable(ending[0] + beginning[0])
