from pathlib import Path

import pytest
from fakes import FakeEmbedder, read_lines

from errors import IndexMismatchError, ModelUnavailableError, SettingsError
from indexing import Outcome, Reader, index_reports
from records import IndexCounts
from vectorstore.report_index import ReportIndex
from vietnamese import terms

FORESTS = "Độ che phủ rừng đạt 67,5%"
ROADS = "Đường giao thông nông thôn đã cứng hóa"
SCHOOLS = "Trường học đạt chuẩn quốc gia"


class Bench:
    """A folder of reports, an index, and what reading was asked for."""

    def __init__(self, folder):
        self.reports = folder / "reports"
        self.reports.mkdir()
        self.embedder = FakeEmbedder()
        self.index = ReportIndex.open(folder / "index", embedder="fake", dimension=32, create=True)
        self.version = "1"
        self.corrections = {}
        self.read = []
        self.progress = []

    def write(self, name, *lines, folder=None):
        path = (folder or self.reports) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines), "utf-8")
        return path

    def ingest(self, *paths):
        def read(path, *, name, corrections):
            self.read.append(name)
            return read_lines(path, name=name, corrections=corrections)

        reader = Reader(read, self.version, (".txt",), lambda _: self.corrections, ("sửa.toml",))
        summary = index_reports(
            list(paths) or [self.reports],
            index=self.index,
            embedder=self.embedder,
            reader=reader,
            on_progress=self.progress.append,
        )
        return {file.name: str(file.outcome) for file in summary.files}, summary

    def outcomes(self, *paths):
        return self.ingest(*paths)[0]


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.index.close()


def test_a_folder_is_indexed_with_its_subfolders(bench):
    bench.write("a.txt", FORESTS)
    bench.write("2024/Mường Tè.TXT", ROADS)
    assert bench.outcomes() == {"a.txt": "added", "2024/Mường Tè.TXT": "added"}
    assert bench.index.counts() == IndexCounts(2, 2, 2)
    assert bench.index.report("2024/Mường Tè.TXT").text == ROADS


def test_a_second_ingest_reads_and_embeds_nothing(bench):
    bench.write("a.txt", FORESTS)
    bench.ingest()
    bench.read.clear()
    state = bench.index.state
    outcomes, summary = bench.ingest()
    assert outcomes == {"a.txt": "unchanged"}
    assert (summary.files[0].passages, summary.files[0].chunks) == (1, 1)
    assert bench.read == []
    assert bench.embedder.embedded == [FORESTS]
    assert bench.index.state == state


def test_a_changed_file_replaces_what_it_was(bench):
    bench.write("a.txt", FORESTS, ROADS)
    bench.ingest()
    bench.write("a.txt", FORESTS, SCHOOLS)
    outcomes, summary = bench.ingest()
    assert outcomes == {"a.txt": "replaced"}
    assert summary.files[0].embedded == 1
    assert bench.index.counts() == IndexCounts(2, 2, 2)


def test_a_deleted_file_is_forgotten(bench):
    bench.write("a.txt", FORESTS)
    bench.write("b.txt", ROADS).unlink()
    bench.write("b.txt", ROADS)
    bench.ingest()
    (bench.reports / "a.txt").unlink()
    assert bench.outcomes() == {"a.txt": "removed", "b.txt": "unchanged"}
    assert bench.index.counts() == IndexCounts(1, 1, 1)
    assert bench.index.lexical_search(terms("rừng"), k=5) == []


def test_a_new_version_of_the_reader_reads_again(bench):
    bench.write("a.txt", FORESTS)
    bench.ingest()
    bench.version = "2"
    outcomes, summary = bench.ingest()
    assert outcomes == {"a.txt": "replaced"}
    assert summary.files[0].embedded == 0


def test_a_correction_reads_again_only_its_report(bench):
    bench.write("a.txt", FORESTS)
    bench.write("b.txt", ROADS)
    bench.ingest()
    bench.corrections = {"a.txt": {"district": "Mường Tè"}}
    assert bench.outcomes() == {"a.txt": "replaced", "b.txt": "unchanged"}
    assert bench.outcomes() == {"a.txt": "unchanged", "b.txt": "unchanged"}


def test_one_bad_file_does_not_stop_the_others(bench):
    bench.write("a.txt", "HỎNG")
    bench.write("b.txt", ROADS)
    outcomes, summary = bench.ingest()
    assert outcomes == {"a.txt": "failed", "b.txt": "added"}
    assert [file.message for file in summary.failed] == ["a.txt: không đọc được"]


def test_a_file_that_can_no_longer_be_read_is_no_longer_cited(bench):
    bench.write("a.txt", FORESTS)
    bench.ingest()
    bench.write("a.txt", "HỎNG")
    outcomes, summary = bench.ingest()
    assert outcomes == {"a.txt": "failed"}
    assert "đã được gỡ" in summary.files[0].message
    assert bench.index.counts() == IndexCounts(0, 0, 0)


def test_a_path_that_is_not_there_is_told(bench):
    bench.write("a.txt", FORESTS)
    bench.ingest()
    outcomes, summary = bench.ingest(bench.reports / "không có.txt")
    assert outcomes == {"không có.txt": "failed"}
    assert "không có tệp hay thư mục này" in summary.files[0].message
    assert bench.index.counts() == IndexCounts(1, 1, 1)


@pytest.mark.parametrize(
    "name",
    [".ẩn.txt", "~$báo cáo.txt", ".git/a.txt", "Thumbs.db", "a.txt.part", "a.txt~", "sửa.toml"],
)
def test_files_that_are_no_reports_are_passed_over(bench, name):
    bench.write(name, FORESTS)
    assert bench.outcomes() == {}


