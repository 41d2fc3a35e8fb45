"""Resolve what styles say of paragraphs and runs in Word: fonts, headings, numbering."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.formats.word_package import WORD, Element

_HEADING = re.compile(r"(?:heading|tiêu đề|đầu đề) (\d)", re.I)
_TITLE = re.compile(r"title|tên", re.I)
_CONTENTS = re.compile(r"toc (?:\d|heading)|table of (?:figures|authorities)|mục lục \d", re.I)
_OFF = frozenset({"0", "false", "off", "none"})
_BODY_OUTLINE = 9  # the outline level of text that is no heading


@dataclass(frozen=True, slots=True)
class _Style:
    id: str
    name: str
    based_on: str
    element: Element


class Styles:
    """The styles of one document; a style takes from those that it is based on."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._looks: dict[tuple[str, str], list[Element]] = {}
        self._defaults: dict[str, str] = {}  # style type to the style of what names none
        self._run_defaults: Element | None = None
        if root is None:
            return
        self._run_defaults = root.find(f"{WORD}docDefaults/{WORD}rPrDefault/{WORD}rPr")
        for element in root.findall(f"{WORD}style"):
            style_id = element.get(f"{WORD}styleId", "")
            name, base = value_of(element, "name"), value_of(element, "basedOn")
            self._styles[style_id] = _Style(style_id, name, base, element)
            if element.get(f"{WORD}default") in ("1", "true"):
                self._defaults[element.get(f"{WORD}type", "")] = style_id

    def chain(self, style_id: str, kind: str = "paragraph") -> Iterator[Element]:
        """Give a style and those that it is based on, nearest first; the default if it is none."""
        style = self._styles.get(style_id) or self._styles.get(self._defaults.get(kind, ""))
        seen = set()
        while style and style.id not in seen:
            seen.add(style.id)
            yield style.element
            style = self._styles.get(style.based_on)

    def run_properties(self, run: Element, paragraph_style: str) -> list[Element]:
        """Give all that speaks for a run's look, the nearest first."""
        found = run.findall(f"{WORD}rPr")
        named = value_of(found[0], "rStyle") if found else ""
        if named in self._styles:
            found += self._of_chain(named, "character")
        found += self._of_chain(paragraph_style, "paragraph")
        return found if self._run_defaults is None else [*found, self._run_defaults]

    def heading_level(self, properties: Element | None, style_id: str) -> int:
        """Give a paragraph's level as a heading, from 1; 0 if it is none."""
        outline = value_of(properties, "outlineLvl")
        if not outline:
            for element in self.chain(style_id):
                name = value_of(element, "name")
                if match := _HEADING.fullmatch(name):
                    return int(match[1])
                if _TITLE.fullmatch(name):
                    return 1
                outline = value_of(element.find(f"{WORD}pPr"), "outlineLvl")
                if outline:
                    break
        level = whole_number(outline, _BODY_OUTLINE)
        return level + 1 if 0 <= level < _BODY_OUTLINE else 0

    def is_contents(self, style_id: str) -> bool:
        """Say whether a style is that of lines of a table of contents."""
        return any(_CONTENTS.fullmatch(value_of(e, "name")) for e in self.chain(style_id))

    def numbering(self, style_id: str) -> tuple[Element | None, str]:
        """Give the numbering that a paragraph has from its style, and the style that says so."""
        for element in self.chain(style_id):
            found = element.find(f"{WORD}pPr/{WORD}numPr")
            if found is not None:
                return found, element.get(f"{WORD}styleId", "")
        return None, ""

    def _of_chain(self, style_id: str, kind: str) -> list[Element]:
        key = (style_id, kind)
        if key not in self._looks:
            found = (element.find(f"{WORD}rPr") for element in self.chain(style_id, kind))
            self._looks[key] = [element for element in found if element is not None]
        return self._looks[key]


def value_of(parent: Element | None, name: str) -> str:
    """Give the w:val of a child; "" if it is not there."""
    child = parent.find(f"{WORD}{name}") if parent is not None else None
    return child.get(f"{WORD}val", "") if child is not None else ""


def whole_number(text: str, default: int) -> int:
    """Read a number of a file; the default where it is none or absurd."""
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else default


def is_on(properties: list[Element], name: str) -> bool:
    """Say whether a switch is on; the nearest that says anything decides."""
    for element in properties:
        child = element.find(f"{WORD}{name}")
        if child is not None:
            return child.get(f"{WORD}val", "1") not in _OFF
    return False


def font_of(properties: list[Element]) -> str:
    """Give the font of a run's letters; "" where only a theme names one."""
    shown = {"hAnsi": "", "ascii": ""}  # beyond ASCII, and ASCII
    for element in properties:
        fonts = element.find(f"{WORD}rFonts")
        if fonts is None:
            continue
        for key, font in shown.items():
            if not font:
                # A theme's font hides what a farther style names.
                themed = "theme" if fonts.get(f"{WORD}{key}Theme") else ""
                shown[key] = fonts.get(f"{WORD}{key}", "") or themed
    named = [font for font in shown.values() if font and font != "theme"]
    return named[0] if named else ""


def is_raised(properties: list[Element]) -> bool:
    """Say whether a run stands above the line."""
    for element in properties:
        align = value_of(element, "vertAlign")
        if align:
            return align == "superscript"
        position = value_of(element, "position")
        if position:
            return whole_number(position, 0) > 0
    return False
