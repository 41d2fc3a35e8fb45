"""Tell whether a clause says yes or no to a yes/no question."""

import re
from enum import StrEnum

from vietnamese import fold


class Polarity(StrEnum):
    """The first word of an answer to a yes/no question."""

    YES = "Có"
    NO = "Không"
    NOT_YET = "Chưa"


_ASKS_DONE = re.compile(r"\bchua(?:\s+(?:vay|nhi|a|the))?\s*[?.!]*\s*$")
_FINAL = re.compile(r"(?:\b(?:hay|co)\s+)?\b(?:khong|chua)(?:\s+(?:vay|nhi|a|the))?\s*[?.!]*\s*$")
_NEGATION = re.compile(r"\b(?:chưa|không|chẳng)\s+(\w+)", re.IGNORECASE)
# "không" that denies nothing.
_NO_DENIAL = frozenset(
    ["ngừng", "chỉ", "những", "gian", "khí", "quân", "trung", "phận", "nhỏ", "ít", "thể"]
)
_FIRST = re.compile(r"\b(?:nhat|dung dau|dan dau|so 1|so mot)\b")
_TOP = re.compile(r"\b(?:top|nhom)\s+(\d+)\b")
_RANK = re.compile(r"\b(?:thu|hang|xep)\s+(?:thu\s+)?(\d+)\b(?!\s*(?:ty|trieu|ha|km|%))")
_ALL = re.compile(r"\b(?:tat ca|moi|toan bo|het|deu|du|100\s*%|hoan toan|tron ven)\b")
_SHARE = re.compile(r"(\d+(?:,\d+)?)\s*%")
_PART = re.compile(r"\b(\d+)/(\d+)\b")


def judge(question: str, clause: str, around: str) -> Polarity:
    """Say what a clause answers to a yes/no question.

    Args:
        question: The question, with or without diacritics.
        clause: The clause that answers, with diacritics.
        around: The words shown around it, the clause included.
    """
    asked, said = fold(question), (fold(clause), fold(around))
    no = Polarity.NOT_YET if _ASKS_DONE.search(asked) else Polarity.NO
    verdicts = [judged(asked, words) for judged in (_by_rank, _by_share) for words in said]
    plain = not _denies(around, _FINAL.sub("", asked))
    holds = next((verdict for verdict in verdicts if verdict is not None), plain)
    return Polarity.YES if holds else no


def _by_rank(asked: str, said: str) -> bool | None:
    """Whether the rank said is the one asked about; None if ranks are not the matter."""
    rank = _RANK.search(said)
    if not rank:
        return None
    if top := _TOP.search(asked):
        return int(rank[1]) <= int(top[1])
    if _FIRST.search(asked):
        return int(rank[1]) == 1
    return None


def _by_share(asked: str, said: str) -> bool | None:
    """Whether "all" holds by the share said; None if neither is the matter."""
    if not _ALL.search(asked):
        return None
    if share := _SHARE.search(said):
        return float(share[1].replace(",", ".")) >= 100
    if part := _PART.search(said):
        return int(part[1]) >= int(part[2])
    return None


def _denies(clause: str, asked: str) -> bool:
    """Whether a clause denies what was asked; a denial that the question holds too confirms it."""
    for match in _NEGATION.finditer(clause):
        if match[1].lower() not in _NO_DENIAL and fold(match[0]) not in asked:
            return True
    return False
