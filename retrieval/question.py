"""Understand a question: what sort of answer it wants, of which place and time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from errors import InvalidQuestionError
from prompts.answers import OTHER_LANGUAGE
from retrieval.other_languages import is_foreign, translate_terms
from retrieval.wording import Wording, other_wordings
from vietnamese import CAPITALS, Term, cut_terms, fold, has_diacritics, normalise, terms

# A question of more is a pasted document. Characters.
LONGEST_QUESTION = 2000


class AnswerKind(StrEnum):
    """What sort of answer a question wants."""

    NUMBER = "number"
    CODE = "code"  # a document's, road's or project's number: "nghị quyết số mấy"
    TIME = "time"
    PERSON = "person"
    LIST = "list"
    YES_NO = "yes_no"
    REASON = "reason"  # why, how, to what end: two or three sentences
    ENTITY = "entity"  # which, what


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what was understood of it."""

    text: str  # as asked, NFC; its English terms in Vietnamese
    kind: AnswerKind
    words: tuple[str, ...]  # folded terms, in order, places left out
    terms: tuple[str, ...]  # those of them that tell: words that ask are left out too
    wordings: tuple[Wording, ...]  # other ways to say some of the terms
    unit: tuple[str, ...]  # folded terms that follow "bao nhiêu": what is counted
    percent: bool  # a share is asked for
    years: tuple[str, ...]  # years named in the question
    reports: tuple[str, ...]  # reports of the places named; empty if none is
    unknown_place: str  # the district named, where no report is about any that is; else ""


