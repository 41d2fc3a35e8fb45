"""Show in a terminal what an ingest did, how far it is, and how the index stands to the folder."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Display
from rich.table import Table
from rich.text import Text

from indexing import FileOutcome, IngestSummary, Outcome, Progress
from indexing.comparing import Comparison, Difference, Found

_OUTCOMES = {
    Outcome.ADDED: "mới nạp",
    Outcome.REPLACED: "nạp lại",
    Outcome.UNCHANGED: "không đổi",
    Outcome.REMOVED: "đã gỡ",
    Outcome.FAILED: "LỖI",
    Outcome.SKIPPED: "bỏ qua",
}
_COUNTED = ("Đoạn", "Chú\nthích", "Dòng\nbảng", "Số\nliệu", "Bỏ\nra", "Giây")
# Of more files than this only those with news are listed: the others are counted.
_LISTED = 40
_PAGES = 12  # page numbers named in a row
_NAMED = 5  # chunks named in a row
_DIFFERENCES = {
    Difference.NEW: "chưa nạp",
    Difference.CHANGED: "đã sửa sau khi nạp",
    Difference.GONE: "tệp không còn, nội dung vẫn trong chỉ mục",
    Difference.OLD_READING: "cần đọc lại: chương trình hoặc thông tin sửa tay đã khác",
    Difference.FAILED: "lần trước không đọc được",
    Difference.UNREADABLE: "không mở được",
    Difference.NO_VECTOR: "thiếu trong chỉ mục nghĩa (Chroma)",
    Difference.NO_WORDS: "thiếu trong chỉ mục từ (BM25)",
    Difference.ORPHAN_VECTOR: "thừa trong chỉ mục nghĩa (Chroma)",
    Difference.ORPHAN_WORDS: "thừa trong chỉ mục từ (BM25)",
    Difference.UNFINISHED: "chưa hoàn tất",
}
_OF_CHUNKS = (
    Difference.NO_VECTOR,
    Difference.NO_WORDS,
    Difference.ORPHAN_VECTOR,
    Difference.ORPHAN_WORDS,
)


@contextmanager
def show_progress(console: Console) -> "Iterator[ProgressBar]":
    """Show a bar while an ingest runs; what it gives is to be told of the progress."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Display(*columns, console=console, transient=True) as display:
        yield ProgressBar(display)


class ProgressBar:
    """Shows how far an ingest has come: a step a file, and parts of it for pages and chunks."""

    def __init__(self, display: Display) -> None:
        """Take the display to draw on."""
        self._display = display
        self._task = display.add_task("Đang chuẩn bị…", total=None)

    def __call__(self, state: Progress) -> None:
        """Draw the state of the ingest."""
        if state.waiting:
            self._display.console.print("Một lần nạp khác đang chạy; lần này chờ đến lượt.")
            return
        page = f", trang {state.page}/{state.pages}" if state.pages else ""
        told = f"Đang nạp {Text(state.name).markup}{page}"
        self._display.update(self._task, description=told, completed=state.share, total=1.0)


def show_summary(summary: IngestSummary, console: Console) -> None:
    """Show what an ingest did: a row a file, and what is to be known of it below."""
    if not summary.files:
        console.print("Không có báo cáo nào ở đó. Hãy chép báo cáo vào thư mục rồi nạp lại.")
    else:
        shown = _with_news(summary.files)
        if shown:
            console.print(_table(shown))
        if len(shown) < len(summary.files):
            console.print(f"Không đổi: {len(summary.files) - len(shown)} tệp.")
        for file in shown:
            for note in _notes(file):
                console.print(Text(f"  {file.name}: {note}"), soft_wrap=True)
        _show_unread(summary.unread, console)
    if summary.problem:
        console.print(Text(summary.problem, style="bold"), soft_wrap=True)
    when = f" bắt đầu lúc {_local(summary.started)}," if summary.started else ""
    console.print(f"{len(summary.files)} tệp,{when} {_seconds(summary.seconds)} giây.")


def show_news(summary: IngestSummary, console: Console) -> None:
    """Show in lines what changed in the index: for a watch, which goes on."""
    now = datetime.now().astimezone().strftime("%H:%M:%S")
    for file in summary.files:
        if file.outcome not in (Outcome.UNCHANGED, Outcome.SKIPPED):
            told = f": {file.message.removeprefix(f'{file.name}: ')}" if file.message else ""
            line = f"{now} {_OUTCOMES[file.outcome]} {file.name}{told}"
            console.print(Text(line), soft_wrap=True)
    news = tuple(f for f in summary.unread if f.outcome is not Outcome.UNCHANGED)
    _show_unread(news, console)
    if summary.problem:
        console.print(Text(f"{now} {summary.problem}"), soft_wrap=True)


