"""Read the runs of a Word paragraph: text, notes, fields, tracked changes, equations, boxes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.formats.legacy_tables import encoding_of_font
from ingest.formats.symbol_fonts import read_symbols
from ingest.formats.word_package import WORD, Element
from ingest.formats.word_parts import Letters, NoteMark, PageBreak, Paragraph, Text
from ingest.formats.word_styles import Styles, font_of, is_on, is_raised

_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PICTURE_SIZE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# What holds runs without being one. A deletion is no part of the text any more.
_HOLDERS = frozenset(
    WORD + name
    for name in "hyperlink smartTag ins moveTo fldSimple customXml dir bdo sdt sdtContent".split()
)
_TAKEN_AWAY = frozenset(WORD + name for name in ("del", "moveFrom"))
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_LARGE_PICTURE = (3_000_000, 3_000_000)  # English Metric Units: some 8 cm a side; no logo or seal


@dataclass(frozen=True, slots=True)
class _Look:
    """How a run looks, as far as it tells what its text is."""

    font: str = ""
    raised: bool = False
    hidden: bool = False


@dataclass(slots=True)
class Story:
    """What is told while a document is read from its beginning to its end."""

    letters: Letters
    styles: Styles
    page: int = 1
    rendered_breaks: int = 0  # page breaks as Word last laid the pages out
    hard_breaks: int = 0  # page breaks typed by the author
    deletions: int = 0
    comments: int = 0
    pictures: int = 0
    charts: int = 0
    broken: bool = False  # nothing has been written since the last hard page break
    fields: list[bool] = field(default_factory=list)  # of open fields: whether the result has begun

    def break_page(self, *, rendered: bool) -> bool:
        """Count a page break; say whether a new page begins.

        Word marks the layout's break also after one that was typed: the two are one.
        """
        self.rendered_breaks += rendered
        self.hard_breaks += not rendered
        if rendered and self.broken:
            self.broken = False
            return False
        self.broken = not rendered
        self.page += 1
        return True


class RunReader:
    """Read the runs of one paragraph into it."""

    def __init__(
        self,
        story: Story,
        paragraph: Paragraph,
        style: str,
        on_note: Callable[[Element, Paragraph], str],
        on_box: Callable[[Element, Paragraph], None],
    ) -> None:
        self._story = story
        self._paragraph = paragraph
        self._style = style
        self._on_note = on_note
        self._on_box = on_box

    def read(self, parent: Element) -> None:
        """Read all that a paragraph, or an element in one, holds."""
        for child in parent:
            if child.tag == f"{WORD}r":
                self._read_run(child)
            elif child.tag in _HOLDERS:
                if not _is_placeholder(child):
                    self.read(child)
            elif child.tag in _TAKEN_AWAY:
                self._story.deletions += any(True for _ in child.iter(f"{WORD}delText", f"{WORD}t"))
            elif child.tag in (f"{_MATHS}oMath", f"{_MATHS}oMathPara"):
                self._write("".join(_equation(child)), _Look())
            elif child.tag == f"{_CHOICE}AlternateContent":
                self.read(_chosen(child))

    def _read_run(self, run: Element) -> None:
        properties = self._story.styles.run_properties(run, self._style)
        look = _Look(font_of(properties), is_raised(properties), is_on(properties, "vanish"))
        marked = False  # a note's mark of the author's own stands in the same run
        for child in _flat(run):
            name = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if name == "fldChar":
                self._field(child.get(f"{WORD}fldCharType", ""))
            elif all(self._story.fields):  # in no field's instruction
                if not (marked and name == "t"):
                    self._read_child(child, name, look)
                marked = marked or child.get(f"{WORD}customMarkFollows", "0") in ("1", "true", "on")

    def _read_child(self, child: Element, name: str, look: _Look) -> None:
        if name == "t":
            self._write(child.text or "", look)
        elif name in _SIGNS:
            self._write(_SIGNS[name], look)
        elif name == "br" and child.get(f"{WORD}type") != "page":
            self._write("\n", look)
        elif name in ("br", "lastRenderedPageBreak"):
            if self._story.break_page(rendered=name != "br"):
                self._paragraph.parts.append(PageBreak(self._story.page))
        elif name in ("footnoteReference", "endnoteReference"):
            number = self._on_note(child, self._paragraph)
            self._paragraph.parts += [NoteMark(number)] if number else []
        elif name in ("drawing", "pict", "object"):
            self._drawing(child)
        else:
            self._read_rare(child, name, look)

    def _read_rare(self, child: Element, name: str, look: _Look) -> None:
        if name == "sym":
            self._symbol(child, look)
        elif name == "commentReference":
            self._story.comments += 1
        elif name == "ruby":
            self._write("".join(text.text or "" for text in child.iter(f"{WORD}t")), look)

    def _write(self, text: str, look: _Look) -> None:
        if not encoding_of_font(look.font):
            text = read_symbols(text, look.font)
        if text:
            index = self._story.letters.add(text, look.font)
            self._paragraph.parts.append(Text(index, look.raised, look.hidden))
            self._story.broken = self._story.broken and not text.strip()

    def _symbol(self, element: Element, look: _Look) -> None:
        try:
            sign = chr(int(element.get(f"{WORD}char", ""), 16))
        except (ValueError, OverflowError):
            return
        if not 0xD800 <= ord(sign) <= 0xDFFF:
            font = element.get(f"{WORD}font", "")
            self._write(sign, _Look(font, look.raised, look.hidden))

    def _field(self, kind: str) -> None:
        fields = self._story.fields
        if kind == "begin":
            fields.append(False)
        elif fields and kind == "separate":
            fields[-1] = True
        elif fields and kind == "end":
            fields.pop()

    def _drawing(self, drawing: Element) -> None:
        boxes = [box for box in drawing.iter(f"{WORD}txbxContent") if not _within_box(box, drawing)]
        for box in boxes:
            self._on_box(box, self._paragraph)
        self._story.charts += drawing.find(f".//{_CHART}") is not None
        size = drawing.find(f".//{_PICTURE_SIZE}")
        if not boxes and size is not None and drawing.find(f".//{_BLIP}") is not None:
            sides = (size.get("cx", ""), size.get("cy", ""))
            large = all(
                side.isdigit() and int(side[:12]) >= least
                for side, least in zip(sides, _LARGE_PICTURE, strict=True)
            )
            self._story.pictures += large


def _is_placeholder(element: Element) -> bool:
    """Say whether a content control shows only its prompt: "Click here to enter text"."""
    properties = element.find(f"{WORD}sdtPr")
    return properties is not None and properties.find(f"{WORD}showingPlcHdr") is not None


def _chosen(alternate: Element) -> Element:
    """Give the one of two forms of the same content that newer programs show."""
    choice = alternate.find(f"{_CHOICE}Choice")
    fallback = alternate.find(f"{_CHOICE}Fallback")
    return choice if choice is not None else fallback if fallback is not None else alternate


def _flat(run: Element) -> Iterator[Element]:
    for child in run:
        if child.tag == f"{_CHOICE}AlternateContent":
            yield from _chosen(child)
        else:
            yield child


def _within_box(box: Element, drawing: Element) -> bool:
    """Say whether a text box stands in another, or in the older form of the same drawing."""
    for parent in box.iterancestors():
        if parent is drawing:
            return False
        if parent.tag == f"{WORD}txbxContent":
            return True
        if parent.tag == f"{_CHOICE}Fallback":
            choice = parent.getparent().find(f"{_CHOICE}Choice")
            return choice is not None
    return False


def _equation(element: Element) -> Iterator[str]:
    """Write an equation in one line: "(a+b)/c", "x²", "√(x)"."""
    name = etree.QName(element).localname if isinstance(element.tag, str) else ""
    if name == "t":
        yield element.text or ""
        return
    if name in ("f", "sSup", "rad"):
        yield _formed(element, name)
        return
    for child in element:
        if isinstance(child.tag, str) and not child.tag.endswith("Pr"):
            yield from _equation(child)


def _formed(element: Element, name: str) -> str:
    def part(tag: str) -> str:
        child = element.find(f"{_MATHS}{tag}")
        return "".join(_equation(child)) if child is not None else ""

    if name == "f":
        return f"{_bracketed(part('num'))}/{_bracketed(part('den'))}"
    if name == "rad":
        return f"{part('deg')}√({part('e')})"
    raised = part("sup")
    digits = raised.translate(RAISED) if raised.isdecimal() else f"^{_bracketed(raised)}"
    return part("e") + digits


def _bracketed(text: str) -> str:
    return text if text.isalnum() else f"({text})"
