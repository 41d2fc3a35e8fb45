"""Write a question as officials type it: without diacritics, abbreviated, with slips."""

import json
import random
import re
from functools import cache
from pathlib import Path

import retrieval
from vietnamese import fold

_ABBREVIATIONS = Path(retrieval.__file__).parent / "abbreviations.json"
_SYLLABLE = re.compile(r"[^\W\d_]{3,}")
_SLIPS = 2  # at most, in one question


def without_diacritics(question: str, rng: random.Random) -> str:
    """Take all marks off; most who type so do without capitals too."""
    bare = "".join(fold(c).upper() if c.isupper() else fold(c) for c in question)
    return bare.lower() if rng.random() < 0.7 else bare


def with_slips(question: str, rng: random.Random) -> str:
    """Mistype one or two syllables: a mark lost, letters swapped, one doubled or left out."""
    words = list(_SYLLABLE.finditer(question))
    for word in sorted(
        rng.sample(words, min(len(words), rng.randint(1, _SLIPS))), key=lambda w: -w.start()
    ):
        question = question[: word.start()] + _mistype(word[0], rng) + question[word.end() :]
    return question


def abbreviated(question: str, rng: random.Random) -> str:
    """Write the long forms that a question holds in short; the question itself if it holds none."""
    for long, short in _long_forms():
        found = re.search(rf"\b{re.escape(long)}\b", question, re.IGNORECASE)
        if found and rng.random() < 0.8:
            question = question[: found.start()] + short + question[found.end() :]
    return question


def _mistype(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    slip = rng.randrange(4)
    if slip == 0:
        return fold(word) if fold(word) != word.lower() else word + word[-1]
    if slip == 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if slip == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + word[at + 1 :]


@cache
def _long_forms() -> tuple[tuple[str, str], ...]:
    listed = json.loads(_ABBREVIATIONS.read_text("utf-8"))
    pairs = [(long, short) for short, long in listed.items() if " " in long]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
