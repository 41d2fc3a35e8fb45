"""Put the thing meant in the place of "văn bản đó", "ông ấy", "ở đó", "nó"."""

import re
from collections.abc import Sequence

from records import Span
from retrieval.question_phrases import counted
from retrieval.question_slots import Slots, content_terms, fold_pointing
from vietnamese import CAPITALS, fold, terms

_KINDS = (
    "Nghị quyết|Quyết định|Chỉ thị|Kế hoạch|Thông tư|Nghị định|Kết luận|Đề án|Chương trình hành động"
    "|Chương trình|Thông báo|Quy định|Hướng dẫn|Công văn|Luật"
)
# "Quyết định số 1077/QĐ-BVHTTDL", "Chỉ thị 05-CT/TW", "Đề án 06".
_DOCUMENT = re.compile(rf"\b(?:{_KINDS})\s+(?:số\s+)?\d+(?:[-/][\w/-]+)?", re.IGNORECASE)
_DOCUMENT_HEAD = re.compile(rf"^(?:van ban|tai lieu|{fold(_KINDS)})$")
_PERSON = re.compile(
    rf"\b(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Aa]nh|[Cc]hị)\s+[{CAPITALS}][^\W\d_]*(?:\s+[{CAPITALS}][^\W\d_]*)+"
)
# Folded; "đó", "này", "ấy", "đấy", "nói trên" after a noun.
_POINTS = r"(?:do|(?<!den )(?<!toi )(?<!hien )(?<!nam )(?<!ngay )nay|ay|day|kia|noi tren|tren day|vua roi)"
_NAMED_AGAIN = re.compile(rf"\b((?:\w+\s){{0,3}}?\w+)\s+{_POINTS}\b(?!\s+(?:den|la)\b)")
# "Ông giữ chức vụ gì?": a title without a name.
_TITLE_ALONE = re.compile(rf"^(?i:ông|bà|đồng chí|vị)\s+(?![{CAPITALS}])")
_PERSON_HEAD = re.compile(r"(?:^|\s)(?:ong|ba|dong chi|nguoi|anh|chi|vi)$")
_HERE = re.compile(
    rf"\b(?:o|tai|ben|noi)\s+(?:do|day|ay|do)\b|\b(?:(?:o|tai|cua|ben)\s+)?(?:huyen|dia phuong|noi|thi xa|dia ban)\s+{_POINTS}\b"
)
# "huyện" alone is the district spoken of; not in "huyện ủy", "cấp huyện", "các huyện", "huyện nào".
_DISTRICT = re.compile(
    r"(?<!cap )(?<!cac )(?<!moi )(?<!may )(?<!nhung )(?<!nhieu )(?<!hai )(?<!ba )(?<!so )(?<!duong )"
    r"(?<!toan the )\b(?:(toan)\s+)?(?:huyen|thi xa)\b(?!\s+(?:uy|nao|khac|con lai|ta|doi|nay|do|ay|thi|lan can))"
)
_IT = re.compile(r"\b(?:cua\s+)?no\b|\bcua chung\b")
_NEW_THING = re.compile(
    r"\b(?:ban hanh|ky|co hieu luc|thong qua|ra doi)\b|\b(?:noi dung|ve viec|ve van de) gi\b|\bve gi\b"
)
_NOT_A_HEAD = frozenset("trong so o tai cai truoc sau khi luc nhu bao cao nam dot the con".split())


def point_here(slots: Slots, place: str) -> str:
    """Write "ở đó" and a bare "huyện" as the district meant; give the text unchanged if it has none.

    Args:
        slots: The question; one that names a district itself is left as it is.
        place: "huyện Mai Sơn".
    """
    if not place or slots.places:
        return slots.text
    text = slots.text
    here = _HERE.search(fold_pointing(slots.text))
    if here:
        own = re.match(r"cua\b", here[0])
        words = f"{'của' if own else 'ở'} {place}"
        if here.start() == 0:
            rest = text[here.end() :].strip(" ,")
            return f"Ở {place} {rest[:1].lower() + rest[1:]}"
        return f"{text[: here.start()]}{words}{text[here.end() :]}"
    bare = _DISTRICT.search(slots.folded)
    if bare and _marked_district(text, bare):
        whole = text[bare.start() : bare.end()]
        named = re.sub(r"^(?:huyện|thị xã) ", "", place)
        named = f"{whole.lower()} {named}"
        named = named[:1].upper() + named[1:] if whole[0].isupper() else named
        return f"{text[: bare.start()]}{named}{text[bare.end() :]}"
    return text


