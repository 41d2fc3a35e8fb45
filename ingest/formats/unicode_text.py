"""Decode text that is in Unicode, with or without the mark that says so."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8"}
# In UTF-16 spaces, digits and most Latin letters have a zero byte, all on one side of the pair.
_ZEROS_AT_LEAST = 0.2
_ZEROS_ASTRAY = 0.01
_SAMPLE_BYTES = 65_536


def unicode_encoding(content: bytes) -> str:
    """Name the Unicode encoding that a text's bytes look like, as Python calls it.

    "utf-8" is given for all that has no mark and is not UTF-16: whether it is, decoding tells.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    if len(content) % 2:
        return "utf-8"
    sample = content[:_SAMPLE_BYTES]
    half = len(sample) / 2
    first, second = sample[::2].count(0), sample[1::2].count(0)
    if min(first, second) <= half * _ZEROS_ASTRAY and max(first, second) > half * _ZEROS_AT_LEAST:
        return "utf-16-le" if second > first else "utf-16-be"
    return "utf-8"


def shown_name(encoding: str) -> str:
    """Give an encoding's name as users read it: "UTF-8", "UTF-16"."""
    return _NAMES.get(encoding, "UTF-16")
