"""Cut a report's text into pieces that are quoted and pieces that are not."""

from dataclasses import dataclass

from records import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a report, and whether a citation quotes them."""

    text: str
    quoted: bool


def pieces(text: str, spans: tuple[Span, ...], quoted: Span) -> tuple[Piece, ...]:
    """Cut the stretches of a passage at the edges of a quotation.

    Args:
        text: The whole report, `Report.text`.
        spans: The passage's stretches of it; they are joined by single spaces.
        quoted: What is quoted; it may begin or end outside the passage.

    Returns:
        The passage in order, without empty pieces.
    """
    found: list[Piece] = []
    for number, span in enumerate(spans):
        if number:
            found.append(Piece(" ", _crosses(spans[number - 1], span, quoted)))
        start = min(max(quoted.start, span.start), span.end)
        end = max(min(quoted.end, span.end), start)
        found += (
            Piece(text[span.start : start], False),
            Piece(text[start:end], True),
            Piece(text[end : span.end], False),
        )
    return tuple(piece for piece in found if piece.text)


def _crosses(before: Span, after: Span, quoted: Span) -> bool:
    return quoted.start < before.end and quoted.end > after.start
