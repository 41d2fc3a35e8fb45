"""Word what a figure measures: the words before it, or those behind it."""

import re

from vietnamese import CAPITALS

# Words that lead up to a value and name nothing.
_VALUE_WORDS = re.compile(
    r"(?:^|\s|[(:,-])(?:(?:chiếm|đạt|với|là)\s+tỷ lệ|ước(?:\s+tính)?(?:\s+thực hiện)?|thực hiện|đạt(?:\s+được)?|đã|là|còn|chiếm|có|được"
    r"|mới đạt|mới chỉ đạt|bằng|(?<!trở )lên|xuống|khoảng|trên|gần|hơn|dưới|từ|tới|đến|với|gồm|bao gồm|tối thiểu|ít nhất|xấp xỉ"
    r"|trung bình|bình quân|ở mức|vào khoảng|không quá|tương đương|tăng|giảm|đều|cho|thêm|qua|tại|của|trong"
    r"|[<>≥≤=]+|[-–:,(])\s*$",
    re.IGNORECASE,
)
_TIME = (
    r"(?:(?:ước|tính|luỹ kế|lũy kế)\s+)*(?:(?:thực hiện|kết quả)\s+)?(?:tính\s+)?(?:từ|đến|vào|trong|riêng|cả|hết|đầu|cuối)?\s*"
    r"(?:(?:đến|hết|cuối|đầu)\s+)*"
    r"(?:ngày\s+\d[\d/]*|(?:thời điểm\s+)?hiện (?:nay|tại)|hết nay|nay|tháng\s+\d[\d/]*|năm\s+(?:học\s+)?\d{4}(?:\s*[-–]\s*\d{4})?"
    r"|(?:trong\s+)?(?:nhiệm kỳ|giai đoạn)(?:\s+\d{4}\s*[-–]\s*\d{4})?|\d{1,2}\s+tháng\s+(?:đầu|cuối)\s+năm(?:\s+\d{4})?|\d{4}(?=\s+(?:có|đạt)))"
)
_OPENING = re.compile(
    rf"^(?:[\s,;:.()•*+–-]+|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|(?:và|trong đó(?: có)?|riêng|nhưng|phấn đấu|luỹ kế|lũy kế|kết quả(?=\s+(?:luỹ kế|lũy kế|đến|đạt|là|$)|$)|cụ thể|đồng thời|ngoài ra|theo đó|nhờ đó|gồm|bao gồm|nâng|đưa|với|còn)\b[\s:,]*"
    rf"|{_TIME}[\s:,]+|{_TIME}$"
    r"|(?:trên địa bàn\s+)?(?:toàn\s+)?huyện(?=[\s,]+(?:đã|hiện|có|đạt|thực hiện|huy động))[\s,]*|trên địa bàn\s+huyện[\s,]*|trên địa bàn(?=\s+(?:hiện|có))[\s,]*"
    r"|(?:hiện\s+)?(?:đã\s+)?(?:có|đạt)(?=\s|$)\s*|toàn huyện[\s,]*|hiện(?=\s)\s*|đã(?=\s)\s*)",
    re.IGNORECASE,
)
_BY_PLAN = re.compile(r",?\s*theo (?:nghị quyết|kế hoạch)[^,]*$", re.IGNORECASE)
_CLOSING_TIME = re.compile(rf"[\s,(]+{_TIME}[\s,]*$", re.IGNORECASE)
_TAIL_END = re.compile(
    r"[;.:()“”\n]|,\s+(?=(?:\d|đạt|tăng|giảm|trong đó|góp|vượt|chiếm|bằng|tương đương|với|so|nâng|đã|là|gồm|có|ước|sản lượng|doanh thu"
    r"|trung bình|bình quân|tổng|tỷ lệ|thực hiện|hoàn thành|đến|năm|cơ bản|từng bước|đáp ứng|đảm bảo|tạo|phục vụ|qua|nhiều|các|chú trọng|hiện"
    r"|luân chuyển|ban hành|tiếp nhận|tổ chức|xử lý|thu hồi|đó là|trên|hơn|gần|khoảng|công tác|số|mức|bổ sung|thành lập|giải thể|phấn đấu)\b)"
    r"|,?\s+(?:đạt|tăng|giảm|chiếm|bằng|vượt|so với|trong đó|là huyện|góp phần)\s+(?=[\d(]|\w+ \d|(?:trên|khoảng|gần)\b|phần|với)"
    r"|\s+(?:và|với|cho|trong thời gian|gồm)\s+(?=(?:hơn|trên|gần|khoảng|tổng|mức|số|các|quy mô|diện tích|kinh phí|chiều dài|giá trị|trị giá)\b|\d|$)"
    rf"|[⁰¹²³⁴⁵⁶⁷⁸⁹⁽]+|\s+(?=để\s|nhằm\s)|,\s+(?=[{CAPITALS}][^{CAPITALS}])|,\s*$"
)
_AGAINST_PLAN = re.compile(
    r"\s*,?\s*(?:đạt|vượt|bằng|so)\s+(?:chỉ tiêu|nghị quyết|NQ|kế hoạch|mục tiêu|với)",
    re.IGNORECASE,
)
_LISTED_WITH = re.compile(
    r"(?:,\s(?:thị trấn|tiểu khu|tổ dân phố|phường|công chức|viên chức|thành phố|thị xã|khu phố|TDP|đơn vị|doanh nghiệp|cá nhân|hội viên|đoàn viên|hợp tác xã|HTX|tổ chức)\b[^,;.()]{0,40}?(?=[,;.)]|\s))+"
)
_DANGLING = re.compile(
    r"\s+(?:và|với|cho|trên|hơn|gần|khoảng|của|có|trong|thì|là|đạt|từ|đến|tại|qua|vượt|tăng|giảm|,)$"
)
_TIME_ALONE = re.compile(_TIME, re.IGNORECASE)
_LIST_OPENING = re.compile(
    r"(?:\s+(?:như sau|gồm|cụ thể|là|đạt|các bậc học|của các bậc học))+\s*$", re.IGNORECASE
)
_QUALIFIED = re.compile(
    r"\s+(?:trên|gần|hơn|khoảng|từ|dưới|tổng số|ít nhất|tối thiểu)\s*$", re.IGNORECASE
)
_SHORT_LEAD = 6  # words
_STARTS_WITH_TIME = re.compile(rf"\s*{_TIME}", re.IGNORECASE)
_ONWARDS = re.compile(r"(?:^|\s)trở (?:lên|xuống)$")
_WHOLE_DISTRICT = re.compile(r"\b(?:toàn huyện|trên địa bàn huyện)\b", re.IGNORECASE)
_SHORT_PART = 4  # words
_LONGEST_TAIL = 110
_LONGEST_HEAD = 130
_STARTS_INDICATOR = re.compile(
    r"^\W*(?:cơ cấu|tỷ lệ|tỉ lệ|tỷ trọng|tổng|số|diện tích|sản lượng|thu(?! hút| nộp| thập| hồi| gom)|chi(?= ngân| thường| đầu| cho)|mức|độ|giá trị|doanh thu|dân số|tốc độ|năng suất|kinh phí"
    r"|chỉ số|khu vực|doanh số|dư nợ|nợ|vốn|đàn|quy mô|thu nhập|giải ngân|công suất|lũy kế|trị giá|giá trị|chiều dài|tổng đàn)\b",
    re.IGNORECASE,
)


