"""Find in a question what a later one may change: place, period, status, and what is asked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA

from records import Span
from vietnamese import cut_terms, fold, has_diacritics, terms

# On folded text, which is as long as the text itself: offsets hold in both.
MANY = r"(?:bao nhieu|bao nheu|bao nhiu|may|bn)"
_YEARS = r"(?:19|20)\d\d(?:\s*[-–]\s*(?:(?:19|20)\d\d))?"
_NOW = r"(?:hien nay|hien tai|hien gio|den nay|toi nay|den thoi diem nay|bay gio|hien(?=\s+(?:dat|co|la|o muc|con|duoc)\b))"
_EACH_YEAR = r"(?:moi nam|hang nam|hang nam|binh quan (?:moi|hang) nam|trung binh (?:moi|hang) nam)"
_SPAN_OF_TIME = (
    rf"(?:(?:giai doan|nhiem ky|nam hoc|nam|thang \d+(?:/| nam )?)\s*{_YEARS}"
    r"|(?:ngay\s+)?\d{1,2}/\d{1,2}/\d{4}|thang \d{1,2}/\d{4}"
    rf"|(?:0?\d|sau|ba|chin)\s+thang\s+(?:dau|cuoi)\s+nam(?:\s+{_YEARS})?"
    r"|nam (?:ngoai|nay|truoc|sau|toi)|(?:dau |cuoi |ca )?nhiem ky(?: nay| qua| truoc| vua qua)?"
    rf"|{_YEARS})"
)
_PERIOD = re.compile(
    rf"\b(?:(?:(?:tinh|ke tu|tu|den|trong|vao|het|cuoi|dau|ca|giua)\s+){{0,3}}{_SPAN_OF_TIME}(?:\s+(?:den|toi)\s+(?:nay|{_SPAN_OF_TIME}))?"
    rf"|{_NOW}|{_EACH_YEAR})(?![\w/])"
)
# "so với năm 2020": what a change is measured from, no period of its own.
BASE = re.compile(
    rf"\b(?:so voi|so)\s+(?:cung ky\s*)?(?:(?:cuoi|dau|het|thoi diem)\s+)*(?:{_SPAN_OF_TIME}|cung ky|truoc do|truoc day|truoc|ke hoach|chi tieu|muc tieu|nghi quyet)(?:\s+nam\s+{_YEARS})?"
)
_TARGET = (
    r"(?:(?:co |dat |de ra |dat ra |theo )?(?:muc tieu|chi tieu|ke hoach)(?! quoc gia)(?:\s+(?:dat ra|de ra|phan dau))?"
    r"|phan dau|du kien|dinh huong)"
)
_ESTIMATE = r"(?:uoc(?:\s+(?:thuc hien|tinh|dat))?)"
_RESULT = r"(?:ket qua(?:\s+(?:thuc hien|dat duoc))?|thuc te|thuc hien(?=\s+(?:nam|den|het)\b))"
_STATUS = re.compile(rf"\b(?:{_TARGET}|{_ESTIMATE}|{_RESULT})\b")
_CHANGE = re.compile(
    r"\b(?:tang|giam|chenh lech|chenh)(?!\s+(?:truong|ngheo|cuong|gia))(?:\s+(?:them|bot|len|xuong|duoc))?\b"
)
_CHANGE_MARKED = re.compile(r"\b(?:tăng|giảm|chênh)", re.IGNORECASE)
_LIGHT = r"(?:la|dat|duoc|con|co|o muc|len|xuong|chiem|khoang|thi|voi|den|len den|bang|ung voi|gom)"
_UNIT = r"(?:phan tram|%|tien|ty dong|trieu dong|ty|trieu|dong|ha|hec ta|km2?|m2|tan|con|diem|tieu chi/xa|nguoi/km2)"
_ASKS = (
    re.compile(rf"\b(?:{_LIGHT}\s+)*(?:duoc\s+)?{MANY}(?:\s+{_UNIT})?(?=\s*$)"),
    re.compile(rf"\bso\s+(?:{MANY}|nao|gi)\b"),
    re.compile(rf"\b(?:vao\s+)?(?:ngay|thang|nam)\s+(?:{MANY}|nao|thang nam nao)\b|\b(?:khi nao|bao gio|luc nao)\b"),
    re.compile(rf"\b(?:duoc\s+)?{MANY}\b(?:\s+(?:phan tram|%))?"),
    re.compile(r"\b(?:la|gom|co)?\s*(?:nhung\s+)?(?:gi|ai|dau)\b(?=\s*$)"),
    re.compile(r"\b(?:vi sao|tai sao|do dau|nhu the nao|the nao|ra sao|o dau)\b"),
    re.compile(r"\b(?:nhung\s+)?\w+(?:\s\w+)?\s+nao\b"),
)  # fmt: skip
_YES_NO = re.compile(
    r"\b(?:hay\s+)?(?:khong|chua)(?:\s+(?:vay|nhi|a|the))?\s*$|\b(?:co|da)\s+(?=.*\b(?:khong|chua)\s*$)"
)
_DISTRICT = r"(?:huyen|thi xa|h\.|tx\.?)"
# A name of so many letters may have one slip: "mộc chua".
_LONG_NAME = 6


class Status(StrEnum):
    """What a figure is: aimed at, expected, or come about."""

    TARGET = "target"
    ESTIMATE = "estimate"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A district named in a text."""

    name: str  # as the reports write it: "Mộc Châu"
    span: Span  # with the word "huyện" or "thị xã" before it, if it stands there
    title: str  # that word as it stands; empty if there is none


