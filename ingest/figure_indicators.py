"""Name what a figure of prose measures, from the words before and behind it."""

import re

from ingest.figure_clauses import MEASURES, Said
from ingest.indicators import (
    clean_head,
    head_of,
    is_generic,
    is_named,
    measured_noun,
    opening_of,
    says_value,
    subject_of,
    tail_of,
)
from vietnamese import CAPITALS

PLACE = re.compile(
    rf"\b(?:(?<!thị )[Xx]ã|thị trấn|phường|bản|thôn|xóm|tiểu khu)\s+[{CAPITALS}][^\W\d_]*(?:\s+[{CAPITALS}][^\W\d_]*){{0,2}}"
)
_OF_LAST = re.compile(r"(?:^|[\s,])(?:với|và|qua|có)\s+")
_TOTALS = frozenset({"tổng", "tổng số", "số", "số lượng", "toàn huyện"})
_AVERAGE = re.compile(r"(?:trung bình|bình quân)(?:\s+(?:hằng|hàng|mỗi)\s+năm)?", re.IGNORECASE)
_ON_AVERAGE = re.compile(r"\b(?:trung bình|bình quân)\b", re.IGNORECASE)
_BOUNDARY = re.compile(r"[;:.]\s")
_HAVING = re.compile(r"\b(?:có|được|đạt|gồm|là)$", re.IGNORECASE)
_OF_WHOM = re.compile(rf"\bcủa\s+[{CAPITALS}]")
_CLASSIFIER = re.compile(r"(?:khu vực|ngành|nhóm|lĩnh vực|thành phần|loại)\s", re.IGNORECASE)
_SHORT_OPENING = 5  # words
_LONGEST_OPENING = 12  # words, where nothing else says what is counted
_SHORT_TAIL = 2  # words


def name_indicator(said: Said, previous: str, previous_noun: str = "") -> str:
    """Word what a figure measures.

    Args:
        said: The figure.
        previous: The indicator before it in the sentence: what "đạt" alone is said of.
        previous_noun: What the figure before it counts: of "cấp Tiểu học 200 lớp, 5387 học sinh"
            the second belongs to more than its noun, of "39 doanh nghiệp, 28 hộ" it does not.
    """
    words = head_of(said.head, follows=said.follows)
    head = clean_head(words)
    if _goes_on(said) and not is_named(head) and (of_last := _OF_LAST.search(words)):
        head = clean_head(words[of_last.end() :])
        if is_named(head) and previous:
            return f"{head} ({previous})"
    if named := _from_previous(said, words, head, previous):
        return named
    behind = _behind(said)
    if head.lower() in _TOTALS and behind:
        return f"{head} {behind}"
    if named := _by_noun_of_value(said, head, previous):
        return named
    if head and (_leads_up(said, head) or not behind) and not (PLACE.fullmatch(head) and behind):
        scoped = not is_named(head) or _OF_WHOM.search(said.list_of)
        if said.list_of and scoped and said.list_of.lower() != head.lower():
            return f"{said.list_of}: {head}"
        return _with_parallel(head, previous)
    if behind:
        named = _with_opening(said, words, head, behind)
        shares = said.follows and ";" not in said.head and "/" not in said.noun
        of = previous.partition(" (")[0]
        return f"{named} ({of})" if named == said.noun and shares and of != previous_noun else named
    return clean_head(head_of(said.lead)) or previous


def counts_things(said: Said) -> bool:
    """Say whether a figure counts, and does not measure."""
    unit = said.quantity.unit.split("/")[0]
    return bool(unit) and unit not in MEASURES and unit != "hạng"


def _goes_on(said: Said) -> bool:
    """Say whether the words before a figure begin with what the last figure counts."""
    return said.follows and not _BOUNDARY.search(said.head)


def _from_previous(said: Said, words: str, head: str, previous: str) -> str:
    """Name a share or an average of what stands before: "bình quân 600 lao động/năm"."""
    if not previous:
        return ""
    if _AVERAGE.fullmatch(head):
        return f"{previous} {head.lower()}"
    if _goes_on(said) and head and not _behind(said) and previous.lower().endswith(head.lower()):
        return previous  # "11 chỉ tiêu thành phần đạt từ 50% trở lên"
    average = _ON_AVERAGE.search(words)
    return (
        f"{previous} {average[0].lower()}"
        if average and not head and not tail_of(said.tail)
        else ""
    )


def _behind(said: Said) -> str:
    tail = tail_of(said.tail)
    if not counts_things(said):
        # "ủng hộ 45 tỷ đồng thực hiện đầu tư": money is for what follows it, not of it.
        is_money = said.quantity.unit.startswith(("đồng", "USD"))
        return "" if is_money and clean_head(head_of(said.head, follows=said.follows)) else tail
    if tail.lower().startswith(f"số {said.noun.lower()}"):
        return tail
    return f"{said.noun}{'' if tail.startswith(',') else ' '}{tail}".strip()


def _by_noun_of_value(said: Said, head: str, previous: str) -> str:
    """Complete "diện tích", "kinh phí", "quy mô" by what they are of."""
    tail = tail_of(said.tail)
    if tail and not counts_things(said) and (noun := measured_noun(head)):
        return f"{noun} {tail}"
    if not is_generic(head):
        return ""
    of = previous if said.follows and ";" not in said.head else subject_of(said.head)
    of = of.partition(" (")[2].rstrip(")") or of
    return f"{head} ({of})" if of else head


def _leads_up(said: Said, head: str) -> bool:
    """Say whether the words before a figure name it: "độ che phủ rừng đạt"."""
    counted = counts_things(said)
    if counted and said.head.rstrip().endswith(":") and tail_of(said.tail):
        return False  # "Thành lập: 01 Đảng bộ Trung tâm Y tế"
    return says_value(said.head, counted=counted) or is_named(head)


def _with_opening(said: Said, words: str, head: str, behind: str) -> str:
    """Put the verb before a count: "thành lập chi bộ quân sự xã"."""
    tail = tail_of(said.tail)
    counted = counts_things(said)
    opening = "" if _goes_on(said) and "," not in said.head else opening_of(words)
    words_of_opening = len(opening.split())
    short = words_of_opening <= _SHORT_OPENING
    fits = (counted and (short or (not tail and words_of_opening <= _LONGEST_OPENING))) or (
        short and len(tail.split()) <= _SHORT_TAIL
    )
    if head and opening and fits:
        if not (having := _HAVING.search(opening)):
            return f"{opening} {behind}"
        if not tail:  # "hợp tác xã thành lập mới được 83 HTX", "Đảng bộ huyện có 33 chi bộ"
            return f"{behind} ({head})" if having[0].lower() == "có" else head
    if counted and not tail and not head and (lead := clean_head(head_of(said.lead))):
        return f"{behind} ({lead})"
    return behind


def _with_parallel(head: str, previous: str) -> str:
    """Put back what is left out: "giá trị sản xuất khu vực nông …; khu vực công nghiệp …"."""
    if not _CLASSIFIER.match(head):
        return head
    first = " ".join(head.lower().split()[:2])
    at = previous.lower().find(first)
    if at > 3 and previous[at - 1] == " " and len(first.split()) == 2:
        return previous[:at] + head
    return head
