"""Show how far an ingest is, and then what it read, left out and could not read."""

from collections.abc import Callable

import streamlit as st

from indexing import FileOutcome, Outcome, Progress
from ui import plain, session
from ui.index_state import unread_warning
from ui.plain import Part, part
from ui.session import IngestResult

_COLUMNS = (
    "Báo cáo", "Kết quả", "Dạng tệp", "Trang", "Đoạn", "Chú thích", "Dòng bảng", "Số liệu", "Phần bỏ qua",
    "Lưu ý",
)  # fmt: skip
_LISTED = 200  # rows; a browser is slow with thousands, and unchanged reports say nothing new
_OUTCOMES = {
    Outcome.ADDED: "Mới",
    Outcome.REPLACED: "Cập nhật",
    Outcome.UNCHANGED: "Không đổi",
    Outcome.REMOVED: "Đã gỡ",
    Outcome.FAILED: "Lỗi",
    Outcome.SKIPPED: "Bỏ qua",
}
_READ = (Outcome.ADDED, Outcome.REPLACED, Outcome.UNCHANGED)


def start_progress() -> Callable[[Progress], None]:
    """Show a progress bar under the buttons that start an ingest; call the result to move it.

    The bar does not say the files' names: its text is read as Markdown.
    """
    bar = st.sidebar.progress(0.0, "Đang chuẩn bị…")

    def advance(progress: Progress) -> None:
        if progress.waiting:
            bar.progress(0.0, "Một lần nạp khác đang chạy; đang chờ đến lượt…")
            return
        page = f", trang {progress.page}/{progress.pages}" if progress.pages else ""
        bar.progress(
            progress.share,
            f"Đang lập chỉ mục báo cáo {progress.position}/{progress.total}{page}…",
        )

    return advance


def show_result(result: IngestResult) -> None:
    """Show the table of an ingest, until the user puts it away."""
    read = sum(file.outcome in _READ for file in result.files)
    failed = len(_problems(result))
    with st.sidebar:  # on a phone the sidebar hides the table
        plain.note(
            f"Đã đọc {read} báo cáo, {failed} lỗi. Bảng kết quả ở trang chính.", key="result-note"
        )
    plain.show(result_part(result), key="result")
    st.button("Đóng bảng kết quả", on_click=session.close_result, key="close-result")


def result_part(result: IngestResult) -> Part:
    """Lay out the table, and the problems above it."""
    problems = [part("li", problem, look="alert") for problem in _problems(result)]
    listed = sorted(
        (file for file in result.files if file.outcome is not Outcome.FAILED),
        key=lambda file: file.outcome is Outcome.UNCHANGED,
    )
    rows = [_row(file) for file in listed[:_LISTED]]
    rest = len(listed) - len(rows)
    head = part("thead", part("tr", *(part("th", column) for column in _COLUMNS)))
    table = part("table", head, part("tbody", *rows))
    return part(
        "section",
        part("h2", "Kết quả lập chỉ mục", look="result-title"),
        part("ul", *problems, look="failures") if problems else "",
        part("div", table, look="table-frame") if rows else "",
        part("p", f"và {rest} báo cáo khác.") if rest else "",
        label="Kết quả lập chỉ mục",
    )


def _problems(result: IngestResult) -> list[str]:
    failed = (file.message for file in result.files if file.outcome is Outcome.FAILED)
    unread = (unread_warning(file) for file in result.files if file.origin.unread_pages)
    return [*result.problems, *failed, *unread]


def _row(file: FileOutcome) -> Part:
    origin = file.origin
    counts = (origin.pages or "", file.passages, file.footnotes, file.table_rows, file.figures)
    shown = map(str, counts) if file.outcome in _READ else [""] * len(counts)
    left_out = [part("li", f"{entry.reason} ({entry.count})") for entry in file.left_out]
    return part(
        "tr",
        part("td", file.name, look="name"),
        part("td", _OUTCOMES[file.outcome]),
        part("td", origin.format),
        *(part("td", count, look="number") for count in shown),
        part("td", part("ul", *left_out) if left_out else ""),
        part("td", "; ".join(_remarks(file))),
    )


def _remarks(file: FileOutcome) -> list[str]:
    remarks = [file.message] if file.message else []
    if file.origin.ocr_pages:
        remarks.append(f"{len(file.origin.ocr_pages)} trang nhận dạng chữ từ ảnh")
    if file.origin.encoding not in ("", "UTF-8"):
        remarks.append(f"bảng mã {file.origin.encoding}")
    return [*remarks, *file.warnings]