_WITH = re.compile(
    r"\s(?:với|trên cơ sở)\s+(?:toàn bộ\s+)?(?=(?:tổng|diện tích|kinh phí|quy mô|số|mức|chiều dài|công suất|trị giá|giá trị|doanh thu)\b)",
    re.IGNORECASE,
)


_NOUNS_OF_VALUE = (
    "quy mô|diện tích|kinh phí|số tiền|trị giá|chiều dài|công suất|doanh thu|sản lượng|dân số"
)
_VALUE_VERBS = "đạt|là|còn|chiếm|bằng|lên|xuống|ước|khoảng"
_ABOUT = r"\W*(?:(?:trên|hơn|gần|khoảng|dưới|từ)\s*)?$"
_BEFORE_COUNT = re.compile(
    rf"(?:\b(?:{_NOUNS_OF_VALUE}|{_VALUE_VERBS})\b|[:=>]){_ABOUT}", re.IGNORECASE
)
_BEFORE_VALUE = re.compile(
    rf"(?:\b(?:{_NOUNS_OF_VALUE}|{_VALUE_VERBS}|được|tăng|giảm)\b|[:=>]){_ABOUT}", re.IGNORECASE
)


_GENERIC = re.compile(
    rf"(?:tổng |với |mức )*(?:{_NOUNS_OF_VALUE}|mức đầu tư|đầu tư|thu nhập|hỗ trợ|giá trị|số|số tiền)(?: sản xuất| đạt)?",
    re.IGNORECASE,
)
_ENDING_NOUN = re.compile(rf"(?:^|\s)(?:tổng )?(?:{_NOUNS_OF_VALUE})$", re.IGNORECASE)
_WHOSE = re.compile(rf"\bcủa\s+[{CAPITALS}]")
_LONGEST_SUBJECT = 14  # words


