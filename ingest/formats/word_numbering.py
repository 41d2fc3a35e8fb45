"""Write out the numbers that Word generates for lists and headings: "Điều 5.", "1.2.", "a)", "-"."""

import re
from dataclasses import dataclass, field

from ingest.formats.word_package import WORD, Element
from ingest.formats.word_styles import Styles, font_of, value_of, whole_number

_LEVELS = 9
_BULLETS = {"–": "-", "—": "-", "-": "-", "+": "+", "*": "*"}
_BULLET = "-"  # for all signs of symbol fonts
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST = 10_000  # a hostile file may ask for the letter or Roman number of a billion


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    style: str = "decimal"
    pattern: str = ""  # "Điều %1."
    follow: str = " "
    font: str = ""
    restart_after: int | None = None  # level whose step starts this anew; None: any outer one
    arabic: bool = False  # outer levels are shown in digits, whatever their style
    paragraph_style: str = ""


@dataclass(slots=True)
class _List:
    """A list with what it has counted; several w:num share one."""

    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one document, counting on as paragraphs are numbered in reading order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}  # by abstractNumId
        self._numbers: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is None:
            return
        links: dict[str, str] = {}
        linked: dict[str, str] = {}
        for element in root.findall(f"{WORD}abstractNum"):
            list_id = element.get(f"{WORD}abstractNumId", "")
            self._lists[list_id] = _List(dict(_levels(element)))
            links[value_of(element, "styleLink")] = list_id
            linked[list_id] = value_of(element, "numStyleLink")
        for element in root.findall(f"{WORD}num"):
            list_id = value_of(element, "abstractNumId")
            list_id = links.get(linked.get(list_id) or " ", list_id)
            starts: dict[int, int] = {}
            levels: dict[int, Level] = {}
            for override in element.findall(f"{WORD}lvlOverride"):
                at = whole_number(override.get(f"{WORD}ilvl", ""), 0)
                start = value_of(override, "startOverride")
                if start:
                    starts[at] = whole_number(start, 1)
                levels |= dict(_levels(override))
            self._numbers[element.get(f"{WORD}numId", "")] = (list_id, levels, starts)

    def number(self, properties: Element | None, style_id: str) -> tuple[str, str]:
        """Count a paragraph and give the number that Word shows before it, and its font."""
        own = properties.find(f"{WORD}numPr") if properties is not None else None
        from_style, said_by = self._styles.numbering(style_id)
        number_id = value_of(own, "numId") or value_of(from_style, "numId")
        if number_id not in self._numbers:  # "0" takes a style's numbering away
            return "", ""
        list_id, own_levels, starts = self._numbers[number_id]
        numbered = self._lists.get(list_id)
        if numbered is None:
            return "", ""
        levels = numbered.levels | own_levels
        level = value_of(own, "ilvl") or value_of(from_style, "ilvl")
        at = whole_number(level, 0)
        if not value_of(own, "ilvl") and said_by:
            at = next((n for n, one in levels.items() if one.paragraph_style == said_by), at)
        at = min(max(at, 0), _LEVELS - 1)
        if (number_id, at) not in self._begun and at in starts:
            numbered.counts[at] = starts[at] - 1
        self._begun.add((number_id, at))
        _count(numbered.counts, levels, at)
        return _shown(numbered.counts, levels, at), levels.get(at, Level()).font


def _count(counts: dict[int, int], levels: dict[int, Level], at: int) -> None:
    for outer in range(at):
        counts.setdefault(outer, levels.get(outer, Level()).start)
    counts[at] = counts.get(at, levels.get(at, Level()).start - 1) + 1
    for inner in [n for n in counts if n > at]:
        after = levels.get(inner, Level()).restart_after
        if after is None or (after and at < after):
            del counts[inner]


def _shown(counts: dict[int, int], levels: dict[int, Level], at: int) -> str:
    level = levels.get(at, Level())
    if level.style == "none" or not level.pattern:
        return ""
    if level.style == "bullet":
        return _BULLETS.get(level.pattern.strip(), _BULLET) + " "

    def place(match: re.Match[str]) -> str:
        n = int(match[1]) - 1
        shown = levels.get(n, Level())
        style = "decimal" if level.arabic and n != at else shown.style
        return _written(counts.get(n, shown.start), style)

    return _PLACE.sub(place, level.pattern) + level.follow


def _written(number: int, style: str) -> str:
    if style == "none" or style == "bullet":
        return ""
    if 0 < number < _LARGEST:
        if style in ("lowerLetter", "upperLetter"):
            # After z comes aa, then bb.
            letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letters if style == "lowerLetter" else letters.upper()
        if style in ("lowerRoman", "upperRoman"):
            return _roman(number) if style == "lowerRoman" else _roman(number).upper()
    return f"{number:02}" if style == "decimalZero" else str(number)


def _roman(number: int) -> str:
    written = ""
    for worth, letters in _ROMAN:
        written += letters * (number // worth)
        number %= worth
    return written


def _levels(parent: Element) -> list[tuple[int, Level]]:
    found = []
    for element in parent.findall(f"{WORD}lvl"):
        properties = element.find(f"{WORD}rPr")
        restart = value_of(element, "lvlRestart")
        level = Level(
            start=whole_number(value_of(element, "start"), 1),
            style=value_of(element, "numFmt") or "decimal",
            pattern=value_of(element, "lvlText"),
            follow="" if value_of(element, "suff") == "nothing" else " ",
            font=font_of([properties]) if properties is not None else "",
            restart_after=whole_number(restart, 0) if restart else None,
            arabic=element.find(f"{WORD}isLgl") is not None,
            paragraph_style=value_of(element, "pStyle"),
        )
        found.append((whole_number(element.get(f"{WORD}ilvl", ""), 0), level))
    return found
