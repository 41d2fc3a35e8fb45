"""Show the page of the original file that an answer stands on, with the quoted words marked."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Protocol

import streamlit as st

from errors import AssistantError, UnreadableReportError
from page_view import Mark
from records import Citation, Origin, Report, Span
from ui import plain, session
from ui.session import Opened

_PDF = "PDF"
_PNG = b"\x89PNG"
_KEPT = 40  # pictures
_ALT = "Trang {} của tệp gốc; lời trích được tô màu, câu chữ đọc được ở khung nội dung bên dưới"


class Originals(Protocol):
    """The files that reports were made from."""

    def read(self, report: Report) -> bytes:
        """Give a report's file."""

    def check(self, report: Report) -> None:
        """Raise an error where `read` would."""

    def find_marks(self, citation: Citation, said: Iterable[Span]) -> tuple[Mark, ...]:
        """Find where the words of a citation stand on the pages."""

    def draw(self, report: Report, page: int, marks: Sequence[Mark], *, whole: bool) -> bytes:
        """Draw a page with marked words."""


@dataclass(frozen=True, slots=True)
class PageView:
    """What is shown of a file."""

    page: int  # 1-based
    pages: int  # of the file
    marks: tuple[Mark, ...]  # on the page
    whole: bool  # all of the page, not only the part around the marks


def choose_page(
    opened: Opened, origin: Origin, marks: Sequence[Mark], *, cited: int | None, here: int | None
) -> PageView | None:
    """Choose which page to show; None if the file has no pages that can be drawn.

    Args:
        opened: What the user has opened and turned to.
        origin: How the file was read.
        marks: Where the quoted words stand, on all pages.
        cited: The page where the quoted words begin, as far as the report knows; None where the
            panel stands at another passage.
        here: The page of the passage that the panel stands at.
    """
    if origin.format != _PDF or not origin.pages:
        return None
    first = marks[0].page if marks and cited is not None else cited or here
    page = min(max(opened.page or first or 1, 1), origin.pages)
    shown = tuple(mark for mark in marks if mark.page == page)
    return PageView(page, origin.pages, shown, opened.whole or not shown)


def show_page(report: Report, view: PageView, originals: Originals) -> None:
    """Show a page, and the buttons that turn to others.

    Args:
        report: Whose page it is.
        view: What to show.
        originals: Draws it.
    """
    with st.container(key="page-picture", gap="small"):
        try:
            marks = tuple((m.page, m.left, m.top, m.right, m.bottom, m.said) for m in view.marks)
            picture, problem = _draw(
                report.digest,
                view.page,
                marks,
                view.whole,
                _draw_it=partial(originals.draw, report, view.page, view.marks, whole=view.whole),
            )
        except AssistantError as error:
            picture, problem = b"", str(error)
        if problem:
            plain.note(problem, key="page-problem")
        else:
            st.image(
                picture,
                width="stretch",
                # Left to itself, Streamlit would make a JPEG of a PNG and blur the letters.
                output_format="PNG" if picture.startswith(_PNG) else "JPEG",
                alt=_ALT.format(view.page),
            )
        _show_buttons(view)


def offer_file(report: Report, originals: Originals) -> None:
    """Let the user save the file that a report was made from."""
    st.download_button(
        "Mở tệp gốc",
        data=partial(originals.read, report),
        file_name=PurePosixPath(report.name).name,
        mime="application/octet-stream",  # saved as it is; a browser never runs it as a page
        on_click="ignore",
        key="source-file",
    )


def _show_buttons(view: PageView) -> None:
    with st.container(
        horizontal=True, gap="small", vertical_alignment="center", key="page-buttons"
    ):
        _turn("Trang trước", view.page - 1, view, "page-before")
        plain.show(
            plain.part("div", f"Trang {view.page} / {view.pages}", look="page-number"),
            key="page-number",
        )
        _turn("Trang sau", view.page + 1, view, "page-after")
        if view.marks:
            st.button(
                "Chỉ xem chỗ trích" if view.whole else "Xem cả trang",
                on_click=session.show_whole,
                args=(not view.whole,),
                key="page-whole",
            )


def _turn(label: str, page: int, view: PageView, key: str) -> None:
    st.button(
        label,
        disabled=not 1 <= page <= view.pages,
        on_click=session.turn_page,
        args=(page,),
        key=key,
    )


@st.cache_data(max_entries=_KEPT, show_spinner="Đang vẽ trang của tệp gốc…")
def _draw(
    digest: str,
    page: int,
    marks: tuple[tuple[int, float, float, float, float, bool], ...],
    whole: bool,
    _draw_it: Callable[[], bytes],
) -> tuple[bytes, str]:
    """Draw a page once for all who look at it, or say why it cannot be drawn.

    The picture is known by all but `_draw_it`; `digest` stands for the file.
    """
    try:
        return _draw_it(), ""
    except UnreadableReportError as error:
        return b"", str(error)
