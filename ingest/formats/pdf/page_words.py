"""Carry what a page shows: its words and ruled lines, each with its place.

A page may hold text set sideways (a wide table on an upright page). What is set in one direction
is one sheet, measured as it is read: points from its own top left, downwards.
"""

from dataclasses import dataclass, field

from ingest.document import Box


@dataclass(frozen=True, slots=True)
class PageWord:
    """A word, or the part of one that is set in one font and size."""

    text: str
    left: float
    right: float
    baseline: float
    size: float  # of the letters, in points
    box: Box  # on the page as it is shown
    font: str = ""  # as the file names it; "" where a picture was read
    bold: bool = False
    italic: bool = False
    glued: bool = False  # no space parts it from the word before
    left_out: str = ""  # Vietnamese: why it is no content
    confidence: float = 1.0  # of a word read from a picture

    @property
    def top(self) -> float:
        """Where its capitals end, about."""
        return self.baseline - 0.75 * self.size

    @property
    def bottom(self) -> float:
        """Where its longest letters end below the line, about."""
        return self.baseline + 0.22 * self.size

    @property
    def middle(self) -> float:
        """Half its width."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line drawn across or down the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_across(self) -> bool:
        """Whether it runs from left to right."""
        return self.right - self.left >= self.bottom - self.top

    @property
    def length(self) -> float:
        """How long it is, in points."""
        return max(self.right - self.left, self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a page in one direction of writing."""

    page: int  # 1-based
    width: float  # points
    height: float
    words: tuple[PageWord, ...]
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class PageContent:
    """All that a page shows, as far as the file says it."""

    sheets: tuple[Sheet, ...]  # upright text first
    aside: tuple[PageWord, ...] = ()  # set askew, invisible or in a signature's stamp
    picture_share: float = 0.0  # of the page, covered by its largest picture
    is_marked: bool = False  # something is drawn on it
    is_hidden: bool = False  # most letters are drawn invisibly, as over a scan
    faults: float = 0.0  # share of letters whose sign the file does not tell

    @property
    def words(self) -> list[PageWord]:
        """The words of all sheets."""
        return [word for sheet in self.sheets for word in sheet.words]


@dataclass(slots=True)
class TextLine:
    """Words that stand beside each other, left to right."""

    words: list[PageWord] = field(default_factory=list)

    @property
    def left(self) -> float:
        """Where it begins."""
        return min(word.left for word in self.words)

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(word.right for word in self.words)

    @property
    def middle(self) -> float:
        """Half its width."""
        return (self.left + self.right) / 2

    @property
    def size(self) -> float:
        """The size of most of its letters."""
        weights: dict[float, int] = {}
        for word in self.words:
            size = round(word.size * 2) / 2
            weights[size] = weights.get(size, 0) + len(word.text)
        return max(weights, key=lambda size: (weights[size], size))

    @property
    def baseline(self) -> float:
        """Where its letters stand; of the words in its main size."""
        size = self.size
        main = sorted(w.baseline for w in self.words if abs(w.size - size) < 0.6)
        return main[len(main) // 2]

    @property
    def bold(self) -> bool:
        """Whether all its words are bold."""
        return all(
            word.bold or not any(map(str.isalpha, word.text)) for word in self.words
        ) and any(word.bold for word in self.words)

    @property
    def is_partly_bold(self) -> bool:
        """Whether any word is bold."""
        return any(word.bold for word in self.words)

    @property
    def italic(self) -> bool:
        """Whether all its words are slanted."""
        return all(word.italic for word in self.words)

    @property
    def text(self) -> str:
        """Its words, parted by single spaces."""
        return "".join(
            word.text if word.glued or not n else f" {word.text}"
            for n, word in enumerate(self.words)
        )
