"""Name the units that administrative reports measure and count in, each in one form."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from vietnamese import fold, has_diacritics

_Meant = TypeVar("_Meant")

# Written form -> one form. What is equal after `spelling` ("sỹ" and "sĩ", "hoà" and "hòa") is
# written once only.
_MEASURES = {
    "%": "%", "phần trăm": "%", "‰": "‰", "%0": "‰", "phần nghìn": "‰", "điểm %": "điểm %",
    "điểm phần trăm": "điểm %", "đồng": "đồng", "đ": "đồng", "vnđ": "đồng", "vnd": "đồng",
    "usd": "USD", "đô la mỹ": "USD", "đô la": "USD", "eur": "EUR", "ha": "ha", "héc ta": "ha",
    "hecta": "ha", "km": "km", "kilômét": "km", "ki lô mét": "km", "m": "m", "mét": "m",
    "cm": "cm", "mm": "mm", "km2": "km²", "km²": "km²", "ki lô mét vuông": "km²", "m2": "m²",
    "m²": "m²", "mét vuông": "m²", "m3": "m³", "m³": "m³", "mét khối": "m³",
    "lít": "lít", "kg": "kg", "ki lô gam": "kg", "kilôgam": "kg", "tấn": "tấn", "tạ": "tạ",
    "yến": "yến", "gam": "g", "kwh": "kWh", "kw": "kW", "mw": "MW", "mwh": "MWh", "kv": "kV",
    "kva": "kVA", "mva": "MVA", "°c": "°C", "độ c": "°C", "km/h": "km/giờ", "lần": "lần",
    "điểm": "điểm", "công": "công", "ngày công": "ngày công", "giờ": "giờ", "phút": "phút",
    "ngày": "ngày", "tuần": "tuần", "tháng": "tháng", "năm": "năm", "tuổi": "tuổi",
}  # fmt: skip
_COUNTED = """
bác sĩ; dược sĩ; y sĩ; bản; ban; bí thư; bị can; bị cáo; biên chế; buổi; ca; cán bộ; cán bộ, công
chức; câu lạc bộ; cây; chi bộ; chi đoàn; chi hội; chiến sĩ; chỉ tiêu; chủ trương; chợ; chuyến;
chuyên đề; chương trình; con; công an; công chức; công dân; công nhân; công trình; công ty;
cổng; cơ quan; cơ sở; cơ sở giáo dục; cơ sở đảng; cụ; cụm; cuộc; cuộc họp; cuộc thi; cuộc kiểm tra;
cuộc giám sát; cuộc tiếp xúc cử tri; cử tri; danh hiệu; di sản; di tích; dịch vụ công; doanh nghiệp;
dự án; đài; đại biểu; đảng bộ; đảng ủy; đảng viên; đề án; đề tài; địa bàn; địa điểm; địa phương;
điểm nhóm; điểm trường; điểm cầu; đoàn; đoàn viên; đội; đội viên; đôi; đồ án; đồn; đồng chí;
đối tượng; đợt; đơn; đơn vị; đơn vị sự nghiệp; đường; em; gia đình; giáo viên; giải; giải pháp;
giấy chứng nhận; giấy; giấy khen; bằng khen; giường; giường bệnh; gói thầu; góp ý; hạng mục;
học sinh; học viên; hộ; hộ dân; hộ gia đình; hộ kinh doanh; hộ nghèo; hộ cận nghèo; hồ; hồ sơ;
hòm thư; hội; hội nghị; hội viên; hợp tác xã; hợp đồng; huyện; khách; khách du lịch; khách hàng;
khẩu; nhân khẩu; khoản; khóa; khu; khu công nghiệp; khu dân cư; kế hoạch; kết luận; kiến nghị;
ki ốt; làng; lao động; lễ hội; liệt sĩ; lớp; lớp học; lồng; lượt; lượt người; lượt khách; lượt hộ;
lượt đồng chí; lượt cán bộ; lượt cá nhân; lượt tập thể; mã số; mã số vùng trồng; mã vùng trồng; máy;
mặt hàng; mục tiêu; mô hình; môn; nạn nhân; ngành; nghệ nhân; nghị quyết; người; người dân;
người có công; nhà; nhà ở; nhà văn hóa; nhà máy; nhà đầu tư; nhân viên; nhiệm vụ; nhóm; nhóm nhiệm vụ;
nội dung; phòng; phòng học; phòng họp; phường; phương tiện; phụ nữ; quyết định; sáng kiến;
sản phẩm; sáng chế; sân; sở; suất; suất quà; sự kiện; tác phẩm; tài khoản; tập thể; cá nhân;
tàu; tay nghề; tổ; tổ chức; tổ chức đảng; tổ chức cơ sở đảng; tổ dân phố; tổ đội; tổ hợp tác;
tổ hòa giải; tổ liên gia; tội phạm; tin; tin bài; bài; bài viết; ô; phó chủ tịch; chủ tịch; phó bí thư; tôn giáo; tín đồ; dân tộc; khâu đột phá; cốt cán; tỉnh; tiêu chí; tiểu đội; tiểu khu;
thanh niên; thành phố; thành viên; thiết bị; thị trấn; thị xã; thôn; thông báo; thủ tục;
thủ tục hành chính; thuê bao; thí sinh; thửa; trại; trạm; trạm biến áp; trạm y tế; trang; trang trại;
trẻ; trẻ em; trung tâm; trường; trường học; trường hợp; trường hợp mắc; tuyến; tuyến đường; tủ sách;
văn bản; ủy viên; vị trí; viên; viên chức; vận động viên; văn nghệ sĩ; vấn đề; vụ; vụ việc;
vụ án; vùng; vùng trồng; vùng sản xuất; xã; xe; xóm; ý kiến; ý tưởng; liên kết; chuỗi; cửa hàng;
cầu; cống; đập; hồ chứa; trạm bơm; kênh; mỏ; nhà trọ; phòng trọ; homestay; nhà nghỉ; khách sạn; điểm du lịch;
cửa khẩu; bến; đội văn nghệ; mũi tiêm; mũi; liều; ngôi nhà; căn; căn nhà; phiên; phiên họp; kỳ họp;
phóng sự; chuyên mục; chữ ký số; camera; máy tính; bộ; bộ hồ sơ; cặp; chốt; dân; đám; đơn thư; lượt đơn
"""
_SHORT_FORMS = {
    "htx": "hợp tác xã", "dn": "doanh nghiệp", "tht": "tổ hợp tác", "đv": "đảng viên",
    "đ/c": "đồng chí", "tdp": "tổ dân phố", "tthc": "thủ tục hành chính", "hs": "học sinh",
    "ng": "người", "lđ": "lao động", "sp": "sản phẩm", "ubnd": "UBND", "cbcc": "cán bộ",
    "cbccvc": "cán bộ", "gcn": "giấy chứng nhận", "bs": "bác sĩ",
}  # fmt: skip
# What is counted under more than one name.
_SAME = {"nhân khẩu": "người", "khẩu": "người", "người dân": "người", "dân": "người",
         "hộ gia đình": "hộ", "hộ dân": "hộ", "nhà ở": "nhà", "ngôi nhà": "nhà", "căn nhà": "nhà",
         "giường bệnh": "giường", "trường học": "trường", "lớp học": "lớp", "trẻ em": "trẻ", "tuyến đường": "tuyến",
         "khách du lịch": "khách", "lượt khách du lịch": "lượt khách"}  # fmt: skip
_MULTIPLIERS = {"trăm": 2, "nghìn": 3, "ngàn": 3, "vạn": 4, "triệu": 6, "tr": 6, "tỷ": 9}  # 10^n
_TIMES = frozenset({"giờ", "ngày", "tuần", "tháng", "năm"})
_CONVERTIBLE = (
    {"kg": Decimal("0.001"), "tạ": Decimal("0.1"), "tấn": Decimal(1)},
    {"m": Decimal("0.001"), "km": Decimal(1)},
    {"m²": Decimal("0.0001"), "ha": Decimal(1), "km²": Decimal(100)},
    {"kWh": Decimal("0.001"), "MWh": Decimal(1)},
    {"kW": Decimal("0.001"), "MW": Decimal(1)},
)

# A word that is counted by the general rule is none of these.
_NO_NOUN = frozenset(
    """
    và hoặc hay của là trong ngoài so với đạt tại trên dưới từ đến tới theo bằng cho được có ước tăng
    giảm thì mà nữa để do vì nên khi nếu như về đã đang sẽ vẫn còn đều cũng chỉ mới lên xuống trở bị
    qua ở này đó các những mỗi cùng gồm bao nhằm thuộc đối sau trước đầu cuối gần khoảng hơn kém
    vượt chiếm tương thực hoàn tính riêng không chưa rất lại phấn nay hiện vào ra nhưng tuy thứ
    cả toàn chủ thành tiếp tục tập xây dựng hình phát triển góp phần nâng tổng bình quân hàng hằng
    trung hỗ trợ tạo quyết định giải thu cấp giao làm xếp kế khá tốt cao thấp lớn nhỏ năm nêu trên
    dự kiến nhất bàn địa đồng thời số xã hội chính trị kinh tế văn
    """.split()
)
_LETTER = r"[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹]"
_WORD = re.compile(rf"{_LETTER}+")
_BEGINNING = re.compile(rf"k?m[23²³]|°c|{_LETTER}+|%0(?!\d)|[%‰]", re.IGNORECASE)
_DATE = re.compile(r" \d")
_NUMBER_OF = re.compile(r"(?:số|các) (?=[^\W\d])")
_FINAL_Y = re.compile(r"(?<=[bcdghklmnpqrstvx])y$")
_DENOMINATOR = re.compile(
    r"\s?/\s?(?P<each>1\.000|10\.000|100\.000|1|01)?\s*"
    rf"(?P<scale>(?:nghin|ngan|van|trieu|tram)\b)?\s*(?P<noun>k?m[23²³]|{_LETTER})"
)
_LONGEST_DENOMINATOR = 30  # characters
_EACH = {"1000": "nghìn ", "10000": "vạn ", "100000": "trăm nghìn ", "1": ""}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit read from a text."""

    name: str  # in its one form, with denominators: "đồng/người/năm"
    factor: Decimal  # what a value in the text is multiplied by: "triệu đồng" -> 1000000
    end: int  # where it ends in the text
    known: bool  # False if only the general rule for counted nouns gave it


