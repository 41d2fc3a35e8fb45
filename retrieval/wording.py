"""Find other wordings of a question's words: abbreviations both ways, everyday for official."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vietnamese import has_diacritics, terms

_FOLDER = Path(__file__).parent
# A folded abbreviation without a vowel ("htx") is no Vietnamese syllable; one with ("tu", "da")
# is only taken for an abbreviation where the question sets it in capitals.
_VOWEL = re.compile(r"[aeiou]")
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
    asked = terms(question)
    capitals = {
        tuple(terms(word)) for word in re.findall(r"[^\W_][\w-]*", question) if word.isupper()
    }
    found = []
    for short, long in _abbreviations():
        distinct = not _VOWEL.search("".join(short))
        if _holds(asked, short) and (short in capitals or distinct):
            found.append(Wording(short, long))
        elif _holds(asked, long) and (distinct or len("".join(short)) >= _LONG_ABBREVIATION):
            found.append(Wording(long, short))
    marked = has_diacritics(question)
    words = re.findall(r"\w+", question.lower())
    for everyday, official in _synonyms():
        said = tuple(terms(everyday))
        if marked:
            holds = _holds(words, tuple(everyday.lower().split()))
        else:
            holds = len(said) > 1 and _holds(asked, said)
        if holds:
            found.append(Wording(said, tuple(terms(official))))
    return found


@cache
def _abbreviations() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    listed = json.loads((_FOLDER / "abbreviations.json").read_text("utf-8"))
    return tuple((tuple(terms(short)), tuple(terms(long))) for short, long in listed.items())


@cache
def _synonyms() -> tuple[tuple[str, str], ...]:
    listed = json.loads((_FOLDER / "synonyms.json").read_text("utf-8"))
    return tuple((everyday, official) for everyday, official in listed)


def _holds(asked: Sequence[str], said: tuple[str, ...]) -> bool:
    width = len(said)
    return any(tuple(asked[n : n + width]) == said for n in range(len(asked) - width + 1))
