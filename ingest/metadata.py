"""Read from a report's text what it is: title, place, issuing body, kind, period, date."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ingest.blocks import Block, BlockKind
from ingest.headings import is_capitals
from ingest.lines import Line
from records import LeftOut, ReportMetadata
from versions import find_draft
from vietnamese import CAPITALS, fold

_WORD = rf"[{CAPITALS}][^\W\d_]*"
_NAME = rf"({_WORD}(?:[ -]{_WORD}){{0,3}})"
_DISTRICT = re.compile(r"\b(?:[Hh]uyện|[Tt]hị xã|[Qq]uận|HUYỆN|THỊ XÃ)\s+(?:(?:ủy|uỷ)\s+)?" + _NAME)
_PROVINCE = re.compile(r"\b(?:[Tt]ỉnh|TỈNH)\s+(?:(?:ủy|uỷ)\s+)?" + _NAME)
# A period is two years, or one year; terms of office come before other ranges.
_TERM = re.compile(r"(?i:nhiệm\s+kỳ|giai\s+đoạn)\s+(20\d\d)\s*[-–]\s*(20\d\d)")
_RANGE = re.compile(r"\b(20\d\d)\s*[-–]\s*(20\d\d)\b")
_YEAR = re.compile(r"\bnăm\s+(20\d\d)\b", re.IGNORECASE)
_DATE = re.compile(r"(?:ngày\s+(?:\d{1,2}\s+)?)?tháng\s+(?:\d{1,2}\s+)?năm\s+20\d\d", re.IGNORECASE)
_PARTY = re.compile(r"Ban Chấp hành Đảng bộ (huyện|tỉnh|xã|thị xã)")
_COUNCILS = (
    ("uy ban nhan dan", "UBND"),
    ("ubnd", "UBND"),
    ("hoi dong nhan dan", "HĐND"),
    ("hdnd", "HĐND"),
    ("huyen uy", "Huyện ủy"),
)
_COUNCIL_PLACE = re.compile(
    rf"\b(HUYỆN|THỊ XÃ|THÀNH PHỐ|QUẬN|TỈNH|THỊ TRẤN|XÃ|PHƯỜNG)\s+([{CAPITALS}]+(?: [{CAPITALS}]+){{0,4}})$"
)
_LETTERHEAD_LINES = 6
_KINDS = (
    "Nghị quyết",
    "Quyết định",
    "Nghị định",
    "Thông tư",
    "Chỉ thị",
    "Kế hoạch",
    "Tờ trình",
    "Thông báo",
    "Chương trình",
    "Đề án",
)
# "Số: 123/BC-UBND"; a number still to be filled in ("Số:      /BC-UBND") is none.
_NUMBER = re.compile(
    r"Số\s*:?\s*(\d[\d\s]*(?:/\d{4})?\s*[/-]\s*[A-ZĐ][A-ZĐ0-9./\- ]*[A-ZĐ0-9])(?:\s|$)"
)
_NUMBER_LINES = 15
# The head of a text: letterhead, title and the first sentences. Characters.
_HEAD = 1500
_TITLE_LINES = 10
_LONGEST_TITLE = 400
_LONGEST_DATE_LINE = 60  # "Mai Sơn, ngày 12 tháng 11 năm 2024"; longer ones are titles with a date


def read_metadata(
    text: str,
    lines: Sequence[Line],
    blocks: Sequence[Block],
    left_out: Sequence[LeftOut],
    *,
    said_title: str = "",
) -> ReportMetadata:
    """Read the metadata; a field that the text does not say stays an empty string.

    Args:
        text: The stored text.
        lines: All lines of it, letterhead and web furniture too.
        blocks: What the content lines were put together to.
        left_out: The lines that are no content: a web page's furniture tells an article.
        said_title: What the file itself says its title is; used where the text shows none.
    """
    district = _commonest(_DISTRICT.findall(text))
    head = text[:_HEAD]
    # A province named once in passing may be a neighbour; one named in the head is the report's.
    named = _PROVINCE.findall(text)
    province = _commonest(name for name in named if named.count(name) > 1 or name in head)
    title = _title(blocks) or _usable_title(said_title)
    kind = _kind(head, title, left_out)
    return ReportMetadata(
        title=title,
        district=district,
        province=province,
        issuer=_issuer(head, lines, district),
        kind=kind,
        period=_period(title, head, text),
        date=_date(head),
        number=_number(lines),
        draft=_draft(lines),
    )


def _commonest(names: Iterable[str]) -> str:
    """Pick the name said most often; spellings that differ only in marks or capitals are one name."""
    spellings: dict[str, Counter[str]] = {}
    for name in names:
        words = re.sub(r"\s+", " ", name.strip())
        if is_capitals(words) and words.count(" ") > 2:
            continue  # a heading in capitals goes on after the name
        spellings.setdefault(fold(words), Counter())[words] += 1
    if not spellings:
        return ""
    # "Mai Sơn Hà Văn Bình" counts for "Mai Sơn", whose first words it has.
    weight = {
        key: sum(
            sum(c.values()) for other, c in spellings.items() if f"{other} ".startswith(f"{key} ")
        )
        for key in spellings
    }
    longest_first = sorted(spellings, key=lambda key: (-weight[key], -len(key)))
    # Nearly all districts have names of two syllables; one syllable is a word after "huyện".
    best = next((key for key in longest_first if " " in key), "")
    if not best:
        return ""
    counted = spellings[best]
    mixed = [name for name in counted if not is_capitals(name)] or list(counted)
    name = max(mixed, key=lambda name: counted[name])
    return name.title() if is_capitals(name) else name


def _title(blocks: Sequence[Block]) -> str:
    """Read the title: the short lines, in capitals or under "BÁO CÁO", that stand before the text."""
    title: list[str] = []
    for block in blocks[:_TITLE_LINES]:
        text = re.sub(r"\s+", " ", block.text).strip(' *()“”"')
        prose = len(text) > 250 and not is_capitals(text)
        if block.kind is not BlockKind.PARAGRAPH or prose or text.endswith((".", ";")):
            break
        if (
            (_DATE.search(text) and len(text) < _LONGEST_DATE_LINE)
            or fold(text).startswith(("so ", "so:"))
            or "du thao" in fold(text)[:8]
        ):
            continue
        if sum(map(len, title)) + len(text) > _LONGEST_TITLE:
            break
        if title and not is_capitals(text) and not is_capitals(title[-1]):
            break  # one plain line is a title; the next is a caption or the text
        title.append(text)
    # "Báo cáo chính trị của …" says what it is; a motto above it in capitals does not.
    named = [line for line in title if fold(line).startswith("bao cao ")]
    joined = named[0] if named else " ".join(title)
    return joined if len(joined) > 12 else ""


def _kind(head: str, title: str, left_out: Sequence[LeftOut]) -> str:
    folded = fold(f"{title} {head}")
    if "bao cao chinh tri" in folded:
        return "Báo cáo chính trị"
    if re.search(r"\bbao cao\b|/bc-", fold(title)) or re.search(
        r"^\s*bao cao\s*$", fold(head), re.M
    ):
        return "Báo cáo kinh tế - xã hội" if "kinh te - xa hoi" in folded else "Báo cáo"
    if any("web" in entry.reason for entry in left_out):
        return "Bài báo"
    for kind in _KINDS:
        if re.search(rf"^\W*{fold(kind)}\b.{{0,40}}$", fold(head), re.MULTILINE):
            return kind
    return "Báo cáo"


def _issuer(head: str, lines: Sequence[Line], district: str) -> str:
    if party := _PARTY.search(head):
        place = district if party[1] in ("huyện", "thị xã") else ""
        return f"Ban Chấp hành Đảng bộ {party[1]} {place}".strip()
    heads = [line.text for line in lines[:_LETTERHEAD_LINES]]
    for n, head in enumerate(heads):
        for folded, short in _COUNCILS:
            if fold(head).startswith(folded) and len(head) < 60:
                if short == "Huyện ủy":
                    return f"{short} {district}".strip()
                following = heads[n + 1] if n + 1 < len(heads) else ""
                return f"{short} {_place_of(head, following) or f'huyện {district}'}".strip()
    return ""


def _place_of(council: str, following: str) -> str:
    """Read whose council it is: "xã Phù Mỹ Bắc" of "UBND XÃ PHÙ MỸ BẮC", or of the line below."""
    for line in (council, following):
        if match := _COUNCIL_PLACE.search(line):
            return f"{match[1].lower()} {match[2].title()}"
    return ""


def _period(title: str, head: str, text: str) -> str:
    if years := (_RANGE.search(title) or _TERM.search(head)):
        return f"{years[1]} - {years[2]}"
    if year := _YEAR.search(title):
        return year[1]
    # The longest period: a term of office has parts. Of equals the one named most, then the latest.
    said = Counter(_TERM.findall(text))
    first, last = max(
        said,
        key=lambda years: (min(int(years[1]) - int(years[0]), 5), said[years], years),
        default=("", ""),
    )
    return f"{first} - {last}" if first else ""


def _number(lines: Sequence[Line]) -> str:
    for line in lines[:_NUMBER_LINES]:
        if match := _NUMBER.match(line.text):
            return re.sub(r"\s", "", match[1])
    return ""


def _draft(lines: Sequence[Line]) -> str:
    """Read which draft it is from a line of its own: "(Dự thảo lần 2)"."""
    said = (line.text.strip("()[]*. ") for line in lines[:_NUMBER_LINES])
    return next((each for each in said if len(each) < 40 and find_draft(each) is not None), "")


def _usable_title(said: str) -> str:
    """Take a file's own title, unless it is what programs put there for want of one."""
    title = re.sub(r"\s+", " ", said).strip()
    left_by_program = re.search(
        r"\.(?:docx?|pdf|xlsx?|rtf)$|^(?:microsoft|untitled|document)", title.lower()
    )
    return title if len(title) > 12 and " " in title and not left_by_program else ""


def _date(head: str) -> str:
    match = _DATE.search(head)
    return re.sub(r"\s+", " ", match[0]).lower() if match else ""
