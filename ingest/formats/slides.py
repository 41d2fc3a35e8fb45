"""Read a .pptx presentation: titles, text, tables, charts and notes, slide by slide."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from pptx.package import Package
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.group import GroupShape
from pptx.shapes.picture import Picture
from pptx.slide import Slide
from pptx.table import Table

from errors import UnreadableReportError
from ingest.document import Document, PageText, Reading, TextKind
from ingest.formats.drafts import Draft, DraftCell, DraftRow, DraftTable, DraftText, finish
from ingest.formats.legacy_letters import Run
from ingest.formats.slide_graphics import chart_drafts, diagram_drafts
from ingest.formats.slide_text import paragraph_runs
from ingest.formats.zip_limits import damaged, open_zip

_NOTES = "Ghi chú trang trình chiếu"
# Shapes whose tops lie this close, as a share of the slide's height, stand side by side.
_SAME_HEIGHT = 0.04
_LONGEST_TITLE = 250  # characters; more is text set in the place of a title
# [ECMA-376] 19.7.10: what these placeholders hold is the same on every slide.
_FURNITURE = {
    "dt": "ngày trình chiếu",
    "ftr": "chân trang",
    "sldNum": "số trang",
    "hdr": "đầu trang",
}
_HIDDEN = "trang chiếu ẩn"


def read_slides(content: bytes, reading: Reading) -> Document:
    """Read a .pptx file.

    Raises:
        UnreadableReportError: It is damaged, locked by a password or holds no text.
    """
    name = reading.name
    open_zip(content, name).close()  # refuses what would swell
    drafts: list[Draft] = []
    pages: list[PageText] = []
    warnings: list[str] = []
    try:
        presentation = Package.open(BytesIO(content)).main_document_part.presentation
        height = int(presentation.slide_height or 1)
        slides = list(presentation.slides)
        for page, slide in enumerate(slides, 1):
            found, has_pictures = _slide(slide, page, height)
            drafts.extend(found)
            pages.append(_page_text(found, has_pictures=has_pictures))
            if slide.element.get("show") == "0":
                warnings.append(f"trang chiếu {page} đang ẩn nên không đưa vào nội dung")
            elif pages[-1] is PageText.UNREAD:
                warnings.append(f"trang chiếu {page} chỉ có hình ảnh, không đọc được chữ")
            reading.on_page(page, len(slides))
    except UnreadableReportError:
        raise
    except Exception as error:  # on damaged files the library fails in any way
        raise damaged(name) from error
    blocks, encoding = finish(drafts)
    if not any(not getattr(block, "left_out", "") for block in blocks):
        raise UnreadableReportError(
            f"{name}: các trang chiếu không có chữ nào đọc được. Hãy kiểm tra lại tệp."
        )
    return Document(blocks, encoding, tuple(pages), tuple(warnings))


def _page_text(found: Sequence[Draft], *, has_pictures: bool) -> PageText:
    if any(
        isinstance(draft, DraftTable)
        or (not draft.left_out and any(r.text.strip() for r in draft.runs))
        for draft in found
    ):
        return PageText.LAYER
    return PageText.UNREAD if has_pictures else PageText.BLANK


def _slide(slide: Slide, page: int, height: int) -> tuple[list[Draft], bool]:
    away = _HIDDEN if slide.element.get("show") == "0" else ""
    title = slide.shapes.title
    drafts: list[Draft] = []
    if title is not None and title.has_text_frame:
        drafts.extend(_title(list(paragraph_runs(title.text_frame)), page, away))
    shapes = [shape for shape in slide.shapes if title is None or shape.shape_id != title.shape_id]
    has_pictures = False
    for shape in _leaves(shapes, height):
        has_pictures = has_pictures or isinstance(shape, Picture)
        drafts.extend(_shape(shape, page, away))
    if slide.has_notes_slide and (frame := slide.notes_slide.notes_text_frame) is not None:
        notes = list(paragraph_runs(frame))
        if any(run.text.strip() for runs in notes for run in runs):
            drafts.append(DraftText((Run(_NOTES),), TextKind.HEADING, 2, page=page, left_out=away))
            drafts += [DraftText(runs, page=page, left_out=away) for runs in notes]
    return drafts, has_pictures


def _title(paragraphs: Sequence[tuple[Run, ...]], page: int, away: str) -> Iterator[Draft]:
    """Give a slide's title as a heading; many use its place for all that the slide says."""
    letters = sum(len(run.text) for runs in paragraphs for run in runs)
    if letters > _LONGEST_TITLE:
        yield from (DraftText(runs, page=page, left_out=away) for runs in paragraphs)
        return
    joined = tuple(run for runs in paragraphs for run in (*runs, Run(" ")))
    yield DraftText(joined, TextKind.HEADING, 1, page=page, left_out=away)


def _leaves(shapes: Sequence[BaseShape], height: int) -> Iterator[BaseShape]:
    """Give shapes from the top left down, those of a group together."""
    for shape in _in_order(shapes, height):
        if isinstance(shape, GroupShape):
            yield from _leaves(list(shape.shapes), height)
        else:
            yield shape


def _in_order(shapes: Sequence[BaseShape], height: int) -> list[BaseShape]:
    placed = sorted(shapes, key=lambda shape: shape.top or 0)
    ordered: list[BaseShape] = []
    band: list[BaseShape] = []
    for shape in placed:
        if band and (shape.top or 0) - (band[0].top or 0) > _SAME_HEIGHT * height:
            ordered += sorted(band, key=lambda one: one.left or 0)
            band = []
        band.append(shape)
    return ordered + sorted(band, key=lambda one: one.left or 0)


def _shape(shape: BaseShape, page: int, away: str) -> Iterator[Draft]:
    reason = away or _furniture(shape)
    if isinstance(shape, Shape):
        for runs in paragraph_runs(shape.text_frame):
            yield DraftText(runs, page=page, left_out=reason)
    elif isinstance(shape, GraphicFrame) and shape.has_table:
        yield from _hide(_table(shape.table, page), reason, page)
    elif isinstance(shape, GraphicFrame) and shape.has_chart:
        yield from _hide(chart_drafts(shape.chart_part.blob, page), reason, page)
    elif isinstance(shape, GraphicFrame):
        yield from _hide(diagram_drafts(shape, page), reason, page)


def _hide(drafts: Iterator[Draft], reason: str, page: int) -> Iterator[Draft]:
    """Give what a hidden slide shows as text that is left out."""
    for draft in drafts:
        if not reason:
            yield draft
        elif isinstance(draft, DraftText):
            yield DraftText(draft.runs, page=page, left_out=reason)
        else:
            for row in draft.rows:
                runs = [run for cell in row.cells for run in (*cell.runs, Run(" "))]
                yield DraftText(tuple(runs), page=page, left_out=reason)


def _furniture(shape: BaseShape) -> str:
    holder = next(shape.element.iter("{*}ph"), None)
    return _FURNITURE.get(holder.get("type", ""), "") if holder is not None else ""


def _table(table: Table, page: int) -> Iterator[Draft]:
    rows = []
    for at, row in enumerate(table.rows):
        cells = []
        for column, cell in enumerate(row.cells):
            if cell.is_spanned:
                continue
            runs: list[Run] = []
            for paragraph in paragraph_runs(cell.text_frame):
                runs += [*paragraph, Run(" ")]
            across = cell.span_width if cell.is_merge_origin else 1
            down = cell.span_height if cell.is_merge_origin else 1
            cells.append(DraftCell(tuple(runs), column, across, down))
        rows.append(DraftRow(tuple(cells), page, header=at == 0 and table.first_row))
    yield DraftTable(tuple(rows))