def read_unit(text: str, start: int, *, loose: bool) -> Unit | None:
    """Read the unit that stands at a place in a text, after any spaces.

    Args:
        text: In stored form (NFC).
        start: Just behind a number, or where a unit's name begins.
        loose: The text is typed without diacritics: "ha", "dong", "xa".
    """
    at = _skip_spaces(text, start)
    factor = Decimal(1)
    end = start
    while found := _longest(text, at, _MULTIPLIER_WORDS, loose):
        noun = _longest(text, at, _NOUNS, loose)
        if noun and noun[1] > found[1]:
            break  # "2 tram y te": stations, not hundreds
        factor *= Decimal(10) ** found[0]
        end = found[1]
        at = _skip_spaces(text, end)
    if number_of := _NUMBER_OF.match(text, at):
        at = number_of.end()  # "100 số hộ"
    name, known = "", True
    measure = _longest(text, at, _MEASURE_WORDS, loose)
    if measure and measure[0] in _TIMES and _DATE.match(text, measure[1]):
        measure = None  # "404 năm 2023"
    noun = _longest(text, at, _NOUNS, loose)
    if listed := max(filter(None, (measure, noun)), key=lambda found: found[1], default=None):
        name, end = listed
    elif factor >= 10**6:
        name = "đồng"  # "20 tỷ", "300 triệu"
    elif any_noun := _any_noun(text, at, loose):
        (name, end), known = any_noun, False
    if end == start:
        return None
    while name and (below := _denominator(text, end, loose)):
        name, end = f"{name}/{below[0]}", below[1]
    return Unit(name, factor, end, known)


