"""Turn the English of a question into Vietnamese terms, and tell a question in other languages."""

import json
import re
import unicodedata
from collections.abc import Collection
from functools import cache
from pathlib import Path

from retrieval.wording import short_forms
from vietnamese import fold

_FOLDER = Path(__file__).parent
# Words of English that say nothing of their own; some are Vietnamese syllables too ("a", "do", "in").
_ENGLISH = frozenset(
    """the of is are was were does did has have had what there for with district province please tell
    me about show give many much rate its it on at from to and how an as do a in by year""".split()
)
# Any of these, and a question is English; none is a Vietnamese syllable, as "the" (thế) is.
_SURELY_ENGLISH = frozenset(
    """of is are was were does did has have what there with district province please tell about
    show give many much rate how which who why when number total percentage""".split()
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SYLLABLES = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_IN_YEAR = re.compile(
    r"\b(?:in|by|for|of)\s+(?:the\s+)?(?:year\s+)?(?=(?:19|20)\d\d\b)", re.IGNORECASE
)
_ASKS = re.compile(r"\b(?:bao nhieu|nao|ai|gi|vi sao|khi nao|liet ke|so sanh)\b")
# Foreign names may be most of a question that is Vietnamese: "Henri Frenay là ai?".
_ASKS_IN_VIETNAMESE = re.compile(
    r"\b(?:bao nhieu|la (?:ai|gi)|nao|vi sao|tai sao|o dau|gap ai|co phai|quan he gi)\b"
)
# What a folded Vietnamese syllable can be: an initial, vowels, a final.
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
_SHORT = frozenset("bn dc ko k hk sl tp tx ubnd".split())  # as typed in messages
_FOREIGN_SHARE = 0.4  # of a question's words that no syllable of Vietnamese can be
_FOREIGN_WORDS = 2


def translate_terms(question: str) -> str:
    """Write the English of a question in the Vietnamese terms of reports, word for word.

    "How many OCOP products does Mai Sơn have?" becomes "bao nhiêu sản phẩm OCOP Mai Sơn?". A question
    in Vietnamese is given back as it is, but for English terms within it ("forest cover rate").
    """
    words = [word.lower() for word in _WORD.findall(question)]
    english = sum(word in _SURELY_ENGLISH for word in words)
    found = _IN_YEAR.sub("năm ", question) if english else question
    for phrase, meant, pattern in _english_terms():
        # Within Vietnamese only terms of two words or more are surely English.
        if english or " " in phrase:
            found = pattern.sub(meant, found)
    if found == question and not english:
        return question
    if english:
        kept = [word for word in found.split() if word.strip("?!.,;:").lower() not in _ENGLISH]
        found = " ".join(kept)
        if not _ASKS.search(fold(found)):
            found = f"{found.rstrip(' ?.!')} là bao nhiêu?"
    return " ".join(found.split())


def is_foreign(question: str, names: Collection[str]) -> bool:
    """Say whether a question is in a language that is not understood.

    Args:
        question: The question, its English terms translated.
        names: Folded syllables of the places that are known.
    """
    letters = [sign for sign in question if sign.isalpha()]
    latin = sum(fold(sign).isascii() for sign in letters)
    if letters and latin < len(letters) / 2:
        return True
    if _ASKS_IN_VIETNAMESE.search(fold(question)):
        return False
    short = short_forms() | _SHORT
    words = [
        (term, written)
        for term, written in ((fold(word), word) for word in _SYLLABLES.findall(question))
        if term not in names and term not in short and not written.isupper()
    ]
    if any(sign in "ăâđêôơư" for _, written in words for sign in _base(written)):
        return False
    foreign = sum(not _SYLLABLE.fullmatch(term) for term, _ in words)
    return foreign >= _FOREIGN_WORDS and foreign >= _FOREIGN_SHARE * len(words)


def _base(word: str) -> str:
    """Give a word's letters without tones: "ượ" becomes "ươ"."""
    bare = "".join(s for s in unicodedata.normalize("NFD", word.lower()) if s not in _TONES)
    return unicodedata.normalize("NFC", bare)


@cache
def _english_terms() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Each English term, what it means and how it is found, the longest first."""
    listed: dict[str, str] = json.loads((_FOLDER / "english_terms.json").read_text("utf-8"))
    return tuple(
        (phrase, listed[phrase], re.compile(rf"\b{re.escape(phrase)}\b", re.IGNORECASE))
        for phrase in sorted(listed, key=len, reverse=True)
    )
