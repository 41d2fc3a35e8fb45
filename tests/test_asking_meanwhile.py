"""Ask while reports are indexed, replaced and removed."""

import itertools
import threading
from pathlib import Path

import pytest
from fakes import FakeEmbedder

from assistant import Assistant
from errors import AssistantError
from indexing import READER, Reader, index_reports
from records import AnswerStatus
from retrieval.clause_reader import ClauseReader
from retrieval.search import HybridSearch
from vectorstore.report_index import ReportIndex

ROOT = Path(__file__).parents[1]
QUESTION = "Huyện Mai Sơn có bao nhiêu sản phẩm OCOP?"


class Office:
    """A folder of reports, and an assistant that answers from their index."""

    def __init__(self, folder):
        self.reports = folder / "reports"
        self.reports.mkdir()
        self.embedder = FakeEmbedder()
        self.index = ReportIndex.open(folder / "index", embedder="fake", dimension=32, create=True)
        for name in ("mai-son.txt", "muong-te.txt"):
            (self.reports / name).write_bytes((ROOT / "reports" / name).read_bytes())
        self.ingest()

    def ingest(self, reader=READER, on_progress=lambda _: None):
        index_reports(
            [self.reports],
            index=self.index,
            embedder=self.embedder,
            reader=reader,
            on_progress=on_progress,
        )

    def remove(self, name):
        (self.reports / name).unlink(missing_ok=True)
        self.ingest()

    def assistant(self, reader=None):
        search = HybridSearch(self.index, self.embedder)
        return Assistant(self.index, search, reader or ClauseReader.load("fake"))


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path)
    yield made
    made.index.close()


def cited(answer):
    return {each.report for each in answer.citations} | {hit.passage.report for hit in answer.hits}


class Meanwhile:
    """Reads answers as the real reader does, after something else has happened."""

    def __init__(self, happens):
        self.happens = happens
        self.reader = ClauseReader.load("fake")

    def read(self, *given):
        self.happens()
        return self.reader.read(*given)


def test_what_is_removed_while_a_question_is_answered_is_not_cited(office):
    answer = office.assistant().ask(QUESTION)
    assert answer.status is AnswerStatus.ANSWERED
    assert "mai-son.txt" in cited(answer)
    removing = office.assistant(Meanwhile(lambda: office.remove("mai-son.txt")))
    assert "mai-son.txt" not in cited(removing.ask(QUESTION))


def test_what_is_replaced_while_a_question_is_answered_is_cited_as_it_is_now(office):
    path = office.reports / "mai-son.txt"

    def replace():
        text = path.read_text("utf-8").replace("20 sản phẩm", "21 sản phẩm")
        path.write_text(text, "utf-8")
        office.ingest()

    answer = office.assistant(Meanwhile(replace)).ask(QUESTION)
    assert "21 sản phẩm OCOP" in answer.text
    assert "20 sản phẩm OCOP" not in answer.text


def test_reports_that_change_without_end_are_told(office):
    names = itertools.count()

    def change():
        text = (ROOT / "reports" / "mai-son.txt").read_text("utf-8")
        for old in office.reports.iterdir():
            old.unlink()
        (office.reports / f"{next(names)}.txt").write_text(text, "utf-8")
        office.ingest()

    with pytest.raises(AssistantError, match="đang được cập nhật"):
        office.assistant(Meanwhile(change)).ask(QUESTION)


def test_questions_are_answered_while_a_long_report_is_read(office):
    reading, end = threading.Event(), threading.Event()

    def read(path, **told):
        reading.set()
        assert end.wait(30)
        return READER.read(path, **told)

    (office.reports / "moi.txt").write_text("Huyện Mộc Châu có 35 sản phẩm OCOP.", "utf-8")
    slow = Reader(read, READER.version, READER.suffixes, lambda _: {})
    ingest = threading.Thread(target=office.ingest, args=(slow,))
    ingest.start()
    assert reading.wait(30)
    try:
        assert "20 sản phẩm OCOP" in office.assistant().ask(QUESTION).text
        assert office.index.ingest.is_ingesting()
        assert "moi.txt" not in {report.name for report in office.index.reports()}
    finally:
        end.set()
        ingest.join()
    assert not office.index.ingest.is_ingesting()
    assert "moi.txt" in {report.name for report in office.index.reports()}


def test_an_ingest_that_has_to_wait_says_so(office):
    told = []
    with office.index.writing(office.embedder):
        waiting = threading.Thread(target=office.ingest, kwargs={"on_progress": told.append})
        waiting.start()
        while not told:
            waiting.join(0.01)
        assert told[0].waiting
    waiting.join()
    assert not any(state.waiting for state in told[1:])


def test_an_index_is_watched_by_one_process_at_a_time(office):
    assert not office.index.ingest.is_watched()
    with office.index.ingest.watching() as first, office.index.ingest.watching() as second:
        assert (first, second) == (True, False)
        assert office.index.ingest.is_watched()
    assert not office.index.ingest.is_watched()
