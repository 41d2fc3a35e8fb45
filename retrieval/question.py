"""Understand a question: what sort of answer it wants, of which place and time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from errors import InvalidQuestionError
from retrieval.wording import Wording, other_wordings
from vietnamese import CAPITALS, fold, normalise, terms

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

    text: str  # as asked, NFC
    kind: AnswerKind
    terms: tuple[str, ...]  # folded content terms, in order, places and question words left out
    wordings: tuple[Wording, ...]  # other ways to say some of the terms
    unit: tuple[str, ...]  # folded terms that follow "bao nhiêu": what is counted
    percent: bool  # a share is asked for
    years: tuple[str, ...]  # years named in the question
    reports: tuple[str, ...]  # reports of the places named; empty if none is
    unknown_place: str  # a district named that no report is about; "" if none


_MANY = r"(?:bao nhieu|may|bao nheu|bao nhiu)"
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
        r"\b(?:vi sao|tai sao|vi dau|do dau|nguyen nhan|ly do|li do|nhu the nao|the nao|lam sao"
        r"|bang cach nao|cach nao|nham muc dich|muc dich gi|de lam gi|nham gi|theo huong nao|giai phap gi)\b")),
    (AnswerKind.CODE, re.compile(
        rf"\b{_DOCUMENTS}\s+(?:so\s+)?{_MANY}\b|\b{_DOCUMENTS}\s+(?:\w+\s+){{0,4}}so\s+(?:{_MANY}|nao|gi)\b"
        rf"|\b{_DOCUMENTS}\s+nao\b|\bso hieu\b")),
    (AnswerKind.TIME, re.compile(
        r"\b(?:nam nao|khi nao|bao gio|ngay nao|thang nao|luc nao|hom nao|ngay thang nam nao|giai doan nao"
        rf"|thoi gian nao|tu nam nao|ngay {_MANY}|nam {_MANY}|thang {_MANY})\b")),
    (AnswerKind.LIST, re.compile(
        r"\b(?:liet ke|ke ten|ke ra|lan luot|gom nhung|gom cac|bao gom)\b"
        r"|\b(?:nhung|cac)\b.{1,80}\b(?:nao|gi)\b|\bnhung ai\b"
        r"|\b(?:hai|ba|bon|nam|sau|bay|tam)\b.{1,40}\bnao\b|\bchia ra sao\b|\bco cau\b.{1,40}\bra sao\b")),
    (AnswerKind.NUMBER, re.compile(rf"\b{_MANY}\b|\bso luong\b|\bchung nao\b|\bty le\b.{{1,60}}\b(?:la|con|dat)\s*[?]*$")),
    (AnswerKind.PERSON, re.compile(r"\bai\b|\bnguoi nao\b|\bdong chi nao\b|\bong nao\b|\bba nao\b")),
    (AnswerKind.REASON, re.compile(r"\b(?:ra sao|lam gi|de giai quyet (?:chuyen|viec|van de) gi)\b")),
    (AnswerKind.ENTITY, re.compile(r".")),
)  # fmt: skip
_UNIT = re.compile(rf"\b{_MANY}\s+((?:[a-z%²³/]+\s*){{1,4}})")
_PERCENT = re.compile(
    rf"\b{_MANY}\s*(?:phan tram|%)|\bphan tram\b|\bty le\b|\bti le\b|\bty trong\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# Words that ask, and words that nearly every sentence has.
_ASKING = frozenset(
    [
        "bao",
        "nhieu",
        "may",
        "nao",
        "gi",
        "ai",
        "dau",
        "sao",
        "the",
        "vay",
        "a",
        "nhi",
        "nhe",
        "khong",
        "chua",
        "la",
        "co",
        "cua",
        "o",
        "tai",
        "trong",
        "ve",
        "cho",
        "va",
        "thi",
        "ma",
        "nhu",
        "duoc",
        "bi",
        "da",
        "dang",
        "se",
        "den",
        "toi",
        "tu",
        "voi",
        "cac",
        "nhung",
        "mot",
        "nay",
        "do",
        "kia",
        "ay",
        "cung",
        "con",
        "hien",
        "gio",
        "roi",
        "hoi",
        "giup",
        "xin",
        "biet",
        "ke",
        "ra",
        "theo",
        "khi",
        "luc",
        "nam",
        "ten",
        "goi",
        "nguoi",
        "ta",
        "minh",
        "cai",
        "chuyen",
        "viec",
    ]
)
_UNIT_STOP = frozenset(
    [
        "la",
        "thi",
        "trong",
        "o",
        "cua",
        "duoc",
        "da",
        "dang",
        "so",
        "cho",
        "va",
        "tren",
        "nam",
        "den",
        "moi",
        "mot",
        "khong",
        "roi",
        "vay",
        "a",
        "tai",
        "vao",
    ]
)
_NAMED_DISTRICT = re.compile(
    rf"\b(?:huyện|Huyện|thị xã|Thị xã)\s+([{CAPITALS}][^\W\d_]*(?:\s+[{CAPITALS}][^\W\d_]*){{0,2}})"
)


def understand(text: str, places: Mapping[str, str]) -> Question:
    """Read a question.

    Args:
        text: The question as typed, in any Unicode form, with or without diacritics.
        places: District of each indexed report, by report name; districts may be empty.

    Raises:
        InvalidQuestionError: The question is empty, has no word, or is far too long.
    """
    text = " ".join(normalise(text).split())
    if not any(c.isalnum() for c in text):
        raise InvalidQuestionError(
            "Câu hỏi đang trống. Hãy gõ câu hỏi, ví dụ: “Huyện Mai Sơn có bao nhiêu sản phẩm OCOP?”."
        )
    if len(text) > LONGEST_QUESTION:
        raise InvalidQuestionError(
            f"Câu hỏi dài {len(text):,} ký tự, quá {LONGEST_QUESTION:,} ký tự. Hãy hỏi ngắn hơn, mỗi lần một ý.".replace(
                ",", "."
            )
        )
    folded = fold(text)
    asked = terms(text)
    reports, named = _reports_named(asked, places)
    kind = next(kind for kind, pattern in _KINDS if pattern.search(folded))
    unit = _UNIT.search(folded)
    return Question(
        text=text,
        kind=kind,
        terms=tuple(term for term in _without(asked, named) if term not in _ASKING),
        wordings=tuple(other_wordings(text)),
        unit=_unit_terms(unit[1]) if unit else (),
        percent=bool(_PERCENT.search(folded)),
        years=tuple(dict.fromkeys(_YEAR.findall(text))),
        reports=reports,
        unknown_place=_unknown_place(text, places),
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


def _without(asked: list[str], named: list[tuple[str, ...]]) -> list[str]:
    """Leave the places out: they choose the report and say nothing within it."""
    kept, n = [], 0
    while n < len(asked):
        width = next((len(w) for w in named if tuple(asked[n : n + len(w)]) == w), 0)
        if width:
            n += width
        else:
            kept.append(asked[n])
            n += 1
    return kept


def _unit_terms(words: str) -> tuple[str, ...]:
    unit: list[str] = []
    for term in terms(words):
        if term in _UNIT_STOP:
            break
        unit.append(term)
    return tuple(unit[:3])


def _unknown_place(text: str, places: Mapping[str, str]) -> str:
    known = {fold(district) for district in places.values() if district}
    for name in _NAMED_DISTRICT.findall(text):
        folded = fold(name)
        if not any(folded.startswith(place) or place.startswith(folded) for place in known):
            return str(name)
    return ""
