"""Read what figure a question asks for, or asks about: its unit, or "trên 60%"."""

import re
from dataclasses import dataclass
from enum import StrEnum

from quantities import Quantity, find_quantities
from retrieval.answer_kinds import speaks_of_target
from retrieval.figure_pieces import FigurePiece
from retrieval.figure_units import units_agree
from vietnamese import fold

_MANY = re.compile(
    r"\b(?:bao nhieu|bao nheu|bao nhiu|bn|(?<=duoc )nhieu|(?<=dc )nhieu|(?<=con )nhieu|(?<=la )nhieu|may)\b"
)
_BEFORE = 30  # characters looked at for a comparison
_MORE = re.compile(r"\b(?:tren|hon|vuot|vuot qua|nhieu hon|cao hon|lon hon|qua|>)\s*(?:muc\s+)?$")
_LESS = re.compile(r"\b(?:duoi|it hon|thap hon|kem|nho hon|<)\s*(?:muc\s+)?$")
_LEAST = re.compile(
    r"\b(?:it nhat|toi thieu|du|dat|dat duoc|dat toi|toi|den|len|len toi|len den|dat muc|dat muc tieu"
    r"|dat chi tieu|can moc|cham moc|moc)\s*(?:duoc\s+|muc\s+|den\s+|toi\s+)?$"
)
_MOST = re.compile(r"\b(?:toi da|nhieu nhat|khong qua|khong vuot)\s*$")
# What a question without a unit is about, in the order they are tried, and the units it is told in.
_MATTERS = (
    (re.compile(r"\b(?:gia tri|tri gia|kinh phi|so tien|tien|thu ngan sach|chi ngan sach|thu nhap|doanh thu"
                r"|doanh so|du no|no xau|nguon von|tong von|von dau tu|tong muc|thu tren dia ban)\b"), ("đồng", "USD")),
    (re.compile(r"\b(?:dien tich|rong)\b"), ("ha", "km²", "m²")),
    (re.compile(r"\b(?:dan so|so nguoi)\b"), ("người",)),
    (re.compile(r"\b(?:chieu dai|dai|quang duong)\b"), ("km", "m")),
    (re.compile(r"\b(?:san luong|khoi luong)\b"), ("tấn", "kg", "m³", "viên")),
)  # fmt: skip
_SHARE = re.compile(r"\b(?:ty le|ti le|ty trong|phan tram|do che phu|muc giam)\b")
_MONEY = re.compile(r"^\s*(?:tien|kinh phi|von)\b")


_ASKS_CHANGE = re.compile(
    r"\b(?:tang|giam|vuot|hut|nhieu hon|it hon|cao hon|thap hon|chenh lech|hon)\b[^,;]{0,40}\b(?:bao nhieu|may)\b"
)
_ASKS_COMPLETION = re.compile(
    r"\b(?:so voi|hoan thanh|dat (?:bao nhieu|may) (?:phan tram|%)|bang (?:bao nhieu|may)|ke hoach|du toan|nghi quyet"
    r"|nqdh)\b"
)
_CHANGES = re.compile(r"\b(?:tang|giam)\s+(?:them\s+|duoc\s+|tren\s+|hon\s+)?\d")
_AGES = frozenset(["tuổi", "tháng", "ngày", "giờ", "năm"])  # figures that only qualify others


class Comparison(StrEnum):
    """How a question compares with the figure it names."""

    EQUAL = "="
    MORE = ">"
    LESS = "<"
    LEAST = ">="
    MOST = "<="


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """A figure that a yes/no question names, and how: "có trên 60% không"."""

    quantity: Quantity
    comparison: Comparison

    def names(self, found: Quantity) -> bool:
        """Say whether a figure is the very one that the question names."""
        whole = self.quantity.whole
        return found.value == self.quantity.value and (whole is None or whole == found.whole)

    def holds_for(self, found: Quantity) -> bool:
        """Say whether a figure of the same unit is as the question puts it."""
        value, asked = found.value, self.quantity.value
        match self.comparison:
            case Comparison.MORE:
                return value > asked or (
                    value == asked and fold(found.qualifier) in ("tren", "hon")
                )
            case Comparison.LESS:
                return value < asked or (
                    value == asked and fold(found.qualifier) in ("gan", "duoi")
                )
            case Comparison.LEAST:
                return value >= asked and not (value == asked and fold(found.qualifier) == "gan")
            case Comparison.MOST:
                return value <= asked
            case Comparison.EQUAL:
                return self.names(found)


