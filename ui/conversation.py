"""Show one turn of the conversation: the question, its answer, and beside it the open source."""

from collections.abc import Callable, Mapping

import streamlit as st

from source_notes import VersionNote
from ui import answers, session, understood
from ui.page_picture import Originals
from ui.session import Turn
from ui.source_panel import Source, show_source

# Widths of answer and source. Both columns are always there: were they made only when a source
# opens, the browser would build the answer anew and the pressed button would lose the focus.
_CLOSED = (1.0, 0.01)
_OPEN = (1.0, 1.25)


def show_turn(
    number: int,
    turn: Turn,
    *,
    open_source: Callable[[str], Source],
    originals: Originals,
    notes: Mapping[str, VersionNote],
) -> None:
    """Show a question and its answer.

    Args:
        number: Place of the turn in the conversation.
        turn: What was asked and answered.
        open_source: Gives a passage and its neighbours by the passage's id.
        originals: The files that the reports were made from.
        notes: What is to be known of reports that have other versions, by report name.
    """
    answers.show_question(number, turn.question)
    opened = session.opened()
    here = opened if opened and opened.turn == number else None
    left, right = st.columns(_OPEN if here else _CLOSED, gap="medium")
    with left:
        understood.show_understood(number, turn)
        citation = here.citation if here else None
        arrival = session.take_arrival(number)
        answers.show_answer(number, turn, citation, notes=notes, arrival=arrival)
    if here and turn.answer:
        with right:
            show_source(
                here, turn.answer, open_source=open_source, originals=originals, notes=notes
            )
