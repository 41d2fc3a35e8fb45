"""Read signs set in symbol fonts, which files keep as private characters or as Latin letters."""

_BULLET = "•"
# Signs by the byte that the font draws: those that reports have.
_SYMBOL = {
    0x22: "∀", 0x2B: "+", 0x2D: "−", 0x3C: "<", 0x3D: "=", 0x3E: ">", 0x44: "Δ", 0x46: "Φ",
    0x50: "Π", 0x53: "Σ", 0x57: "Ω", 0x61: "α", 0x62: "β", 0x64: "δ", 0x65: "ε", 0x66: "φ",
    0x67: "γ", 0x68: "η", 0x6C: "λ", 0x6D: "µ", 0x70: "π", 0x71: "θ", 0x72: "ρ", 0x73: "σ",
    0x74: "τ", 0x77: "ω", 0x7E: "~", 0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←",
    0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×",
    0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC6: "∅",
    0xCE: "∈", 0xD1: "∇", 0xD6: "√", 0xDB: "⇔", 0xDE: "⇒", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_WINGDINGS = {
    0x6F: "☐", 0x71: "☐", 0x72: "☐", 0xA8: "☐", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    0xE0: "→", 0xE8: "→", 0xF0: "⇒",
}  # fmt: skip
_PRIVATE = 0xF000
_PICTURES = ("wingdings", "webdings", "marlett", "zapfdingbats")
_LONGEST = 3  # signs; a longer run in a picture font is text that some program mislabelled


def read_symbols(text: str, font: str) -> str:
    """Write the signs that a symbol font shows; text of other fonts stays.

    Private characters are read as Symbol where no symbol font is named: only such fonts have them.
    """
    if text.isascii() and not font:
        return text
    pictures = font.lower().startswith(_PICTURES)
    # "§", "Ø" and "v" begin lines of lists in Wingdings; letters of Symbol are private elsewhere.
    first = 0x21 if pictures and len(text.strip()) <= _LONGEST else 0xA1
    latin = pictures or font.lower().startswith("symbol")
    table = _WINGDINGS if pictures else _SYMBOL
    return "".join(_sign(sign, table, first if latin else 0x100) for sign in text)


def _sign(sign: str, table: dict[int, str], first: int) -> str:
    byte = ord(sign) - _PRIVATE if ord(sign) >= _PRIVATE else ord(sign)
    private = ord(sign) != byte and 0x20 <= byte <= 0xFF
    if not private and not first <= byte <= 0xFF:
        return sign
    if byte == 0x20 or (table is _SYMBOL and byte < 0x40):
        return chr(byte)  # digits and punctuation have their places in Symbol
    return table.get(byte, _BULLET)
