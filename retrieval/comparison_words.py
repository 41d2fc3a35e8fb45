"""Recognise the words that compare localities, and leave them out of a question.

All patterns match folded text in which each locality's name is written as a row of "@".
"""

import re
from enum import StrEnum

from records import Span
from retrieval.question import AnswerKind
from vietnamese import fold, has_diacritics


class Operation(StrEnum):
    """What a question wants done with what the localities' reports say."""

    EXTREME = "extreme"  # which has the most or the least
    RANK = "rank"
    COMPARE = "compare"  # each one's figure, and which is higher
    LIST = "list"  # each one's figure, or what each report says
    SUM = "sum"
    DIFFERENCE = "difference"
    RATIO = "ratio"
    AVERAGE = "average"
    HAVE = "have"  # which reports say so


_MORE = {
    "nhieu": "nhiều", "cao": "cao", "lon": "lớn", "dong": "đông", "rong": "rộng", "dai": "dài",
    "manh": "mạnh", "tot": "tốt", "nhanh": "nhanh", "day": "dày", "nang": "nặng", "giau": "giàu", "ngheo": "nghèo",
}  # fmt: skip
_LESS = {
    "it": "ít", "thap": "thấp", "nho": "nhỏ", "be": "bé", "kem": "kém", "hep": "hẹp", "ngan": "ngắn",
    "cham": "chậm", "thua": "thưa", "yeu": "yếu",
}  # fmt: skip
_ADJECTIVES = "|".join((*_MORE, *_LESS))
_DISTRICT = r"(?:huyen thi|huyen(?!\s+uy)|dia phuong|thi xa)"
_PLACE = rf"(?:{_DISTRICT}|huyen uy|noi|ben|cho|phia|don vi|dang bo(?:\s+huyen)?)"
_MANY = r"(?:bao nhieu|bao nheu|bao nhiu|may)"
_EVERY = rf"(?:(?:tat ca\s+)?(?:cac|nhung)|moi|tung|toan bo|(?:ca\s+)?(?:hai|ba|bon|nam|[2-9]))\s+{_DISTRICT}"
# The same letters, and no comparison: "công nghệ cao", "nâng cao", "hộ nghèo", "bao nhiêu".
_NO_ADJECTIVE = re.compile(
    r"\b(?:(?:cong nghe|nang|vung|chat luong|trinh do) cao|cao (?:dang|toc|su|cap|tuoi)|bao nhieu|nang luong|dong bao"
    r"|(?:ho|nguoi|can|giam|thoat|xa|ban) ngheo|duong dai|nho le)\b"
)
_ADJECTIVE = re.compile(rf"\b(?:{_ADJECTIVES})\b")
_DEGREE = re.compile(
    r"(?<!thong )(?<!hop )(?<!duy )(?<!chu )\bnhat\b(?!\s+la\b)|\bhon\b(?:\s+ca\b)?(?!\s*\d)"
)
_LEADS = re.compile(r"\b(?:dan dau|dung dau|(?:dung|xep)(?: thu)? nhat|quan quan)\b")
_TRAILS = re.compile(r"\b(?:doi so|cuoi bang|(?:dung|xep) cuoi|chot bang)\b")
_WHICH = re.compile(rf"\b{_PLACE}\s+nao\b")
_WHICH_DISTRICT = re.compile(rf"\b(?:{_DISTRICT}|dang bo(?:\s+huyen)?)\s+nao\b")
_EITHER = re.compile(r"@\s*,?\s*(?:hay|hoac)(?:\s+la)?\s+(?:\w+\s+){0,2}@")
_DIFFERENCE = re.compile(
    r"\bchenh(?:\s+(?:lech|lenh|nhau))*\b|\b(?:hon\s+)?kem nhau\b|\bhon kem\b|\bhon nhau\b|\bcach biet\b"
)
_MORE_BY = re.compile(
    rf"\b(?:hon|kem)\s+(?:so voi\s+)?(?:\w+\s+){{0,6}}@.*\b{_MANY}\b|\b(?:hon|kem)\s+{_MANY}\b"
)
_RATIO = re.compile(rf"\bgap\s+(?:@+\s+)?{_MANY}(?:\s+lan)?\b")
_RANK = re.compile(
    rf"\b(?:xep hang|xep thu tu|sap xep|sap thu tu|xep|thu tu)\s+(?:{_EVERY}|{_DISTRICT}|@)"
    r"|\b(?:xep hang|xep thu tu|sap xep|thu tu|bang xep hang)\b.*\btheo\b"
    r"|\btu (?:cao|nhieu|lon|thap|it|nho|be) (?:den|xuong|toi|len) (?:cao|nhieu|lon|thap|it|nho|be)\b"
)
_RISING = re.compile(r"\btu (?:thap|it|nho|be) (?:den|len|toi)\b|\btang dan\b")
_COMPARE = re.compile(r"\bso sanh\b|\bdoi chieu\b")
_EACH = re.compile(rf"\blan luot\b|\b(?:moi|tung)\s+{_PLACE}\b")
_EACH_DISTRICT = re.compile(rf"\b{_EVERY}\b|\btheo\s+(?:tung\s+)?{_DISTRICT}\b")
_SUM = re.compile(
    rf"\btong\b|\bcong (?:ca|lai|gop|chung|so)\b|@\s+cong(?: voi)?\s+(?:\w+\s+)?@|^\W*cong\s+(?!dong|nghe|an|nhan|tac|chuc|trinh)"
    rf"|\bgop\b|\btinh chung\b|\bca thay\b|\btat ca {_MANY}\b|\bca (?:hai|ba|bon|nam)\b|\bca {_PLACE}?\s*@"
)
_AVERAGE = re.compile(
    rf"\btrung binh cong\b|\btinh trung binh\b|\b(?:trung binh|binh quan)\s+(?:cua\s+)?(?:{_EVERY}|@)|^\W*(?:trung binh|binh quan)\b"
)
_AMONG_OTHERS = re.compile(
    rf"\b(?:cac|nhung)\s+{_DISTRICT}\s+(?:khac|con lai)\b|\btrong (?:so )?(?:cac|nhung)\s+{_DISTRICT}\b"
)
_ASKS_NUMBER = re.compile(rf"\b{_MANY}\b|\bso luong\b|\bt[yi] (?:le|trong)\b|%")
_JOINED = re.compile(r"@\s*(?:,|va|voi|cung|con|&|/|-|;)\s*(?:voi\s+)?(?:\w+\s+){0,2}@")
_SAYS_WHAT = re.compile(r"\b(?:nao|gi|ai|dau|vi sao|tai sao|the nao|ra sao|khi nao)\b")

