"""Tell tables that only place text side by side: letterheads, signatures, frames."""

import re
from collections.abc import Sequence

from vietnamese import fold

# The two columns that head every administrative text, and the two that end it.
_LETTERHEAD = re.compile(
    r"cong ho[a-z]+ xa hoi chu nghia viet nam|doc lap ?[-–] ?tu do ?[-–]|^dang cong san viet nam"
)
_SIGNED = re.compile(
    r"^ ?noi nhan\b|^(?:t/?m|k/?t|t/?l|t/?u/?q)\.? |\((?:da ky|ky,? |ky ten|chu ky|ghi ro)"
    r"|^(?:chu tich|giam doc|bi thu|nguoi lap(?: bieu)?|thu truong don vi|ke toan truong)$",
    re.M,
)
_HEAD_ROWS = 6  # of a letterhead at most, with number and date
_FOOT_ROWS = 4
_FORMULA_ROWS = 3
_COLUMNS = 4  # a table with more holds data
_FRAME_LETTERS = 400  # a cell this long is running text in a frame
_APART = re.compile(r"\t\s*| {4,}")
_BESIDE = re.compile(
    r"cong ho[a-z]+ xa hoi chu nghia|doc lap ?[-–] ?tu do|.{0,40}ngay\b.{0,12}\bthang\b.{0,8}\bnam\b"
    r"|noi nhan ?:|(?:t/?m|k/?t|t/?l|t/?u/?q)\. |dang cong san viet nam"
)


def only_places_text(rows: Sequence[Sequence[str]]) -> bool:
    r"""Say whether a table holds no data.

    Args:
        rows: The texts of its cells, merged ones once; "\n" between a cell's paragraphs.
    """
    filled = [[cell for cell in row if cell.strip()] for row in rows]
    filled = [row for row in filled if row]
    widest = max((len(row) for row in filled), default=0)
    if widest <= 1:
        # One column: a frame around text. A list under a head is rare, and reads well as lines.
        return True
    if len(filled) == 1 or is_formula(rows):
        return True  # a single row has no head to bind its cells to
    if widest > _COLUMNS:
        return False
    cells = [fold(cell) for row in filled for cell in row]
    if len(filled) <= _HEAD_ROWS and any(_LETTERHEAD.search(cell) for cell in cells):
        return True
    if len(filled) <= _FOOT_ROWS and any(_SIGNED.search(cell) for cell in cells):
        return True
    return len(filled) == 2 and max(map(len, cells)) > _FRAME_LETTERS


def is_formula(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether a table only sets a formula: a cell holds "=", others stand above each other."""
    return len(rows) <= _FORMULA_ROWS and any(cell.strip() == "=" for row in rows for cell in row)


def split_side_by_side(line: str) -> list[str]:
    """Cut a line where tabs or many spaces part two columns of a letterhead or signature."""
    pieces = [piece.strip() for piece in _APART.split(line) if piece.strip()]
    columns: list[str] = []
    for piece in pieces:
        if not columns or stands_beside(piece) or stands_beside(columns[-1]):
            columns.append(piece)
        else:
            columns[-1] += f" {piece}"
    return columns if len(columns) > 1 else [line]


def stands_beside(text: str) -> bool:
    """Say whether a text is one of those that stand beside another: the motto, "Nơi nhận:"."""
    return bool(_BESIDE.match(fold(text)))
