"""Say which letter each sign of a legacy Vietnamese encoding stands for.

The tables for TCVN3, VISCII and VPS are those of `viparse`, checked there on real documents. It
knows each sign only as Latin-1 shows it; files also show it as windows-1252 does, as a code page
of another country does (Word kept one with each font), as private characters of a symbol font, or
as a PDF names its glyph: those are added here. Its VNI table is built of what stood in a few
documents and misses ẳ, ỵ and capitals with a small mark; VNI is a rule, so it is written as one.
"""

import re
import unicodedata
from functools import cache

from viparse.normalize.encodings import CHARMAPS

TCVN3, VNI, VISCII, VPS = "TCVN3", "VNI", "VISCII", "VPS"
ENCODINGS = (TCVN3, VNI, VISCII, VPS)

_FONTS = (
    (TCVN3, re.compile(r"\.?Vn(?![IiUu]|-)[A-Z0-9]|ABC[ -]?|.*TCVN", re.ASCII)),
    (VNI, re.compile(r"S?VNI(?![a-z])", re.ASCII)),
    (VPS, re.compile(r"VPS\b", re.ASCII)),
    (VISCII, re.compile(r"VISCII|VI (?:Times|Arial|Courier)", re.ASCII)),
)
_SUBSET = re.compile(r"[A-Z]{6}\+")

# Code pages under which Windows kept the bytes of a font, the likelier first.
_CODE_PAGES = ("latin-1", "cp1252", "cp1258", "cp1254", "cp1250", "cp1257")
# Signs that PDF readers give for the glyph's name: "hyphen", "periodcentered", "macron", "mu".
_GLYPHS = {"\u2212": 0xAD, "\u2010": 0xAD, "\u2219": 0xB7, "\u22c5": 0xB7, "\u03bc": 0xB5}
_PRIVATE = 0xF000  # where Word puts the bytes of a symbol font

# After its vowel; also found astray, after a space or a mark of another kind.
VNI_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_HAT = {"â": "", "à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_ALONE = {
    "ñ": "đ",
    "ô": "ơ",
    "ö": "ư",
    "ì": "ì",
    "í": "í",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "î": "ỵ",
}


def encoding_of_font(font: str) -> str:
    """Name the encoding that a font's name stands for: ".VnTime" is TCVN3; "" if for none."""
    name = _SUBSET.sub("", font).lstrip("#@ ")
    return next((encoding for encoding, pattern in _FONTS if pattern.match(name)), "")


@cache
def letters_of(encoding: str) -> dict[str, str]:
    """Give each sign, or pair of signs, of an encoding as files show it, with its letter."""
    if encoding == VNI:
        return _vni()
    pairs = dict(CHARMAPS[encoding.lower()].pairs)
    if encoding != TCVN3:  # what these share with Latin-1 are letters too: "à", "ó"
        pairs |= {c: c for c in "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý" if c not in pairs}
    shown = dict(pairs)
    for page in _CODE_PAGES:
        for sign, letter in pairs.items():
            byte = ord(sign)
            shown.setdefault(chr(_PRIVATE + byte), letter)
            seen = bytes([byte]).decode(page, "ignore")
            if seen and (byte > 0x9F or page == "cp1252"):
                shown.setdefault(seen, letter)
    for glyph, byte in _GLYPHS.items():
        if chr(byte) in pairs:
            shown.setdefault(glyph, pairs[chr(byte)])
    return shown


def _vni() -> dict[str, str]:
    letters = {}
    for bases, quality, marks in (
        ("aeiouy", "", VNI_TONES),
        ("aeo", "\u0302", _VNI_HAT),
        ("a", "\u0306", _VNI_BREVE),
        ("ôö", "\u031b", VNI_TONES),
    ):
        for base in bases:
            plain = {"ô": "o", "ö": "u"}.get(base, base)
            for mark, tone in marks.items():
                letter = unicodedata.normalize("NFC", plain + quality + tone)
                # The base has the case; the mark after it may have the other.
                for sign in (mark, mark.upper()):
                    letters[base + sign] = letter
                    letters[base.upper() + sign] = letter.upper()
    for sign, letter in _VNI_ALONE.items():
        letters |= {sign: letter, sign.upper(): letter.upper()}
    return letters
