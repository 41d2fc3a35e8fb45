"""Read the paragraphs of a slide's text frames, with their fonts and their numbers."""

from collections.abc import Iterator

from pptx.text.text import TextFrame, _Paragraph

from ingest.formats.legacy_letters import Run

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ROMAN = (
    (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
# [ECMA-376] 20.1.10.61: what stands around a number; its start says what the number is made of.
_AROUND = {"Period": "{}.", "ParenR": "{})", "ParenBoth": "({})", "Plain": "{}", "Minus": "{}-"}
_MOST_COUNTED = 399  # of Roman numbers that are written out


def paragraph_runs(frame: TextFrame) -> Iterator[tuple[Run, ...]]:
    """Give the runs of each paragraph; automatic numbers stand at their head."""
    counts: dict[int, tuple[str, int]] = {}  # by level: kind of numbering, last number
    for paragraph in frame.paragraphs:
        number = _number(paragraph, counts)
        runs = tuple(_runs(paragraph))
        if number and any(run.text.strip() for run in runs):
            runs = (Run(f"{number} "), *runs)
        yield runs


def _runs(paragraph: _Paragraph) -> Iterator[Run]:
    for node in paragraph._p:
        kind = str(node.tag).removeprefix(_DRAWING)
        if kind == "br":
            yield Run(" ")
        elif kind in ("r", "fld"):
            latin = node.find(f"{_DRAWING}rPr/{_DRAWING}latin")
            font = latin.get("typeface", "") if latin is not None else ""
            yield Run(node.findtext(f"{_DRAWING}t") or "", "" if font.startswith("+") else font)


def _number(paragraph: _Paragraph, counts: dict[int, tuple[str, int]]) -> str:
    level = paragraph.level
    for deeper in [found for found in counts if found > level]:
        del counts[deeper]
    given = paragraph._p.find(f"{_DRAWING}pPr/{_DRAWING}buAutoNum")
    if given is None:
        if paragraph.text.strip():
            counts.pop(level, None)
        return ""
    if not paragraph.text.strip():
        return ""
    kind = given.get("type", "arabicPeriod")
    start = given.get("startAt", "1")
    first = int(start) if start.isdigit() else 1
    before = counts.get(level)
    count = before[1] + 1 if before and before[0] == kind else first
    counts[level] = (kind, count)
    return _written(kind, count)


def _written(kind: str, count: int) -> str:
    around = next((form for end, form in _AROUND.items() if kind.endswith(end)), "{}.")
    if kind.startswith("alpha"):
        count = min(count, 26 * 27)
        letters = chr(96 + (count - 1) % 26 + 1)
        if count > 26:
            letters = chr(96 + (count - 1) // 26) + letters
    elif kind.startswith("roman") and count <= _MOST_COUNTED:
        letters = ""
        for value, sign in _ROMAN:
            times, count = divmod(count, value)
            letters += sign * times
    else:
        return around.format(count)
    return around.format(letters.upper() if "Uc" in kind else letters)
