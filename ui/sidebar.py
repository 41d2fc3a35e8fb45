"""Show the indexed reports, take new ones, and make the index anew."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import streamlit as st

from records import Origin, ReportMetadata
from source_notes import VersionNote
from ui import plain, session
from ui.places import file_facts
from ui.plain import Part, part
from uploads import Upload


class ListedReport(Protocol):
    """What the list says of a report."""

    @property
    def name(self) -> str:
        """The file's name."""

    @property
    def metadata(self) -> ReportMetadata:
        """Title, place and time."""

    @property
    def passages(self) -> int:
        """How many passages it has."""

    @property
    def origin(self) -> Origin:
        """How its file was read."""


def show_brand() -> None:
    """Name the product."""
    name = part("div", "Hỏi Báo Cáo", look="brand-name")
    plain.show(part("div", name, "Trả lời kèm trích dẫn nguyên văn", look="brand"), key="brand")


def show_reports(reports: Sequence[ListedReport], notes: Mapping[str, VersionNote]) -> None:
    """List the reports that can be asked about.

    Args:
        reports: What is indexed.
        notes: What is to be known of those that have other versions, by report name.
    """
    if not reports:
        plain.note("Chưa có báo cáo nào trong chỉ mục.", key="reports")
        return
    heading = part("h2", f"Báo cáo đã lập chỉ mục ({len(reports)})", look="side-heading")
    listed = part("ul", *(_report(each, notes.get(each.name)) for each in reports), look="reports")
    plain.show(part("div", heading, listed), key="reports")


def ask_for_upload(
    suffixes: tuple[str, ...], *, clashes: Callable[[Upload], bool]
) -> tuple[tuple[Upload, ...], bool]:
    """Let the user choose report files.

    Args:
        suffixes: Endings that can be read, with the dot.
        clashes: Says whether storing a file would write over another report.

    Returns:
        The files the user has asked to index, none if he has not, and whether they may replace
        reports of the same name.
    """
    # A new key empties the uploader and the box once the files are indexed.
    batch = session.uploads()
    chosen = st.file_uploader(
        "Nạp báo cáo mới (Word, PDF, Excel, PowerPoint, văn bản, trang web, tệp .zip)",
        type=list(suffixes),
        accept_multiple_files=True,
        key=f"upload-{batch}",
    )
    uploads = tuple(Upload(file.name, file.getvalue()) for file in chosen)
    clashing = [upload.name for upload in uploads if clashes(upload)]
    replace = False
    if clashing:
        plain.note(f"Đã có báo cáo khác cùng tên: {', '.join(clashing)}.", key="clashing")
        replace = st.checkbox("Thay thế báo cáo cùng tên", key=f"replace-{batch}")
    blocked = not uploads or (bool(clashing) and not replace)
    if st.button("Lưu và lập chỉ mục", type="primary", disabled=blocked, key="index-upload"):
        session.upload_done()
        return uploads, replace
    return (), replace


def ask_for_renewal() -> bool:
    """Let the user bring the index in line with the reports; say whether he asks for it now."""
    return st.button(
        "Lập lại chỉ mục",
        help="Nạp báo cáo mới hoặc đã sửa trong thư mục báo cáo, gỡ báo cáo đã xóa.",
        key="reindex",
    )


def offer_new_conversation() -> None:
    """Let the user clear the conversation, once there is one."""
    if session.turns():
        st.button("Cuộc hỏi đáp mới", on_click=session.forget, key="forget")


def _report(report: ListedReport, note: VersionNote | None) -> Part:
    told = report.metadata
    place = ", ".join(filter(None, (told.district, told.province)))
    period = told.period.replace(" ", "\u00a0")  # stays on one line
    about = " · ".join(filter(None, (told.kind, told.draft, period)))
    size = " · ".join((*file_facts(report.origin), f"{report.passages} đoạn"))
    return part(
        "li",
        part("div", told.title or report.name, look="report-title"),
        part("div", place, look="report-facts") if place else "",
        part("div", about, look="report-facts") if about else "",
        part("div", f"{report.name} · {size}" if told.title else size, look="report-facts"),
        part("div", note.told, look="report-version") if note else "",
        look="report",
    )