@dataclass(frozen=True, slots=True)
class Slots:
    """A question and where its parts stand."""

    text: str
    places: tuple[NamedPlace, ...]
    periods: tuple[Span, ...]
    statuses: tuple[Span, ...]
    base: Span | None  # "so với năm 2020"
    change: Span | None  # "tăng"
    asks: tuple[Span, ...]  # the words that ask

    @property
    def folded(self) -> str:
        """The text without marks."""
        return fold(self.text)

    def words(self, span: Span) -> str:
        """Give a part's words."""
        return self.text[span.start : span.end]

    def status(self) -> Status | None:
        """Say what the figure asked for is, if the question says."""
        if not self.statuses:
            return None
        said = fold(self.words(self.statuses[0]))
        if re.fullmatch(_ESTIMATE, said):
            return Status.ESTIMATE
        return Status.RESULT if re.fullmatch(_RESULT, said) else Status.TARGET


def find_slots(text: str, districts: Sequence[str]) -> Slots:
    """Find the parts of a question.

    Args:
        text: In NFC, with single spaces.
        districts: Of the indexed reports.
    """
    text = text.rstrip(" ?!.…")
    folded = fold(text)
    places = tuple(find_places(text, districts))
    base = _first(BASE, folded, ())
    taken = [place.span for place in places] + ([base] if base else [])
    periods = _all(_PERIOD, folded, taken)
    # "chỉ tiêu" and "kế hoạch" may be what is counted; beside a period or first they are a status.
    statuses = tuple(
        span
        for span in _all(_STATUS, folded, [*taken, *periods])
        if _is_status(folded, span, periods)
    )
    asks = _asks(folded, [*taken, *periods])
    change = _first(_CHANGE, folded, taken)
    if change and has_diacritics(text) and not _CHANGE_MARKED.match(text, change.start):
        change = None  # "phong tặng"
    return Slots(text, places, periods, statuses, base, change, asks)


def fold_pointing(text: str) -> str:
    """Fold a text, but hide words that only look like "đó", "này", "ấy", "đây" without their marks."""
    if not has_diacritics(text):
        return fold(text)
    return re.sub(
        r"\w+",
        lambda word: (
            "_" * len(word[0])
            if fold(word[0]) in _POINTING_BARE and word[0].lower() not in _POINTING
            else fold(word[0])
        ),
        text,
    )


