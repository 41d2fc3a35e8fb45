"""Mend diacritics of Unicode text that came apart from their letters or stand in a wrong order."""

import re
import unicodedata
from collections.abc import Sequence

from ingest.formats.syllables import is_syllable

# Marks that a Vietnamese letter may carry: tones; circumflex, breve and horn.
_TONE = "\u0300\u0301\u0303\u0309\u0323"
_QUALITY = "\u0302\u0306\u031b"
_ASTRAY = re.compile(rf" *[{_TONE}{_QUALITY}]+")
_APART = re.compile(rf"([^\W\d_]+)[ \u00a0]+([{_TONE}{_QUALITY}]+)([^\W\d_]*)")
_TURNED = re.compile(rf"([{_TONE}])([{_QUALITY}])")
_LOOSE = re.compile(rf"[{_TONE}{_QUALITY}]")
# Đ as windows-1252 and old Unicode fonts have it: the Eth of Icelandic, or the Ezh-like D of Ewe.
_STROKED = re.compile("[ÐðƉ]")
_TO_STROKED = str.maketrans("ÐðƉ", "ĐđĐ")
_WORD = re.compile(r"[^\W\d_]+")
_STROKED_CAPITALS = re.compile("[A-ZĐÊÔƠƯÂĂÐ]{2,}")


def attach_marks(texts: Sequence[str]) -> list[str]:
    """Move marks that begin a text to the end of the text before it, whose letter they belong to."""
    attached: list[str] = []
    for text in texts:
        astray = _ASTRAY.match(text)
        before = next((i for i in range(len(attached) - 1, -1, -1) if attached[i]), -1)
        if astray and before >= 0 and attached[before].rstrip(" \u00a0")[-1:].isalpha():
            attached[before] = attached[before].rstrip(" \u00a0") + astray[0].lstrip(" ")
            text = text[astray.end() :]
        attached.append(text)
    return attached


def mend_marks(text: str) -> str:
    """Give text with each mark on its letter: "ho ̀a" is "hòa", "Ðiều" is "Điều"."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    if _LOOSE.search(text):
        text = _APART.sub(_join, text)
        apart = unicodedata.normalize("NFD", text)
        text = unicodedata.normalize("NFC", _TURNED.sub(r"\2\1", apart))
    if _STROKED.search(text):
        text = _WORD.sub(_stroke, text)
    return text


def _join(match: re.Match[str]) -> str:
    """Join a word with its mark, and with what follows unless that is a word of its own."""
    before, marks, after = match.groups()
    word = unicodedata.normalize("NFC", before + marks)
    joined = unicodedata.normalize("NFC", before + marks + after)
    apart = after and is_syllable(after) and is_syllable(word) and not is_syllable(joined)
    return f"{word} {after}" if apart else joined


def _stroke(match: re.Match[str]) -> str:
    word = match[0]
    mended = word.translate(_TO_STROKED)
    # "QÐ", "NÐ-CP", "HÐND": capitals only, as no Icelandic word has them in Vietnamese reports.
    sure = is_syllable(mended) or _STROKED_CAPITALS.fullmatch(word)
    return mended if sure else word