def read_stated_unit(text: str) -> Unit | None:
    """Find the last unit that a text gives for the bare numbers behind it.

    That is one with a denominator ("tỷ lệ bác sỹ/vạn dân") or in brackets ("(tỷ đồng)").
    """
    loose = not has_diacritics(text)
    stated, at = None, 0
    while word := _WORD.search(text, at):
        unit = read_unit(text, word.start(), loose=loose)
        before = text[: word.start()].rstrip()
        at = word.end()
        if unit is None or not unit.known or not unit.name or before[-1:].isdigit():
            continue
        if "/" in unit.name or (before.endswith("(") and text[unit.end :].startswith(")")):
            stated, at = unit, max(at, unit.end)
    return stated


def is_listed(unit: str) -> bool:
    """Say whether a unit is one that reports are known to measure or count in."""
    return unit.split("/")[0] in _KNOWN


def same_unit(one: str, other: str) -> bool:
    """Say whether values in two units can be compared as they are: "hộ" and "hộ gia đình"."""
    return _shared(one) == _shared(other)


def convert(value: Decimal, unit: str, to: str) -> Decimal | None:
    """Give a value in another unit ("tạ" in "tấn"), or nothing where that cannot be done."""
    if same_unit(unit, to):
        return value
    head, slash, below = unit.partition("/")
    to_head, to_slash, to_below = to.partition("/")
    if slash == to_slash and _shared(below) == _shared(to_below):
        for scale in _CONVERTIBLE:
            if head in scale and to_head in scale:
                return value * scale[head] / scale[to_head]
    return None


