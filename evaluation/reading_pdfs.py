"""Measure how much of PDF files' text is read, and in order.

    python -m evaluation.reading_pdfs FOLDER

For each NAME.pdf with a NAME.expected.txt beside it: which share of the expected words, cut at white
space, comes out in the expected order (longest common subsequence).
"""

import argparse
import sys
import time
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import LCSseq
from rich.console import Console
from rich.table import Table

from errors import UnreadableReportError
from ingest.document import Document, Reading, TableBlock
from ingest.formats.pdf import read_pdf


@dataclass(frozen=True, slots=True)
class ReadShare:
    """How much of a file's expected text was read."""

    name: str
    expected: int  # words
    in_order: int  # of them
    seconds: float
    fault: str = ""  # why nothing was read

    @property
    def share(self) -> float:
        """Words in order of those expected, 0 to 1."""
        return self.in_order / self.expected if self.expected else 0.0


def document_words(document: Document) -> list[str]:
    """Give all words of a document in reading order, those left out with the others."""
    words: list[str] = []
    for block in document.blocks:
        if isinstance(block, TableBlock):
            words.extend(w for row in block.rows for cell in row.cells for w in cell.text.split())
        else:
            words.extend(f"{block.number} {block.text}".split())
    return words


def count_in_order(expected: list[str], read: list[str]) -> int:
    """Count the expected words that come out in the expected order."""
    return LCSseq.similarity(expected, read)


def measure_file(pdf: Path) -> ReadShare:
    """Read a PDF file and compare it with the expected text beside it."""
    text = unicodedata.normalize("NFC", pdf.with_suffix(".expected.txt").read_text("utf-8"))
    expected = text.split()
    started = time.perf_counter()
    try:
        read = document_words(read_pdf(pdf.read_bytes(), Reading(pdf.name)))
    except UnreadableReportError as error:
        return ReadShare(pdf.name, len(expected), 0, time.perf_counter() - started, str(error))
    seconds = time.perf_counter() - started
    return ReadShare(pdf.name, len(expected), count_in_order(expected, read), seconds)


def main() -> int:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    pdfs = [p for p in sorted(folder.glob("*.pdf")) if p.with_suffix(".expected.txt").exists()]
    if not pdfs:
        print(f"{folder}: không có cặp tệp TÊN.pdf và TÊN.expected.txt nào", file=sys.stderr)
        return 1
    shares = [measure_file(pdf) for pdf in pdfs]
    table = Table("Tệp", "Số từ", "Đúng thứ tự", "Tỷ lệ", "Giây")
    expected, in_order = sum(s.expected for s in shares), sum(s.in_order for s in shares)
    total = ReadShare("Tất cả", expected, in_order, sum(share.seconds for share in shares))
    for share in (*shares, total):
        figures = str(share.expected), str(share.in_order), f"{share.share:.4f}"
        table.add_row(share.name, *figures, f"{share.seconds:.2f}")
    console = Console()
    console.print(table)
    for share in shares:
        if share.fault:
            console.print(share.fault)
    return 0


if __name__ == "__main__":
    sys.exit(main())
