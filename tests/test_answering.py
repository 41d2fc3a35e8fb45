"""The form of an answer: the figure first, its status said, lists whole, footnotes and tables named."""

from pathlib import Path

import pytest

from assistant import Assistant
from indexing import index_reports
from records import FigureStatus, ReportMetadata
from retrieval.clause_reader import ClauseReader
from retrieval.said_status import column_status, mismatch, words_status, year_written
from retrieval.search import HybridSearch
from tests.fakes import FakeEmbedder
from vectorstore.report_index import ReportIndex

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN MƯỜNG TÈ

BÁO CÁO
Kế hoạch phát triển kinh tế - xã hội năm 2025

I. KẾT QUẢ NĂM 2024

Toàn huyện Mường Tè có 181 hợp tác xã, tăng 54 hợp tác xã so với năm 2020. Tổng thiệt hại do thiên tai khoảng 33 tỷ đồng¹. Khai thác khoáng sản trái phép vẫn còn xảy ra. Nguyên nhân: Do công tác nắm tình hình còn thiếu chủ động.

¹ Trong đó: Thiệt hại do rét hại 2,3 tỷ đồng; thiệt hại do hạn hán 1,4 tỷ đồng; thiệt hại do gió lốc 18 tỷ đồng.

II. CÁC CHỈ TIÊU CHỦ YẾU NĂM 2025

(1) Thu nhập bình quân đầu người đạt 32,07 triệu đồng/người/năm.

(2) Thu ngân sách trên địa bàn đạt trên 69 tỷ đồng.

(3) Tổng sản lượng lương thực có hạt đạt 17.860 tấn.

(4) Tỷ lệ số hộ được sử dụng điện lưới quốc gia đạt 95%.

BIỂU CHỈ TIÊU

STT\tChỉ tiêu\tƯớc thực hiện năm 2024\tMục tiêu đến năm 2030
1\tĐộ che phủ rừng\t51.20%\t53%
2\tTỷ lệ hộ nghèo\t2.73%\t1.5%
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("answering")
    (folder / "muong-te.txt").write_text(REPORT, "utf-8")
    embedder = FakeEmbedder()
    opened = ReportIndex.open(
        folder / "index", embedder=embedder.name, dimension=embedder.dimension, create=True
    )
    assert not index_reports([folder / "muong-te.txt"], index=opened, embedder=embedder).failed
    return Assistant(opened, HybridSearch(opened, embedder), ClauseReader.load(embedder.name))


def test_the_figure_stands_first_and_its_clause_is_quoted(assistant: Assistant) -> None:
    text = assistant.ask("Mường Tè có bao nhiêu hợp tác xã?").text
    assert text.startswith("Toàn huyện Mường Tè có 181 hợp tác xã. Theo báo cáo")
    assert text.endswith(
        "“Toàn huyện Mường Tè có 181 hợp tác xã, tăng 54 hợp tác xã so với năm 2020” [1]"
    )


def test_a_target_is_called_one(assistant: Assistant) -> None:
    text = assistant.ask("Năm 2025 thu nhập bình quân đầu người của Mường Tè là bao nhiêu?").text
    assert "32,07 triệu đồng/người/năm (mục tiêu năm 2025)." in text


def test_a_cell_is_told_with_its_row_and_column(assistant: Assistant) -> None:
    text = assistant.ask("Ước thực hiện năm 2024 độ che phủ rừng Mường Tè là bao nhiêu?").text
    assert "Theo biểu trong báo cáo" in text
    assert "Độ che phủ rừng, ước thực hiện năm 2024: 51,20% [1]" in text


def test_a_list_under_its_heading_is_given_whole(assistant: Assistant) -> None:
    answer = assistant.ask("Liệt kê các chỉ tiêu chủ yếu năm 2025 của Mường Tè")
    for item in ("32,07 triệu", "69 tỷ", "17.860 tấn", "95%"):
        assert item in answer.text
    assert answer.verification.faults == ()


def test_a_list_in_a_footnote_is_told_with_the_sentence(assistant: Assistant) -> None:
    text = assistant.ask("Tổng thiệt hại do thiên tai ở Mường Tè gồm những khoản nào?").text
    for item in ("2,3 tỷ", "1,4 tỷ", "18 tỷ"):
        assert item in text


def test_a_reason_is_told_with_what_it_is_of(assistant: Assistant) -> None:
    text = assistant.ask("Vì sao khai thác khoáng sản trái phép vẫn xảy ra ở Mường Tè?").text
    assert "Khai thác khoáng sản trái phép" in text
    assert "thiếu chủ động" in text


@pytest.mark.parametrize(
    ("words", "section", "status"),
    [
        ("phấn đấu đạt 53%", (), FigureStatus.TARGET),
        ("ước đạt 571 tỷ đồng", (), FigureStatus.ESTIMATE),
        ("đạt 96% mục tiêu Nghị quyết", (), FigureStatus.RESULT),
        ("đến năm 2030 có 34/35 trường", (), FigureStatus.TARGET),
        ("thu nhập đạt 32 triệu đồng", ("3. Các chỉ tiêu chủ yếu năm 2025",), FigureStatus.TARGET),
        ("là 28,6 tỷ đồng", ("2. Kết quả thực hiện các chỉ tiêu",), FigureStatus.RESULT),
    ],
)
def test_status_is_read_from_words_and_headings(
    words: str, section: tuple[str, ...], status: FigureStatus
) -> None:
    assert words_status(words, section, 2024) is status


def test_columns_tell_status_by_their_names() -> None:
    assert column_status("Ước thực hiện năm 2024") is FigureStatus.ESTIMATE
    assert column_status("Mục tiêu đến năm 2030") is FigureStatus.TARGET
    assert column_status("So sánh với NQĐH XXIII") is FigureStatus.COMPARISON
    assert column_status("Thực hiện năm 2023") is FigureStatus.RESULT


def test_a_result_for_a_target_and_the_other_way_round_is_noticed() -> None:
    result, target = FigureStatus.RESULT, FigureStatus.TARGET
    assert mismatch("Mục tiêu là bao nhiêu?", result, speaks_of_plans=False) is target
    assert mismatch("Mục tiêu là bao nhiêu?", result, speaks_of_plans=True) is None
    assert mismatch("Đến nay đã đạt bao nhiêu?", target, speaks_of_plans=True) is result
    assert mismatch("Là bao nhiêu?", target, speaks_of_plans=True) is None


def test_a_report_s_year_is_that_of_its_date_or_else_of_its_period() -> None:
    assert year_written(ReportMetadata(date="tháng 12 năm 2024", period="2025 - 2030")) == 2024
    assert year_written(ReportMetadata(period="2020 - 2025")) == 2025
