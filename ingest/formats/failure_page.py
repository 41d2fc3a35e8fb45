"""Tell a web page that only says that something went wrong from a report."""

import html
import re

_UNSEEN = re.compile(r"<(script|style|noscript)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.S)
_HEADLINE = re.compile(r"<(title|h[1-4])\b[^<>]*>(.{0,300}?)</\1", re.I | re.S)
_TAG = re.compile(r"<[^<>]*>")
_FAILURE = re.compile(
    r"^[45]\d\d\s*(?:$|[-–:|.])|\b(?:(?:http|error|lỗi)[\s:]*[45]\d\d|not found|forbidden|"
    r"access denied|unavailable|unauthorized|bad gateway|gateway time-?out|(?:server|page) error|"
    r"trang lỗi|lỗi (?:máy chủ|hệ thống|truy cập|kết nối)|từ chối truy cập|"
    r"không (?:tìm thấy|tồn tại) (?:trang|tệp|tập tin|đường dẫn|nội dung|địa chỉ)|"
    r"(?:trang|tệp|tập tin) (?:này )?không (?:tìm thấy|tồn tại))\b|"
    r"^(?:error|lỗi|log ?in|sign ?in|đăng nhập|redirecting|object moved)\b",
    re.IGNORECASE,
)
# A page that only says that something went wrong is shorter. Letters that are seen.
_FAILURE_LETTERS = 1_500
# Where another kind of file was promised, a page as short as this holds no report either.
_SHORTEST_LETTERS = 200
_SAID_LETTERS = 80  # of a headline that are told
# A page of more than this holds enough to be no mere notice; its tags need not be looked through.
_LARGEST_CHARACTERS = 200_000


def failure_said(page: str, *, expected: bool) -> str | None:
    """Give what a page says went wrong, "" if it says nothing; None if it may be a report.

    Args:
        page: The page's source.
        expected: The file's name promises a web page or text, not an office document.
    """
    if len(page) > _LARGEST_CHARACTERS:
        return None
    seen = _UNSEEN.sub(" ", page)
    headlines = [_plain(match[2]) for match in _HEADLINE.finditer(seen)]
    letters = sum(map(str.isalpha, _plain(seen)))
    said = next((line for line in headlines if _FAILURE.search(line)), "")
    if said and letters < _FAILURE_LETTERS:
        return said[:_SAID_LETTERS]
    if not expected and letters < _SHORTEST_LETTERS and "<table" not in seen.lower():
        return (headlines or [_plain(seen)])[0][:_SAID_LETTERS]
    return None


def _plain(source: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", source)).split())
