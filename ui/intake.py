"""Store and index the reports a user sends, or the whole folder again."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

import uploads
import wiring
from indexing import FileOutcome, IngestSummary
from settings import Settings
from ui import failures, ingest_result, session
from ui.session import IngestResult
from uploads import Upload


def add_reports(settings: Settings, files: Sequence[Upload], *, replace: bool) -> None:
    """Store uploaded files and index those that could be stored.

    Args:
        settings: Where the reports are kept.
        files: What the user sent.
        replace: Write over other reports of the same name.
    """
    with st.sidebar, st.spinner("Đang đọc tệp…"):
        kept, refused = uploads.keep_all(
            settings.reports_dir,
            files,
            wiring.SUFFIXES,
            replace=replace,
            check=partial(wiring.check_readable, settings),
        )
    if kept:
        _index(partial(wiring.index_reports, settings, kept), refused)
    else:
        session.keep_result(IngestResult((), refused))


def renew_index(settings: Settings) -> None:
    """Bring the index in line with the reports folder."""
    _index(partial(wiring.renew_index, settings))


def _index(ingest: Callable[..., IngestSummary], refused: tuple[str, ...] = ()) -> None:
    problems = list(refused)
    files: tuple[FileOutcome, ...] = ()
    with failures.told_to(problems.append):
        summary = ingest(on_progress=ingest_result.start_progress())
        files = summary.files
        problems += filter(None, [summary.problem])
    session.keep_result(IngestResult(files, tuple(problems)))