# What is left out of the question that each locality's reports are asked.
_DROPPED = re.compile(
    "|".join(
        (
            rf"(?:o\s+|cua\s+|tai\s+)?(?:(?:giua|trong(?: so)?)\s+)?(?:cac|nhung)?\s*\b{_PLACE}\s+nao\b",
            rf"(?:\b(?:giua|trong(?: so)?|cua|o|tai)\s+)?\b{_EVERY}(?!\s+nao\b)(?:\s+deu)?\b",
            rf"\btheo\s+(?:tung\s+)?{_DISTRICT}\b",
            r"\b(?:moi|tung)\s+(?:noi|ben|don vi|dang bo)\b",
            rf"\b(?:hai|ba|bon|2|3|4)\s+dang bo\b|\b{_DISTRICT}\s+(?=@)",
            r"\bso sanh(?:\s+(?:giup|xem))?\b|\bdoi chieu\b|\blan luot\b|\bliet ke\b|\bgiua\s+(?=@)",
            r"\btong cong\b|\btong so\b(?=\s*\w*\s*@)|\bcong (?:ca|lai|gop|chung)\b|^\W*cong\b(?=\s+(?:so|@))",
            r"\bcong(?:\s+voi)?\s+(?=@)|(?<=@)\s+cong(?:\s+voi)?\b|\bgop(?:\s+(?:lai|chung|ca))?\b|\btinh chung\b|\bca thay\b",
            rf"\btat ca\s+(?={_MANY})|\bca (?:hai|ba|bon|nam)\b|\bca\s+(?=@)|(?<=@)\s+lan\s+(?=@)|\btong\b",
            rf"\b(?:{_ADJECTIVES})\s+(?:hon|kem)\s+(?=(?:so voi\s+)?@)|\bso voi\s+(?=@)",
            _DIFFERENCE.pattern,
            _RATIO.pattern,
            r"\b(?:bang )?xep hang\b(?=\s+(?:cac|nhung|huyen|@|theo))|\b(?:xep|sap) thu tu\b|\bsap xep\b|\btheo thu tu\b",
            r"\b(?:cua|o|tai|giua)\s+(?=(?:(?:hai|ba|cac|huyen|dang bo)\s+)*@)",
            r"\btu (?:cao|nhieu|lon|thap|it|nho|be) (?:den|xuong|toi|len) (?:cao|nhieu|lon|thap|it|nho|be)\b",
            r"\btrung binh cong\b|^\W*(?:tinh\s+)?(?:trung binh|binh quan)(?:\s+moi)?\b",
            r"\b(?:tinh )?den nay\b|\bhien (?:nay|tai)\b|\btinh (?:tren|theo|ra)\b|\bdiem\s+(?=phan tram)|\bthi sao\b|\bvoi nhau\b|^\W*xet(?:\s+ve)?\b|\bkhac\b\s*$",
            _LEADS.pattern,
            _TRAILS.pattern,
            _AMONG_OTHERS.pattern,
            r"\b(?:hay|hoac)(?:\s+la)?\s+(?=@)|(?:,|\b(?:va|voi|cung|con)\b|&)\s*(?=@)|@+",
        )
    )
)
# Adjectives that name what is measured themselves, and measures said in another way.
_IMPLIED = (
    (re.compile(r"\b(?:dong|nhieu|it|thua)\s+dan(?: cu)?(?:\s+(?:nhat|hon))?\b(?!\s+(?:toc|quan|cong|ca|so))"), "dân số"),
    (re.compile(r"(?<!ho )(?<!nguoi )\bngheo\s+(?:nhat|hon)\b"), "tỷ lệ hộ nghèo"),
    (re.compile(r"\bgiau\s+(?:nhat|hon)\b"), "thu nhập bình quân đầu người"),
    (re.compile(r"(?<=nao )rong\s+(?:nhat|hon)\b"), "diện tích tự nhiên"),
    (re.compile(r"\b(?:10\.000|10000|10 nghin|mot van|1 van)\s+dan\b"), "vạn dân"),
)  # fmt: skip


