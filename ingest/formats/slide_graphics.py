"""Read what charts and diagrams of a presentation say: figures as tables, labels as paragraphs."""

from collections.abc import Iterator

from lxml import etree
from pptx.shapes.graphfrm import GraphicFrame

from ingest.document import TextKind
from ingest.formats.drafts import Draft, DraftCell, DraftRow, DraftTable, DraftText
from ingest.formats.legacy_letters import Run
from ingest.formats.number_formats import show_number

_LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MOST_POINTS = 10_000  # of a chart that are read


def chart_drafts(content: bytes, page: int) -> Iterator[Draft]:
    """Give a chart's title and, as a table, its series under their names.

    Args:
        content: The chart's part of the file.
        page: Number of the slide.
    """
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    title = root.find("{*}chart/{*}title")
    if title is not None:
        runs = tuple(Run(node.text or "") for node in title.iter("{*}t", "{*}v"))
        yield DraftText(runs, TextKind.PARAGRAPH, page=page)
    categories: dict[int, str] = {}
    names: list[str] = []
    series: list[dict[int, str]] = []
    for node in root.iter("{*}ser"):
        names.append(" ".join(part.text or "" for part in _under(node, "tx", "v")))
        categories.update(_points(node, "cat", "xVal"))
        series.append(_points(node, "val", "yVal"))
    points = sorted({at for found in series for at in found} | categories.keys())[:_MOST_POINTS]
    if not points:
        return
    head = [DraftCell((Run(name),), column) for column, name in enumerate(names, 1)]
    rows = [DraftRow(tuple(head), page, header=True)]
    for at in points:
        texts = [categories.get(at, ""), *(found.get(at, "") for found in series)]
        cells = (DraftCell((Run(text),), column) for column, text in enumerate(texts))
        rows.append(DraftRow(tuple(cells), page))
    yield DraftTable(tuple(rows))


def diagram_drafts(shape: GraphicFrame, page: int) -> Iterator[Draft]:
    """Give the labels of a diagram ("SmartArt"); nothing for any other shape.

    Args:
        shape: A frame without table or chart.
        page: Number of the slide.
    """
    link = next((node.get(f"{_LINKS}dm") for node in shape.element.iter("{*}relIds")), None)
    if link is None:
        return
    content = shape.part.related_part(link).blob
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    for point in root.iter("{*}pt"):
        for paragraph in point.iter("{*}p"):
            runs = tuple(Run(node.text or "") for node in paragraph.iter("{*}t"))
            yield DraftText(runs, page=page)


def _points(series: etree._Element, *parts: str) -> dict[int, str]:
    """Give the points of a series by their place; numbers as the chart shows them."""
    found: dict[int, str] = {}
    for part in parts:
        for node in _under(series, part, "pt"):
            at, text = node.get("idx", ""), node.findtext("{*}v") or ""
            if not at.isdigit() or int(at) in found:
                continue
            holder = node.getparent()
            code = holder.findtext("{*}formatCode") if holder is not None else None
            is_number = holder is not None and etree.QName(holder).localname.startswith("num")
            found[int(at)] = _shown(text, code or "General") if is_number else text
    return found


def _under(node: etree._Element, part: str, name: str) -> Iterator[etree._Element]:
    for child in node.iterchildren(f"{{*}}{part}"):
        yield from child.iter(f"{{*}}{name}")


def _shown(text: str, code: str) -> str:
    try:
        return show_number(float(text), code)
    except ValueError:
        return text
