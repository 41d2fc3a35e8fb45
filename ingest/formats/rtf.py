"""Read Rich Text files where LibreOffice is not installed: their text, without tables."""

from striprtf.striprtf import rtf_to_text

from errors import UnreadableReportError
from ingest.document import Document, Reading, TextBlock
from ingest.formats.legacy_letters import Run, convert_runs

_LARGEST_BYTES = 30_000_000  # pictures within take most of a larger one
_WARNING = (
    "đọc tệp RTF không có LibreOffice: bảng thành dòng chữ, chú thích có thể mất; "
    "hãy cài LibreOffice rồi nạp lại để đọc đủ"
)


def read_rtf(content: bytes, reading: Reading) -> Document:
    """Read the text of a Rich Text file, without its fonts.

    Args:
        content: The file's bytes.
        reading: What is told besides.

    Raises:
        UnreadableReportError: It is too large, damaged, or holds no text.
    """
    if len(content) > _LARGEST_BYTES:
        raise UnreadableReportError(
            f"{reading.name}: tệp RTF lớn hơn {_LARGEST_BYTES // 1_000_000} MB. "
            "Hãy lưu thành .docx rồi nạp lại."
        )
    try:
        text: str = rtf_to_text(content.decode("cp1252", "replace"), errors="replace")  # type: ignore[no-untyped-call]  # it has no types
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError) as error:
        raise UnreadableReportError(
            f"{reading.name}: tệp RTF bị hỏng. Hãy mở bằng Word, lưu thành .docx rồi nạp lại."
        ) from error
    (shown,), encoding = convert_runs([Run(_without_surrogates(text))])
    lines = (" ".join(line.replace("|", " | ").split()) for line in shown.split("\n"))
    blocks = tuple(TextBlock(line.strip("| ")) for line in lines if line.strip("| "))
    if not blocks:
        raise UnreadableReportError(f"{reading.name}: tệp không có nội dung. Hãy kiểm tra lại tệp.")
    return Document(blocks, encoding=encoding or "UTF-8", warnings=(_WARNING,))


def _without_surrogates(text: str) -> str:
    r"""Join what `\u` gave in two halves, and drop halves without the other."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