# As typed: "bn", "được nhiêu", "mấy" too.
_MANY = r"(?:bao nhieu|may|bao nheu|bao nhiu|bn|(?<=duoc )nhieu|(?<=dc )nhieu|(?<=con )nhieu|(?<=la )nhieu)"
_DOCUMENTS = (
    r"(?:nghi quyet|quyet dinh|chi thi|thong tu|nghi dinh|ke hoach|de an|du an|chuong trinh|van ban"
    r"|luat|ket luan|thong bao|bao cao|cong van|quoc lo|ql|tinh lo|duong tinh)"
)
# In the order they are tried, on the folded question.
_KINDS = (
    (AnswerKind.YES_NO, re.compile(
        r"\b(?:khong|chua|phai khong|dung khong|khong nhi|chua nhi|khong a|khong vay)\s*[?.!]*\s*$"
        r"|\b(?:co dung la|co phai|phai chang|lieu co)\b")),
    (AnswerKind.REASON, re.compile(
        r"\b(?:vi sao|tai sao|vi dau|do dau|nho dau|nho vao dau|mang lai dieu gi|mang lai gi|nguyen nhan|ly do|li do|nhu the nao|the nao|lam sao"
        r"|bang cach nao|cach nao|nham muc dich|muc dich gi|de lam gi|nham gi|theo huong nao|giai phap gi)\b")),
    (AnswerKind.CODE, re.compile(
        rf"\b{_DOCUMENTS}\s+(?:so\s+)?{_MANY}\b|\b{_DOCUMENTS}\s+(?:\w+\s+){{0,4}}so\s+(?:{_MANY}|nao|gi)\b"
        rf"|\b{_DOCUMENTS}\s+nao\b|\bso hieu\b")),
    (AnswerKind.TIME, re.compile(
        r"\b(?:nam nao|khi nao|bao gio|ngay nao|thang nao|luc nao|hom nao|ngay thang nam nao|giai doan nao"
        rf"|thoi gian nao|tu nam nao|ngay {_MANY}|nam {_MANY}|thang {_MANY})\b")),
    (AnswerKind.LIST, re.compile(
        r"\b(?:liet ke|ke ten|ke ra|neu cac|neu nhung|neu ten|neu ro cac|cho biet cac|cho biet nhung|lan luot|gom nhung|gom cac|bao gom)\b"
        r"|\b(?:nhung|cac)\b.{1,80}\b(?:nao|gi)\b|\bnhung ai\b"
        r"|\b(?:hai|ba|bon|nam|sau|bay|tam)\b.{1,40}\bnao\b|\bchia ra sao\b|\bco cau\b.{1,40}\bra sao\b")),
    (AnswerKind.NUMBER, re.compile(rf"\b{_MANY}\b|\bso luong\b|\bchung nao\b|\bty le\b.{{1,60}}\b(?:la|con|dat)\s*[?]*$")),
    (AnswerKind.PERSON, re.compile(r"\bai\b|\bnguoi nao\b|\bdong chi nao\b|\bong nao\b|\bba nao\b")),
    (AnswerKind.REASON, re.compile(r"\b(?:ra sao|lam gi|de giai quyet (?:chuyen|viec|van de) gi)\b")),
    (AnswerKind.ENTITY, re.compile(r".")),
)  # fmt: skip
# "Độ che phủ rừng Mường Tè năm 2024?", "Mục tiêu năm 2030, tỷ lệ hộ nghèo?": what is measured, and
# no word that asks: its figure is.
_BARE_MEASURE = re.compile(
    r"^(?:(?:the|con|muc tieu|ke hoach|chi tieu|ket qua|uoc|phan dau|(?:den |trong )?nam \d{4}|hien nay|den nay|ve)"
    r"[ ,:]+)*(?:do che phu|ty le|ti le|ty trong|dien tich|san luong|nang suat|tong (?:so|von|thu|chi|dan|san|gia tri)"
    r"|so (?:luong|ho|xa|ban|nguoi|dang vien|hoc sinh|truong|san pham|htx|hop tac xa|doanh nghiep)|dan so|thu nhap"
    r"|thu ngan sach|chi ngan sach|gia tri|doanh thu|kinh phi|toc do|muc (?:tang|giam|thu)|quy mo)\b"
)
_ASKS_OTHERWISE = re.compile(r"\b(?:nao|gi|ai|dau|sao)\b(?! (?:la gi|ra sao)\b)")
_UNIT = re.compile(rf"\b{_MANY}\s+((?:[a-z%²³/]+\s*){{1,4}})")
_PERCENT = re.compile(
    rf"\b{_MANY}\s*(?:phan tram|%)|\bphan tram\b|\bty le\b|\bti le\b|\bty trong\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# Words that ask, and words that nearly every sentence has.
_ASKING = frozenset(
    """bao nhiêu mấy nào gì ai đâu sao thế vậy à nhỉ nhé không chưa là có của ở tại trong về cho và
    thì mà như được bị đã đang sẽ đến tới từ với các những một này do kia ấy cũng còn hiện giờ rồi
    bn nhiêu liệt kê nêu hỏi giúp xin biết kể ra theo khi lúc năm tên gọi người ta mình cái chuyện việc""".split()
)
# Typed without marks, these may as well be words that tell: "đảng", "nam", "bàn", "tổ".
_DOUBTFUL = frozenset("dang nam con cho ta tu do ai nguoi goi viec liet ke neu".split())
_ASKING_BARE = frozenset(fold(word) for word in _ASKING) - _DOUBTFUL
# Words that end what is counted: "bao nhiêu xã trong năm".
_UNIT_ENDS = frozenset(
    """là thì trong ở của được đã đang so cho và trên năm đến mới một không rồi vậy à tại vào đạt
    thuộc do bị""".split()
)
_UNIT_ENDS_BARE = frozenset(fold(word) for word in _UNIT_ENDS) - _DOUBTFUL - {"so", "moi", "dat"}
_NAMED_DISTRICT = re.compile(
    rf"\b(?:huyện|Huyện|thị xã|Thị xã)\s+([{CAPITALS}][^\W\d_]*(?:\s+[{CAPITALS}][^\W\d_]*){{0,2}})"
)


def understand(text: str, places: Mapping[str, str]) -> Question:
    """Read a question.

    Args:
        text: The question as typed, in any Unicode form, with or without diacritics.
        places: District of each indexed report, by report name; districts may be empty.

    Raises:
        InvalidQuestionError: The question is empty, has no word, is far too long, or is in a
            language that is not understood.
    """
    text = " ".join(normalise(text).split())
    if not any(c.isalnum() for c in text):
        raise InvalidQuestionError(
            "Câu hỏi đang trống. Hãy gõ câu hỏi, ví dụ: “Huyện Mai Sơn có bao nhiêu sản phẩm OCOP?”."
        )
    if len(text) > LONGEST_QUESTION:
        length, longest = (f"{n:,}".replace(",", ".") for n in (len(text), LONGEST_QUESTION))
        raise InvalidQuestionError(
            f"Câu hỏi dài {length} ký tự, quá {longest} ký tự. Hãy hỏi ngắn hơn, mỗi lần một ý."
        )
    text = translate_terms(text)
    if is_foreign(text, frozenset(term for place in places.values() for term in terms(place))):
        raise InvalidQuestionError(OTHER_LANGUAGE)
    folded = fold(text)
    marked = has_diacritics(text)
    asked = cut_terms(text)
    reports, named = _reports_named([term.text for term in asked], places)
    kept = _without(asked, named)
    kind = next(kind for kind, pattern in _KINDS if pattern.search(folded))
    if (
        kind is AnswerKind.ENTITY
        and _BARE_MEASURE.search(folded)
        and not _ASKS_OTHERWISE.search(folded)
    ):
        kind = AnswerKind.NUMBER
    unit = _UNIT.search(folded)
    return Question(
        text=text,
        kind=kind,
        words=tuple(term.text for term in kept),
        terms=tuple(term.text for term in kept if not _asks(text, term, marked)),
        wordings=tuple(other_wordings(text)),
        unit=_unit_terms(text[unit.start(1) : unit.end(1)], marked) if unit else (),
        percent=bool(_PERCENT.search(folded)),
        years=tuple(dict.fromkeys(_YEAR.findall(text))),
        reports=reports,
        unknown_place="" if reports else _unknown_place(text, places),
    )


def _reports_named(
    asked: list[str], places: Mapping[str, str]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    reports, named = [], []
    for report, district in places.items():
        words = tuple(terms(district))
        if words and any(tuple(asked[n : n + len(words)]) == words for n in range(len(asked))):
            reports.append(report)
            named.append(words)
    return tuple(reports), named


def _without(asked: list[Term], named: list[tuple[str, ...]]) -> list[Term]:
    """Leave the places out: they choose the report and say nothing within it."""
    words = [term.text for term in asked]
    kept, n = [], 0
    while n < len(asked):
        width = next((len(name) for name in named if tuple(words[n : n + len(name)]) == name), 0)
        if not width:
            kept.append(asked[n])
        n += width or 1
    return kept


def _asks(text: str, term: Term, marked: bool) -> bool:
    if marked:
        return text[term.start : term.end].lower() in _ASKING
    return term.text in _ASKING_BARE


def _unit_terms(text: str, marked: bool) -> tuple[str, ...]:
    unit: list[str] = []
    for term in cut_terms(text):
        word = text[term.start : term.end].lower()
        if word in _UNIT_ENDS if marked else term.text in _UNIT_ENDS_BARE:
            break
        unit.append(term.text)
    return tuple(unit[:3])


def _unknown_place(text: str, places: Mapping[str, str]) -> str:
    known = {fold(district) for district in places.values() if district}
    for name in _NAMED_DISTRICT.findall(text):
        folded = fold(name)
        if not any(folded.startswith(place) or place.startswith(folded) for place in known):
            return str(name)
    return ""
