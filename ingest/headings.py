"""Tell the headings of Vietnamese administrative texts from their sentences."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import TextKind
from ingest.lines import Line
from vietnamese import CAPITALS

# Depth of each way to number, from the outermost in, with room between for headings that only a
# style tells. Decimal numbers add their dots: "1." is 50, "1.1." is 51. Order after the guide for administrative texts, Decree 30/2020/ND-CP:
# phần, chương, mục, điều, khoản, điểm; party reports put Roman numerals where it has "mục".
_PART, _CHAPTER, _SECTION, _ROMAN, _DECIMAL, _LETTER, _DASH = 10, 20, 30, 40, 50, 90, 100
UNNUMBERED = _ROMAN  # of a line in capitals

_PATTERNS = (
    (
        _PART,
        re.compile(
            r"(?:Phần|PHẦN)\s+(?:thứ\s+\w+|THỨ\s+\w+|[IVX]+|\d+|[A-Z])\b[.:\-–]?\s*(?P<rest>.*)"
        ),
    ),
    (
        _PART,
        re.compile(
            r"(?:Phụ\s+lục|PHỤ\s+LỤC|Phụ\s+biểu|PHỤ\s+BIỂU|Biểu|BIỂU|Bảng|BẢNG)\b(?P<rest>.*)"
        ),
    ),
    (_CHAPTER, re.compile(r"(?:Chương|CHƯƠNG)\s+(?:[IVX]+|\d+)\b[.:\-–]?\s*(?P<rest>.*)")),
    (_SECTION, re.compile(r"(?:Mục|MỤC)\s+(?:[IVX]+|\d+)\b[.:\-–]?\s*(?P<rest>.*)")),
    (_ROMAN, re.compile(r"(?:[IVX]+|[A-H])\s*(?:[.\-–/)]|\.-)\s*(?P<rest>\D.*)")),
    (
        _DECIMAL,
        re.compile(
            r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})"
            rf"(?:[.)\-–]+|(?=\s+\*?[{CAPITALS}]))\s*(?P<rest>\*?[^\d\s].*)"
        ),
    ),
    (_LETTER, re.compile(r"[a-zđ][.)]\s*(?P<rest>[^\W\d_].*)")),
    (_DASH, re.compile(r"[-–+*•]\s*(?P<rest>[^\W\d_].*)")),
)
_SENTENCE_INSIDE = re.compile(r"[.;!?]\s+[^\W\d_]")
# Headings run over two lines at most. Characters.
LONGEST_HEADING = 250
_LONGEST_DASH = 60
_LONGEST_ENDED = 80  # with a full stop at the end, as some typists set after every line
_PARTS_TITLE_FOLLOWS = (_PART, _CHAPTER, _SECTION)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's depth (1 is outermost) and its words."""

    depth: int
    title: str
    wants_title: bool = False  # "Phần thứ nhất": its name stands in the line below


def read_heading(text: str, following: str = "") -> Heading | None:
    """Read a line as a heading, or give None if it is text.

    Args:
        text: The line, without white space around it.
        following: The next line, for headings that only differ from list items by it.
    """
    for depth, pattern in _PATTERNS:
        match = pattern.fullmatch(text)
        if not match:
            continue
        rest = match["rest"].strip()
        if depth == _DECIMAL:
            depth += match["number"].count(".")
        if not _is_title(rest, text, depth, following):
            return None
        wants = depth in _PARTS_TITLE_FOLLOWS and len(rest) < 12
        return Heading(depth, _clean(text), wants)
    return None


def style_depths(lines: Sequence[Line]) -> dict[int, int]:
    """Give the depth that each level of a document's heading styles stands for.

    A level whose headings are mostly numbered has the depth of that numbering, so that headings
    with a style and those with numbers alone form one tree; another one lies below the level above.
    """
    numbered: dict[int, list[int]] = {}
    for line in lines:
        if line.hint and line.hint.kind is TextKind.HEADING and line.hint.level:
            heading = read_heading(line.text)
            numbered.setdefault(line.hint.level, []).append(heading.depth if heading else 0)
    depths: dict[int, int] = {}
    above = 0
    for level, found in sorted(numbered.items()):
        common, _ = Counter(found).most_common(1)[0]
        depths[level] = above = max(common, above + 2)
    return depths


def is_capitals(text: str) -> bool:
    """Whether a line is set in capitals, as titles are (a few small letters may be scan slips)."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 6 and sum(c.isupper() for c in letters) >= 0.75 * len(letters)


def _is_title(rest: str, text: str, depth: int, following: str) -> bool:
    if len(text) > LONGEST_HEADING or _SENTENCE_INSIDE.search(rest) or rest.endswith((";", ",")):
        return False
    if depth in _PARTS_TITLE_FOLLOWS:
        # "Biểu dương các tập thể…" starts a sentence; a caption has capitals, a number or a colon.
        return is_capitals(text) or len(rest) < 12 or bool(re.match(r"\s*(?:số\s*)?\d", rest))
    if depth == _DASH:
        bullet = text[0]
        return (
            len(text) <= _LONGEST_DASH
            and not any(c.isdigit() for c in rest)
            and not rest.endswith(".")
            and bool(following)
            and not following.startswith(bullet)
        )
    _, colon, tail = rest.partition(":")
    if colon and tail.strip():
        return False
    return not rest.endswith(".") or (
        len(text) <= _LONGEST_ENDED and not any(c.isdigit() for c in rest)
    )


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("*", "")).strip()
