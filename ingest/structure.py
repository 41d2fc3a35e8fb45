"""Find the structure of a report's text, whatever file it came from, and cut it into passages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from errors import UnreadableReportError
from ingest.blocks import Block, build_blocks
from ingest.corrections import correct
from ingest.document import Document, PageText
from ingest.figures import read_figures
from ingest.furniture import find_furniture
from ingest.lines import Line, cut_lines
from ingest.metadata import read_metadata
from ingest.passages import cut_passages
from ingest.rendering import render_document
from ingest.signature import find_signatures
from records import (
    LeftOut,
    Origin,
    Passage,
    PassageKind,
    ReadReport,
    Report,
    ReportMetadata,
    WordPlace,
)
from versions import find_draft, sketch_text


@dataclass(frozen=True, slots=True)
class StructuredText:
    """A report's text with its parts told from one another, before it is cut into passages."""

    text: str  # in stored form, see `vietnamese.normalise`
    blocks: tuple[Block, ...]  # of its content
    left_out: tuple[LeftOut, ...]  # the rest
    metadata: ReportMetadata
    page_starts: tuple[int, ...] = ()
    places: tuple[WordPlace, ...] = ()
    origin: Origin = field(default_factory=Origin)
    warnings: tuple[str, ...] = ()


def structure_text(text: str, *, origin: Origin | None = None) -> StructuredText:
    """Find the structure of plain text by the look of its lines.

    Args:
        text: In stored form.
        origin: How its file was read.
    """
    return _structured(text, cut_lines(text), origin=origin or Origin())


def structure_document(document: Document, *, file_format: str = "") -> StructuredText:
    """Find the structure of a document, by its format and the look of its lines.

    Args:
        document: As its format's reader gave it.
        file_format: Name of the format, as a person calls it.
    """
    rendered = render_document(document)
    by_text = {
        kind: tuple(n for n, page in enumerate(document.pages, 1) if page is kind)
        for kind in PageText
    }
    origin = Origin(
        format=file_format,
        encoding=document.encoding,
        pages=len(document.pages),
        ocr_pages=by_text[PageText.OCR],
        unread_pages=by_text[PageText.UNREAD],
        tables=rendered.tables,
    )
    return _structured(
        rendered.text,
        rendered.lines,
        page_starts=rendered.page_starts,
        places=rendered.places,
        origin=origin,
        warnings=document.warnings,
        said_title=document.properties.get("title", ""),
    )


def _structured(
    text: str,
    lines: Sequence[Line],
    *,
    origin: Origin,
    page_starts: tuple[int, ...] = (),
    places: tuple[WordPlace, ...] = (),
    warnings: tuple[str, ...] = (),
    said_title: str = "",
) -> StructuredText:
    said_away = {
        line.span: line.hint.left_out for line in lines if line.hint and line.hint.left_out
    }
    content = [line for line in lines if line.span not in said_away]
    signatures = find_signatures(content)
    furniture = {line.span: entry for line, entry in (*signatures.lines, *find_furniture(content))}
    left_out = list(furniture.values())
    left_out += [LeftOut(span, reason) for span, reason in said_away.items()]
    left_out.sort(key=lambda entry: entry.span)
    blocks = build_blocks([line for line in content if line.span not in furniture])
    metadata = read_metadata(text, content, blocks, left_out, said_title=said_title)
    metadata = replace(metadata, signer=signatures.signer)
    return StructuredText(
        text,
        tuple(blocks),
        tuple(left_out),
        metadata,
        page_starts,
        places,
        origin,
        warnings,
    )


def cut_report(
    name: str,
    digest: str,
    structured: StructuredText,
    corrections: Mapping[str, str] | None = None,
) -> ReadReport:
    """Cut a structured text into the passages, chunks and figures of a report.

    Args:
        name: Name to index it under.
        digest: What tells this content from another.
        structured: Its text and the parts of it.
        corrections: Metadata fields that a person has set, to use in place of what is read.

    Raises:
        UnreadableReportError: Nothing is left once what is no content is taken away.
    """
    metadata = structured.metadata
    if not metadata.draft and (draft := find_draft(name)) is not None:
        metadata = replace(metadata, draft=f"Dự thảo lần {draft}" if draft else "Dự thảo")
    metadata = correct(metadata, corrections or {})
    report = Report(name, digest, structured.text, metadata, structured.page_starts)
    passages, chunks = cut_passages(report, structured.blocks)
    if not passages:
        raise UnreadableReportError(
            f"{name}: không có đoạn văn nào sau khi bỏ phần thừa. Hãy kiểm tra lại tệp."
        )
    return ReadReport(
        report,
        tuple(passages),
        tuple(chunks),
        structured.left_out,
        (*structured.warnings, *_warnings(report, passages)),
        read_figures(report, passages),
        origin=structured.origin,
        places=structured.places,
        sketch=sketch_text(structured.text),
    )


def _warnings(report: Report, passages: list[Passage]) -> tuple[str, ...]:
    warnings = []
    if not report.metadata.district:
        warnings.append("không tìm thấy tên huyện trong báo cáo")
    if not report.metadata.title:
        warnings.append("không tìm thấy tiêu đề; có thể ghi tay vào tệp thông tin báo cáo")
    orphans = sum(p.kind is PassageKind.FOOTNOTE and not p.context for p in passages)
    if orphans:
        warnings.append(f"{orphans} chú thích không có câu dẫn tới trong văn bản")
    return tuple(warnings)
