import pytest

from assistant import Assistant
from indexing import index_reports
from retrieval.clause_reader import ClauseReader
from retrieval.search import HybridSearch
from tests.fakes import FakeEmbedder
from vectorstore.report_index import ReportIndex

REPORT = """BÁO CÁO
Kết quả thực hiện của huyện Mường Tè năm 2024

STT\tChỉ tiêu\tThực hiện năm 2024\tSo sánh với kế hoạch (%)
1\tTỷ lệ bác sỹ/vạn dân\t11.5\t96%
2\tTỷ lệ hộ nghèo\t2.73%\t101%
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("compared")
    (folder / "muong-te.txt").write_text(REPORT, "utf-8")
    embedder = FakeEmbedder()
    index = ReportIndex.open(folder / "index", embedder="fake", dimension=32, create=True)
    assert not index_reports([folder / "muong-te.txt"], index=index, embedder=embedder).failed
    return Assistant(index, HybridSearch(index, embedder), ClauseReader.load("fake"))


def test_a_column_that_compares_is_no_answer_to_what_the_row_is(assistant):
    answer = assistant.ask("Tỷ lệ bác sỹ trên vạn dân là bao nhiêu?")
    assert "11,5" in answer.text
    assert "96%" not in answer.text.partition("[1]")[0]


def test_a_column_that_compares_answers_how_it_stands_to_the_plan(assistant):
    answer = assistant.ask("Tỷ lệ bác sỹ/vạn dân so sánh với kế hoạch đạt bao nhiêu phần trăm?")
    assert "96%" in answer.text
