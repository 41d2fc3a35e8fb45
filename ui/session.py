"""Keep one user's conversation from run to run."""

from dataclasses import dataclass, replace

import streamlit as st

from indexing import FileOutcome
from records import Answer, EarlierTurn


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it: an answer, or the reason why there is none."""

    question: str
    answer: Answer | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """The citation whose source is open, and the passage its panel stands at."""

    turn: int  # place in the conversation, from 0
    citation: int  # place in the answer's citations, from 0
    passage_id: str
    arrival: int  # counts openings, so that the page scrolls to a new one only
    page: int | None = None  # of the report's file, if the user has turned to it; from 1
    whole: bool = False  # that page is shown whole, not only around the quoted words


@dataclass(frozen=True, slots=True)
class Again:
    """A turn that waits to be asked in other words."""

    turn: int  # place in the conversation, from 0
    question: str


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What an ingest came to."""

    files: tuple[FileOutcome, ...]
    problems: tuple[str, ...] = ()  # Vietnamese; what kept files or the whole ingest back


def turns() -> list[Turn]:
    """Give the conversation, oldest first."""
    kept: list[Turn] = st.session_state.setdefault("turns", [])
    return kept


def add_turn(turn: Turn) -> None:
    """Add a turn to the conversation; the page will scroll to its question."""
    st.session_state["arrived"] = len(turns())
    turns().append(turn)


def earlier() -> tuple[EarlierTurn, ...]:
    """Give the turns that a follow-up is understood from, oldest first."""
    return tuple(
        EarlierTurn(turn.answer.asked or turn.question, turn.answer)
        for turn in turns()
        if turn.answer
    )


def edited() -> int | None:
    """Give the turn whose understood question is being edited."""
    number: int | None = st.session_state.get("edited")
    return number


def edit(number: int | None) -> None:
    """Let the understood question of a turn be edited; of none, put the editing away."""
    st.session_state["edited"] = number


def ask_again(number: int, question: str) -> None:
    """Ask a turn in other words in the next run, by themselves, in its old place."""
    edit(None)
    close_source()
    st.session_state["again"] = Again(number, question)


def take_again() -> Again | None:
    """Give the turn that waits to be asked again, once."""
    waiting: Again | None = st.session_state.pop("again", None)
    return waiting


def replace_turn(number: int, turn: Turn) -> None:
    """Put a turn in the place of another; the page will scroll to it."""
    turns()[number] = turn
    st.session_state["arrived"] = number


def take_arrival(number: int) -> str:
    """Say, once, that a turn has just been answered; an empty string if it has not."""
    if st.session_state.get("arrived") != number:
        return ""
    del st.session_state["arrived"]
    return "answered"


def opened() -> Opened | None:
    """Give the source that is open."""
    held: Opened | None = st.session_state.get("opened")
    return held


def toggle_source(turn: int, number: str) -> None:
    """Open the source of a citation, or close it if it is the one that is open.

    Args:
        turn: Place in the conversation.
        number: The citation's number as it is shown: "1" for the first.
    """
    answer = turns()[turn].answer
    citation = int(number) - 1
    before = opened()
    if answer is None or (before and (before.turn, before.citation) == (turn, citation)):
        close_source()
        return
    arrival = st.session_state.get("arrivals", 0) + 1
    st.session_state["arrivals"] = arrival
    passage_id = answer.citations[citation].passage_id
    st.session_state["opened"] = Opened(turn, citation, passage_id, arrival)


def move_source(passage_id: str) -> None:
    """Let the open panel stand at another passage of its report."""
    before = opened()
    if before:
        st.session_state["opened"] = replace(before, passage_id=passage_id, page=None)


def turn_page(page: int) -> None:
    """Let the open panel show another page of its report's file."""
    before = opened()
    if before:
        st.session_state["opened"] = replace(before, page=page)


def show_whole(whole: bool) -> None:
    """Let the open panel show whole pages, or only the part around the quoted words."""
    before = opened()
    if before:
        st.session_state["opened"] = replace(before, whole=whole)


def close_source() -> None:
    """Close the panel."""
    st.session_state["opened"] = None


def forget() -> None:
    """Begin a new conversation."""
    st.session_state["turns"] = []
    edit(None)
    close_source()


def uploads() -> int:
    """Count the uploads that are done."""
    count: int = st.session_state.get("uploads", 0)
    return count


def ask_next(question: str) -> None:
    """Ask a question in the next run, as if it had been typed."""
    st.session_state["next_question"] = question


def take_next() -> str:
    """Give the question that waits to be asked, once; an empty string if none does."""
    waiting: str = st.session_state.pop("next_question", "")
    return waiting


def upload_done() -> None:
    """Count one more, so that the uploader starts empty."""
    st.session_state["uploads"] = uploads() + 1


def keep_result(came: IngestResult) -> None:
    """Keep what an ingest came to, to be shown until the user puts it away."""
    st.session_state["result"] = came


def result() -> IngestResult | None:
    """Give what the last ingest came to."""
    held: IngestResult | None = st.session_state.get("result")
    return held


def close_result() -> None:
    """Put it away."""
    st.session_state["result"] = None
