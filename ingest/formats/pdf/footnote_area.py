"""Tell the footnotes at the foot of a sheet from its text, and cut them apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.formats.pdf.lines import build_lines
from ingest.formats.pdf.page_words import PageWord, Rule, Sheet, TextLine

_SMALLER = 0.94  # of the body's size, below a rule
_MUCH_SMALLER = 0.88  # without one
_SHORTEST_RULE = 30.0  # points
_LONGEST_RULE = 0.45  # of the sheet's width
_NUMBER = re.compile(
    r"(?:[⁽(\[]?(?P<number>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\d{1,3})[⁾)\]]?)\.?(?P<rest>\s|$|(?=\D))"
)
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, or the rest of one that began on the page before."""

    number: str  # plain digits; "" for a rest
    lines: tuple[TextLine, ...]  # without the number


def cut_footnotes(
    rules: Sequence[Rule], words: Sequence[PageWord], sheet: Sheet, body_size: float
) -> tuple[list[PageWord], list[Note]]:
    """Give the words of a sheet that are text, and its footnotes.

    Args:
        rules: Lines of the sheet that draw no table.
        words: Those of the sheet outside tables and furniture.
        sheet: For its size.
        body_size: Of most letters of the document, in points.
    """
    top = _start(rules, sheet, words, body_size)
    if top is None:
        return list(words), []
    text = [word for word in words if word.baseline <= top]
    notes = _notes(build_lines([word for word in words if word.baseline > top]))
    # What no number begins is the rest of a note if it goes on in the middle of a sentence.
    if not any(note.number for note in notes) and not notes[0].lines[0].text[0].islower():
        return list(words), []
    return text, notes


def _start(
    rules: Sequence[Rule], sheet: Sheet, words: Sequence[PageWord], body_size: float
) -> float | None:
    for rule in sorted(rules, key=lambda rule: -rule.top):
        if _parts_notes(rule, sheet, words):
            below = [word for word in words if word.baseline > rule.top]
            letters = sum(len(word.text) for word in below)
            small = sum(len(word.text) for word in below if word.size <= _SMALLER * body_size)
            if letters and small > 0.9 * letters:
                return rule.top
    return _small_end(build_lines(words), body_size)


def _parts_notes(rule: Rule, sheet: Sheet, words: Sequence[PageWord]) -> bool:
    if not rule.is_across or not _SHORTEST_RULE <= rule.length <= _LONGEST_RULE * sheet.width:
        return False
    if rule.top < 0.25 * sheet.height or not words:
        return False
    margin = min(word.left for word in words)
    return rule.left - margin < 0.12 * sheet.width


def _small_end(lines: Sequence[TextLine], body_size: float) -> float | None:
    """Find where small lines that begin with a raised number end the sheet."""
    start = len(lines)
    while start and lines[start - 1].size <= _MUCH_SMALLER * body_size:
        start -= 1
    for n in range(start, len(lines)):
        if n and lines[n].text[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹":
            return (lines[n - 1].baseline + lines[n].baseline) / 2
    return None


def _notes(lines: Sequence[TextLine]) -> list[Note]:
    raised = any(line.text[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹⁽" for line in lines)
    notes: list[tuple[str, list[TextLine]]] = []
    for line in lines:
        number = _number(line, raised, notes[-1][0] if notes else "")
        if number:
            notes.append((number, [_without_number(line)]))
        elif notes:
            notes[-1][1].append(line)
        else:
            notes.append(("", [line]))
    return [Note(number, tuple(ln for ln in own if ln.words)) for number, own in notes if own]


def _number(line: TextLine, raised: bool, above: str) -> str:
    match = _NUMBER.match(line.text)
    if not match:
        return ""
    number = match["number"]
    if raised:
        return number.translate(_PLAIN) if number[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹" else ""
    # Plain digits may be the text's own: they must count on.
    if line.text[match.end("number") :][:1] in (".", ",", "/", "%"):
        return ""
    return number if not above or int(number) == int(above) + 1 else ""


def _without_number(line: TextLine) -> TextLine:
    match = _NUMBER.match(line.text)
    assert match  # it has given the number
    cut = match.end()
    words: list[PageWord] = []
    at = 0
    for n, word in enumerate(line.words):
        at += len(word.text) + (0 if word.glued or not n else 1)
        if at > cut:
            kept = word.text[-(at - cut) :] if at - cut < len(word.text) else word.text
            words.append(replace(word, text=kept))
    return TextLine(words)
