"""Turn what goes wrong into words for an official, and keep the rest for the log."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from errors import AssistantError

UNEXPECTED = "Đã xảy ra lỗi ngoài dự kiến. Hãy thử lại; nếu vẫn lỗi, báo người quản trị hệ thống."
log = logging.getLogger("app")


@contextmanager
def told_to(tell: Callable[[str], None]) -> Iterator[None]:
    """End the body's errors here, giving their message to `tell`.

    A traceback would help no official: it goes to the log.
    """
    try:
        yield
    except AssistantError as error:
        tell(str(error))
    except Exception:
        log.exception("unexpected error on the page")
        tell(UNEXPECTED)
