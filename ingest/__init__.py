"""Read report files into passages that keep their place."""

from ingest.reading import READER_VERSION, SUFFIXES, read_report, show_report

__all__ = ["READER_VERSION", "SUFFIXES", "read_report", "show_report"]
