"""Tell the signs that a figure is, or is not, what was asked: parts, changes, levels, events."""

import re

from retrieval import answer_kinds as kinds
from retrieval.comparison_figures import FoundFigure, is_cell
from retrieval.question import Question
from vietnamese import fold

_CHANGE = re.compile(
    r"\b(?:tang|giam|vuot|(?:cao|nhieu|lon|thap|it) hon|kem|thieu|chenh lech|them)(?:\s+(?:them|binh quan|trung binh|khoang|gan|tren|hon|duoc|tu|nam|hang))*\s*$"
)
_COMPLETION_AFTER = re.compile(
    r"^\s*(?:\w+\s+){0,2}?(?:so voi |so )?(?:nqdh|nghi quyet|nq\b|ke hoach|chi tieu|muc tieu|du toan|kh\b|cung ky)"
)
_COMPLETION_BEFORE = re.compile(r"\b(?:dat|bang|vuot|hoan thanh)\s*$")
# What came about, where a question asks what there is: "thành lập 5 HTX", "khiển trách 61 đảng viên".
_EVENT = re.compile(
    r"\b(?:thanh lap(?: moi)?|ket nap(?: duoc)?|phat trien moi|cong nhan(?: moi)?|tuyen dung|khien trach|canh cao|khai tru|giai the"
    r"|sap nhap|cap moi|tap huan|xu ly|tien hanh|thi hanh|ky luat|xem xet|kiem tra|giam sat|sap xep lai)\b"
)
_STATE = re.compile(r"\b(?:co|gom|tong so|dat|la|con|duy tri|uoc)\b")
_PART = re.compile(r"\b(?:trong do|rieng|bao gom|gom)\b")
_WHOLE = re.compile(r"\b(?:toan huyen|toan dang bo|dia ban huyen|hien co|tong so|tong|den nay)\b")
_ELSEWHERE = re.compile(r"\b(?:toan tinh|ca nuoc|cua tinh|toan quoc|ca tinh|trong tinh)\b")
_LEVEL = re.compile(
    r"\b(\d+)\s+([a-z]+)\b|\b(muc do|cap do|loai|hang|giai doan|khoa|lop)\s+(\d+)\b"
)
_LEADING_UP = 120  # characters of the sentence before a figure


def weigh_signs(question: Question, figure: FoundFigure) -> float:
    """Give what speaks for a figure, less what speaks against it."""
    folded = fold(question.text)
    return (
        _level(folded, figure)
        + _scope(folded, figure)
        - _change(folded, figure)
        - _completion(question, figure)
    )


def _level(folded: str, figure: FoundFigure) -> float:
    """Say whether a level asked for ("4 sao", "mức độ 3") is the figure's."""
    wanted = [
        match[0] for match in _LEVEL.finditer(folded) if not match[0].startswith(("19", "20"))
    ]
    if not wanted:
        return 0.0
    near = _own_text(figure)
    if all(level in near for level in wanted):
        return 0.2
    said = " ".join(f"{figure.before} {figure.after}".split())
    return 0.0 if all(level in said for level in wanted) else -0.3


def _own_text(figure: FoundFigure) -> str:
    """Give the folded words from the figure to where the next part begins."""
    return re.split(r"[,;()]|\sva\s", figure.after)[0] if figure.after else ""


def _scope(folded: str, figure: FoundFigure) -> float:
    """Speak against a part or another place's figure, and for a whole."""
    if _ELSEWHERE.search(figure.before) and not _ELSEWHERE.search(folded):
        return -0.4
    asked_level = bool(_LEVEL.search(folded))
    if _came_about(folded, figure):
        return -0.6
    part = _PART.search(figure.before) or figure.bracketed
    if part and not _PART.search(folded) and not asked_level:
        return -0.2
    return 0.06 if _WHOLE.search(figure.before) else 0.0


def _came_about(folded: str, figure: FoundFigure) -> bool:
    """Say whether a figure counts what was done, where a question asks what there is."""
    candidate = figure.candidate
    if is_cell(candidate):
        said = fold(candidate.passage.text[candidate.span.start : figure.quantity.span.start])
    else:
        text = candidate.passage.text[candidate.sentence.start : figure.quantity.span.start]
        said = fold(text[-_LEADING_UP:])
    events = list(_EVENT.finditer(said))
    states = list(_STATE.finditer(said))
    if not events or (states and states[-1].start() > events[-1].start()):
        return False
    return events[-1][0] not in folded


def _change(folded: str, figure: FoundFigure) -> float:
    if kinds.speaks_of_change(folded):
        return 0.0
    return 0.4 if _CHANGE.search(figure.before) else 0.0


def _completion(question: Question, figure: FoundFigure) -> float:
    """Say how surely a share only tells how far an aim was reached: "đạt 101,13% NQĐH"."""
    if not figure.quantity.unit.startswith("%") or not _COMPLETION_BEFORE.search(figure.before):
        return 0.0
    if _COMPLETION_AFTER.search(figure.after):
        return 0.4
    return (0.05 if question.percent else 0.3) if figure.place else 0.0
