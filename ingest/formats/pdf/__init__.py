"""Read PDF files: text layers by their letters, scanned pages from their pictures."""

from ingest.formats.pdf.reader import read_pdf

__all__ = ["read_pdf"]
