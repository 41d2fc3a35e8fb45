"""Hold a follow-up beside the turns before it, and what they tell of its words."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz.distance import OSA

from records import Answer, AnswerStatus, EarlierTurn
from retrieval.diacritics import restore_marks
from retrieval.parallels import is_measure
from retrieval.question_phrases import counted, district_of
from retrieval.question_slots import MANY, Slots, content_terms, find_slots
from vietnamese import cut_terms, fold, has_diacritics, terms

# Passages of the last answer that are looked into, the cited ones first.
_PASSAGES = 6
_SHORTEST = 3  # letters; in a shorter word a slip makes another word
_LEAD = re.compile(
    rf"^(?:(?:ừ|ok|à|vâng|rồi|và)[\s,]+)?(?:(?:thế|vậy|như vậy|như thế)(?:\s+(?:thì|là|còn))?[\s,]+(?!nào|giới))?"
    rf"(?:(?:còn|còn về|về)\s+(?!lại\b|{MANY}|bao nhiêu|mấy|thiếu\b|tồn\b|nợ\b))?",
    re.IGNORECASE,
)
_LEAD_BARE = re.compile(
    rf"^(?:(?:u|ok|a|vang|roi|va)[\s,]+)?(?:(?:the|vay|nhu vay|nhu the)(?:\s+(?:thi|la|con))?[\s,]+(?!nao|gioi|duc|thao))?"
    rf"(?:con\s+(?:ve\s+)?(?!lai\b|{MANY}|thieu\b|ton\b|no\b))?",
    re.IGNORECASE,
)
TAIL = re.compile(
    r"(?:[\s,]+(?:thi|la)\s+(?:sao|the nao|ra sao|nhu the nao)|\s+(?:the nao|ra sao|nhu the nao)|(?<!\d)\s+sao)"
    r"(?:\s+(?:nhi|a|ha|vay|roi))?$|\s+thi$"
)
_PARTICLE = re.compile(r"\s+(?:nhỉ|ạ|à|hả|vậy|thế|nhé|đấy|nhi|vay)$", re.IGNORECASE)
THEN_HOW_MANY = re.compile(
    rf"\s+(?P<then>thi|la)\s+(?:(?:co|la|duoc|dat|con)\s+)*{MANY}(?:\s+\S+){{0,2}}$"
)
# Folded nouns that count whatever was spoken of.
ANYTHING = frozenset(
    "nguoi em ca cai con don luot dong ha km phan tram tien diem tan bac lan".split()
)
# How questions speak of figures, for the marks of words that reports have in other senses.
_SAID_OF_FIGURES = (
    "mục tiêu, chỉ tiêu, phấn đấu, ước thực hiện, kết quả, kế hoạch, tăng, giảm, so với năm, trong đó, số đó, "
    "ở đó, riêng, còn, thế thì, thì sao, đạt, được, trồng mới, tỷ lệ, huyện, của, cho, bao nhiêu"
)


class Evidence(Protocol):
    """What is asked of the index where words alone do not tell."""

    def coverage(
        self, text: str, *, reports: Collection[str] = (), near: Collection[str] = ()
    ) -> float:
        """Give the share of a question that the best piece of some reports says, 0 to 1.

        Args:
            text: The question.
            reports: Names of the reports; all if empty.
            near: Ids of passages; if given, only they and their neighbours are looked at.
        """

    def texts_like(self, text: str) -> Sequence[str]:
        """Give the pieces of the reports that share most words with a text, marks aside."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question, the turns before it, and where they stood."""

    typed: str
    rest: str  # without the words that lead over to it, with its marks restored
    lead: str  # those words: "còn", "thế"
    turns: tuple[Slots, ...]  # the questions before as they were understood, oldest first
    said: tuple[str, ...]  # what the last answer stands on: itself, its quotes, its passages
    nearby: tuple[str, ...]  # ids of the passages that the last answer cited
    place: str  # the district spoken of: "huyện Mai Sơn"; empty if none is
    places: Mapping[str, str]  # district of each report
    evidence: Evidence

    @property
    def before(self) -> Slots:
        """The question before."""
        return self.turns[-1]

    def slots(self, text: str) -> Slots:
        """Find the parts of a wording."""
        return _find(text, self.places)

    def tells_of(self, slots: Slots) -> bool:
        """Say whether the question before speaks of all that another does, general nouns aside."""
        return self.is_told([term for term in content_terms(slots) if term not in ANYTHING])

    def is_told(self, content: Sequence[str]) -> bool:
        """Say whether the question before has all these terms, a slip in a word allowed."""
        told = {term.text for term in cut_terms(self.before.text)}
        return all(any(_alike(term, other) for other in told) for term in content)

    def is_said(self, phrase: str) -> bool:
        """Say whether a bare phrase is a measure, or stands in what the last answer stands on."""
        words = f" {' '.join(terms(phrase))} "
        return is_measure(phrase) or any(words in f" {' '.join(terms(t))} " for t in self.said)

    def completed(self, slots: Slots) -> str:
        """Complete what is counted as a question before did: "mấy trường đạt chuẩn quốc gia".

        Returns:
            The question; empty if none before counts more closely the same.
        """
        mine = counted(slots)
        for before in reversed(self.turns):
            full = counted(before)
            if mine is None or full is None:
                continue
            own, whole = terms(slots.words(mine)), terms(before.words(full))
            if 0 < len(own) < len(whole) and whole[: len(own)] == own:
                return f"{slots.text[: mine.start]}{before.words(full)}{slots.text[mine.end :]}"
        return ""

    def own_reports(self) -> list[str]:
        """List the reports of the district spoken of."""
        return [
            report
            for report, district in self.places.items()
            if district and self.place.endswith(district)
        ]

    def other_reports(self) -> list[str]:
        """List the other reports."""
        own = self.own_reports()
        return [report for report in self.places if report not in own]


