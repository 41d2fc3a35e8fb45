"""Put a sheet's words together into lines, and its raised digits into raised signs."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.formats.pdf.page_words import PageWord, TextLine

_RAISED = str.maketrans("0123456789()+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁺⁻")
_BAND = 12.0  # points: lines are sought by bands of this height
# Parts of the main size of a line.
_SMALL = 0.82  # up to which a word may be raised
_RAISED_BY = 0.12  # from which it is
_BESIDE = 0.5  # share of the lower word's height that must lie beside the line's


def build_lines(words: Sequence[PageWord]) -> list[TextLine]:
    """Give the lines of words from the top down, each left to right with its digits raised."""
    lines: list[TextLine] = []
    by_place: dict[int, list[TextLine]] = {}
    # A line is known by its large words; what is raised or lowered beside them comes after.
    for word in sorted(words, key=lambda word: (-round(word.size), word.baseline, word.left)):
        at = int(word.baseline // _BAND)
        # A larger line may begin far above or below.
        reach = 1 + int(lines[0].words[0].size // _BAND) if lines else 1
        near = (line for k in range(at - reach, at + reach + 1) for line in by_place.get(k, ()))
        best, line = max(
            ((_beside(word, line), n, line) for n, line in enumerate(near)),
            default=(0.0, 0, None),
        )[::2]
        if line is None or best < _BESIDE:
            line = TextLine([word])
            lines.append(line)
            by_place.setdefault(at, []).append(line)
        else:
            line.words.append(word)
    for line in lines:
        line.words = _set_raised(_in_order(line.words))
    return sorted(lines, key=lambda line: (line.baseline, line.left))


def _in_order(words: list[PageWord]) -> list[PageWord]:
    """Sort by place; a part that is glued to the one before it stays with it."""
    placed = sorted(words, key=lambda word: (word.left, word.right))
    for n, word in enumerate(placed):
        if word.glued and n:
            gap = word.left - placed[n - 1].right
            if gap > 0.5 * word.size:
                placed[n] = replace(word, glued=False)
    return placed


def _beside(word: PageWord, line: TextLine) -> float:
    first = line.words[0]
    shared = min(word.bottom, first.bottom) - max(word.top, first.top)
    return shared / max(min(word.bottom - word.top, first.bottom - first.top), 0.01)


def _set_raised(words: list[PageWord]) -> list[PageWord]:
    line = TextLine(words)
    size, baseline = line.size, line.baseline
    result: list[PageWord] = []
    for word in words:
        raised = (
            word.size <= _SMALL * size
            and baseline - word.baseline >= _RAISED_BY * size
            and any(map(str.isdigit, word.text))
            and not any(map(str.isalpha, word.text))
        )
        if raised:
            near = bool(result) and word.left - result[-1].right < 0.35 * size
            word = replace(word, text=word.text.translate(_RAISED), glued=word.glued or near)
        result.append(word)
    return result