def show_comparison(comparison: Comparison, console: Console) -> None:
    """Show every difference between the folder and the index."""
    for line in _differences(comparison.found):
        console.print(Text(line), soft_wrap=True)
    elsewhere = f" ({comparison.elsewhere} nạp từ nơi khác)" if comparison.elsewhere else ""
    held = f"{comparison.reports} báo cáo{elsewhere}, {comparison.chunks} đoạn tìm kiếm"
    if comparison.found:
        console.print(f"Chỉ mục có {held}; có {len(comparison.found)} điểm chưa khớp.")
        console.print("Hãy nạp lại bằng lệnh: python -m ingest")
    else:
        console.print(f"Chỉ mục khớp với thư mục: {held}.")


def _differences(found: Sequence[Found]) -> Iterator[str]:
    """Give a line for each file, and one for all chunks of a report that differ in one way."""
    chunks: dict[tuple[Difference, str], list[str]] = {}
    for each in found:
        if each.difference in _OF_CHUNKS:
            chunks.setdefault((each.difference, each.message), []).append(each.name)
        else:
            why = each.message.removeprefix(f"{each.name}: ")
            told = f"{each.name}: {_DIFFERENCES[each.difference]}"
            yield f"{told} - {why}" if why else told
    for (difference, report), ids in chunks.items():
        named = ", ".join(ids[:_NAMED]) + (", …" if len(ids) > _NAMED else "")
        of = f"{report}: " if report else ""
        yield f"{of}{len(ids)} đoạn tìm kiếm {_DIFFERENCES[difference]} ({named})"


def _with_news(files: Sequence[FileOutcome]) -> list[FileOutcome]:
    few = len(files) <= _LISTED
    return [file for file in files if few or file.outcome is not Outcome.UNCHANGED]


def _table(files: Sequence[FileOutcome]) -> Table:
    table = Table(title="Kết quả nạp báo cáo")
    table.add_column("Báo cáo", overflow="fold")
    table.add_column("Kết quả", no_wrap=True)
    for heading in _COUNTED:
        table.add_column(heading, justify="right")
    for file in files:
        read = (file.passages, file.footnotes, file.table_rows, file.figures)
        counts = map(str, (*read, sum(entry.count for entry in file.left_out)))
        seconds = _seconds(file.seconds) if file.seconds else ""
        table.add_row(Text(file.name), _OUTCOMES[file.outcome], *counts, seconds)
    return table


def _notes(file: FileOutcome) -> list[str]:
    """Say why a file failed, how it was read, what was left out and why, and what to look at."""
    notes = [file.message.removeprefix(f"{file.name}: ")] if file.message else []
    told = (("trang", file.origin.pages), ("bảng", file.origin.tables))
    parts = [file.origin.format, *(f"{count} {what}" for what, count in told if count)]
    if len(parts) > 1:
        notes.append(", ".join(filter(None, parts)))
    if file.origin.encoding not in ("", "UTF-8"):
        notes.append(f"chữ viết theo bảng mã {file.origin.encoding}, đã chuyển sang Unicode")
    if file.origin.ocr_pages:
        notes.append(f"nhận dạng chữ từ ảnh: {_page_list(file.origin.ocr_pages)}")
    for entry in file.left_out:
        example = f" (ví dụ: “{entry.example}”)" if entry.example else ""
        notes.append(f"bỏ ra {entry.count} dòng: {entry.reason}{example}")
    return [*notes, *file.warnings]


def _show_unread(files: Sequence[FileOutcome], console: Console) -> None:
    for file in files:
        line = f"CHÚ Ý {file.name}: CHƯA ĐỌC ĐƯỢC {_page_list(file.origin.unread_pages)}"
        told = f"{line} trong {file.origin.pages} trang; câu trả lời sẽ thiếu phần này."
        console.print(Text(told, style="bold red"), soft_wrap=True)


def _page_list(pages: Sequence[int]) -> str:
    named = ", ".join(map(str, pages[:_PAGES]))
    more = f" và {len(pages) - _PAGES} trang khác" if len(pages) > _PAGES else ""
    return f"trang {named}{more}"


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f}".replace(".", ",")


def _local(started: str) -> str:
    return datetime.fromisoformat(started).astimezone().strftime("%H:%M ngày %d/%m/%Y")
