"""Bring Vietnamese text to one form, and cut it into the terms that are searched."""

import re
import unicodedata

# Characters that show nothing: zero-width signs, soft hyphens, directional marks, byte order mark.
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")  # tab, line and page breaks are kept
_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINE_ENDS = re.compile(r"\r\n|\r|\x0b|\x0c|\u2028|\u2029")
# A number with its separators ("1.373,7"), without a unit written close to it, or a word.
_TERM = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d]\w*")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "          ")


def normalise(text: str) -> str:
    """Give text in the form that is stored: NFC, one kind of space, "\\n" line ends.

    Tabs stay, since they part the cells of a table. Signs that show nothing are removed.
    """
    text = unicodedata.normalize("NFC", text)
    text = _LINE_ENDS.sub("\n", text)
    text = _INVISIBLE.sub("", text)
    text = _CONTROL.sub("", text)
    return _SPACES.sub(" ", text)


def fold(text: str) -> str:
    """Give text in lower case without diacritics: "Độ che phủ" becomes "do che phu"."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare.replace("đ", "d")


def has_diacritics(text: str) -> bool:
    """Say whether any letter of the text carries a Vietnamese mark."""
    return fold(text) != text.lower()


def terms(text: str) -> list[str]:
    """Cut text into folded syllables and numbers, in order.

    A number becomes one term in one form: "1.373,70" and "1373.7" are both "1373,7";
    leading zeros go ("02 xã" is found by "2 xã").
    """
    found = _TERM.findall(fold(normalise(text).translate(_SUPERSCRIPTS)))
    return [_number(term) if term[0].isdigit() else term for term in found]


def pairs(syllables: list[str]) -> list[str]:
    """Give each two neighbouring terms as one: most Vietnamese words have two syllables."""
    return [f"{a}_{b}" for a, b in zip(syllables, syllables[1:], strict=False)]


def _number(term: str) -> str:
    if _THOUSANDS.fullmatch(term):
        term = term.replace(".", "")
    elif term.count(".") + term.count(",") == 1:
        term = term.replace(".", ",")
    if "," in term and "." not in term:
        term = term.rstrip("0").rstrip(",")
    return term.lstrip("0") or "0"
