"""Search, reading and answering over a real index, with an embedder that counts words."""

from pathlib import Path

import pytest

from assistant import Assistant
from errors import InvalidQuestionError, ReportNotFoundError
from indexing import index_reports
from prompts.answers import CANNOT_ANSWER
from records import AnswerStatus, PassageKind
from retrieval.clause_reader import ClauseReader
from retrieval.langchain_retriever import ReportRetriever
from retrieval.search import HybridSearch
from tests.fakes import FakeEmbedder
from vectorstore.report_index import ReportIndex

MAI_SON = """I. NÔNG NGHIỆP

Hiện nay, toàn huyện Mai Sơn có 181 hợp tác xã, tăng 54 hợp tác xã so với năm 2020. Diện tích cây ăn quả đạt 11.200 ha, có 20 sản phẩm OCOP (trong đó 10 sản phẩm 4 sao, 10 sản phẩm 3 sao).

II. GIÁO DỤC

Toàn huyện có 42/63 trường đạt chuẩn quốc gia¹. Huyện được tỉnh xếp thứ 4/12 về cải cách hành chính.

¹ Trong đó: 20 trường mầm non, 22 trường phổ thông.
"""
MOC_CHAU = """BIỂU CHỈ TIÊU

STT\tChỉ tiêu\tƯớc thực hiện năm 2024\tMục tiêu đến năm 2030
1\tTỷ lệ hộ nghèo huyện Mộc Châu\t2,73%\t1,5%
2\tĐộ che phủ rừng\t51,2%\t53%

Huyện Mộc Châu có 39 sản phẩm OCOP. Trên địa bàn huyện Mộc Châu chưa có trang trại chăn nuôi quy mô lớn.
"""


@pytest.fixture
def index(tmp_path: Path) -> ReportIndex:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "mai-son.txt").write_text(MAI_SON, "utf-8")
    (folder / "moc-chau.txt").write_text(MOC_CHAU, "utf-8")
    embedder = FakeEmbedder()
    opened = ReportIndex.open(
        tmp_path / "index", embedder=embedder.name, dimension=embedder.dimension, create=True
    )
    assert not index_reports([folder], index=opened, embedder=embedder).failed
    return opened


@pytest.fixture
def search(index: ReportIndex) -> HybridSearch:
    return HybridSearch(index, FakeEmbedder())


@pytest.fixture
def assistant(index: ReportIndex, search: HybridSearch) -> Assistant:
    return Assistant(index, search, ClauseReader.load(FakeEmbedder().name))


@pytest.mark.parametrize(
    ("question", "fact", "report"),
    [
        ("Huyện Mai Sơn có bao nhiêu sản phẩm OCOP?", "20 sản phẩm OCOP", "mai-son.txt"),
        ("mai son co bao nhieu san pham ocop", "20 sản phẩm OCOP", "mai-son.txt"),
        ("Mộc Châu có mấy sản phẩm OCOP?", "39 sản phẩm OCOP", "moc-chau.txt"),
        ("Mai Sơn có bao nhiêu HTX?", "181 hợp tác xã", "mai-son.txt"),
        ("Mai Sơn có mấy trường mầm non đạt chuẩn?", "20 trường mầm non", "mai-son.txt"),
        ("Ước năm 2024 tỷ lệ hộ nghèo Mộc Châu bao nhiêu?", "2,73%", "moc-chau.txt"),
        ("Mục tiêu năm 2030 độ che phủ rừng Mộc Châu là bao nhiêu?", "53%", "moc-chau.txt"),
    ],
)
def test_the_answer_says_the_fact_and_cites_its_place(
    assistant: Assistant, question: str, fact: str, report: str
) -> None:
    answer = assistant.ask(question)
    assert fact in answer.text
    assert answer.citations[0].report == report


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Mai Sơn có đứng nhất tỉnh về cải cách hành chính không?", "Không."),
        ("Mộc Châu đã có trang trại chăn nuôi quy mô lớn chưa?", "Chưa."),
        ("Mai Sơn có trường đạt chuẩn quốc gia không?", "Có."),
    ],
)
def test_a_yes_no_answer_begins_with_its_word(
    assistant: Assistant, question: str, word: str
) -> None:
    assert assistant.ask(question).text.startswith(word)


def test_a_quote_stands_in_the_report_where_it_says(
    assistant: Assistant, index: ReportIndex
) -> None:
    for citation in assistant.ask("Mai Sơn có bao nhiêu sản phẩm OCOP?").citations:
        text = index.report(citation.report).text
        assert text[citation.span.start : citation.span.end] == citation.quote


def test_a_table_answer_names_row_and_column(assistant: Assistant) -> None:
    text = assistant.ask("Mục tiêu năm 2030 tỷ lệ hộ nghèo Mộc Châu?").text
    assert "Tỷ lệ hộ nghèo huyện Mộc Châu, mục tiêu đến năm 2030: 1,5%" in text


def test_a_fact_of_a_footnote_is_cited_as_the_footnote(assistant: Assistant) -> None:
    text = assistant.ask("Mai Sơn có mấy trường mầm non đạt chuẩn?").text
    assert "chú thích 1: “Trong đó: 20 trường mầm non" in text


def test_a_district_without_report_is_not_answered(assistant: Assistant) -> None:
    answer = assistant.ask("Huyện Sông Mã có bao nhiêu sản phẩm OCOP?")
    assert answer.status is AnswerStatus.NOT_FOUND
    assert "Sông Mã" in answer.text


def test_what_no_report_speaks_of_is_not_answered(assistant: Assistant) -> None:
    answer = assistant.ask("Đội bóng đá Mai Sơn vô địch giải nào?")
    assert (answer.status, answer.text) == (AnswerStatus.NOT_FOUND, CANNOT_ANSWER)
    assert answer.citations  # the nearest passages


@pytest.mark.parametrize("question", ["", "?!", "x" * 10_000])
def test_what_is_no_question_is_refused(assistant: Assistant, question: str) -> None:
    with pytest.raises(InvalidQuestionError):
        assistant.ask(question)


@pytest.mark.parametrize("question", ["How many?", "'; DROP TABLE chunk; --", "NEAR(a b)"])
def test_odd_questions_get_some_answer(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).text


def test_a_source_opens_with_its_neighbours(assistant: Assistant) -> None:
    cited = assistant.ask("Mai Sơn có bao nhiêu trường đạt chuẩn quốc gia?").citations[0]
    source = assistant.open_source(cited.passage_id, around=1)
    assert source.passage.id == cited.passage_id
    assert [each.kind for each in source.after] == [PassageKind.FOOTNOTE]


def test_a_passage_that_is_gone_cannot_be_opened(assistant: Assistant) -> None:
    with pytest.raises(ReportNotFoundError, match="Hãy hỏi lại"):
        assistant.open_source("khong-co")


def test_a_report_named_is_the_only_one_searched(search: HybridSearch) -> None:
    question = search.understand("Mộc Châu có bao nhiêu sản phẩm OCOP?")
    hits = search.search(question, search.embed(question), k=10)
    assert {hit.passage.report for hit in hits} == {"moc-chau.txt"}


def test_langchain_gets_documents_that_know_their_place(search: HybridSearch) -> None:
    [document, *_] = ReportRetriever(search=search, k=2).invoke("Mai Sơn có bao nhiêu hợp tác xã?")
    assert "181 hợp tác xã" in document.page_content
    assert document.metadata["report"] == "mai-son.txt"
    assert document.metadata["section"] == "I. NÔNG NGHIỆP"
