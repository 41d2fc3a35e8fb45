"""Comparisons over a real index of three small reports, with an embedder that counts words."""

from decimal import Decimal

import pytest

from assistant import Assistant
from indexing import index_reports
from records import AnswerStatus, FigureStatus
from retrieval.clause_reader import ClauseReader
from retrieval.search import HybridSearch
from tests.fakes import FakeEmbedder
from vectorstore.report_index import ReportIndex

MAI_SON = """BÁO CÁO KINH TẾ - XÃ HỘI HUYỆN MAI SƠN

I. KẾT QUẢ

Hiện nay, toàn huyện Mai Sơn có 181 hợp tác xã, tăng 54 hợp tác xã so với năm 2020, trong đó có 26 hợp tác xã của bản. Diện tích cây ăn quả đạt 11.200 ha, có 20 sản phẩm OCOP (trong đó 10 sản phẩm 4 sao, 10 sản phẩm 3 sao).

Tỷ lệ che phủ rừng (42,05%, đạt 100%). Huyện đạt chuẩn xóa mù chữ mức độ 2. Tỷ lệ lao động qua đào tạo đạt 60%.
"""
MOC_CHAU = """BÁO CÁO KINH TẾ - XÃ HỘI HUYỆN MỘC CHÂU

I. KẾT QUẢ

Toàn huyện Mộc Châu có trên 11,5 nghìn ha cây ăn quả. Đến nay toàn huyện có 39 sản phẩm OCOP, chiếm 20% của toàn tỉnh (202 sản phẩm OCOP). Tỷ lệ lao động qua đào tạo đạt 71%.

Huyện có 28 hợp tác xã, khiển trách 5 hợp tác xã. Huyện đạt chuẩn xóa mù chữ mức độ 1, phổ cập tiểu học mức độ 2.
"""
MUONG_LA = """BÁO CÁO KINH TẾ - XÃ HỘI HUYỆN MƯỜNG LA

I. MỤC TIÊU, NHIỆM VỤ NĂM 2030

Tỷ lệ che phủ rừng đạt 50%. Tỷ lệ lao động qua đào tạo đạt 75%.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    for name, text in (("mai-son", MAI_SON), ("moc-chau", MOC_CHAU), ("muong-la", MUONG_LA)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    embedder = FakeEmbedder()
    index = ReportIndex.open(
        tmp_path_factory.mktemp("index"), embedder=embedder.name, dimension=32, create=True
    )
    assert not index_reports([folder], index=index, embedder=embedder).failed
    reader = ClauseReader.load(embedder.name)
    return Assistant(index, HybridSearch(index, embedder), reader)


@pytest.mark.parametrize(
    "question",
    [
        "Huyện nào có nhiều sản phẩm OCOP nhất?",
        "huyen nao co nhieu san pham ocop nhat",
        "Mai Sơn hay Mộc Châu có nhiều SP OCOP hơn?",
        "huyện nào dẫn đầu về số sản phẩm OCOP",
    ],
)
def test_the_winner_comes_first_and_each_figure_has_its_citation(assistant, question):
    answer = assistant.ask(question)
    first, second = answer.text.split("\n")[:2]
    assert first.startswith("Mộc Châu nhiều ")
    assert first.endswith(": 39 sản phẩm [1].")
    assert second == "Mai Sơn: 20 sản phẩm [2]."
    assert [citation.report for citation in answer.citations] == ["moc-chau.txt", "mai-son.txt"]


def test_districts_whose_reports_do_not_say_it_are_named(assistant):
    answer = assistant.ask("Huyện nào có nhiều sản phẩm OCOP nhất?")
    assert "Báo cáo của Mường La không nêu rõ số liệu này." in answer.text
    assert answer.comparison is not None
    assert [row.locality for row in answer.comparison.rows if not row.citation] == ["Mường La"]


def test_a_sum_is_said_with_its_terms(assistant):
    answer = assistant.ask("Mai Sơn và Mộc Châu có tổng cộng bao nhiêu hợp tác xã?")
    assert answer.text.startswith("Tổng cộng 209 hợp tác xã: 181 + 28 = 209 hợp tác xã [1] [2].")


def test_figures_are_brought_to_one_unit_and_approximate_ones_are_told(assistant):
    answer = assistant.ask("Diện tích cây ăn quả của Mai Sơn và Mộc Châu chênh nhau bao nhiêu?")
    assert "Mộc Châu nhiều hơn Mai Sơn 300 ha: 11.500 − 11.200 = 300 ha" in answer.text
    assert "Lưu ý: số liệu của Mộc Châu là gần đúng." in answer.text


def test_a_target_beside_results_is_told(assistant):
    answer = assistant.ask("Huyện nào có tỷ lệ lao động qua đào tạo cao nhất?")
    assert answer.text.startswith("Mường La cao nhất: 75% (mục tiêu) [1].")
    assert "số liệu của Mường La là mục tiêu, không phải kết quả đã đạt" in answer.text
    assert answer.comparison is not None
    statuses = [row.status for row in answer.comparison.rows]
    assert statuses == [FigureStatus.TARGET, FigureStatus.RESULT, FigureStatus.RESULT]


def test_shares_are_compared_but_not_added(assistant):
    answer = assistant.ask("Tổng tỷ lệ lao động qua đào tạo của Mai Sơn và Mộc Châu là bao nhiêu?")
    assert "không cộng" in answer.text
    assert "131" not in answer.text
    points = assistant.ask("Mộc Châu cao hơn Mai Sơn bao nhiêu phần trăm lao động qua đào tạo?")
    assert "71 − 60 = 11 (điểm phần trăm)" in points.text


def test_the_values_of_a_table_are_numbers_in_one_unit(assistant):
    answer = assistant.ask("So sánh diện tích cây ăn quả của Mai Sơn và Mộc Châu")
    assert answer.comparison is not None
    values = [(row.locality, row.value, row.unit) for row in answer.comparison.rows]
    assert values == [("Mộc Châu", Decimal(11500), "ha"), ("Mai Sơn", Decimal(11200), "ha")]


def test_only_reports_that_say_so_are_named(assistant):
    answer = assistant.ask("Những huyện nào đã đạt chuẩn xóa mù chữ mức độ 2?")
    assert answer.text.startswith("Các nơi có báo cáo nêu: Mai Sơn.")
    assert [citation.report for citation in answer.citations] == ["mai-son.txt"]


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Mộc Châu có nhiều sản phẩm OCOP hơn Mai Sơn không?", "Có. "),
        ("Mai Sơn có nhiều sản phẩm OCOP hơn Mộc Châu không?", "Không. "),
    ],
)
def test_a_claim_is_judged(assistant, question, word):
    assert assistant.ask(question).text.startswith(word)


def test_a_question_that_names_no_district_gets_the_figure_of_every_one(assistant):
    answer = assistant.ask("Có bao nhiêu sản phẩm OCOP?")
    assert "Mai Sơn: 20 sản phẩm" in answer.text
    assert "Mộc Châu: 39 sản phẩm" in answer.text


@pytest.mark.parametrize(
    "question",
    ["Huyện nào có nhiều sân bay nhất?", "Tổng số tàu cá của Mai Sơn và Mộc Châu là bao nhiêu?"],
)
def test_what_no_report_says_is_refused(assistant, question):
    assert assistant.ask(question).status is AnswerStatus.NOT_FOUND


def test_every_quote_stands_where_it_says(assistant):
    answer = assistant.ask("Huyện nào có nhiều sản phẩm OCOP nhất?")
    for citation in answer.citations:
        report = assistant.open_source(citation.passage_id).report
        assert report.text[citation.span.start : citation.span.end] == citation.quote
