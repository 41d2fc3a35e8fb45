"""Show how far an ingest is, and then what it read, left out and could not read."""

from collections import Counter
from collections.abc import Callable

import streamlit as st

from indexing import FileOutcome, Outcome, Progress
from ui import plain, session
from ui.plain import Part, part
from ui.session import IngestResult

_COLUMNS = ("Báo cáo", "Kết quả", "Đoạn", "Chú thích", "Dòng bảng", "Phần bỏ qua", "Lưu ý")
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
        part_done = progress.embedded / progress.to_embed if progress.to_embed else 0.0
        done = progress.position - 1 + (1.0 if progress.outcome else part_done)
        bar.progress(
            min(done / progress.total, 1.0),
            f"Đang lập chỉ mục báo cáo {progress.position}/{progress.total}…",
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
    rows = [_row(file) for file in result.files if file.outcome is not Outcome.FAILED]
    head = part("thead", part("tr", *(part("th", column) for column in _COLUMNS)))
    table = part("table", head, part("tbody", *rows))
    return part(
        "section",
        part("h2", "Kết quả lập chỉ mục", look="result-title"),
        part("ul", *problems, look="failures") if problems else "",
        part("div", table, look="table-frame") if rows else "",
        label="Kết quả lập chỉ mục",
    )


def _problems(result: IngestResult) -> list[str]:
    failed = (file.message for file in result.files if file.outcome is Outcome.FAILED)
    return [*result.problems, *failed]


def _row(file: FileOutcome) -> Part:
    counts = (file.passages, file.footnotes, file.table_rows)
    shown = map(str, counts) if file.outcome in _READ else [""] * len(counts)
    reasons = Counter(entry.reason for entry in file.left_out)
    counted = [part("li", f"{reason} ({count})") for reason, count in reasons.items()]
    return part(
        "tr",
        part("td", file.name, look="name"),
        part("td", _OUTCOMES[file.outcome]),
        *(part("td", count, look="number") for count in shown),
        part("td", part("ul", *counted) if counted else ""),
        part("td", file.message or "; ".join(file.warnings)),
    )