def test_a_file_of_another_kind_is_told_but_is_no_failure(bench):
    bench.write("ảnh.png", "?")
    outcomes, summary = bench.ingest()
    assert outcomes == {"ảnh.png": "skipped"}
    assert ".txt" in summary.files[0].message
    assert summary.failed == ()


def test_a_single_file_leaves_the_others_alone(bench):
    bench.write("a.txt", FORESTS)
    path = bench.write("b.txt", ROADS)
    assert bench.outcomes(path) == {"b.txt": "added"}
    (bench.reports / "b.txt").write_text(SCHOOLS)
    assert bench.outcomes(path) == {"b.txt": "replaced"}
    assert bench.outcomes() == {"a.txt": "added", "b.txt": "unchanged"}


def test_a_file_given_twice_is_taken_once(bench):
    path = bench.write("2024/a.txt", FORESTS)
    assert bench.outcomes(path, bench.reports, bench.reports) == {"2024/a.txt": "added"}


def test_a_file_first_given_by_itself_is_not_kept_twice(bench):
    path = bench.write("2024/a.txt", FORESTS)
    bench.ingest(path)
    assert bench.outcomes() == {"a.txt": "removed", "2024/a.txt": "added"}


def test_the_second_file_of_a_name_is_refused(bench, tmp_path):
    bench.write("a.txt", FORESTS)
    other = tmp_path / "other"
    bench.write("a.txt", ROADS, folder=other)
    _, summary = bench.ingest(bench.reports, other)
    assert [file.outcome for file in summary.files] == [Outcome.ADDED, Outcome.FAILED]
    assert "đã có báo cáo khác cùng tên" in summary.failed[0].message
    assert bench.index.report("a.txt").text == FORESTS
    assert bench.outcomes(other) == {"a.txt": "failed"}


def test_the_same_file_in_two_folders_is_one_report(bench, tmp_path):
    bench.write("a.txt", FORESTS)
    other = tmp_path / "other"
    bench.write("a.txt", FORESTS, folder=other)
    bench.ingest()
    assert bench.outcomes(other) == {"a.txt": "unchanged"}
    assert bench.index.counts() == IndexCounts(1, 1, 1)


def test_a_folder_that_was_moved_is_taken_from_its_new_place(bench, tmp_path):
    bench.write("a.txt", FORESTS)
    bench.ingest()
    moved = bench.reports.rename(tmp_path / "moved")
    _, summary = bench.ingest(moved)
    assert (summary.files[0].outcome, summary.files[0].embedded) == (Outcome.REPLACED, 0)
    (moved / "a.txt").unlink()
    assert bench.outcomes(moved) == {"a.txt": "removed"}


def test_a_name_is_one_however_its_letters_are_composed(bench):
    bench.write("Mu\u031bo\u031b\u0300ng Te\u0300.txt", FORESTS)
    assert bench.outcomes() == {"Mường Tè.txt": "added"}
    assert bench.outcomes() == {"Mường Tè.txt": "unchanged"}


def test_an_ingest_cut_off_by_the_model_is_finished_by_the_next(bench):
    bench.write("a.txt", FORESTS)
    bench.write("b.txt", ROADS)
    bench.embedder.fails_after = 1
    with pytest.raises(ModelUnavailableError):
        bench.ingest()
    bench.embedder.fails_after = -1
    assert bench.outcomes() == {"a.txt": "unchanged", "b.txt": "added"}
    assert bench.embedder.embedded == [FORESTS, ROADS]
    assert bench.index.counts() == IndexCounts(2, 2, 2)


def test_a_wrong_file_of_corrections_changes_nothing(bench):
    bench.write("a.txt", FORESTS)

    def fails(folder):
        raise SettingsError("sai")

    reader = Reader(read_lines, "1", (".txt",), fails)
    with pytest.raises(SettingsError):
        index_reports([bench.reports], index=bench.index, embedder=bench.embedder, reader=reader)
    assert bench.index.counts() == IndexCounts(0, 0, 0)


def test_an_embedder_of_another_model_is_refused(bench):
    bench.write("a.txt", FORESTS)
    bench.embedder = FakeEmbedder("other")
    with pytest.raises(IndexMismatchError, match=r"“fake”.*“other”"):
        bench.ingest()


def test_progress_tells_the_start_the_embedding_and_the_end(bench):
    bench.write("a.txt", FORESTS, ROADS)
    bench.write("b.txt", "HỎNG")
    bench.ingest()
    told = [(p.name, p.position, p.total, p.embedded, p.to_embed) for p in bench.progress]
    assert told == [
        ("a.txt", 1, 2, 0, 0),
        ("a.txt", 1, 2, 2, 2),
        ("a.txt", 1, 2, 0, 0),
        ("b.txt", 2, 2, 0, 0),
        ("b.txt", 2, 2, 0, 0),
    ]
    ends = [str(p.outcome.outcome) for p in bench.progress if p.outcome]
    assert ends == ["added", "failed"]


def test_the_reports_of_the_project_are_indexed_with_the_real_reader(tmp_path):
    folder = Path(__file__).parents[1] / "reports"
    index = ReportIndex.open(tmp_path, embedder="fake", dimension=32, create=True)
    summary = index_reports([folder], index=index, embedder=FakeEmbedder())
    assert {file.outcome for file in summary.files} == {Outcome.ADDED}
    assert index.counts() == IndexCounts(*[sum(file.chunks for file in summary.files)] * 3)
    for report in index.reports():
        text = index.report(report.name).text
        for passage in index.passages_of(report.name):
            assert passage.text == " ".join(text[s.start : s.end] for s in passage.spans)
    index.close()
