"""Open the files that reports were made from, and show on their pages where an answer stands."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from errors import AssistantError, UnreadableReportError
from ingest.reading import LARGEST_BYTES
from page_drawing import draw_safely
from page_view import Mark, mark_page, marks_of
from records import Citation, Report, Span
from vectorstore.report_index import ReportIndex

_WIDTH = 1400  # pixels of a page's picture: sharp where a window or a phone shows it enlarged
_GONE = "Tệp gốc không còn ở chỗ cũ nên chỉ hiện phần chữ đã đọc."
_CHANGED = (
    "Tệp gốc đã được sửa hoặc thay sau khi nạp nên chỉ hiện phần chữ đã đọc. "
    "Hãy nạp lại báo cáo rồi hỏi lại."
)


class OriginalGoneError(AssistantError):
    """A report's file is not there any more, or not as it was when the report was read."""


class OriginalFiles:
    """The files of one index's reports; any thread may ask for them."""

    def __init__(self, index: ReportIndex) -> None:
        """Take the index that knows where they lie."""
        self._index = index

    def read(self, report: Report) -> bytes:
        """Give the bytes that a report was read from; of an archive, those of the file in it.

        Raises:
            OriginalGoneError: They are not there any more.
            ReportNotFoundError: The report was removed from the index.
        """
        path, member = self._index.source_file(report.name)
        content = _read(path, member)
        if hashlib.sha256(content).hexdigest() != report.digest:
            raise OriginalGoneError(_CHANGED)
        return content

    def check(self, report: Report) -> None:
        """Look whether `read` would give the bytes; read them only where the file is not known.

        Raises:
            OriginalGoneError: They are not there any more.
            ReportNotFoundError: The report was removed from the index.
        """
        path, member = self._index.source_file(report.name)
        try:
            state = path.stat()
        except OSError as error:
            raise OriginalGoneError(_GONE) from error
        digest = _digest(path, member, (state.st_size, state.st_mtime_ns, state.st_ctime_ns))
        if digest != report.digest:
            raise OriginalGoneError(_CHANGED)

    def find_marks(self, citation: Citation, said: Iterable[Span]) -> tuple[Mark, ...]:
        """Find where the words of a citation stand on the pages of its report's file.

        Args:
            citation: What is quoted.
            said: Stretches of the report's text that the answer says itself.

        Returns:
            Nothing where the format has no pages, or the passage is not in the index any more.
        """
        passages = self._index.passages({citation.passage_id})
        if citation.passage_id not in passages:
            return ()
        quoted = citation.span
        # Between two stretches of a passage stands what is no part of it: a page's number and head.
        stretches = [
            Span(max(span.start, quoted.start), min(span.end, quoted.end))
            for span in passages[citation.passage_id].spans
            if span.start < quoted.end and quoted.start < span.end
        ]
        words = [w for span in stretches for w in self._index.places(citation.report, span)]
        return marks_of(words, tuple(said))

    def draw(self, report: Report, page: int, marks: Sequence[Mark], *, whole: bool) -> bytes:
        """Draw a page of a report's PDF file with marked words.

        Args:
            report: Whose file it is.
            page: Which page, 1-based.
            marks: Of that page.
            whole: Show the whole page; otherwise the part around the marks.

        Returns:
            A PNG or JPEG picture.

        Raises:
            AssistantError: As `read` says, or the page cannot be drawn.
        """
        return mark_page(draw_safely(self.read(report), page, _WIDTH), marks, whole=whole)


def _read(path: Path, member: str) -> bytes:
    try:
        if path.stat().st_size > LARGEST_BYTES and not member:
            raise OriginalGoneError(_CHANGED)  # what was indexed is smaller
        if member:
            from ingest.formats.archive import read_member

            return read_member(path, member)
        return path.read_bytes()
    except OSError as error:
        raise OriginalGoneError(_GONE) from error
    except UnreadableReportError as error:
        raise OriginalGoneError(_CHANGED) from error


@lru_cache(maxsize=500)
def _digest(path: Path, member: str, state: tuple[int, int, int]) -> str:
    """Give the digest of a file; `state` is another one after every change of it."""
    return hashlib.sha256(_read(path, member)).hexdigest()