def begin_follow_up(
    typed: str, earlier: Sequence[EarlierTurn], places: Mapping[str, str], evidence: Evidence
) -> FollowUp:
    """Lay a question beside the turns before it.

    Args:
        typed: In NFC, with single spaces.
        earlier: At least one turn, oldest first.
        places: District of each report.
        evidence: What the index tells.
    """
    last = earlier[-1].answer
    said = _said(last)
    turns = tuple(
        _find(_marked(turn.question, _said(turn.answer), places, evidence), places)
        for turn in earlier
    )
    lead = (_LEAD if has_diacritics(typed) else _LEAD_BARE).match(typed)
    rest = typed[lead.end() if lead else 0 :].rstrip(" ?!.…")
    rest = _marked(rest, [*(turn.text for turn in turns), *said], places, evidence)
    particle = _PARTICLE.search(rest)
    if particle and not TAIL.search(fold(rest)):
        rest = rest[: particle.start()]
    answered = last.status is AnswerStatus.ANSWERED
    return FollowUp(
        typed=typed,
        rest=rest,
        lead=lead[0].strip() if lead else "",
        turns=turns,
        said=said,
        nearby=tuple(dict.fromkeys(c.passage_id for c in last.citations)) if answered else (),
        place=_place(turns[-1], last, places),
        places=places,
        evidence=evidence,
    )


def without_tail(rest: str) -> tuple[str, bool]:
    """Leave out "thì sao" at the end of a question, and say whether it was there."""
    tail = TAIL.search(fold(rest))
    return (rest[: tail.start()], True) if tail else (rest, False)


def asks_number(slots: Slots) -> bool:
    """Say whether a question asks how many, or only names what it wants to know."""
    asks = [fold(slots.words(ask)) for ask in slots.asks]
    return not asks or any(re.search(rf"\b{MANY}\b", ask) for ask in asks)


def status_words(status: str) -> str:
    """Write a status as a noun: "đặt mục tiêu" becomes "mục tiêu"."""
    words = status.strip().lower()
    return re.sub(r"^(?:có|đặt|đề ra|đặt ra|theo)\s+(?=mục tiêu|chỉ tiêu|kế hoạch)", "", words)


def capitalise(text: str) -> str:
    """Begin a text with a capital, and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def _place(before: Slots, last: Answer, places: Mapping[str, str]) -> str:
    """Name the district spoken of: of the question before, else of the report that answered it."""
    if before.places:
        return district_of(before.places[0])
    cited = {places.get(citation.report, "") for citation in last.citations}
    if last.status is AnswerStatus.ANSWERED and len(cited) == 1 and (name := cited.pop()):
        return f"huyện {name}"
    return ""


def _said(answer: Answer) -> tuple[str, ...]:
    """Give the words that an answer stands on: itself, what it cites, what was found with it."""
    cited = {citation.passage_id for citation in answer.citations}
    hits = sorted(answer.hits, key=lambda hit: hit.passage.id not in cited)[:_PASSAGES]
    quotes = [citation.quote for citation in answer.citations]
    return (
        answer.text,
        *quotes,
        *(f"{hit.passage.label} {hit.passage.text} {hit.passage.context}" for hit in hits),
    )


def _marked(text: str, known: Sequence[str], places: Mapping[str, str], evidence: Evidence) -> str:
    """Give a text the marks that its words have elsewhere, and districts their own spelling."""
    if not has_diacritics(text):
        texts = [*known, *evidence.texts_like(text), *[_SAID_OF_FIGURES] * 3]
        text = restore_marks(text, [each for each in texts if has_diacritics(each)])
    for place in reversed(_find(text, places).places):
        name = f"{place.title} {place.name}".strip()
        text = f"{text[: place.span.start]}{name}{text[place.span.end :]}"
    return text


def _find(text: str, places: Mapping[str, str]) -> Slots:
    return find_slots(text, tuple(dict.fromkeys(filter(None, places.values()))))


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    slip = one[0] == other[0] and min(len(one), len(other)) > _SHORTEST
    return slip and OSA.distance(one, other, score_cutoff=1) <= 1
