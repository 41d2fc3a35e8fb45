"""Compare the words of answers and quotes with those of the gold questions."""

import re
import unicodedata

SUPERSCRIPTS = dict.fromkeys(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾"), None)
TONE_PLACES = [
    (plain + marked, toned + last)
    for plain, last, toneds, markeds in (
        ("o", "a", "òóỏõọ", "àáảãạ"),
        ("o", "e", "òóỏõọ", "èéẻẽẹ"),
        ("u", "y", "ùúủũụ", "ỳýỷỹỵ"),
    )
    for toned, marked in zip(toneds, markeds, strict=True)
]
SPELLINGS = [
    (r"\btỉ\b", "tỷ"),
    (r"\bsỹ\b", "sĩ"),
    (r"\blí\b", "lý"),
    (r"\bkĩ\b", "kỹ"),
    (r"\bhéc ?-?ta\b|\bhecta\b", "ha"),
    (r"\bhtx\b", "hợp tác xã"),
    (r"\bphần trăm\b", "%"),
]


def number(match: re.Match[str]) -> str:
    """Give one form for 1.234,5 and 1,234.5 and 29.40: no thousands mark, decimal comma, no outer zeros."""
    text = match.group()
    if re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?", text):
        text = text.replace(".", "")
    elif re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "").replace(".", ",")
    elif len(re.findall(r"[.,]", text)) == 1:
        text = text.replace(".", ",")
    if "," in text and "." not in text:
        text = text.rstrip("0").rstrip(",")
    return re.sub(r"^0+(?=\d)", "", text)


def norm(text: str) -> str:
    """Give text in the form that is compared: case, tone places, spellings and numbers made one."""
    text = unicodedata.normalize("NFC", text or "").lower().translate(SUPERSCRIPTS)
    text = text.replace("\u00a0", " ").replace("–", "-").replace("*", "")
    text = re.sub(r"[“”\"'«»]", "", text)
    for old, new in TONE_PLACES:
        text = text.replace(old, new)
    for pattern, new in SPELLINGS:
        text = re.sub(pattern, new, text)
    text = re.sub(r"\d+(?:[.,]\d+)*", number, text)
    text = re.sub(r"(?<=\d)\s*%", "%", text)
    text = re.sub(r"(?<=\d)(?=[^\W\d_])", " ", text)
    return re.sub(r"\s+", " ", text).strip()


def squash(text: str) -> str:
    """Keep letters and digits only: layout and punctuation do not decide a quote."""
    return re.sub(r"[\W_]+", "", norm(text))


def contains(answer: str, wanted: str | list[str]) -> bool:
    """Say whether the answer holds a wanted string as whole words and whole numbers."""
    if isinstance(wanted, list):
        return any(contains(answer, one) for one in wanted)
    answer, wanted = norm(answer), norm(wanted)
    if not wanted:
        return False
    left = r"(?<![\w])(?<!\d[.,/])" if wanted[0].isalnum() else ""
    right = r"(?![\w])(?![.,/]\d)" if wanted[-1].isalnum() else ""
    return re.search(left + re.escape(wanted) + right, answer) is not None


def tokens(text: str) -> list[str]:
    """Cut text into its words and numbers, in the compared form."""
    return re.findall(r"\w+", norm(text))
