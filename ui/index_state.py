"""Show how the index stands to the reports folder, and what the last ingest could not do."""

from datetime import datetime
from typing import Protocol

from indexing import FileOutcome, IngestSummary, Outcome
from ui import plain
from ui.plain import Part, part

_SHOWN = 5  # problems listed; the rest is counted
_READ = (Outcome.ADDED, Outcome.REPLACED, Outcome.UNCHANGED)


class News(Protocol):
    """How many files are not as the last ingest saw them."""

    @property
    def new(self) -> int:
        """Files that are not indexed."""

    @property
    def changed(self) -> int:
        """Files that were changed."""

    @property
    def gone(self) -> int:
        """Files that are not there any more."""


class IndexState(Protocol):
    """How the index stands to the reports folder."""

    @property
    def news(self) -> News:
        """What differs."""

    @property
    def is_ingesting(self) -> bool:
        """Whether an ingest is running."""

    @property
    def is_watched(self) -> bool:
        """Whether changes are indexed by themselves."""


def show_state(state: IndexState | None, last: IngestSummary | None) -> None:
    """Show both under the list of reports; nothing where there is no index.

    Args:
        state: How the index stands to the folder.
        last: What the last ingest did.
    """
    if state is None:
        return
    lines = [part("li", line) for line in _state_lines(state)]
    plain.show(
        part("div", part("ul", *lines, look="state"), _last_part(last) if last else ""),
        key="index-state",
    )


def unread_warning(file: FileOutcome) -> str:
    """Say which pages of a report are not read, and what follows from it."""
    pages = ", ".join(map(str, file.origin.unread_pages))
    told = f"{file.name}: chưa đọc được trang {pages} trong {file.origin.pages} trang"
    return f"{told}; câu trả lời sẽ thiếu phần này."


def _state_lines(state: IndexState) -> list[str]:
    news = state.news
    counted = [(news.new, "tệp mới"), (news.changed, "tệp đã sửa"), (news.gone, "tệp đã xóa")]
    told = ", ".join(f"{count} {what}" for count, what in counted if count)
    lines = []
    if state.is_ingesting:
        lines.append("Đang nạp báo cáo; vẫn hỏi được trên phần đã nạp xong.")
    if state.is_watched:
        lines.append("Thư mục báo cáo đang được theo dõi; thay đổi được nạp tự động.")
    if not told:
        lines.append("Chỉ mục khớp với thư mục báo cáo.")
    elif state.is_ingesting or state.is_watched:
        lines.append(f"Đang chờ nạp: {told}.")
    else:
        lines.append(f"Thư mục có thay đổi chưa nạp: {told}. Hãy bấm “Lập lại chỉ mục”.")
    return lines


def _last_part(last: IngestSummary) -> Part:
    read = sum(file.outcome in _READ for file in last.files)
    counted = [(len(last.failed), "lỗi"), (len(last.unread), "báo cáo còn trang chưa đọc")]
    told = "".join(f", {count} {what}" for count, what in counted if count)
    problems = [
        *filter(None, [last.problem]),
        *map(unread_warning, last.unread),
        *(file.message for file in last.failed),
    ]
    more = len(problems) - _SHOWN
    shown = [part("li", problem) for problem in problems[:_SHOWN]]
    if more > 0:
        shown.append(part("li", f"và {more} lưu ý khác, xem bằng lệnh: python -m ingest --report"))
    return part(
        "div",
        part("div", f"Lần nạp gần nhất{_when(last.started)}: {read} báo cáo{told}."),
        part("ul", *shown, look="problems") if shown else "",
        look="last-ingest",
    )


def _when(started: str) -> str:
    if not started:
        return ""
    return datetime.fromisoformat(started).astimezone().strftime(" (%H:%M ngày %d/%m/%Y)")
