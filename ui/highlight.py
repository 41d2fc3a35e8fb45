"""Cut a report's words into those an answer says, those it quotes besides, and the rest."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from records import Span

_LONG = 12  # characters; shorter words common to answer and quote say little unless with a figure
_WORD = re.compile(r"[\w%]+(?:[.,]\w+)*%?")
_FIGURE = re.compile(r"\d")
_POINT = re.compile(r"(?<=\d),(?=\d)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a report."""

    text: str
    quoted: bool  # a citation quotes them
    said: bool  # and the answer says them too


def said_spans(answer: str, quote: str) -> tuple[Span, ...]:
    """Find the words of a quote that the answer itself says, as stretches of the quote.

    A quote is a sentence, and a long one hides the figure that was asked for.

    Args:
        answer: The answer's text.
        quote: What one of its citations quotes.

    Returns:
        Whole words only, in order; nothing where the answer says it in other words.
    """
    # An answer writes "34,11%" of a report's "34.11%".
    matcher = SequenceMatcher(None, _POINT.sub(".", answer), _POINT.sub(".", quote), autojunk=False)
    blocks = matcher.get_matching_blocks()
    found = []
    for block in blocks:
        # Only words that lie in the block from end to end: not the "34" of "34.11%".
        words = [
            word
            for word in _WORD.finditer(quote)
            if block.b <= word.start() and word.end() <= block.b + block.size
        ]
        if not words:
            continue
        first, last = words[0].start(), words[-1].end()
        # A bracket that closes after the last word belongs to it.
        last += len(quote[last : block.b + block.size].rstrip(" ,;.:\t\n"))
        if last - first >= _LONG or _FIGURE.search(quote[first:last]):
            found.append(Span(first, last))
    return tuple(found)


def pieces(
    text: str, spans: tuple[Span, ...], quoted: Span, said: tuple[Span, ...] = ()
) -> tuple[Piece, ...]:
    """Cut the stretches of a passage at the edges of a quotation.

    Args:
        text: The whole report, `Report.text`; offsets are in it.
        spans: The passage's stretches of it; they are joined by single spaces.
        quoted: What is quoted; it may begin or end outside the passage.
        said: What the answer says of it.

    Returns:
        The passage in order, without empty pieces.
    """
    found: list[Piece] = []
    for number, span in enumerate(spans):
        if number:
            gap = Span(spans[number - 1].end, span.start)
            found.append(Piece(" ", _holds(quoted, gap), any(_holds(part, gap) for part in said)))
        edges = {edge for part in (quoted, *said) for edge in (part.start, part.end)}
        cuts = sorted({span.start, span.end} | {e for e in edges if span.start < e < span.end})
        for start, end in pairwise(cuts):
            part = Span(start, end)
            is_said = any(_holds(each, part) for each in said)
            found.append(Piece(text[start:end], _holds(quoted, part), is_said))
    return tuple(found)


def _holds(whole: Span, part: Span) -> bool:
    return whole.start <= part.start and part.end <= whole.end and whole.start < whole.end