def name_again(slots: Slots, before: Slots, said: Sequence[str]) -> str:
    """Write what "đó", "ấy", "nó" points at; give the text unchanged if nothing fits.

    Args:
        slots: The question.
        before: The question before it.
        said: Words to find the thing in besides: the last answer, then its passages.
    """
    text, folded = slots.text, fold_pointing(slots.text)
    alone = _TITLE_ALONE.match(text)
    if alone and not _NAMED_AGAIN.match(folded):
        person = _person(before, said)
        return f"{person} {text[alone.end() :]}" if person else text
    for match in _NAMED_AGAIN.finditer(folded):
        heads = match[1].split()
        for n in range(len(heads)):
            head = " ".join(heads[n:])
            start = match.end(1) - len(head)
            if heads[n] in _NOT_A_HEAD:
                continue
            thing = _thing(head, before, said)
            if thing:
                return _put(text, Span(start, match.end()), thing)
    it = _IT.search(folded)
    subject = _subject(before)
    if it and subject:
        words = f"của {subject}" if it[0].startswith("cua") else subject
        return _put(text, Span(*it.span()), words)
    return text


def document_meant(slots: Slots, before: Slots, said: Sequence[str]) -> str:
    """Give the document that an elliptical question is about: "Ký ngày bao nhiêu?"; else empty."""
    if not _NEW_THING.search(slots.folded) or _DOCUMENT.search(slots.text):
        return ""
    if not re.search(rf"\b(?:{fold(_KINDS)}|van ban)\b", before.folded):
        return ""
    return _document("", before, said)


def _thing(head: str, before: Slots, said: Sequence[str]) -> str:
    if _DOCUMENT_HEAD.match(head):
        return _document("" if head in ("van ban", "tai lieu") else head, before, said)
    if _PERSON_HEAD.search(head):
        return _person(before, said)
    return _noun_phrase(head, before, said)


def _person(before: Slots, said: Sequence[str]) -> str:
    texts = (before.text, *said)
    return next((found[0] for text in texts if (found := _PERSON.search(text))), "")


def _document(head: str, before: Slots, said: Sequence[str]) -> str:
    """Find a document: in the question before, else the one nearest to its words in the answer."""
    for text in (before.text, *said):
        found = [m for m in _DOCUMENT.finditer(text) if not head or fold(m[0]).startswith(head)]
        if found:
            wanted = set(content_terms(before))
            # What a document is about follows its number.
            best = max(found, key=lambda m: len(wanted & set(terms(text[m.end() : m.end() + 120]))))
            return best[0]
    return ""


def _noun_phrase(head: str, before: Slots, said: Sequence[str]) -> str:
    at = re.search(rf"\b{re.escape(head)}\b", before.folded)
    if at:
        rest = before.text[at.start() :]
        inside = [s for s in (*before.asks, *before.periods) if s.start > at.start()]
        end = min((s.start for s in inside), default=len(before.text)) - at.start()
        stop = re.search(r"\s(?:có|là|đạt|được|đang|đã|hiến|còn|ở|do)\s", f"{rest[:end]} ")
        phrase = rest[: stop.start() if stop else end].strip(" ,")
        if len(phrase) > len(head):
            return phrase
    named = re.compile(rf"\b{re.escape(head)}\s+(?=[{CAPITALS}])", re.IGNORECASE)
    for text in said:
        match = named.search(fold(text))
        if match:
            name = re.match(rf"(?:[{CAPITALS}][\w.]*\s*)+", text[match.end() :])
            if name:
                return (text[match.start() : match.end()] + name[0]).strip()
    return ""


def _subject(before: Slots) -> str:
    """Give whom or what a question is about: what stands before its verb."""
    count = counted(before)
    end = before.asks[0].start if before.asks else len(before.text)
    if count:
        end = min(end, count.start)
    stop = re.search(
        r"\s(?:có|là|đạt|được|nằm|thuộc|rộng|dài|công suất|quy mô|diện tích|vốn)\s",
        f"{before.text[:end]} ",
    )
    subject = before.text[: stop.start() if stop else end].strip(" ,")
    return (
        subject[:1].lower() + subject[1:]
        if subject
        and subject.split()[0].istitle()
        and len(subject.split()) > 1
        and subject.split()[1].islower()
        else subject
    )


def _marked_district(text: str, match: re.Match[str]) -> bool:
    return text[match.start() : match.end()].lower().endswith(("huyện", "huyen", "thị xã"))


def _put(text: str, span: Span, words: str) -> str:
    if span.start == 0:
        words = words[:1].upper() + words[1:]
    return f"{text[: span.start]}{words}{text[span.end :]}"
