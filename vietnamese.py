"""Bring Vietnamese text to one form, and cut it into the terms that are searched."""

import itertools
import re
import unicodedata
from dataclasses import dataclass

# For character classes of regular expressions: a range like À-Ỹ holds small letters too.
CAPITALS = "A-ZĐ" + unicodedata.normalize(
    "NFC",
    "".join(
        vowel + tone for vowel in "AĂÂEÊIOÔƠUƯY" for tone in ("", *"\u0300\u0301\u0303\u0309\u0323")
    ),
)

# Characters that show nothing: zero-width signs, soft hyphens, directional marks, byte order mark.
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")  # tab, line and page breaks are kept
_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINE_ENDS = re.compile(r"\r\n|\r|\x0b|\x0c|\u2028|\u2029")
# A number with its separators ("1.373,7"), without a unit written close to it, or a word.
_TERM = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d]\w*")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
# "bác sỹ" and "bác sĩ", "tỷ" and "tỉ" are spellings of one word; "ay", "uy", "oy" are not touched.
_FINAL_Y = re.compile(r"(?<=[bcdghklmnpqrstvx])y$")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "          ")


def normalise(text: str) -> str:
    r"""Give text in the form that is stored: NFC, one kind of space, "\n" line ends.

    Tabs stay, since they part the cells of a table. Signs that show nothing are removed.
    """
    text = unicodedata.normalize("NFC", text)
    text = _LINE_ENDS.sub("\n", text)
    text = _INVISIBLE.sub("", text)
    text = _CONTROL.sub("", text)
    return _SPACES.sub(" ", text)


class _BareLetters(dict[int, str]):
    """For `str.translate`: each letter's small form without marks, worked out once."""

    def __missing__(self, code: int) -> str:
        bare = unicodedata.normalize("NFD", chr(code).lower())[0].replace("đ", "d")
        self[code] = bare
        return bare


_BARE = _BareLetters()


@dataclass(frozen=True, slots=True)
class Term:
    """A folded term and where it stands: `text[start:end]` of the text it was cut from."""

    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """Give text in lower case without diacritics, character by character: "Độ" becomes "do".

    A text in NFC keeps its length, so offsets into it hold in the folded one too.
    """
    return unicodedata.normalize("NFC", text).translate(_BARE)


def has_diacritics(text: str) -> bool:
    """Say whether any letter of the text carries a Vietnamese mark."""
    return fold(text) != unicodedata.normalize("NFC", text).lower()


def cut_terms(text: str) -> list[Term]:
    """Cut text in stored form (NFC) into folded syllables and numbers, in order.

    A number becomes one term in one form: "1.373,70" and "1373.7" are both "1373,7";
    leading zeros go ("02 xã" is found by "2 xã"). "sỹ" is written "si" like "sĩ".
    """
    found = []
    for match in _TERM.finditer(fold(text.translate(_SUPERSCRIPTS))):
        word = match[0]
        term = _number(word) if word[0].isdigit() else _FINAL_Y.sub("i", word)
        found.append(Term(term, match.start(), match.end()))
    return found


def terms(text: str) -> list[str]:
    """Give the folded terms of any text, in order; see `cut_terms`."""
    return [term.text for term in cut_terms(normalise(text))]


def pairs(syllables: list[str]) -> list[str]:
    """Give each two neighbouring terms as one: most Vietnamese words have two syllables."""
    return [f"{a}_{b}" for a, b in itertools.pairwise(syllables)]


def _number(term: str) -> str:
    if _THOUSANDS.fullmatch(term):
        term = term.replace(".", "")
    elif term.count(".") + term.count(",") == 1:
        term = term.replace(".", ",")
    if "," in term and "." not in term:
        term = term.rstrip("0").rstrip(",")
    return term.lstrip("0") or "0"
