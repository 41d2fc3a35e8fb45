"""Run the page: ask about the reports, read the answer, open the words it stands on."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

import uploads
import wiring
from errors import AssistantError
from prompts.sample_questions import sample_questions
from records import EarlierTurn
from settings import Settings
from source_notes import VersionNote
from ui import (
    answers,
    conversation,
    failures,
    index_state,
    ingest_result,
    intake,
    page,
    plain,
    session,
    sidebar,
    welcome,
)
from ui.session import Turn

# Once per server, not per rerun; shared by all users, so it holds no conversation.
load_assistant = st.cache_resource(show_spinner="Đang mở chỉ mục…")(wiring.build_assistant)


def show_page(settings: Settings) -> None:
    """Show the page once, as Streamlit asks for after every action."""
    state, notes = None, dict[str, VersionNote]()
    try:
        reports, problem = wiring.indexed_reports(settings), ""
        if reports:
            notes = wiring.version_notes(settings)
        state = wiring.index_state(settings)
    except AssistantError as error:
        reports, problem = (), str(error)
    with st.sidebar:
        sidebar.show_brand()
        sidebar.show_reports(reports, notes)
        index_state.show_state(state, wiring.last_ingest(settings))
        clashes = partial(uploads.clashes, settings.reports_dir, suffixes=wiring.SUFFIXES)
        files, replace = sidebar.ask_for_upload(wiring.SUFFIXES, clashes=clashes)
        again = sidebar.ask_for_renewal()
        sidebar.offer_new_conversation()
    if files or again:
        if files:
            intake.add_reports(settings, files, replace=replace)
        else:
            intake.renew_index(settings)
        load_assistant.clear()
        st.rerun()
    if result := session.result():
        ingest_result.show_result(result)
    if problem:
        plain.alert(problem, key="problem")
        plain.note("Có thể sửa ngay: bấm “Lập lại chỉ mục” ở khung bên trái.", key="remedy")
    elif not reports:
        welcome.show_first_steps()
    else:
        talk(settings, frozenset(report.name for report in reports), notes)


def talk(settings: Settings, names: frozenset[str], notes: dict[str, VersionNote]) -> None:
    """Show the conversation and take the next question."""
    # Put there by ourselves: Streamlit would otherwise scroll away from where an answer begins.
    typed = st.bottom.chat_input("Hỏi về báo cáo…", on_submit=session.close_source)
    question = typed or session.take_next()
    turns = session.turns()
    if not turns and not question:
        welcome.show_welcome(sample_questions(names))
    for number, turn in enumerate(turns):
        conversation.show_turn(
            number,
            turn,
            open_source=lambda passage: load_assistant(settings).open_source(passage),
            originals=wiring.open_originals(settings),
            notes=notes,
        )
    if question:
        answers.show_question(len(turns), question)
        with st.spinner("Đang tìm trong báo cáo…"):
            turn = ask(settings, question, session.earlier())
        session.add_turn(turn)
        st.rerun()
    elif again := session.take_again():
        with st.spinner("Đang tìm trong báo cáo…"):
            session.replace_turn(again.turn, ask(settings, again.question, ()))
        st.rerun()


def ask(settings: Settings, question: str, earlier: Sequence[EarlierTurn]) -> Turn:
    """Ask, and keep what came of it: a rerun shows it again without asking again."""
    problems: list[str] = []
    with failures.told_to(problems.append):
        return Turn(question, load_assistant(settings).ask(question, earlier))
    return Turn(question, None, problems[0])


page.dress()
with failures.told_to(partial(plain.alert, key="failed")):
    show_page(wiring.read_settings())