def find_places(text: str, districts: Sequence[str]) -> Iterator[NamedPlace]:
    """Find the districts that a text names, one slip in a name allowed, in order."""
    said = cut_terms(text)
    folded = fold(text)
    n = 0
    while n < len(said):
        for district in districts:
            name = terms(district)
            if not name or not _same_name([t.text for t in said[n : n + len(name)]], name):
                continue
            start, end = said[n].start, said[n + len(name) - 1].end
            before = re.search(rf"\b{_DISTRICT}\s+$", folded[:start])
            title = text[before.start() : start].strip() if before else ""
            yield NamedPlace(district, Span(before.start() if before else start, end), title)
            n += len(name) - 1
            break
        n += 1


def content_terms(slots: Slots, leave: Sequence[Span] = ()) -> list[str]:
    """Give the folded terms that tell what a question is about, without its slots."""
    spans = [*(p.span for p in slots.places), *slots.periods, *slots.statuses, *slots.asks, *leave]
    if slots.base:
        spans.append(slots.base)
    if slots.change:
        spans.append(slots.change)
    marked = has_diacritics(slots.text)
    return [
        term.text
        for term in cut_terms(slots.text)
        if not any(s.start <= term.start < s.end for s in spans)
        and not (
            slots.text[term.start : term.end].lower() in _FUNCTION
            if marked
            else term.text in _FUNCTION_BARE
        )
    ]


_POINTING = frozenset("đó này ấy đấy đây kia nó".split())
_POINTING_BARE = frozenset(fold(word) for word in _POINTING)
# Words that hardly tell what a question is about.
_FUNCTION = frozenset(
    """có là được đã đang sẽ thì mà của ở tại trong cho về với và các những một bị do này ấy còn thế
    vậy như sao hiện đạt nào gì ai đâu mấy bao nhiêu không chưa rồi lên xuống thêm nhỉ à hả cùng mỗi
    vào từ đến mức đây kia nó biết hỏi xin xem nữa hay hoặc tức riêng cả chỉ đó bên huyện nơi mới lại
    thị xã""".split()
) - {"thị", "xã"}
# Typed without marks, these may as well be words that tell.
_FUNCTION_BARE = frozenset(fold(word) for word in _FUNCTION) - frozenset(
    "dang do ai cho ta tu hai nam con ca chi moi bi den ben so dat vao kia".split()
)


def _same_name(said: list[str], name: list[str]) -> bool:
    if said == name:
        return True
    one, other = " ".join(said), " ".join(name)
    close = len(other) >= _LONG_NAME and OSA.distance(one, other, score_cutoff=1) <= 1
    # "mương" and "mường" are one already; a slip makes a syllable that begins alike.
    return (
        close
        and len(said) == len(name)
        and all(a[:1] == b[:1] for a, b in zip(said, name, strict=True))
    )


def _is_status(folded: str, span: Span, periods: Sequence[Span]) -> bool:
    beside = any(
        -2 <= period.start - span.end <= 8 or -2 <= span.start - period.end <= 2
        for period in periods
    )
    plain = not re.match(r".*\b(?:chi tieu|ke hoach|dinh huong)$", folded[span.start : span.end])
    return beside or not folded[: span.start].strip() or (plain and not _counted(folded, span))


def _counted(folded: str, span: Span) -> bool:
    return bool(re.search(rf"\b(?:{MANY}|nhung|cac|chuong trinh|\d+)\s+$", folded[: span.start]))


def _first(pattern: re.Pattern[str], folded: str, taken: Sequence[Span]) -> Span | None:
    return next(iter(_all(pattern, folded, taken)), None)


def _all(pattern: re.Pattern[str], folded: str, taken: Sequence[Span]) -> tuple[Span, ...]:
    found = (Span(*match.span()) for match in pattern.finditer(folded))
    return tuple(
        span
        for span in found
        if span.end > span.start
        and not any(span.start < t.end and t.start < span.end for t in taken)
    )


def _asks(folded: str, taken: Sequence[Span]) -> tuple[Span, ...]:
    yes_no = _all(_YES_NO, folded, taken)
    if yes_no:
        return yes_no
    return next((found for pattern in _ASKS if (found := _all(pattern, folded, taken))), ())