@dataclass(frozen=True, slots=True)
class WantedFigure:
    """What a figure must be to answer a question."""

    units: tuple[str, ...]  # any of these; empty if the question does not tell
    share: bool  # a share of a whole: "tỷ lệ", "phần trăm"
    change: bool  # "tăng bao nhiêu"
    completion: bool  # a share of a plan: "đạt bao nhiêu phần trăm kế hoạch"
    whole: bool  # a share, or a part of a number: for "tất cả … chưa"
    compared: bool  # it is to be compared; the passage around may say what it is of
    results_only: bool  # nothing that is planned: "đã đạt … chưa"
    years: tuple[str, ...]
    named: str  # the question, whose own figures do not answer it; empty if they may

    def fits(self, piece: FigurePiece, text: str) -> bool:
        """Say whether a figure can be what is asked by its unit and the words beside it."""
        figure = piece.figure
        share = figure.unit in ("%", "‰")
        if text[figure.number.start : figure.number.end] in self.named:
            return False
        if self.results_only and piece.is_planned:
            return False
        if self.whole:
            return not piece.is_change and (share or figure.whole is not None)
        if self.units:
            told = bool(figure.unit) and any(units_agree(u, figure.unit) for u in self.units)
        elif self.share:
            told = share or "/" in figure.unit or not figure.unit
        else:
            told = not share and figure.unit not in _AGES
        as_asked = piece.is_change == self.change and (self.completion or not piece.is_completion)
        return told and as_asked


def read_wanted(question: str, years: tuple[str, ...], *, percent: bool) -> WantedFigure:
    """Read what figure a question asks for.

    Args:
        question: The question.
        years: Those it names.
        percent: It asks for a share.
    """
    folded = fold(question)
    return WantedFigure(
        units=asked_units(question),
        share=percent or bool(_SHARE.search(folded)),
        change=bool(_ASKS_CHANGE.search(folded)),
        completion=bool(_ASKS_COMPLETION.search(folded)),
        whole=False,
        compared=False,
        results_only=False,
        years=years,
        named=question,
    )


def asks_comparison(question: str) -> bool:
    """Say whether a question asks how a figure stands to a plan or to another time."""
    folded = fold(question)
    return bool(_ASKS_COMPLETION.search(folded) or _ASKS_CHANGE.search(folded))


def asked_units(question: str) -> tuple[str, ...]:
    """Give the units that a question may be answered in: of "bao nhiêu sản phẩm" "sản phẩm".

    Without a unit behind "bao nhiêu" the matter tells: "diện tích", "dân số". Empty if neither does.
    """
    folded = fold(question)
    many = _MANY.search(folded)
    if many is not None:
        rest = question[many.end() :]
        if _MONEY.match(fold(rest)):
            return ("đồng", "USD")
        found = find_quantities(f"co 9{rest}")  # without marks: the question may have none
        if found and found[0].unit and found[0].span.start == len("co "):
            return (found[0].unit,)
    if _SHARE.search(folded):
        return ()
    return next((units for matter, units in _MATTERS if matter.search(folded)), ())


def compared_figure(question: str) -> ComparedFigure | None:
    """Give the figure that a yes/no question compares with, if it names just one."""
    found = find_quantities(question)
    if len(found) != 1:
        return None
    [quantity] = found
    start = quantity.span.start
    before = fold(question[max(0, start - _BEFORE) : start])
    for pattern, comparison in (
        (_MOST, Comparison.MOST),
        (_MORE, Comparison.MORE),
        (_LESS, Comparison.LESS),
        (_LEAST, Comparison.LEAST),
    ):
        if pattern.search(before):
            return ComparedFigure(quantity, comparison)
    return ComparedFigure(quantity, Comparison.EQUAL)


def wanted_for_comparison(
    question: str, years: tuple[str, ...], compared: ComparedFigure | None
) -> WantedFigure:
    """Give what figure a yes/no question is judged by.

    Args:
        question: The question.
        years: Those it names.
        compared: The figure it compares with; None for one that asks whether all are.
    """
    unit = compared.quantity.unit if compared else ""
    return WantedFigure(
        units=(unit,) if unit else (),
        share=unit in ("%", "‰"),
        change=bool(_CHANGES.search(fold(question))),
        completion=False,
        whole=compared is None,
        compared=True,
        results_only=not speaks_of_target(question),
        years=years,
        named="",
    )
