"""Show how a follow-up was understood, and let the user correct it."""

from functools import partial

import streamlit as st

from ui import plain, session
from ui.plain import Part, part
from ui.session import Turn

_EDIT, _AS_TYPED = "edit", "typed"
_LONGEST = 2000  # characters; longer questions are refused


def show_understood(number: int, turn: Turn) -> None:
    """Show the question as it was asked, if it is not what was typed, with ways to change it.

    Args:
        number: Place of the turn in the conversation.
        turn: What was asked and answered.
    """
    asked = turn.answer.asked if turn.answer else ""
    if not asked:
        return
    editing = session.edited() == number
    plain.show(
        understood_part(asked, editing=editing),
        key=f"understood-{number}",
        on_pick=partial(_picked, number),
    )
    if editing:
        _show_form(number, asked)


def understood_part(asked: str, *, editing: bool) -> Part:
    """Lay out what was understood."""
    return part(
        "div",
        part("p", part("span", "Đang hỏi: ", look="understood-lead"), asked),
        part(
            "div",
            part("button", "Sửa câu hỏi", look="small-button", pick=_EDIT, pressed=editing),
            part("button", "Hỏi đúng như đã gõ", look="small-button", pick=_AS_TYPED),
            look="small-buttons",
        ),
        look="understood",
    )


def _picked(number: int, what: str) -> None:
    if what == _EDIT:
        session.edit(None if session.edited() == number else number)
    elif what == _AS_TYPED:
        session.ask_again(number, session.turns()[number].question)


def _show_form(number: int, asked: str) -> None:
    with st.form(f"edit-{number}", border=False):
        st.text_input(
            "Câu hỏi cần hỏi lại", value=asked, key=f"edited-{number}", max_chars=_LONGEST
        )
        st.form_submit_button("Hỏi lại", on_click=_submitted, args=(number,), type="primary")


def _submitted(number: int) -> None:
    question = st.session_state[f"edited-{number}"].strip()
    if question:
        session.ask_again(number, question)
