from dataclasses import replace

from indexing import FileOutcome, IngestSummary, LeftOutCount, Outcome
from indexing.kept_results import keep_result, last_result
from records import Origin

SUMMARY = IngestSummary(
    (
        FileOutcome(
            "a.pdf",
            Outcome.ADDED,
            passages=7,
            left_out=(LeftOutCount("số trang", 2, "Trang 1"),),
            warnings=("lạ",),
            origin=Origin("PDF", "TCVN3", 9, (1, 2), (3,), 4),
            seconds=1.5,
        ),
        FileOutcome("b.txt", Outcome.FAILED, message="b.txt: tệp rỗng."),
    ),
    seconds=2.5,
    started="2026-11-22T08:30:00+00:00",
    folders=("/báo cáo",),
)


def test_a_kept_result_comes_back_whole(tmp_path):
    assert keep_result(tmp_path, SUMMARY) == SUMMARY
    assert last_result(tmp_path) == SUMMARY
    assert [path.name for path in (tmp_path / "ingest-reports").iterdir()] == [
        "2026-11-22T08-30-00Z.000.json"
    ]


def test_nothing_is_known_before_the_first_ingest(tmp_path):
    assert last_result(tmp_path) is None


def test_the_last_fifty_are_kept(tmp_path):
    for minute in range(60):
        keep_result(tmp_path, replace(SUMMARY, started=f"2026-11-22T08:{minute:02}:00+00:00"))
    names = sorted(path.name for path in (tmp_path / "ingest-reports").iterdir())
    assert (len(names), names[0]) == (50, "2026-11-22T08-10-00Z.000.json")


def test_two_of_one_second_are_both_kept(tmp_path):
    keep_result(tmp_path, SUMMARY)
    keep_result(tmp_path, replace(SUMMARY, seconds=9.0))
    assert last_result(tmp_path).seconds == 9.0


def test_one_that_cannot_be_read_is_passed_over(tmp_path):
    keep_result(tmp_path, SUMMARY)
    (tmp_path / "ingest-reports" / "2027.json").write_text("{")
    assert last_result(tmp_path) == SUMMARY


def test_a_result_that_cannot_be_kept_says_so(tmp_path):
    (tmp_path / "ingest-reports").touch()
    kept = keep_result(tmp_path, SUMMARY)
    assert "Không lưu được bản kết quả nạp" in kept.problem
    assert kept.files == SUMMARY.files
