"""Read the bytes of a text file as Vietnamese text."""

import codecs

from errors import UnreadableReportError
from vietnamese import normalise

# A text report of this size would be some 15,000 pages.
LARGEST_BYTES = 50_000_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode_text(content: bytes, name: str) -> str:
    """Give the text of a file in stored form.

    Args:
        content: The file's bytes: UTF-8, or UTF-16 with its mark.
        name: The file's name, for messages.

    Raises:
        UnreadableReportError: The file is empty, too large, not text, or not in Unicode.
    """
    if len(content) > LARGEST_BYTES:
        raise UnreadableReportError(
            f"{name}: tệp lớn hơn {LARGEST_BYTES // 1_000_000} MB. Hãy chia nhỏ báo cáo rồi nạp lại."
        )
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\x00" in content:
        raise UnreadableReportError(
            f"{name}: đây là tệp nhị phân, không phải văn bản. Hãy lưu báo cáo thành tệp .txt (UTF-8)."
        )
    try:
        text = normalise(content.decode(encoding))
    except UnicodeDecodeError as error:
        raise UnreadableReportError(
            f"{name}: không phải văn bản Unicode (lỗi ở byte thứ {error.start}). "
            "Hãy mở tệp bằng trình soạn thảo và lưu lại với bảng mã UTF-8."
        ) from error
    if not any(c.isalnum() for c in text):
        raise UnreadableReportError(f"{name}: tệp không có nội dung. Hãy kiểm tra lại tệp.")
    return text
