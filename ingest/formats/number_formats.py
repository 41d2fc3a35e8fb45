"""Write numbers and dates of a spreadsheet as its cell shows them, in Vietnamese form."""

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

# [ECMA-376] 18.8.30; the codes of the built-in formats that a file does not spell out.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm", 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
_GENERAL_DIGITS = 10  # that the format "General" shows of a number with decimals
_LARGEST_SHOWN = 1e15  # beyond, a float no longer tells one from the next
_LAST_DAY = 2_958_465  # 31/12/9999
_FALSE_LEAP_DAY = 60  # Excel counts a 29/02/1900
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|\[(?P<bracket>[^\]]*)\]|_(?P<pad>.)|\*(?P<fill>.)'
    r"|(?P<noon>AM/PM|A/P)|(?P<date>d+|m+|y+|h+|s+(?:\.0+)?)|(?P<exponent>E[+-]0+)"
    r"|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?(?P<scale>,*)|\.[0#?]+)|(?P<percent>%)|(?P<general>General)|(?P<text>@)"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")
_COMPARE = {
    "<": float.__lt__,
    ">": float.__gt__,
    "<=": float.__le__,
    ">=": float.__ge__,
    "=": float.__eq__,
    "<>": float.__ne__,
}


@dataclass(frozen=True, slots=True)
class _Section:
    """A part of a format code, for positive or negative numbers, zero or text."""

    tokens: tuple[tuple[str, str], ...]  # kind, text
    condition: tuple[str, float] | None

    def first(self, kind: str) -> str:
        return next((text for found, text in self.tokens if found == kind), "")


def show_number(value: float, code: str, *, counts_from_1904: bool = False) -> str:
    """Write a number as a cell with a format code shows it: "1.234,5", "34,1%", "14/11/2024".

    A negative number keeps its sign even where the sheet shows it by brackets or colour only.
    Thousands are parted where the format parts them or decimals are shown: whole numbers
    without are often years or codes.

    Args:
        value: The number that the cell holds.
        code: Format code, as [ECMA-376] 18.8.31 defines it: "#,##0.0", "dd/mm/yyyy".
        counts_from_1904: The workbook counts days from 1904.
    """
    if not math.isfinite(value):
        return ""
    section = _pick(_sections(code), value)
    if any(kind in ("date", "elapsed") for kind, _ in section.tokens):
        days = value + 1462 if counts_from_1904 else value
        if 0 <= days < _LAST_DAY + 1:
            return _show_date(days, section)
        return show_plain(value)
    if not section.tokens:
        return "" if code.strip() else show_plain(value)
    digits = section.first("digits")
    odd = section.first("exponent") or sum(kind == "digits" for kind, _ in section.tokens) > 1
    if section.first("general") or section.first("text") or odd or abs(value) >= _LARGEST_SHOWN:
        return _with_literals(show_plain(value), section) if not odd else show_plain(value)
    if not digits:
        return show_plain(value)  # as "-" for zero: what it is says more than the sign
    return _with_literals(_show_by(digits, value, section), section)


def show_plain(value: float) -> str:
    """Write a number as a cell without a format shows it."""
    if not math.isfinite(value):
        return ""
    if abs(value) >= _LARGEST_SHOWN:
        return f"{value:.10G}".replace(".", ",")
    if value == int(value):
        return str(int(value))
    whole = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    text = _rounded(abs(value), max(_GENERAL_DIGITS - whole, 0)).rstrip("0").rstrip(".")
    return _sign(value, text) + _separated(text, grouped=True)


def show_date(moment: datetime, *, has_time: bool) -> str:
    """Write a date, with its time of day if it has one: "14/11/2024 08:30"."""
    return f"{moment:%d/%m/%Y %H:%M}" if has_time else f"{moment:%d/%m/%Y}"


def _show_by(digits: str, value: float, section: _Section) -> str:
    whole, _, decimals = digits.rstrip(",").partition(".")
    trailing = len(digits) - len(digits.rstrip(","))
    percent = sum(kind == "percent" for kind, _ in section.tokens)
    shown = Decimal(repr(abs(value))) * 100**percent
    if decimals == "" and trailing == 0:
        trailing = len(whole) - len(whole.rstrip(","))
    shown /= Decimal(1000) ** trailing
    text = _rounded(shown, len(decimals))
    if decimals:
        fewest = len(decimals.rstrip("#?"))
        head, _, tail = text.partition(".")
        tail = tail[:fewest] + tail[fewest:].rstrip("0")
        text = f"{head}.{tail}" if tail else head
    head, dot, tail = text.partition(".")
    head = head.zfill(whole.count("0"))
    grouped = "," in whole.rstrip(",") or bool(tail)
    return _sign(value, text) + _separated(head + dot + tail, grouped=grouped)


