"""Read one report file: its text, metadata, passages and what was left out."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from errors import ReportNotFoundError, UnreadableReportError
from ingest.blocks import build_blocks
from ingest.corrections import correct
from ingest.figures import read_figures
from ingest.furniture import find_furniture
from ingest.lines import cut_lines
from ingest.metadata import read_metadata
from ingest.passages import cut_passages
from ingest.text_file import decode_text
from records import Passage, PassageKind, ReadReport, Report

# Raised when reading gives other passages or figures than before, so that reports are read anew.
READER_VERSION = "3"
SUFFIXES = (".txt",)


def read_report(
    path: Path, *, name: str = "", corrections: Mapping[str, str] | None = None
) -> ReadReport:
    """Read a report file.

    Args:
        path: The file.
        name: Name to index it under; the file's own if empty.
        corrections: Metadata fields that a person has set, to use in place of what is read.

    Raises:
        ReportNotFoundError: There is no such file.
        UnreadableReportError: It holds no report text that can be read.
    """
    name = name or path.name
    if path.suffix.lower() not in SUFFIXES:
        raise UnreadableReportError(
            f"{name}: chưa hỗ trợ loại tệp “{path.suffix}”. Loại tệp đọc được: {', '.join(SUFFIXES)}."
        )
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise ReportNotFoundError(f"{path}: không có tệp này. Hãy kiểm tra đường dẫn.") from error
    except OSError as error:
        raise UnreadableReportError(f"{name}: không mở được tệp ({error.strerror}).") from error
    text = decode_text(content, name)
    return structure_report(name, hashlib.sha256(content).hexdigest(), text, corrections)


def structure_report(
    name: str, digest: str, text: str, corrections: Mapping[str, str] | None = None
) -> ReadReport:
    """Find the structure of a text and cut it into passages.

    Args:
        name: Name to index it under.
        digest: What tells this content from another.
        text: In stored form, see `vietnamese.normalise`.
        corrections: Metadata fields that a person has set.

    Raises:
        UnreadableReportError: Nothing is left once a web page's furniture is taken away.
    """
    lines = cut_lines(text)
    furniture = find_furniture(lines)
    away = {id(line) for line, _ in furniture}
    left_out = tuple(entry for _, entry in furniture)
    blocks = build_blocks([line for line in lines if id(line) not in away])
    metadata = correct(read_metadata(text, lines, blocks, left_out), corrections or {})
    report = Report(name, digest, text, metadata)
    passages, chunks = cut_passages(report, blocks)
    if not passages:
        raise UnreadableReportError(
            f"{name}: không có đoạn văn nào sau khi bỏ phần thừa. Hãy kiểm tra lại tệp."
        )
    return ReadReport(
        report,
        tuple(passages),
        tuple(chunks),
        left_out,
        _warnings(report, passages),
        read_figures(report, passages),
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
