"""Show the passage an answer stands on, in its report, with the quoted words marked."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import streamlit as st

from errors import AssistantError
from records import (
    Answer,
    AnswerStatus,
    Cell,
    Citation,
    Origin,
    Passage,
    PassageKind,
    Report,
    Span,
)
from source_notes import FROM_PICTURE, VersionNote
from ui import page_picture, plain, session
from ui.highlight import pieces, said_spans
from ui.page_picture import Originals
from ui.places import facts, file_facts, kind, pages, shorten
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

    @property
    def origin(self) -> Origin:
        """How the report's file was read."""


def show_source(
    opened: Opened,
    answer: Answer,
    *,
    open_source: Callable[[str], Source],
    originals: Originals,
    notes: Mapping[str, VersionNote],
) -> None:
    """Show the panel of an open citation, and the buttons that move through the report.

    Args:
        opened: Which citation, and which passage the panel stands at.
        answer: What the citation is of.
        open_source: Gives a passage and its neighbours by the passage's id.
        originals: The files that the reports were made from.
        notes: What is to be known of reports that have other versions, by report name.
    """
    try:
        source = open_source(opened.passage_id)
    except AssistantError as error:
        plain.alert(str(error), key="source")
        st.button("Đóng", on_click=session.close_source, key="close-source")
        return
    citation = answer.citations[opened.citation]
    problem = ""
    try:
        originals.check(source.report)
    except AssistantError as error:
        problem = str(error)
    note = notes.get(source.report.name)
    head = head_part(source, answer, opened.citation, (note.told if note else "", problem))
    with st.container(key="source-panel", gap=None):
        plain.show(head, key="source", arrival=str(opened.arrival))
        if not problem:
            _show_page(opened, source, answer, originals)
        plain.show(text_part(source, answer, opened.citation), key="source-text")
    with st.container(horizontal=True, gap="small", key="source-buttons"):
        _step("Đoạn trước", source.before[-1:], "up")
        _step("Đoạn sau", source.after[:1], "down")
        if opened.passage_id != citation.passage_id or opened.page is not None:
            st.button(
                "Về trích dẫn",
                on_click=session.move_source,
                args=(citation.passage_id,),
                key="source-home",
            )
        if not problem:
            page_picture.offer_file(source.report, originals)
        st.button("Đóng", on_click=session.close_source, key="close-source")


def head_part(source: Source, answer: Answer, cited: int, remarks: tuple[str, ...] = ()) -> Part:
    """Lay out what the panel says of the report and the place in it.

    Args:
        source: The passage the panel stands at.
        answer: What the citation is of.
        cited: The citation's place in the answer.
        remarks: What else is to be known (Vietnamese).
    """
    report, here, citation = source.report, source.passage, answer.citations[cited]
    title = _title(answer, cited)
    name = report.name if report.metadata.title else ""  # else it stands in the title's place
    caution = FROM_PICTURE[:1].upper() + FROM_PICTURE[1:] if citation.from_picture else ""
    return part(
        "section",
        part("div", title, look="eyebrow"),
        part("h2", report.metadata.title or report.name, look="source-title"),
        _line((name, *file_facts(source.origin), *facts(report.metadata)), "facts"),
        _line((*map(shorten, here.section[-3:]), pages(here)), "path"),
        *(part("p", remark, look="caution") for remark in (caution, *remarks) if remark),
        look="panel",
        label=title,
    )


def text_part(source: Source, answer: Answer, cited: int) -> Part:
    """Lay out the report's words.

    Args:
        source: The passage the panel stands at, and its neighbours.
        answer: What the citation is of.
        cited: The citation's place in the answer; its words are marked wherever they are shown.
    """
    report, here, citation = source.report, source.passage, answer.citations[cited]
    words = _Words(report.text, citation.span, _said(answer, citation))
    return part(
        "div",
        *(_passage(words, passage, "near") for passage in source.before),
        _passage(words, here, "centre"),
        *(_passage(words, passage, "near") for passage in source.after),
        look="scroller",
        label="Nội dung báo cáo",
    )


def _show_page(opened: Opened, source: Source, answer: Answer, originals: Originals) -> None:
    citation = answer.citations[opened.citation]
    marks = originals.find_marks(citation, _said(answer, citation))
    at_home = opened.passage_id == citation.passage_id
    view = page_picture.choose_page(
        opened,
        source.origin,
        marks,
        cited=citation.page if at_home else None,
        here=source.passage.page,
    )
    if view:
        page_picture.show_page(source.report, view, originals)


def _said(answer: Answer, citation: Citation) -> tuple[Span, ...]:
    """Find the words of a report that an answer says itself."""
    if answer.status is not AnswerStatus.ANSWERED:
        return ()
    start = citation.span.start
    said = said_spans(answer.text, citation.quote)
    return tuple(Span(start + each.start, start + each.end) for each in said)


def _title(answer: Answer, cited: int) -> str:
    found = answer.status is AnswerStatus.ANSWERED
    return f"Nguồn trích dẫn [{cited + 1}]" if found else "Đoạn gần nhất"


@dataclass(frozen=True, slots=True)
class _Words:
    """A report's words, and which of them are marked."""

    text: str
    quoted: Span
    said: tuple[Span, ...]

    def cut(self, spans: tuple[Span, ...]) -> list[Part | str]:
        """Give some stretches of the report, with the marked words as parts."""
        shown: list[Part | str] = []
        for piece in pieces(self.text, spans, self.quoted, self.said):
            # Lines stay apart, but empty lines between them would only push words out of sight.
            words = re.sub(r"\s*\n\s*", "\n", piece.text)
            marked = part("mark", words, look="said" if piece.said else "")
            shown.append(marked if piece.quoted else words)
        return shown


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


def _passage(words: _Words, passage: Passage, look: str) -> Part:
    named = kind(passage)
    table = passage.kind is PassageKind.TABLE_ROW
    # A row's context repeats its table's head, which stands beside each cell.
    context = f"Chú thích cho: “{passage.context}”" if passage.context and not table else ""
    return part(
        "div",
        part("div", named, look="passage-kind") if named else "",
        part("div", context, look="context") if context else "",
        _row(words, passage.cells) if passage.cells else "",
        part("div", "Nguyên văn dòng", look="raw-name") if passage.cells else "",
        part("p", *words.cut(passage.spans), look="raw" if table else "words"),
        look=f"passage {look}",
    )


def _row(words: _Words, cells: tuple[Cell, ...]) -> Part:
    rows = [
        part("div", part("dt", cell.column), part("dd", *words.cut((cell.span,))), look="cell")
        for cell in cells
    ]
    return part("dl", *rows, look="row")
