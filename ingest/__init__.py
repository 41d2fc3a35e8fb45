"""Read report files into passages that keep their place."""

from ingest.reading import READER_VERSION, SUFFIXES, check_report, read_report, show_report

__all__ = ["READER_VERSION", "SUFFIXES", "check_report", "read_report", "show_report"]