def clean_head(words: str) -> str:
    """Give the indicator that stands before a figure, without the words that lead up to it."""
    head = words.strip()
    for _ in range(12):
        head = _BY_PLAN.sub("", head)
        shorter = _CLOSING_TIME.sub("", _VALUE_WORDS.sub("", head)).rstrip(" ,:(-–")
        shorter = _OPENING.sub("", shorter).strip()
        if shorter == head:
            break
        head = shorter
    return _one_line(head.strip(" ,:;.*“”\"'"))


def list_lead(before: str) -> str:
    """Give what a list after a colon is of: "Cơ cấu kinh tế: Nông nghiệp 30%, công nghiệp"."""
    lead, colon, items = before.rpartition(":")
    if re.match(r"\W*\d", items):
        return ""  # "lao động phi nông nghiệp đạt: 75,4%, …"
    head = clean_head(_LIST_OPENING.sub("", head_of(lead))) if colon else ""
    words = len(head.split())
    whose = words <= _LONGEST_SUBJECT and _WHOSE.search(head)
    return head if is_named(head) or words <= _SHORT_LEAD or whose else ""


def head_of(before: str, *, follows: bool = False) -> str:
    """Take the words before a figure that belong to its clause.

    Args:
        before: From the last figure, bracket or stop to this figure.
        follows: They begin right behind another figure, with what that one counts.
    """
    if follows and (listed := _LISTED_WITH.match(before)):
        before = before[listed.end() :]
    pieces = re.split(r"[;:\n]\s|(?:^|\n)\s*[-–+]\s|(?<=[^\d])\.\s", before)
    piece = pieces[-1]
    if not clean_head(piece) and len(pieces) > 1 and before.rstrip().endswith(":"):
        piece = pieces[-2]
    parts = re.split(r",\s+", piece)
    head = parts.pop()
    if follows and len(pieces) == 1:
        parts = parts[1:]
    # "ngành nông, lâm nghiệp và thủy sản chiếm": a comma within a list of names.
    head = _joined(parts, head)
    if with_own := _WITH.search(head):
        head = head[with_own.end() :]
    return head


