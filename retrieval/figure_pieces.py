"""Cut a sentence into pieces that each say one figure, and read what each piece is about."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from quantities import Quantity, find_quantities
from records import Span
from vietnamese import fold

# Commas, semicolons and brackets part pieces; not those in a number.
_EDGE = re.compile(r"[;:,](?=\s)|\s?[()]\s?|\.(?=\s)|\*|\strong đó\b")
# Words at which a piece with two figures is cut, before the second, in the order they are tried:
# "6 xã đạt chuẩn và 2 xã đạt chuẩn nâng cao", "680 nhà với tổng trị giá 48 tỷ đồng".
_JOINS = (
    re.compile(r"\bvà\s(?=(?:\S+\s){0,4}$)", re.IGNORECASE),
    re.compile(r"\b(?:trong đó|với|gồm|cùng)\s", re.IGNORECASE),
    re.compile(r"\b(?:còn|là|đạt|chiếm|tăng|giảm|bằng|vượt)\s", re.IGNORECASE),
)
_CHANGE = re.compile(
    r"\b(?:tang|giam|vuot|hut|chenh lech|nhieu hon|it hon|cao hon|thap hon)\b[^,;]{0,25}$"
)
_CHANGE_BEHIND = re.compile(r"^\s*(?:[^\W\d]+\s){0,3}so voi\b")
_COMPLETION = re.compile(
    r"^\s*(?:so voi\s+|so\s+)?(?:nqdh|nq\b|nghi quyet|ke hoach|chi tieu|muc tieu|du toan|so voi|cua)"
)
_PLANNED = re.compile(
    r"\b(?:theo nghi quyet|nghi quyet (?:giao|de ra|dat ra)|ke hoach (?:giao|la))\b"
)


@dataclass(frozen=True, slots=True)
class FigurePiece:
    """A figure of a text with the words around it; all spans are of that text."""

    figure: Quantity
    span: Span  # between the edges around it: "có 20 sản phẩm OCOP"
    before: Span  # the words before it that have no figure, back to a semicolon
    leads: bool  # no figure stands before those words, so that they say what this one is of
    until: int  # where the words up to the next figure end
    head: Span | None  # of a figure in brackets what it is of: "Tỷ lệ che phủ rừng (42,05%"
    is_change: bool  # more or less than before: "tăng 635 ha"
    is_completion: bool  # a share of a plan: "đạt 101% NQĐH"
    is_planned: bool  # "theo Nghị quyết đến 2025 là 820 tỷ đồng"

    def words(self, text: str) -> str:
        """Give the piece with the words before it."""
        return (
            f"{text[self.before.start : self.before.end]} {text[self.span.start : self.span.end]}"
        )


def cut_pieces(text: str, sentence: Span) -> list[FigurePiece]:
    """Give the pieces of a sentence of a text in reading order."""
    return [_moved(piece, sentence.start) for piece in _cut(text[sentence.start : sentence.end])]


@lru_cache(maxsize=2048)  # the same sentences are read for many questions
def _cut(said: str) -> tuple[FigurePiece, ...]:
    figures = find_quantities(said)
    if not figures:
        return ()
    bounds = _bounds(said, figures)
    starts = [max(edge for edge in bounds if edge <= figure.span.start) for figure in figures]
    pieces: list[FigurePiece] = []
    free = 0  # where the words without a figure begin
    for figure, start, following in zip(figures, starts, [*starts[1:], len(said)], strict=True):
        end = min(edge for edge in bounds if edge >= figure.span.end)
        semicolon = said.rfind(";", free, start)
        before = Span(max(free, semicolon + 1), max(start, free))
        ahead = fold(said[start : figure.span.start])
        behind = fold(said[figure.span.end : end])
        pieces.append(
            FigurePiece(
                figure,
                Span(start, end),
                before,
                not free or semicolon >= 0 or said[free : free + 1] == ";",
                following,
                _head(said, start, figure, before),
                bool(_CHANGE.search(ahead) or _CHANGE_BEHIND.match(behind)),
                figure.unit in ("%", "‰") and bool(_COMPLETION.match(behind)),
                bool(_PLANNED.search(ahead)),
            )
        )
        free = end
    return tuple(pieces)


def _bounds(said: str, figures: tuple[Quantity, ...]) -> list[int]:
    edges = {0, len(said)}
    for match in _EDGE.finditer(said):
        if not any(f.span.start < match.start() < f.span.end for f in figures):
            edges |= {match.start(), match.end()}
    for one, other in pairwise(figures):
        if not any(one.span.end <= edge <= other.span.start for edge in edges):
            between = said[one.span.end : other.span.start]
            joined = next((found for joins in _JOINS if (found := joins.search(between))), None)
            edges.add(one.span.end + joined.start() if joined else other.span.start)
    return sorted(edges)


def _head(said: str, start: int, figure: Quantity, before: Span) -> Span | None:
    if said[start : figure.span.start].strip() or not said[:start].rstrip().endswith("("):
        return None
    opening = said.rindex("(", 0, figure.span.start)
    edges = [match.end() for match in _EDGE.finditer(said, before.start, opening)]
    return Span(max([before.start, *edges]), opening)


def _moved(piece: FigurePiece, by: int) -> FigurePiece:
    figure = replace(
        piece.figure, span=_shift(piece.figure.span, by), number=_shift(piece.figure.number, by)
    )
    return replace(
        piece,
        figure=figure,
        span=_shift(piece.span, by),
        before=_shift(piece.before, by),
        until=piece.until + by,
        head=_shift(piece.head, by) if piece.head else None,
    )


def _shift(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
