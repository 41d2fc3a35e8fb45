"""Tell the headings of a document by their look, and rank them."""

import re
from collections.abc import Sequence

from ingest.formats.pdf.paragraphs import Paragraph
from ingest.headings import LONGEST_HEADING, is_capitals

# Ways to number, from the outermost in; each is a level of its own where a document uses it.
_NUMBERINGS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:Phần|PHẦN|Phụ\s+lục|PHỤ\s+LỤC)\s+(?:thứ|THỨ|[IVX\d]|[A-Z]\b)",
        r"(?:Chương|CHƯƠNG)\s+[IVX\d]+",
        r"(?:Mục|MỤC)\s+[IVX\d]+",
        r"(?:Điều|ĐIỀU)\s+\d+",
        r"[A-H]\s*[.)/-]\s*\S",
        r"[IVX]+\s*[.)/-]\s*-?\s*\S",
        r"\d{1,2}\s*[.)/]\s*[^\W\d]",
        r"\d{1,2}\.\d{1,2}\.?\s*[^\W\d]",
        r"\d{1,2}\.\d{1,2}\.\d{1,2}\.?\s*[^\W\d]",
        r"[a-zđ]\s*[.)]\s*\S",
    )
)
_CAPITALS = len(_NUMBERINGS)  # unnumbered, in the middle, in capitals
_LARGER = 1.15  # than the body
_AS_PART = 2  # numberings that are headings even where nothing is bold, if in the middle


def rank_headings(items: Sequence[object], body_size: float) -> dict[int, int]:
    """Give the level of each item that looks like a heading, by its place; 1 is outermost.

    Args:
        items: Those of a document in reading order; only paragraphs can be headings.
        body_size: Of most letters, in points.
    """
    kinds: dict[int, int] = {}
    prose = False  # what stands above the first prose is letterhead and title
    for n, item in enumerate(items):
        if not isinstance(item, Paragraph):
            continue
        kind = _kind(item, body_size)
        names_part = kind == _CAPITALS and kinds.get(n - 1, _CAPITALS) <= _AS_PART
        # What stands in capitals below "Chương I" is its title, not a heading of its own.
        if kind is not None and not names_part and (kind != _CAPITALS or prose):
            kinds[n] = kind
        prose = prose or (len(item.lines) >= 3 and not item.centred)
    order = _order(list(kinds.values()))
    return {n: order[kind] for n, kind in kinds.items()}


def _kind(paragraph: Paragraph, body_size: float) -> int | None:
    text = " ".join(line.text for line in paragraph.lines)
    if len(text) > LONGEST_HEADING or len(paragraph.lines) > 4 or not any(map(str.isalpha, text)):
        return None
    larger = paragraph.size >= _LARGER * body_size
    numbering = next((k for k, pattern in enumerate(_NUMBERINGS) if pattern.match(text)), None)
    if numbering is not None:
        stands_out = paragraph.bold or larger
        in_middle = paragraph.centred and (numbering <= _AS_PART or is_capitals(text))
        return numbering if stands_out or in_middle else None
    in_capitals = paragraph.centred and paragraph.column.is_whole and is_capitals(text)
    return _CAPITALS if in_capitals and (paragraph.bold or larger) and len(text) > 5 else None


def _order(kinds: Sequence[int]) -> dict[int, int]:
    """Rank the kinds in use; capitals without a number stand where they first come."""
    used = sorted(set(kinds) - {_CAPITALS})
    if _CAPITALS in kinds:
        before = set(kinds[: list(kinds).index(_CAPITALS)])
        # Deeper than what came just before it would hold, shallower than all that follows.
        place = sum(kind in before for kind in used if kind <= 2)
        used.insert(place, _CAPITALS)
    return {kind: n for n, kind in enumerate(used, 1)}
