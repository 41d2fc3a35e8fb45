"""Draw pages of PDF files in a process of its own: a file may crash it, hang it or fill memory.

python -m page_drawing PAGE WIDTH <FILE.pdf >PAGE.png
"""

import subprocess
import sys
import threading
from pathlib import Path

from errors import UnreadableReportError

_LIMIT_SECONDS = 20
_MEMORY = 2_000_000_000  # bytes of addresses; a page at its largest takes a tenth of it
_AT_ONCE = threading.BoundedSemaphore(2)  # an office computer has two cores
_REFUSED = 3  # exit status: the reason is on stderr


def draw_safely(content: bytes, page: int, width: int) -> bytes:
    """Draw a page as a PNG picture, as `ingest.formats.page_picture.draw_page` does.

    Args:
        content: The bytes of a PDF file.
        page: Which page, 1-based.
        width: Of the picture, in pixels.

    Raises:
        UnreadableReportError: The page cannot be drawn, or not in time.
    """
    command = [sys.executable, "-m", "page_drawing", str(page), str(width)]
    try:
        with _AT_ONCE:
            drawn = subprocess.run(
                command,
                input=content,
                capture_output=True,
                timeout=_LIMIT_SECONDS,
                cwd=Path(__file__).parent,
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise UnreadableReportError(
            f"Trang {page} của tệp gốc quá nặng, chưa vẽ xong sau {_LIMIT_SECONDS} giây. "
            "Hãy mở tệp gốc để xem."
        ) from error
    if drawn.returncode == _REFUSED:
        raise UnreadableReportError(drawn.stderr.decode("utf-8", "replace").strip())
    if drawn.returncode:
        raise UnreadableReportError(
            f"Trang {page} của tệp gốc không vẽ được. Hãy mở tệp gốc để xem."
        )
    return drawn.stdout


def _main(page: int, width: int) -> int:
    from ingest.formats.page_picture import draw_page  # only the process that draws needs it

    _limit_memory()
    try:
        sys.stdout.buffer.write(draw_page(sys.stdin.buffer.read(), page, width))
    except UnreadableReportError as error:
        sys.stderr.buffer.write(str(error).encode())
        return _REFUSED
    return 0


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    sys.exit(_main(int(sys.argv[1]), int(sys.argv[2])))
