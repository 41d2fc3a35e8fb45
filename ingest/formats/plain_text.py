"""Read the bytes of a text file as Vietnamese text, whatever they are encoded in."""

from errors import UnreadableReportError
from ingest.document import Reading
from ingest.formats.legacy_letters import decode_legacy
from ingest.formats.unicode_text import shown_name, unicode_encoding
from vietnamese import normalise

# A text report of this size would be some 15,000 pages.
LARGEST_BYTES = 50_000_000


def read_plain_text(content: bytes, reading: Reading) -> tuple[str, str]:
    """Give the text of a file in stored form, and the name of its encoding.

    Raises:
        UnreadableReportError: The file is empty, too large, not text, or in no known encoding.
    """
    name = reading.name
    if len(content) > LARGEST_BYTES:
        raise UnreadableReportError(
            f"{name}: tệp lớn hơn {LARGEST_BYTES // 1_000_000} MB. Hãy chia nhỏ báo cáo rồi nạp lại."
        )
    encoding = unicode_encoding(content)
    if encoding == "utf-8" and b"\x00" in content:
        raise UnreadableReportError(
            f"{name}: đây là tệp nhị phân, không phải văn bản. Hãy lưu báo cáo thành tệp .txt (UTF-8)."
        )
    try:
        text, encoding = normalise(content.decode(encoding)), shown_name(encoding)
    except UnicodeDecodeError as error:
        # A mark says that it is Unicode: then it is damaged, not older.
        decoded = decode_legacy(content) if encoding == "utf-8" else None
        if decoded is None:
            raise UnreadableReportError(
                f"{name}: không phải văn bản Unicode (lỗi ở byte thứ {error.start}). "
                "Hãy mở tệp bằng trình soạn thảo và lưu lại với bảng mã UTF-8."
            ) from error
        text, encoding = decoded
    if not any(c.isalnum() for c in text):
        raise UnreadableReportError(f"{name}: tệp không có nội dung. Hãy kiểm tra lại tệp.")
    return text, encoding