def _with_literals(number: str, section: _Section) -> str:
    before, after, seen = "", "", False
    for kind, text in section.tokens:
        if kind in ("digits", "general", "text"):
            seen = True
        elif kind in ("literal", "percent"):
            if seen:
                after += text
            else:
                before += text
    before, after = before.replace("(", "").replace("-", ""), after.replace(")", "")
    if number.startswith("-"):
        before, number = f"-{before.lstrip()}", number[1:]
    return " ".join(f"{before}{number}{after}".split())


def _rounded(value: float | Decimal, places: int) -> str:
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return f"{exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}"


def _sign(value: float, text: str) -> str:
    return "-" if value < 0 and text.strip("0.") else ""


def _separated(text: str, *, grouped: bool) -> str:
    head, _, tail = text.partition(".")
    if grouped and not head.startswith("0"):
        head = f"{int(head):,}".replace(",", ".")
    return f"{head},{tail}" if tail else head


@lru_cache(maxsize=2048)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[_Section] = []
    tokens: list[tuple[str, str]] = []
    condition: tuple[str, float] | None = None
    for match in _TOKEN.finditer(code[:500]):
        kind, text = match.lastgroup or "other", match[0]
        if kind == "scale":
            kind = "digits"
        if kind == "other" and text == ";":
            sections.append(_Section(tuple(tokens), condition))
            tokens, condition = [], None
        elif kind == "bracket":
            inside = match["bracket"]
            if found := _CONDITION.fullmatch(inside):
                condition = (found[1], float(found[2]))
            elif inside.lower().strip("hms") == "" and inside:
                tokens.append(("elapsed", inside.lower()))
            elif inside.startswith("$"):
                tokens.append(("literal", inside[1:].split("-")[0]))
        elif kind in ("quoted", "escaped"):
            tokens.append(("literal", match[kind]))
        elif kind in ("pad", "fill"):
            tokens.append(("literal", " "))
        else:
            tokens.append(("literal" if kind == "other" else kind, text))
    sections.append(_Section(tuple(tokens), condition))
    return tuple(sections)


def _pick(sections: tuple[_Section, ...], value: float) -> _Section:
    for section in sections:
        if section.condition and _COMPARE[section.condition[0]](float(value), section.condition[1]):
            return section
    unconditional = [section for section in sections if not section.condition]
    if len(unconditional) < len(sections):
        return unconditional[0] if unconditional else sections[0]
    if value < 0 and len(sections) > 1 and sections[1].tokens:
        return sections[1]
    if value == 0 and len(sections) > 2:
        return sections[2]
    return sections[0]


def _show_date(days: float, section: _Section) -> str:
    elapsed = section.first("elapsed")
    if elapsed:
        return _show_elapsed(days, section)
    since = datetime(1899, 12, 31) if days < _FALSE_LEAP_DAY else datetime(1899, 12, 30)
    moment = since + timedelta(seconds=round(days * 86_400))
    parts = _date_parts(section)
    spelt = any(kind == "literal" and any(map(str.isalpha, text)) for kind, text in section.tokens)
    if spelt:
        return _spell(moment, parts)
    kinds = {kind for kind, _ in parts}
    date = "/".join(
        f"{moment:{code}}"
        for kind, code in (("d", "%d"), ("m", "%m"), ("y", "%Y"))
        if kind in kinds
    )
    time = ""
    if kinds & {"h", "n"}:
        time = f"{moment:%H:%M:%S}" if "s" in kinds else f"{moment:%H:%M}"
    return f"{date} {time}".strip() or show_plain(days)


def _date_parts(section: _Section) -> list[tuple[str, str]]:
    """Give the parts of a date code; "n" is minutes: "m" next to hours or seconds."""
    parts: list[tuple[str, str]] = []
    for kind, text in section.tokens:
        if kind == "date":
            letter = text[0].lower()
            last = next((found for found, _ in reversed(parts) if found != "literal"), "")
            if letter == "m" and last == "h":
                letter = "n"
            elif letter == "s" and last == "m":
                at = max(n for n, (found, _) in enumerate(parts) if found == "m")
                parts[at] = ("n", parts[at][1])
            parts.append((letter, text))
        elif kind == "literal":
            parts.append((kind, text))
    return parts


def _spell(moment: datetime, parts: list[tuple[str, str]]) -> str:
    values = {"d": moment.day, "m": moment.month, "h": moment.hour, "n": moment.minute}
    values["s"] = moment.second
    spelt = ""
    for kind, text in parts:
        if kind == "literal":
            spelt += text
        elif kind == "y":
            spelt += str(moment.year)
        elif kind == "d" and len(text) > 2:
            spelt += _WEEKDAYS[moment.weekday()]
        else:
            spelt += str(values[kind]).zfill(min(len(text), 2))
    return " ".join(spelt.split())


def _show_elapsed(days: float, section: _Section) -> str:
    seconds = round(days * 86_400)
    hours, rest = divmod(seconds, 3600)
    shown = f"{hours}:{rest // 60:02}"
    has_seconds = any(
        text.lower().startswith("s") for kind, text in section.tokens if kind == "date"
    )
    return f"{shown}:{rest % 60:02}" if has_seconds else shown
