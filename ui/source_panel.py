"""Show the passage an answer stands on, in its report, with the quoted words marked."""

import re
from collections.abc import Callable
from typing import Protocol

import streamlit as st

from errors import AssistantError
from records import Cell, Citation, Passage, PassageKind, Report, Span
from ui import plain, session
from ui.highlight import pieces
from ui.places import facts, kind, pages, shorten
from ui.plain import Part, part
from ui.session import Opened


class Source(Protocol):
    """A passage in its report, with its neighbours."""

    @property
    def report(self) -> Report:
        """The report the passage is of."""

    @property
    def passage(self) -> Passage:
        """The passage asked for."""

    @property
    def before(self) -> tuple[Passage, ...]:
        """Those just before it, in reading order."""

    @property
    def after(self) -> tuple[Passage, ...]:
        """Those just after it."""


def show_source(
    opened: Opened, citation: Citation, *, found: bool, open_source: Callable[[str], Source]
) -> None:
    """Show the panel of an open citation, and the buttons that move through the report.

    Args:
        opened: Which passage the panel stands at.
        citation: What is quoted.
        found: Whether an answer stands on it; if not, it is merely the nearest passage.
        open_source: Gives a passage and its neighbours by the passage's id.
    """
    arrival = str(opened.arrival)
    try:
        source = open_source(opened.passage_id)
    except AssistantError as error:
        plain.alert(str(error), key="source")
        st.button("Đóng", on_click=session.close_source, key="close-source")
        return
    number = opened.citation + 1 if found else None
    plain.show(source_part(source, citation, number), key="source", arrival=arrival)
    with st.container(horizontal=True, gap="small", key="source-buttons"):
        _step("Đoạn trước", source.before[-1:], "up")
        _step("Đoạn sau", source.after[:1], "down")
        if opened.passage_id != citation.passage_id:
            st.button(
                "Về trích dẫn",
                on_click=session.move_source,
                args=(citation.passage_id,),
                key="source-home",
            )
        st.button("Đóng", on_click=session.close_source, key="close-source")


def source_part(source: Source, citation: Citation, number: int | None) -> Part:
    """Lay out the panel.

    Args:
        source: The passage the panel stands at, and its neighbours.
        citation: What is quoted; its words are marked wherever they are shown.
        number: The citation's number in the answer; None for a passage that is merely near.
    """
    report, here = source.report, source.passage
    title = f"Nguồn trích dẫn [{number}]" if number else "Đoạn gần nhất"
    return part(
        "section",
        part("div", title, look="eyebrow"),
        part("h2", report.metadata.title or report.name, look="source-title"),
        _line((report.name, *facts(report.metadata)), "facts"),
        _line((*map(shorten, here.section[-3:]), pages(here)), "path"),
        part(
            "div",
            *(_passage(report, passage, citation.span, "near") for passage in source.before),
            _passage(report, here, citation.span, "centre"),
            *(_passage(report, passage, citation.span, "near") for passage in source.after),
            look="scroller",
            label="Nội dung báo cáo",
        ),
        look="panel",
        label=title,
    )


def _step(label: str, neighbour: tuple[Passage, ...], arrow: str) -> None:
    st.button(
        label,
        icon=f":material/arrow_{arrow}ward:",
        disabled=not neighbour,
        on_click=session.move_source,
        args=tuple(passage.id for passage in neighbour),
        key=f"source-{arrow}",
    )


def _line(words: tuple[str, ...], look: str) -> Part | str:
    filled = [part("li", word) for word in words if word]
    return part("ul", *filled, look=look) if filled else ""


def _passage(report: Report, passage: Passage, quoted: Span, look: str) -> Part:
    named = kind(passage)
    table = passage.kind is PassageKind.TABLE_ROW
    # A row's context repeats its table's head, which stands beside each cell.
    context = f"Chú thích cho: “{passage.context}”" if passage.context and not table else ""
    return part(
        "div",
        part("div", named, look="passage-kind") if named else "",
        part("div", context, look="context") if context else "",
        _row(report, passage.cells, quoted) if passage.cells else "",
        part("div", "Nguyên văn dòng", look="raw-name") if passage.cells else "",
        part("p", *_words(report, passage.spans, quoted), look="raw" if table else "words"),
        look=f"passage {look}",
    )


def _row(report: Report, cells: tuple[Cell, ...], quoted: Span) -> Part:
    rows: list[Part] = []
    for cell in cells:
        value = _words(report, (cell.span,), quoted)
        rows.append(part("div", part("dt", cell.column), part("dd", *value), look="cell"))
    return part("dl", *rows, look="row")


def _words(report: Report, spans: tuple[Span, ...], quoted: Span) -> list[Part | str]:
    found = pieces(report.text, spans, quoted)
    # Lines stay apart, but empty lines between them would only push the words out of sight.
    shown = [(re.sub(r"\s*\n\s*", "\n", piece.text), piece.quoted) for piece in found]
    return [part("mark", words) if marked else words for words, marked in shown]
