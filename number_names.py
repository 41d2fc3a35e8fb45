"""Find the numbers of a text that name something and measure nothing: dates, documents, places."""

import re
from dataclasses import dataclass

from records import Span
from vietnamese import CAPITALS, fold, has_diacritics

_YEAR = r"(?:19[2-9]\d|20\d\d|2100)"
_DATES = rf"""
    (?<![\d.,])\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?{_YEAR}(?!\d)               # 14/11/2024
    | \b(?:ngày|mùng|mồng)\s+\d{{1,2}}(?:\s?[/-]\s?\d{{1,2}}(?!\d))?
    | (?<!\d\s)\btháng\s+\d{{1,2}}(?:\s?(?:,|-|đến|và)\s?(?:tháng\s+)?\d{{1,2}}(?![\d.,]*\d))*
      (?:\s?[/-]\s?{_YEAR})?
    | (?<![\d.,/])(?:0?[1-9]|1[0-2])\s?/\s?{_YEAR}(?!\d)                              # 6/2024
    | \bquý\s+(?:[1-4]|i{{1,3}}|iv)\b(?:\s?/\s?{_YEAR})?
    | \b(?:năm|niên\skhóa|niên\sđộ|vụ)\s+(?:học\s+)?{_YEAR}(?:\s?[-–/]\s?{_YEAR})*(?!\d)
    | (?<![\d.,]){_YEAR}\s?[-–]\s?(?:{_YEAR}|\d\d)(?![.,]?\d)                        # 2020 - 2025
    | \b\d{{1,2}}\s+(?:tháng|quý|năm|ngày)\s+(?:đầu|cuối)\b(?:\s+(?:năm(?:\s+{_YEAR})?|kỳ))?
    | \bkế\shoạch\s+(?:[^\W\d]+\s){{0,3}}?\d\s+năm\b
    | \b\d{{1,2}}\s?(?:giờ|h)\s?\d{{2}}\b
"""
_LEVELS = r"\bkm\s?\d+\s?\+\s?[\d.,]+m?\b|(?<![\d.,])\d(?:\s?[-–]\s?\d)?\s+sao\b|\b\d\.0\b(?!\s?(?:%|ha\b|km|tỷ|triệu))"
# A number behind these is a name, whatever follows it.
_NUMBERED = """
nghị quyết; nghị quyết số; chỉ thị; thông tư; nghị định; luật;
pháp lệnh; công văn; quốc lộ; tỉnh lộ; huyện lộ; đường tỉnh; ql; tl; cấp độ; mức độ; thứ; lần thứ;
khóa; chú thích; (?<!danh )(?<!hạng )(?<!chuyên )mục; trung ương; phiên bản; phụ lục; covid; trang; điện thoại; fax; hotline; sđt; công nghệ
"""
# Behind these it is a name only where nothing measured or counted follows: "đề án 06", "bản 2",
# but "mỗi bản 200 triệu đồng", "mức 5 triệu đồng", "cấp 20 giấy chứng nhận".
_NAMED = """
(?<!tổng )(?<!trong )(?<!một )số; quyết định; kết luận; quy định; đề án; chương trình; hướng dẫn; tiêu chuẩn; trục; km; cấp; mức;
hạng; bậc; loại; lớp; khối; nhóm; lần; kỳ họp; giai đoạn; đợt; vòng; điều; khoản; điểm; chương;
phần; biểu; bảng; hình; mẫu; cột; tiểu đoàn; trung đoàn; sư đoàn; tiêu chí; top; tiểu khu; bản; tổ;
khu; khu phố; thôn; xóm; ấp; phường; quận; đội; làng; ngõ; ngách; đường; phố; cụm; tuyến; trạm; cầu;
kho; lô; thửa; ô; vùng; tầng; phòng; nhà; chi bộ; xí nghiệp; ngã; dốc
"""
_NUMBER = r"\s?[-–.:]?\s?(?P<number>\d{1,4}(?:[.,/]\d{1,2})*)(?![.,]?\d)"
# On the text as written: what follows is in capitals.
_DOCUMENTS = re.compile(
    rf"""
    (?<![\d.,])\d+[A-Za-z]?(?:/\d{{4}})?(?:/\s?[{CAPITALS}]|-[{CAPITALS}]{{2}})[^\W_]*(?:[-–/&][{CAPITALS}][^\W_]*)*
    | \bISO\s?[\d:.-]+
    | https?://\S+ | \bwww\.\S+ | [\w.-]+@\S+
    """,
    re.VERBOSE,
)
_NUMBERING = re.compile(
    rf"^[ \t]*[-+*•]?[ ]?(?:\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}[.)](?=\s)"
    rf"|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?=\s+[{CAPITALS}])|\d{{1,3}}(?=\t)|\(\d{{1,2}}\))"
    r"|(?<=[:;,]\s)\d{1,2}\)|[\[(]\d{1,3}[\])]",
    re.MULTILINE,
)
_PHONES = re.compile(r"(?<![\d.,])0\d{2,3}[ .-]?\d{3}[ .-]?\d{3,4}(?![.,]?\d)")


@dataclass(frozen=True, slots=True)
class NumberNames:
    """Where the numbers of a text are names."""

    always: tuple[Span, ...]
    unless_measured: tuple[Span, ...]  # "bản 2", where no unit follows


def find_number_names(text: str) -> NumberNames:
    """Give where the numbers of a text in stored form (NFC) are names."""
    marked = has_diacritics(text)
    words = text.lower() if marked else fold(text)
    if len(words) != len(text):
        return NumberNames((), ())  # offsets would not hold
    always = [
        Span(*found.span())
        for pattern in (_DOCUMENTS, _NUMBERING, _PHONES)
        for found in pattern.finditer(text)
    ]
    for pattern in (_DATES_AND_LEVELS[marked], _BEHIND_DOCUMENTS[marked]):
        always += [Span(*found.span()) for found in pattern.finditer(words)]
    named = [Span(*found.span("number")) for found in _BEHIND_PLACES[marked].finditer(words)]
    return NumberNames(tuple(sorted(always)), tuple(sorted(named)))


def _bare(pattern: str) -> str:
    return "".join(sign if sign.isascii() else fold(sign) for sign in pattern)


def _behind(words: str) -> str:
    listed = sorted((" ".join(word.split()) for word in words.split(";")), key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(listed)}){_NUMBER}"


def _both(pattern: str, flags: int = 0) -> dict[bool, re.Pattern[str]]:
    """Compile a pattern for texts with diacritics (True) and without."""
    return {True: re.compile(pattern, flags), False: re.compile(_bare(pattern), flags)}


_DATES_AND_LEVELS = _both(f"{_DATES}|{_LEVELS}", re.VERBOSE)
_BEHIND_DOCUMENTS = _both(_behind(_NUMBERED))
_BEHIND_PLACES = _both(_behind(_NAMED))