def recognise(
    masked: str, kind: AnswerKind, *, named: int, own_questions: bool
) -> Operation | None:
    """Say what is to be done with the localities' figures; None if nothing is compared.

    Args:
        masked: The question as the module says.
        kind: What sort of answer the question as a whole wants.
        named: How many localities it names.
        own_questions: It asks each locality named a question of its own.
    """
    which, degree = _WHICH.search(masked), bool(_compares(masked))
    if named == 1:
        ranks = (which and degree) or _AMONG_OTHERS.search(masked)
        return Operation.RANK if ranks and kind is not AnswerKind.YES_NO else None
    if named == 0:
        return _recognise_all(masked, degree=degree)
    if _RATIO.search(masked):
        return Operation.RATIO
    if degree and (which or _EITHER.search(masked)):
        return Operation.EXTREME
    if own_questions:
        return Operation.LIST
    for operation, pattern in (
        (Operation.DIFFERENCE, _DIFFERENCE),
        (Operation.DIFFERENCE, _MORE_BY),
        (Operation.RANK, _RANK),
        (Operation.COMPARE, _COMPARE),
        (Operation.AVERAGE, _AVERAGE),
        (Operation.LIST, _EACH),
        (Operation.SUM, _SUM),
    ):
        if pattern.search(masked):
            return operation
    if degree:
        return Operation.EXTREME
    if which and not _ASKS_NUMBER.search(masked):
        return Operation.HAVE
    return Operation.LIST if _JOINED.search(masked) else None


def _recognise_all(masked: str, *, degree: bool) -> Operation | None:
    """As `recognise`, where no locality is named: all of them are to be spoken of."""
    each, number = _EACH_DISTRICT.search(masked), _ASKS_NUMBER.search(masked)
    which = _WHICH_DISTRICT.search(masked)
    if degree and _WHICH.search(masked):
        return Operation.EXTREME
    if _RANK.search(masked) and (each or which):
        return Operation.RANK
    if which:
        return Operation.LIST if number else Operation.HAVE
    if not each:
        return None
    for operation, pattern in (
        (Operation.DIFFERENCE, _DIFFERENCE),
        (Operation.AVERAGE, _AVERAGE),
        (Operation.LIST, _EACH),
        (Operation.COMPARE, _COMPARE),
        (Operation.SUM, _SUM),
    ):
        if pattern.search(masked):
            return operation
    return Operation.LIST if number or masked.lstrip().startswith("liet ke") else None


