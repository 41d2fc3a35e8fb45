"""Read and write numbers the Vietnamese way: "1.234,5"; tables also have "29.40"."""

import re
from decimal import Decimal

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_GROUPED_BY_COMMAS = re.compile(r"\d{1,3}(?:,\d{3})+")
_MONEY = frozenset({"đồng", "USD"})
_SCALES = (("tỷ", 10**9), ("triệu", 10**6))


def read_number(digits: str, unit: str, *, comma_decimals: bool) -> Decimal | None:
    """Read digits with their separators: a dot parts thousands or is a decimal point.

    Args:
        digits: As written: "1.350", "34,39", "29.40".
        unit: Their unit; a percentage of thousands is hardly one.
        comma_decimals: The text has decimals behind commas.

    Returns:
        The number; None for what is none, as "2.1.3".
    """
    dots, commas = digits.count("."), digits.count(",")
    if dots and commas:
        decimal = max(digits.rfind("."), digits.rfind(","))
        whole = digits[:decimal]
        if digits[decimal] in whole:
            return None
        return Decimal(re.sub(r"[.,]", "", whole) + "." + digits[decimal + 1 :])
    if commas > 1:
        return Decimal(digits.replace(",", "")) if _GROUPED_BY_COMMAS.fullmatch(digits) else None
    if commas or not dots:
        return Decimal(digits.replace(",", "."))
    if _GROUPED.fullmatch(digits):
        percent = unit.startswith("%") and dots == 1 and not comma_decimals
        return Decimal(digits) if percent else Decimal(digits.replace(".", ""))
    return Decimal(digits) if dots == 1 else None


def format_quantity(value: Decimal, unit: str) -> str:
    """Write a value as a report does: "1.234,5 ha", "1.350 tỷ đồng", "34,11%"."""
    if unit == "hạng":
        return f"hạng {value}"
    scale = ""
    head, slash, below = unit.partition("/")
    if head in _MONEY:
        for word, size in _SCALES:
            if abs(value) >= size:
                value, scale = value / size, f"{word} "
                break
    digits = f"{value.normalize():,f}".translate(str.maketrans(",.", ".,"))
    if head in ("%", "‰"):
        return f"{digits}{head}{slash}{below}"
    return f"{digits} {scale}{unit}".rstrip()
