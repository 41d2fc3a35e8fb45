"""Find other wordings of a question's words: abbreviations both ways, everyday for official."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from pathlib import Path

from retrieval.said_facts import find_grades, roman
from vietnamese import has_diacritics, terms

_FOLDER = Path(__file__).parent
# A folded abbreviation without a vowel ("htx") is no Vietnamese syllable; one with ("tu", "da")
# is only taken for an abbreviation where the question sets it in capitals.
_VOWEL = re.compile(r"[aeiou]")
_Words = tuple[str, ...]
_LONGEST_PHRASE = 9  # terms: "quyền sử dụng đất và tài sản gắn liền"
_LONG_ABBREVIATION = 4  # letters, from which one with a vowel is no syllable either: "ocop"


@dataclass(frozen=True, slots=True)
class Wording:
    """Another way to say some terms of a question."""

    said: tuple[str, ...]  # folded terms of the question
    other: tuple[str, ...]  # folded terms that reports may use instead


def other_wordings(question: str) -> list[Wording]:
    """Give the other wordings of abbreviations, long forms and everyday words in a question.

    Everyday words are turned into the official ones that reports use, not back. In a question
    typed with diacritics they are compared with theirs, since "phạt" is not "phát".
    """
    asked = _phrases(terms(question))
    capitals = {
        tuple(terms(word)) for word in re.findall(r"[^\W_][\w-]*", question) if word.isupper()
    }
    found = []
    for short, long, distinct in _abbreviations():
        if short in asked and (distinct or short in capitals):
            found.append(Wording(short, long))
        elif long in asked and (distinct or len("".join(short)) >= _LONG_ABBREVIATION):
            found.append(Wording(long, short))
    for grade in find_grades(question):  # "khóa 23" and "khóa XXIII"
        forms = ((str(grade.number),), (roman(grade.number).lower(),))
        found += [Wording(one, other) for one, other in permutations(forms) if one in asked]
    marked = has_diacritics(question)
    words = _phrases(re.findall(r"\w+", question.lower()))
    for everyday, said, official in _synonyms():
        if everyday in words if marked else len(said) > 1 and said in asked:
            found.append(Wording(said, official))
    return found


@cache
def short_forms() -> frozenset[str]:
    """Give the folded syllables of the abbreviations that are known: "htx", "ocop"."""
    return frozenset(term for short, _ in _listed_abbreviations() for term in terms(short))


def other_forms(phrase: str) -> tuple[str, ...]:
    """Give the long form of an abbreviation or the short ones of a phrase: "HTX", "hợp tác xã"."""
    by_short, by_long = _other_forms()
    long = by_short.get(phrase)
    return (long,) if long else by_long.get(tuple(terms(phrase)), ())


def _phrases(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Give all runs of words, up to the longest that is listed."""
    return frozenset(
        tuple(words[start : start + width])
        for width in range(1, _LONGEST_PHRASE + 1)
        for start in range(len(words) - width + 1)
    )


@cache
def _listed_abbreviations() -> tuple[tuple[str, str], ...]:
    """Each short form and its long form, as written."""
    listed: dict[str, str] = json.loads((_FOLDER / "abbreviations.json").read_text("utf-8"))
    return tuple(listed.items())


@cache
def _other_forms() -> tuple[dict[str, str], dict[_Words, tuple[str, ...]]]:
    by_long: dict[_Words, tuple[str, ...]] = {}
    for short, long in _listed_abbreviations():
        words = tuple(terms(long))
        by_long[words] = (*by_long.get(words, ()), short)
    return dict(_listed_abbreviations()), by_long


@cache
def _abbreviations() -> tuple[tuple[_Words, _Words, bool], ...]:
    """Each short form, its long form, and whether the short one is no syllable when folded."""
    return tuple(
        (tuple(terms(short)), tuple(terms(long)), not _VOWEL.search("".join(terms(short))))
        for short, long in _listed_abbreviations()
    )


@cache
def _synonyms() -> tuple[tuple[_Words, _Words, _Words], ...]:
    """Each everyday wording as written and folded, and the official one folded."""
    listed = json.loads((_FOLDER / "synonyms.json").read_text("utf-8"))
    return tuple(
        (tuple(everyday.lower().split()), tuple(terms(everyday)), tuple(terms(official)))
        for everyday, official in listed
    )
