"""Carry what a Word document holds, before its letters are converted and its pages are told."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.formats.legacy_letters import Run, convert_runs


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text of one look; its letters are in the document's `Letters`."""

    index: int
    raised: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The place where a footnote or endnote is referred to."""

    number: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The place where a new page begins, as the file says."""

    page: int


Part = Text | NoteMark | PageBreak


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its parts, and what stands with it."""

    page: int
    level: int = 0  # as a heading; 0 if it is none
    left_out: str = ""
    parts: list[Part] = field(default_factory=list)
    boxes: list["Item"] = field(default_factory=list)  # text boxes anchored in it
    notes: list["Note"] = field(default_factory=list)  # that it refers to


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote."""

    number: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, merged ones given once."""

    items: tuple["Item", ...]
    column: int
    columns: int
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: tuple[Cell, ...]
    page: int
    header: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table, whether it holds data or only places text."""

    rows: tuple[Row, ...]


Item = Paragraph | Table


class Letters:
    """All pieces of text of one document, converted together."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._texts: Sequence[str] = ()
        self.encoding = ""

    def add(self, text: str, font: str = "") -> int:
        """Keep a piece of text and give its index."""
        self._runs.append(Run(text, font))
        return len(self._runs) - 1

    def end_paragraph(self) -> None:
        """Keep the words of two paragraphs apart."""
        self._runs.append(Run("\n"))

    def convert(self) -> None:
        """Turn all pieces into Unicode."""
        self._texts, self.encoding = convert_runs(self._runs)

    def __getitem__(self, index: int) -> str:
        return self._texts[index]