def read_direction(text: str, masked: str) -> tuple[bool, str]:
    """Say whether the least wins, and with what adjective; "" if none is said."""
    if _TRAILS.search(masked):
        return True, ""
    found = next((adjective for _, adjective in _compares(masked, text) if adjective), "")
    return found in _LESS, {**_MORE, **_LESS}.get(found, "")


def ranks_from_least(masked: str) -> bool:
    """Say whether a ranking is to begin with the least."""
    return bool(_RISING.search(masked))


def wants_figures(masked: str, operation: Operation, kind: AnswerKind) -> bool:
    """Say whether each locality is asked for a figure rather than for words."""
    if operation is Operation.HAVE:
        return False
    if operation not in (Operation.LIST, Operation.COMPARE) or _ASKS_NUMBER.search(masked):
        return True
    return kind not in (AnswerKind.REASON, AnswerKind.TIME) and not _SAYS_WHAT.search(
        _DROPPED.sub(" ", masked)
    )


def rewrite_implied(text: str, masked: str) -> tuple[str, str]:
    """Put what is measured in place of words that imply it: "đông dân nhất" as "dân số nhất"."""
    marked = has_diacritics(text)
    for pattern, measure in _IMPLIED:
        said = measure if marked else fold(measure)
        while match := pattern.search(masked):
            text = text[: match.start()] + said + text[match.end() :]
            filler = "_" * len(said)  # so that it is not found again
            masked = masked[: match.start()] + filler + masked[match.end() :]
    return text, masked


def leave_out_comparison(text: str, masked: str) -> str:
    """Give a question without places and without the words that compare."""
    dropped = [Span(*match.span()) for match in _DROPPED.finditer(masked)]
    dropped += [span for span, _ in _compares(masked, text)]
    dropped += _adjectives_compared(masked, text)
    kept, at = [], 0
    for span in sorted(dropped):
        kept.append(text[at : max(at, span.start)])
        at = max(at, span.end)
    kept.append(text[at:])
    joined = re.sub(r"\s+([,;:?.!])", r"\1", " ".join(" ".join(kept).split()))
    tidy = re.sub(r"^[\s,;:.?!]+|[\s,;:?.!]+$", "", re.sub(r"[,;:]+(?=[,;:?])", "", joined))
    return re.sub(r"^(?:theo|về|ve)\s+", "", tidy, flags=re.IGNORECASE)


def _compares(masked: str, text: str = "") -> list[tuple[Span, str]]:
    """Give the words of degree that follow an adjective, or lead or trail, with that adjective."""
    found = [(Span(*match.span()), "") for match in _LEADS.finditer(masked)]
    found += [(Span(*match.span()), "") for match in _TRAILS.finditer(masked)]
    for match in _DEGREE.finditer(masked):
        if adjective := _adjective_before(masked, text, match.start()):
            found.append((Span(*match.span()), adjective[0]))
    return found


def _adjectives_compared(masked: str, text: str) -> list[Span]:
    found = (_adjective_before(masked, text, each.start()) for each in _DEGREE.finditer(masked))
    return [Span(*adjective.span()) for adjective in found if adjective]


def _adjective_before(masked: str, text: str, end: int) -> re.Match[str] | None:
    """Give the adjective that a word of degree belongs to: the nearest before it.

    Where the text has marks, one that is written with its own comes before others: "đại" is not "dài".
    """
    blocked = [match.span() for match in _NO_ADJECTIVE.finditer(masked)]
    found = [
        match
        for match in _ADJECTIVE.finditer(masked, 0, end)
        if not any(start <= match.start() < stop for start, stop in blocked)
    ]
    meant = {**_MORE, **_LESS}
    written = [each for each in found if text[each.start() : each.end()].lower() == meant[each[0]]]
    chosen = written or found
    return chosen[-1] if chosen else None
