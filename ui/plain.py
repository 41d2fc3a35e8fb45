"""Show words that others wrote as words: never as HTML, Markdown, mathematics or emoji.

Reports, file names and questions are not ours, and Streamlit reads Markdown nearly everywhere: in
button labels, errors and progress bars too, where an image address would be fetched. So all such
words go through one small component. Python sends it a tree of known elements as JSON; the
browser creates each element by name and sets words as text nodes, so there is nothing to escape
and nothing to forget. (`st.html` with escaped text would hang on escaping; `st.text` is as safe
but cannot highlight words or be clicked.)
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import streamlit as st

_HERE = Path(__file__).parent
_component = st.components.v2.component(
    "plain_parts",
    html='<div class="parts"></div>',
    css=(_HERE / "plain.css").read_text("utf-8"),
    js=(_HERE / "plain.js").read_text("utf-8"),
)

# The browser side holds the same list and makes a <span> of anything else.
Tag = Literal[
    "button", "dd", "div", "dl", "dt", "h1", "h2", "h3", "li", "mark", "ol", "p", "section", "span",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One element of a page and what stands in it."""

    tag: Tag
    children: tuple["Part | str", ...]
    look: str = ""  # classes of plain.css
    pick: str = ""  # of a button: the value given to `on_pick` when it is pressed
    label: str = ""  # what a screen reader says, where the words are not enough
    pressed: bool = False  # of a button: what it opens is open


def part(
    tag: Tag,
    *children: Part | str,
    look: str = "",
    pick: str = "",
    label: str = "",
    pressed: bool = False,
) -> Part:
    """Make a part; empty children are left out."""
    filled = tuple(child for child in children if child != "")
    return Part(tag, filled, look, pick, label, pressed)


def show(
    content: Part, *, key: str, on_pick: Callable[[str], None] | None = None, arrival: str = ""
) -> None:
    """Put a part on the page.

    Args:
        content: What to show.
        key: Unique on the page; the same from run to run.
        on_pick: Called with a button's `pick` when it is pressed, before the page runs again.
        arrival: When this changes, the page scrolls to the part and the focus moves to it.
    """

    def picked() -> None:
        value = st.session_state[key].get("picked")
        if on_pick and isinstance(value, str):
            on_pick(value)

    _component(
        key=key, data={"part": as_data(content), "arrival": arrival}, on_picked_change=picked
    )


def alert(message: str, *, key: str) -> None:
    """Show an error's message; like `st.error`, but a file name in it stays plain."""
    show(Part("div", (message,), look="alert"), key=key)


def note(message: str, *, key: str) -> None:
    """Show a message that is not an error."""
    show(Part("div", (message,), look="note"), key=key)


def as_data(content: Part | str) -> object:
    """Give a part as what JSON can carry: words as strings, elements as objects."""
    if isinstance(content, str):
        return content
    return {
        "tag": content.tag,
        "look": content.look,
        "pick": content.pick,
        "label": content.label,
        "pressed": content.pressed,
        "children": [as_data(child) for child in content.children],
    }
