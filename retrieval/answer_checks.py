"""Check that what would be answered holds the kind of thing asked for."""

import re
from collections.abc import Sequence
from itertools import pairwise

from quantities import Quantity, find_quantities
from records import PassageKind
from retrieval.answer_kinds import has_person
from retrieval.asked_figure import asked_units
from retrieval.candidates import Candidate
from retrieval.figure_units import MEASURES, units_agree
from retrieval.question import AnswerKind, Question
from vietnamese import fold, terms

# Confidence from which an answer stands though what it counts is named otherwise than asked:
# "cư dân" and "người", "máy bay" and "tàu bay" are one thing. Chosen on other texts.
_SURE = 0.8
# What answers stands in the clause that was found or beside it. Characters.
_BESIDE = 120
# Everyday names of measures, which reports write otherwise.
_EVERYDAY = (
    (re.compile(r"^\s*(?:cay so|ki lo met|kilomet)\b"), ("km",)),
    (re.compile(r"^\s*(?:hec ?-? ?ta|hecta|mau tay)\b"), ("ha",)),
    (re.compile(r"^\s*(?:\w+ )?(?:do la|do my|usd)\b|^\s*(?:nghin|trieu|ty) do\b"), ("USD",)),
    (re.compile(r"^\s*(?:dat|dien tich)\b"), ("ha", "km²", "m²")),
)
_EACH = re.compile(r"\s*(?:moi|mot|cho|tren)\b")  # "bao nhiêu mỗi mét vuông": no unit is said
_MANY = re.compile(r"\b(?:bao nhieu|may|bn)\b")
_HOW_LONG = re.compile(r"\b(?:bao nhieu|may|bn) (?:nam|thang|ngay|gio|tuan|quy|buoi)\b")
# "Điều mấy", "đợt thứ mấy", "loại mấy" ask for a number that counts nothing.
_ORDINAL = re.compile(
    r"\b(?:thu|dieu|khoan|muc|trang|dot|khoa|loai|nhom|hang|cap|lan|so|bac|do|chuong)"
    r" (?:may|bao nhieu)\b"
)
# "Bao nhiêu người" is answered by "06 cán bộ, công chức" too.
_ANYONE = frozenset("nguoi em dan chau dong cu nhan".split())  # first word, folded
_PEOPLE = re.compile(
    r"\d (?:nguoi|dan(?! toc)|cu dan|em|chau|dong chi|can bo|cong chuc|vien chuc|hoc sinh|hoc vien|sinh vien|giao vien"
    r"|bac s[iy]|y s[iy]|dang vien|doan vien|hoi vien|thanh vien|lao dong|nhan khau|doi tuong|phu nu"
    r"|chien s[iy]|cong nhan|nong dan|thanh nien|tre em|dai bieu|quan chung|nhan dan|truong hop)\b"
)
_POSTS = r"bi thu|chu tich|giam doc|truong|chanh|hieu truong|chi huy truong"
_BODIES = (
    ("huyen uy", "ban chap hanh"),
    ("ubnd", "uy ban"),
    ("hdnd", "hoi dong nhan dan"),
    ("mttq", "mat tran"),
    ("cong an",),
)
_POST = re.compile(rf"\b(pho )?({_POSTS})\b((?: \w+){{0,5}})")
_ASKS_NAME = re.compile(
    rf"\bai\b.{{0,20}}\b(?:la|lam|giu(?: chuc)?|dam nhiem)\b.{{0,20}}\b(?:{_POSTS})\b"
    rf"|\b(?:{_POSTS})\b.{{0,60}}\b(?:la ai|ten (?:la )?gi|ten ho la gi)\b"
)


def lacks_what_is_asked(question: Question, best: Candidate, confidence: float) -> bool:
    """Say whether a candidate cannot answer, however like the question its words are.

    Args:
        question: The question.
        best: The candidate that its words and meaning are nearest to.
        confidence: That it answers, by these alone; 0 to 1.
    """
    folded = fold(question.text)
    if _ASKS_NAME.search(folded):
        return not (has_person(best.sentence_text) and _names_post(folded, best.sentence_text))
    counts = question.kind is AnswerKind.NUMBER and not _ORDINAL.search(folded)
    return counts and _lacks_figure(question, _near(best), confidence)


def _names_post(question: str, said: str) -> bool:
    """Whether the post that a folded question asks about is named: not its deputy, nor another's."""
    asked = _POST.search(question)
    if asked is None:
        return True
    body = next((names for names in _BODIES if any(name in asked[3] for name in names)), ())
    return any(
        (found[1], found[2]) == (asked[1], asked[2])
        and (not body or any(name in found[3] for name in body))
        for found in _POST.finditer(fold(said))
    )


def _near(best: Candidate) -> str:
    """Give the words in which the answer must stand."""
    passage = best.passage
    if passage.kind is PassageKind.TABLE_ROW:
        return f"{passage.label} {best.column} {best.sentence_text}"
    start = max(best.sentence.start, best.span.start - _BESIDE)
    return passage.text[start : min(best.sentence.end, best.span.end + _BESIDE)]


def _lacks_figure(question: Question, said: str, confidence: float) -> bool:
    if _HOW_LONG.search(fold(question.text)):
        return not re.search(r"\d", said)
    figures = find_quantities(said)
    if not figures:
        return True
    # A unit that only the matter suggests ("rộng bao nhiêu") is not sure enough to go by.
    units = _units_behind(question) if question.unit and not question.percent else ()
    if not units or any(_agrees(f, u) for f in figures for u in units):
        return False
    if set(units) & MEASURES:
        return True
    if question.unit[0] in _ANYONE and _PEOPLE.search(fold(said)):
        return False
    # What is counted may have another name, but then something must be counted there.
    counting = [figure for figure in figures if figure.unit.partition("/")[0] not in MEASURES]
    if counting and _names_what_is_counted(question, counting, terms(said)):
        return False
    return not counting or confidence < _SURE


def _units_behind(question: Question) -> tuple[str, ...]:
    """Give the units that "bao nhiêu" stands before, or what it counts."""
    folded = fold(question.text)
    if many := _MANY.search(folded):
        behind = folded[many.end() :]
        everyday = next((units for words, units in _EVERYDAY if words.search(behind)), ())
        if everyday or _EACH.match(behind):
            return everyday
    return asked_units(question.text) or (" ".join(question.unit),)


def _agrees(figure: Quantity, unit: str) -> bool:
    return bool(figure.unit) and units_agree(unit, figure.unit)


def _names_what_is_counted(
    question: Question, counting: Sequence[Quantity], words: Sequence[str]
) -> bool:
    """Whether some words name what is counted, as the question does or in another wording."""
    counted = question.unit[:2]
    if len(counted) == 1 and counted[0] in words:
        return True
    if counted in set(pairwise(words)):
        return True
    if any(terms(figure.unit)[:1] and terms(figure.unit)[0] in counted for figure in counting):
        return True
    return any(
        set(wording.said) & set(counted) and set(wording.other) <= set(words)
        for wording in question.wordings
    )