def subject_of(before: str) -> str:
    """Take what "kinh phí", "quy mô" or "doanh thu" is said of in its clause: "HTX Đoàn Kết"."""
    clause = re.split(r"[;:\n]\s|(?<=[^\d])\.\s", before)[-1]
    parts = re.split(r",\s+|\s(?:với|có)\s", clause)
    for part in reversed(parts[:-1]):
        if (subject := clean_head(part)) and not any(sign.isdigit() for sign in subject):
            return " ".join(subject.split()[-_LONGEST_SUBJECT:])
    return ""


def is_generic(head: str) -> bool:
    """Say whether words measure something that they do not name: "tổng kinh phí"."""
    return bool(_GENERIC.fullmatch(head))


def _joined(parts: list[str], head: str) -> str:
    """Put back the pieces before a comma that belong to the indicator behind it."""
    own = clean_head(head)
    if is_named(own):
        return head
    joined = head
    for n in range(len(parts) - 1, -1, -1):
        part = parts[n]
        if any(sign.isdigit() for sign in _TIME_ALONE.sub("", part)):
            break
        joined = f"{part}, {joined}"
        if len(joined) > _LONGEST_HEAD:
            break
        if is_named(clean_head(part)):
            return joined
    joined = head
    for part in reversed(parts):  # "cơ quan, đơn vị, trường học văn hóa"
        words = len(part.split())
        near = words <= _SHORT_PART or (joined == head and words <= 8 and len(own.split()) <= 4)
        if any(sign.isdigit() for sign in part) or not clean_head(part) or (own and not near):
            break
        joined = f"{part}, {joined}"
        if not near:
            break
    return joined


def opening_of(words: str) -> str:
    """Give the words before a count as they stand: "giải quyết việc làm cho"."""
    left = _one_line(_WHOLE_DISTRICT.split(words)[-1])
    for _ in range(6):
        shorter = _QUALIFIED.sub("", _OPENING.sub("", left))
        if shorter == left:
            break
        left = shorter
    return left.strip(" ,:;.*")


def measured_noun(head: str) -> str:
    """Give the noun of value that a clause ends in: "chăm sóc tốt diện tích" gives "diện tích"."""
    found = _ENDING_NOUN.search(head)
    return found[0].strip() if found else ""


def tail_of(behind: str) -> str:
    """Take the words behind a figure that say what it counts: " ha cây ăn quả".

    Args:
        behind: From the figure to the next one or the end of the sentence.
    """
    listed = _LISTED_WITH.match(behind)
    if _AGAINST_PLAN.match(behind) or (re.match(r"\s*,", behind) and not listed):
        return ""
    if _STARTS_WITH_TIME.match(behind):
        return ""
    end = _TAIL_END.search(behind, listed.end() if listed else 0)
    tail = behind[: end.start()] if end else behind
    tail = tail[:_LONGEST_TAIL].rsplit(" ", 1)[0] if len(tail) > _LONGEST_TAIL else tail
    tail = _DANGLING.sub("", _CLOSING_TIME.sub("", tail).rstrip(" ,:;*-–"))
    return re.sub(r"\s+", " ", _ONWARDS.sub("", tail).lstrip(" :;*-–")).strip()


def before_next(behind: str) -> str:
    """Leave out of the words between two figures the clause that leads up to the second."""
    listed = _LISTED_WITH.match(behind)
    comma = behind.rfind(", ", listed.end() if listed else 0)
    return behind[:comma] if comma > 0 and "; " not in behind else behind


def is_named(head: str) -> bool:
    """Say whether words begin as an indicator does: "tỷ lệ …", "diện tích …"."""
    return bool(_STARTS_INDICATOR.match(head))


def says_value(before: str, *, counted: bool) -> bool:
    """Say whether a clause leads up to a value: "độ che phủ rừng đạt", "dân số khoảng".

    Args:
        before: The clause before the figure.
        counted: The figure counts things, which "thu hút được" leads up to without being it.
    """
    pattern = _BEFORE_COUNT if counted else _BEFORE_VALUE
    return bool(pattern.search(before.strip()))


def _one_line(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()
