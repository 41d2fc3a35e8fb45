"""Write text reports as files of the formats that offices use, to measure how fast each is read."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

import matplotlib
import pypdfium2
from docx import Document as WordDocument
from openpyxl import Workbook
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from vietnamese import normalise

FORMATS = ("txt", "docx", "xlsx", "html", "pdf", "scan")  # and the folders of their files
_NAMES = {"pdf": "pdf có chữ", "scan": "pdf quét"}
_FONT = "DejaVuSans"
_BODY = ParagraphStyle("body", fontName=_FONT, fontSize=11, leading=15, spaceAfter=6)
_CELL = ParagraphStyle("cell", fontName=_FONT, fontSize=8, leading=10)
_RULED = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
_SCANNED_PAGES = 2  # of each report: OCR takes seconds a page
_SCAN_DPI = 200  # as office scanners are set

# A paragraph, or a table's rows with their cells.
_Part = str | list[list[str]]


@dataclass(frozen=True, slots=True)
class FormatFiles:
    """The reports as files of one format."""

    name: str  # for the table: "docx", "pdf quét"
    folder: Path
    pages: int  # of its files; where a format has none, of the same text as PDF


def write_formats(
    reports: Sequence[Path], folder: Path, *, formats: Collection[str] = FORMATS
) -> list[FormatFiles]:
    """Write text reports as .txt, .docx, .xlsx, .html and .pdf, and their first pages as scans.

    Args:
        reports: Text files; their lines with tabs are rows of tables.
        folder: Gets a folder for each format.
        formats: Those of `FORMATS` to give.
    """
    for name in FORMATS:
        (folder / name).mkdir(parents=True)
    pages = scanned = 0
    for report in reports:
        text = normalise(report.read_text("utf-8"))
        parts = list(_parts(text))
        pdf = folder / "pdf" / f"{report.stem}.pdf"
        (folder / "txt" / f"{report.stem}.txt").write_text(text, "utf-8")
        _write_word(parts, folder / "docx" / f"{report.stem}.docx")
        _write_sheet(parts, folder / "xlsx" / f"{report.stem}.xlsx")
        _write_page(parts, folder / "html" / f"{report.stem}.html")
        pages += _write_pdf(parts, pdf)
        scanned += _write_scan(pdf, folder / "scan" / pdf.name)
    return [
        FormatFiles(_NAMES.get(name, name), folder / name, scanned if name == "scan" else pages)
        for name in FORMATS
        if name in formats
    ]


def _parts(text: str) -> Iterator[_Part]:
    lines = [line for line in text.split("\n") if line.strip()]
    for is_table, group in groupby(lines, key=lambda line: "\t" in line):
        if is_table:
            yield [line.split("\t") for line in group]
        else:
            yield from (line.strip() for line in group)


def _write_word(parts: Sequence[_Part], path: Path) -> None:
    document = WordDocument()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), max(map(len, part)))
        for row, cells in zip(table.rows, part, strict=True):
            for cell, text in zip(row.cells, cells, strict=False):
                cell.text = text
    document.save(str(path))


def _write_sheet(parts: Sequence[_Part], path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Báo cáo")
    for part in parts:
        for row in [[part]] if isinstance(part, str) else part:
            sheet.append(row)
    book.save(path)


def _write_page(parts: Sequence[_Part], path: Path) -> None:
    body = "\n".join(
        f"<p>{escape(part)}</p>"
        if isinstance(part, str)
        else "<table>" + "".join(f"<tr>{_html_cells(row)}</tr>" for row in part) + "</table>"
        for part in parts
    )
    head = (
        '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Báo cáo</title></head>'
    )
    path.write_text(f"{head}<body><main>\n{body}\n</main></body></html>\n", "utf-8")


def _html_cells(row: Sequence[str]) -> str:
    return "".join(f"<td>{escape(cell)}</td>" for cell in row)


def _write_pdf(parts: Sequence[_Part], path: Path) -> int:
    """Set the text, and give the number of its pages."""
    fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    pdfmetrics.registerFont(TTFont(_FONT, str(fonts / f"{_FONT}.ttf")))
    flow = [
        Paragraph(escape(part), _BODY)
        if isinstance(part, str)
        else Table(
            _even([[Paragraph(escape(cell), _CELL) for cell in row] for row in part]), style=_RULED
        )
        for part in parts
    ]
    document = SimpleDocTemplate(str(path))
    document.build(flow)
    return int(document.page)


def _even(rows: list[list[Paragraph]]) -> list[list[Paragraph | str]]:
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def _write_scan(pdf: Path, path: Path) -> int:
    """Draw a PDF file's first pages as a scanner does, and give how many."""
    with pypdfium2.PdfDocument(pdf) as document:
        count = min(len(document), _SCANNED_PAGES)
        pictures = [
            document[page].render(scale=_SCAN_DPI / 72).to_pil().convert("L")
            for page in range(count)
        ]
    first, *others = pictures
    first.save(path, format="PDF", save_all=True, append_images=others, resolution=_SCAN_DPI)
    return count