def spelling(syllable: str) -> tuple[str, str]:
    """Give what tells a syllable from another however it is spelled: letters and marks."""
    low = unicodedata.normalize("NFD", syllable.lower())
    marks = "".join(sorted(sign for sign in low if unicodedata.combining(sign) or sign == "đ"))
    return _FINAL_Y.sub("i", fold(syllable)), marks


def _shared(unit: str) -> str:
    return "/".join(_SAME.get(part, part) for part in unit.lower().split("/"))


def _skip_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def _longest(
    text: str, at: int, listed: dict[str, list[tuple[str, _Meant]]], loose: bool
) -> tuple[_Meant, int] | None:
    """Find the longest listed name that the text has at a place, and where it ends."""
    begin = _BEGINNING.match(text, at)
    if begin is None:
        return None
    for name, meant in listed.get(_key(begin[0]), ()):
        end = at + len(name)
        piece = text[at:end]
        if len(piece) < len(name) or (end < len(text) and _joined(text, end)):
            continue
        if _alike(piece, name, loose):
            return meant, end
    return None


def _joined(text: str, end: int) -> bool:
    return text[end - 1].isalnum() and (text[end].isalpha() or text[end] in "23_")


def _alike(piece: str, name: str, loose: bool) -> bool:
    if loose:
        return [spelling(part)[0] for part in piece.split(" ")] == [
            spelling(part)[0] for part in name.split(" ")
        ]
    return [spelling(part) for part in piece.split(" ")] == [
        spelling(part) for part in name.split(" ")
    ]


def _denominator(text: str, at: int, loose: bool) -> tuple[str, int] | None:
    found = _DENOMINATOR.match(fold(text[at : at + _LONGEST_DENOMINATOR]))
    if found is None:
        return None
    each = _EACH[found["each"].replace(".", "").lstrip("0")] if found["each"] else ""
    scale = ""
    if found["scale"]:
        scale = {"nghin": "nghìn ", "ngan": "nghìn ", "van": "vạn ", "trieu": "triệu "}.get(
            found["scale"], "trăm "
        )
    start = at + found.start("noun")
    noun = _longest(text, start, _NOUNS, loose) or _longest(text, start, _MEASURE_WORDS, loose)
    return (f"{each}{scale}{noun[0]}", noun[1]) if noun else None


def _any_noun(text: str, at: int, loose: bool) -> tuple[str, int] | None:
    """Take the one or two words that follow a number as what it counts."""
    first = _WORD.match(text, at)
    if first is None or not first[0].islower() or _is_no_noun(first[0], loose) or len(first[0]) < 2:
        return None
    second = _WORD.match(text, first.end() + 1)
    takes_two = (
        second is not None
        and text[first.end()] == " "
        and second[0].islower()
        and not _is_no_noun(second[0], loose)
    )
    end = second.end() if second is not None and takes_two else first.end()
    return text[at:end], end


def _is_no_noun(word: str, loose: bool) -> bool:
    return word.lower() in (_BARE_NO_NOUN if loose else _NO_NOUN)


def _key(word: str) -> str:
    return _FINAL_Y.sub("i", fold(word))


def _table(names: dict[str, _Meant]) -> dict[str, list[tuple[str, _Meant]]]:
    """Group names by their first word, longest first."""
    grouped: dict[str, list[tuple[str, _Meant]]] = {}
    for name, meant in sorted(names.items(), key=lambda item: -len(item[0])):
        grouped.setdefault(_key(name.split(" ")[0]), []).append((name, meant))
    return grouped


_LISTED = [" ".join(name.split()) for name in _COUNTED.split(";")]
_BARE_NO_NOUN = frozenset(fold(word) for word in _NO_NOUN)
_KNOWN = frozenset(_LISTED) | frozenset(_MEASURES.values()) | frozenset(_SHORT_FORMS.values())
_MULTIPLIER_WORDS = _table(_MULTIPLIERS)
_MEASURE_WORDS = _table(_MEASURES)
_NOUNS = _table({name: name for name in _LISTED} | _SHORT_FORMS)
