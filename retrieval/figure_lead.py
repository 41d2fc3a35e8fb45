"""Say a figure in a short sentence of the report's own words, before the clause it stands in."""

import re

from prompts.answers import render_lead
from records import FigureStatus, ReportMetadata
from retrieval.answer_figure import PickedFigure
from retrieval.answer_kinds import single_years
from retrieval.asked_figure import WantedFigure
from retrieval.question_terms import QuestionTerms
from retrieval.said_status import words_status, year_written
from vietnamese import fold, terms

_LONGEST = 170  # characters; a longer one says it no shorter than the clause
_LEAST_CHANGE = 0.6  # share of the question
_RAISED = re.compile(r"(?<![mM])[⁽(]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+[⁾)]?")  # not of "m²"
# What joins a clause to the one before, and the place of an item in a list.
_LEADING = re.compile(
    r"^(?:[\s,;:.*+•–-]|\(\d+\)-?|\d+\.\s|[a-zđ]\)|(?:và|với|trong đó|gồm|còn|nhưng|đồng thời|hiện nay|đến nay"
    r"|hiện tại|cụ thể|tính đến nay|qua đó|từ đó|như)\b(?!\s+(?:lại|thấp)))+",
    re.IGNORECASE,
)
_WHOLE_DISTRICT = re.compile(
    r"^(?:trên địa bàn huyện|toàn huyện|huyện)(?=\s+(?:có|đã|đạt|hiện|được)\b)", re.IGNORECASE
)
_VERB = re.compile(r"^(?:có|đã|đạt|hiện|được|thành lập|triển khai|trồng|duy trì)\b", re.IGNORECASE)


def say_figure(
    picked: PickedFigure, wanted: WantedFigure, asked: QuestionTerms, metadata: ReportMetadata
) -> str:
    """Say a figure with what it counts, its place and its period, in the report's words.

    Returns:
        A sentence: "Huyện Mai Sơn có 20 sản phẩm OCOP."; empty if it would not be short.
    """
    core = _core(picked, asked)
    if not core or len(core) > _LONGEST:
        return ""
    note = _note(picked, wanted, core, metadata)
    if _WHOLE_DISTRICT.match(core) and metadata.district:
        core = _WHOLE_DISTRICT.sub("", core).strip()
    place = "" if fold(metadata.district) in fold(core) else metadata.district
    return render_lead(place, core, note, is_predicate=bool(_VERB.match(core)))


def status_of(picked: PickedFigure, metadata: ReportMetadata) -> FigureStatus:
    """Tell whether a picked figure is a result, an estimate or a target."""
    words = picked.piece.words(picked.passage.text)
    if picked.piece.is_planned:
        return FigureStatus.TARGET
    return words_status(words, picked.passage.section, year_written(metadata))


def _core(picked: PickedFigure, asked: QuestionTerms) -> str:
    """Give the words that say the figure: its piece, with those before it where it needs them."""
    text, piece = picked.passage.text, picked.piece
    own = text[piece.span.start : piece.span.end]
    if piece.head is not None:
        head = _trim(text[piece.head.start : piece.head.end])
        return f"{head}: {_trim(own)}" if head else ""
    said = asked.coverage(frozenset(terms(own)))
    if piece.leads and asked.coverage(frozenset(terms(piece.words(text)))) > said:
        own = text[piece.before.start : piece.span.end]
    elif piece.is_change and said < _LEAST_CHANGE:
        return ""  # "tăng 635 ha" does not say of what
    return _trim(own)


def _trim(words: str) -> str:
    words = _LEADING.sub("", " ".join(_RAISED.sub(" ", words).split()))
    words = words.strip(" ,;:.–-(")
    return (
        ""
        if words.count("(") != words.count(")") or words.count("“") != words.count("”")
        else words
    )


def _note(picked: PickedFigure, wanted: WantedFigure, core: str, metadata: ReportMetadata) -> str:
    """Say the status and year that the words themselves do not say."""
    status = status_of(picked, metadata)
    folded = fold(core)
    passage = picked.passage
    said = passage.text[picked.sentence.start : picked.sentence.end]
    heading = " ".join(passage.section)
    around = single_years(said) or single_years(heading)
    year = ""
    if len(wanted.years) == 1 and wanted.years[0] in around:
        year = wanted.years[0]
    elif status is FigureStatus.TARGET and len(around) == 1:
        [year] = around
    words = []
    if status is FigureStatus.TARGET and not re.search(
        r"\b(?:muc tieu|phan dau|du kien|ke hoach|nghi quyet)\b", folded
    ):
        words.append("mục tiêu")
    if status is FigureStatus.ESTIMATE and not re.search(r"\buoc\b", folded):
        words.append("ước")
    if year and year not in core:
        words.append(f"năm {year}")
    return " ".join(words)
