"""Show an answer with its numbered citations, each a button that opens its source."""

import re
from collections.abc import Mapping
from functools import partial

from records import Answer, AnswerStatus, Span
from source_notes import FROM_PICTURE, VersionNote
from ui import plain, session
from ui.comparison import comparison_part, without_rows
from ui.highlight import pieces, said_spans
from ui.places import place
from ui.plain import Part, part
from ui.session import Turn

_LEAD = 70  # characters of a long quote shown before the words that the answer says
_MARK = re.compile(r"\[(\d{1,2})\]")


def show_question(number: int, question: str) -> None:
    """Show what was asked.

    Args:
        number: Place of the turn in the conversation.
        question: As the user wrote it.
    """
    asked = part("div", part("h2", question, look="question"), look="asked")
    plain.show(asked, key=f"question-{number}")


def show_answer(
    number: int,
    turn: Turn,
    opened: int | None,
    *,
    notes: Mapping[str, VersionNote],
    arrival: str = "",
) -> None:
    """Show the answer, or why there is none.

    Args:
        number: Place of the turn in the conversation.
        turn: What was asked and answered.
        opened: Place of the citation whose source is open, if one of this turn's is.
        notes: What is to be known of reports that have other versions, by report name.
        arrival: When this changes, the page scrolls to the answer.
    """
    if turn.answer is None:
        plain.alert(turn.problem, key=f"answer-{number}")
        return
    plain.show(
        answer_part(turn.answer, opened, notes),
        key=f"answer-{number}",
        on_pick=partial(session.toggle_source, number),
        arrival=arrival,
    )


def answer_part(
    answer: Answer, opened: int | None, notes: Mapping[str, VersionNote] | None = None
) -> Part:
    """Lay out an answer: what it says first and large, then where it stands."""
    found = answer.status is AnswerStatus.ANSWERED
    heading = "Trích dẫn" if found else "Các đoạn gần nhất (không phải câu trả lời)"
    sources = (
        part("h3", heading, look="heading"),
        part(
            "ul",
            *(
                _source(number, answer, pressed=number - 1 == opened)
                for number in range(1, len(answer.citations) + 1)
            ),
            look="sources",
        ),
        *_warnings(answer, notes or {}),
    )
    return part(
        "div",
        part(
            "div",
            *_with_marks(without_rows(answer), opened),
            look="answer" if found else "answer not-found",
        ),
        _table(answer, opened),
        *(sources if answer.citations else ()),
        look="turn",
    )


def _warnings(answer: Answer, notes: Mapping[str, VersionNote]) -> list[Part]:
    """Say which of the cited reports are older versions."""
    cited = dict.fromkeys(citation.report for citation in answer.citations)
    warnings = [notes[name].warning for name in cited if name in notes]
    return [part("p", warning, look="caution") for warning in warnings if warning]


def _table(answer: Answer, opened: int | None) -> Part | str:
    if answer.comparison is None:
        return ""
    return comparison_part(
        answer.comparison, lambda number: _number(number, pressed=number - 1 == opened)
    )


def _with_marks(answer: Answer, opened: int | None) -> list[Part | str]:
    """Turn each "[1]" that points at a citation into a button; the rest stays words."""
    if answer.status is not AnswerStatus.ANSWERED:
        return [answer.text]
    shown: list[Part | str] = []
    done = 0
    for mark in _MARK.finditer(answer.text):
        number = int(mark[1])
        if 1 <= number <= len(answer.citations):
            shown += (
                answer.text[done : mark.start()],
                _number(number, pressed=number - 1 == opened),
            )
            done = mark.end()
    return [*shown, answer.text[done:]]


def _number(number: int, *, pressed: bool) -> Part:
    label = f"Mở trích dẫn {number}"
    return part(
        "button",
        f"[{number}]",
        look="mark-number",
        pick=str(number),
        label=label,
        pressed=pressed,
    )


def _source(number: int, answer: Answer, *, pressed: bool) -> Part:
    citation = answer.citations[number - 1]
    found = answer.status is AnswerStatus.ANSWERED
    where = place(citation)
    name = f"[{number}] {citation.report}" if found else citation.report
    quote = _excerpt(answer.text, citation.quote.strip()) if found else [citation.quote.strip()]
    return part(
        "li",
        part(
            "button",
            part("span", name, look="source-name"),
            part("span", where, look="source-place") if where else "",
            part("span", FROM_PICTURE, look="source-caution") if citation.from_picture else "",
            part("span", *quote, look="source-quote"),
            look="source",
            pick=str(number),
            pressed=pressed,
        ),
    )


def _excerpt(answer: str, quote: str) -> list[Part | str]:
    """Give a quote with what the answer says in bold, beginning near it if it comes late."""
    said = said_spans(answer, quote)
    late = bool(said) and said[0].start > _LEAD
    start = quote.find(" ", said[0].start - _LEAD) + 1 if late else 0
    whole = Span(start, len(quote))
    words = [
        part("span", piece.text, look="said") if piece.said else piece.text
        for piece in pieces(quote, (whole,), whole, said)
    ]
    return ["“…" if late else "“", *words, "”"]
