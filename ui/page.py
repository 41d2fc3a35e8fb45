"""Dress the page: its own look, and Vietnamese where Streamlit speaks English."""

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent


def dress() -> None:
    """Set the title, the layout and the style; the first thing a run does."""
    # A Material icon or an emoji here would be fetched from the internet.
    st.set_page_config(page_title="Hỏi Báo Cáo", page_icon=_HERE / "icon.svg", layout="wide")
    st.html(_HERE / "page.css")  # our own file; nothing of a report is in it
