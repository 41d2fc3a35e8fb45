"""Name the formats that can be read."""

from enum import StrEnum


class Format(StrEnum):
    """A format that can be read."""

    PDF = "PDF"
    DOCX = "DOCX"
    DOC = "DOC"
    RTF = "RTF"
    ODT = "ODT"
    XLSX = "XLSX"
    XLS = "XLS"
    ODS = "ODS"
    PPTX = "PPTX"
    PPT = "PPT"
    ODP = "ODP"
    HTML = "HTML"
    MARKDOWN = "MARKDOWN"
    TEXT = "TEXT"
    ZIP = "ZIP"
