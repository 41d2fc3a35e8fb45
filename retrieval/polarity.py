"""Tell whether a clause says yes or no to a yes/no question."""

import re
from enum import StrEnum

from quantities import find_quantities
from vietnamese import fold, has_diacritics


class Polarity(StrEnum):
    """The first word of an answer to a yes/no question."""

    YES = "Có"
    NO = "Không"
    NOT_YET = "Chưa"


_END = r"(?:\s+(?:vay|nhi|a|the|roi))?\s*[?.!]*\s*$"
_ASKS_DONE = re.compile(rf"\bchua{_END}")
_FINAL = re.compile(rf"(?:\b(?:hay|co|phai|dung)\s+)*\b(?:khong|chua){_END}")
_NEGATION = re.compile(r"\b(?:chưa|không|chẳng)\s+(\w+)", re.IGNORECASE)
# "không" that denies nothing.
_NO_DENIAL = frozenset(
    ["ngừng", "chỉ", "những", "gian", "khí", "quân", "trung", "phận", "nhỏ", "ít", "thể"]
)
_FIRST = re.compile(r"\b(?:nhat|dung dau|dan dau|so 1|so mot)\b")
_TOP = re.compile(r"\b(?:top|nhom)\s+(\d+)\b")
_RANK = re.compile(r"\b(?:thu|hang|xep)\s+(?:thu\s+)?(\d+)\b(?!\s*(?:ty|trieu|ha|km|%))")
_ALL = re.compile(r"\b(?:tat ca|toan bo|het|deu|100\s*%|hoan toan|tron ven)\b")
# Without marks "moi" is "mới" as well as "mọi", "du" is "dự" and "đủ".
_ALL_MARKED = re.compile(r"\b(?:mọi|đủ)\b", re.IGNORECASE)
_PLAN = r"(?:chi tieu|muc tieu|nghi quyet|nqdh|nq|ke hoach|du toan)"
_ASKS_PLAN = re.compile(rf"\b(?P<verb>vuot|dat|hoan thanh)\b[^,;?]{{0,30}}\b{_PLAN}\b")
_MISSED_PLAN = re.compile(
    rf"\b(?:khong dat|chua dat|chua hoan thanh|khong hoan thanh)\s+(?:muc\s+|cac\s+|duoc\s+)?{_PLAN}\b"
)
_BEAT_PLAN = re.compile(rf"\bvuot\b[^,;]{{0,30}}(?:\b{_PLAN}\b|\d)")
_MET_PLAN = re.compile(rf"\bdat\s+(?:va vuot\s+)?(?:muc\s+|cac\s+)?{_PLAN}\b")
_SHARE_OF_PLAN = re.compile(
    rf"(\d+(?:[.,]\d+)?)\s*%\s*(?:so voi\s+|so\s+|cua\s+)?(?:muc\s+)?{_PLAN}\b"
)
_COMPARED_COLUMN = re.compile(r"\bso sanh[^;]*?:\s*(?:dat\s+)?(\d+(?:[.,]\d+)?)\s*%")
_LACK = re.compile(r"\b(?:thieu|chua du|khong du|con thieu)\b")
_WHOLE = 100  # per cent


def negative(question: str) -> Polarity:
    """Give the word that denies a question: "Chưa" to "đã … chưa"."""
    return Polarity.NOT_YET if _ASKS_DONE.search(fold(question)) else Polarity.NO


def asks_for_all(question: str) -> bool:
    """Say whether a question asks if all are: "đều", "hết", "tất cả"."""
    return bool(_ALL.search(fold(question)) or _ALL_MARKED.search(question))


def asks_of_plan(question: str) -> bool:
    """Say whether a question asks if a plan was met: "có vượt chỉ tiêu không"."""
    return bool(_ASKS_PLAN.search(fold(question)))


def judge(question: str, clause: str, around: str) -> Polarity:
    """Say what a clause answers to a yes/no question.

    Args:
        question: The question, with or without diacritics.
        clause: The clause that answers, with diacritics.
        around: The words around it, the clause included.
    """
    asked = fold(question)
    verdicts = [
        verdict
        for judged in (_by_plan, _by_rank, _by_share, _by_lack)
        for words in (clause, around)
        if (verdict := judged(question, words)) is not None
    ]
    plain = not _denies(around, _FINAL.sub("", asked))
    holds = verdicts[0] if verdicts else plain
    return Polarity.YES if holds else negative(question)


def _by_plan(question: str, said: str) -> bool | None:
    """Whether a plan was met or beaten, by what is said; None if plans are not the matter."""
    asked = _ASKS_PLAN.search(fold(question))
    if not asked:
        return None
    words = fold(said)
    if _MISSED_PLAN.search(words):
        return False
    share = _SHARE_OF_PLAN.search(words) or _COMPARED_COLUMN.search(words)
    if share:
        reached = float(share[1].replace(",", "."))
        return reached > _WHOLE if asked["verb"] == "vuot" else reached >= _WHOLE
    if _BEAT_PLAN.search(words):
        return True
    return True if asked["verb"] != "vuot" and _MET_PLAN.search(words) else None


def _by_rank(question: str, said: str) -> bool | None:
    """Whether the rank said is the one asked about; None if ranks are not the matter."""
    asked = fold(question)
    rank = _RANK.search(fold(said))
    if not rank:
        return None
    if top := _TOP.search(asked):
        return int(rank[1]) <= int(top[1])
    if _FIRST.search(asked):
        return int(rank[1]) == 1
    return None


def _by_share(question: str, said: str) -> bool | None:
    """Whether "all" holds by the share said; None if neither is the matter."""
    if not asks_for_all(question):
        return None
    figures = find_quantities(said)
    for figure in figures:
        if figure.unit == "%":
            return figure.value >= _WHOLE
    for figure in figures:
        if figure.whole is not None:
            return figure.value >= figure.whole
    return None


def _by_lack(question: str, said: str) -> bool | None:
    """Whether there is enough, where that is asked and a lack is said."""
    enough = re.search(r"\bđủ\b", question.lower()) or (
        not has_diacritics(question) and re.search(r"\bdu\b", question.lower())
    )
    return False if enough and _LACK.search(fold(said)) else None


def _denies(clause: str, asked: str) -> bool:
    """Whether a clause denies what was asked; a denial that the question holds too confirms it."""
    for match in _NEGATION.finditer(clause):
        if match[1].lower() not in _NO_DENIAL and fold(match[0]) not in asked:
            return True
    return False
