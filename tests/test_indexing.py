import os
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeEmbedder, read_lines, varied_lines

from errors import IndexMismatchError, ModelUnavailableError, SettingsError
from indexing import LeftOutCount, Outcome, Reader, index_reports
from indexing.reader import Archives
from ingest.formats.archive import list_members, read_member
from records import IndexCounts, LeftOut, Origin, Span
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
        self.reader = None  # reads in place of `read_lines`
        self.reads_pictures = False
        self.progress = []

    def write(self, name, *lines, folder=None):
        path = (folder or self.reports) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines), "utf-8")
        return path

    def ingest(self, *paths, **options):
        def read(path, *, name, **told):
            self.read.append(name)
            return read_lines(path, name=name, **told)

        suffixes = (".txt", ".zip")
        archives = Archives((".zip",), list_members, read_member)
        reader = Reader(
            self.reader or read, self.version, suffixes, lambda _: self.corrections, ("sửa.toml",),
            archives, reads_pictures=lambda: self.reads_pictures,
        )  # fmt: skip
        summary = index_reports(
            list(paths) or [self.reports],
            index=self.index,
            embedder=self.embedder,
            reader=reader,
            on_progress=self.progress.append,
            **options,
        )
        return {file.name: str(file.outcome) for file in summary.files}, summary

    def outcomes(self, *paths, **options):
        return self.ingest(*paths, **options)[0]


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


def make_old(path, seconds=60):
    """Set a file's times back, so that they are sure to change with the file."""
    before = time.time_ns() - seconds * 10**9
    os.utime(path, ns=(before, before))


def wait_for_the_grain(bench):
    """Note the files as they are seen three seconds from now."""
    later = [replace(file, seen=file.seen + 3 * 10**9) for file in bench.index.files().values()]
    with bench.index.writing(bench.embedder) as writer:
        writer.note_files(later)


def test_a_file_that_is_as_it_was_is_not_opened(bench):
    bench.write("a.txt", FORESTS)
    bench.ingest()
    wait_for_the_grain(bench)
    bench.progress.clear()
    assert bench.outcomes() == {"a.txt": "unchanged"}
    assert bench.progress == []  # there was nothing to do


def test_a_file_written_just_before_the_last_ingest_is_summed_up_again(bench):
    path = bench.write("a.txt", FORESTS)
    bench.ingest()
    found = path.stat()
    path.write_text(FORESTS.replace("67,5", "76,5"), "utf-8")  # as long as before
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert bench.outcomes() == {"a.txt": "replaced"}


def test_a_file_whose_times_were_set_back_is_summed_up_again(bench):
    path = bench.write("a.txt", FORESTS)
    make_old(path)
    bench.ingest()
    wait_for_the_grain(bench)
    found = path.stat()
    path.write_text(FORESTS.replace("67,5", "76,5"), "utf-8")
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert bench.outcomes() == {"a.txt": "replaced"}


def test_a_touched_file_is_not_read_again(bench):
    path = bench.write("a.txt", FORESTS)
    bench.ingest()
    bench.read.clear()
    path.touch()
    assert bench.outcomes() == {"a.txt": "unchanged"}
    assert bench.read == []
    (seen,) = bench.index.files().values()
    assert seen.state.modified == path.stat().st_mtime_ns


def test_a_file_deleted_while_the_folder_is_ingested_is_forgotten(bench):
    bench.write("a.txt", FORESTS)
    gone = bench.write("b.txt", ROADS)
    bench.ingest()
    bench.write("a.txt", SCHOOLS)
    bench.write("b.txt", SCHOOLS, ROADS)
    new = bench.write("c.txt", SCHOOLS)

    def read(path, **told):
        gone.unlink(missing_ok=True)
        new.unlink(missing_ok=True)
        return read_lines(path, **told)

    bench.reader = read
    assert bench.outcomes() == {"a.txt": "replaced", "b.txt": "removed"}
    assert bench.index.counts() == IndexCounts(1, 1, 1)


def test_a_report_deleted_while_others_are_read_is_not_kept(bench):
    first = bench.write("a.txt", FORESTS)
    bench.write("b.txt", ROADS)

    def read(path, **told):
        if path.name == "b.txt":
            first.unlink()
        return read_lines(path, **told)

    bench.reader = read
    _, summary = bench.ingest()
    told = [(file.name, str(file.outcome)) for file in summary.files]
    assert told == [("a.txt", "added"), ("b.txt", "added"), ("a.txt", "removed")]
    assert [report.name for report in bench.index.reports()] == ["b.txt"]


def test_a_file_that_changes_while_it_is_read_is_read_as_it_is_then(bench):
    bench.write("a.txt", FORESTS)
    versions = [ROADS, SCHOOLS]

    def read(path, **told):
        found = read_lines(path, **told)
        if versions:
            path.write_text(versions.pop(), "utf-8")
        return found

    bench.reader = read
    assert bench.outcomes() == {"a.txt": "added"}
    assert bench.index.report("a.txt").text == ROADS


def test_a_file_that_never_stops_changing_is_told_and_no_longer_cited(bench):
    bench.write("a.txt", FORESTS)
    bench.ingest()

    def read(path, **told):
        found = read_lines(path, **told)
        path.write_text(f"{time.time_ns()}")
        return found

    bench.write("a.txt", ROADS)
    bench.reader = read
    _, summary = bench.ingest()
    assert "tệp đang được ghi" in summary.failed[0].message
    assert bench.index.counts() == IndexCounts(0, 0, 0)


def test_a_file_that_is_being_written_is_left_as_it_was(bench):
    path = bench.write("a.txt", FORESTS)
    bench.write("b.txt", ROADS)
    bench.ingest()
    path.write_text(SCHOOLS, "utf-8")
    assert bench.outcomes(held=[path]) == {"b.txt": "unchanged"}
    assert bench.index.report("a.txt").text == FORESTS


def test_what_could_not_be_read_is_read_again_only_when_asked(bench):
    bench.write("a.txt", "HỎNG")
    bench.ingest()
    bench.read.clear()
    outcomes, summary = bench.ingest(retry=False)
    assert (outcomes, bench.read) == ({"a.txt": "failed"}, [])
    assert summary.failed[0].message == "a.txt: không đọc được"
    bench.ingest()
    assert bench.read == ["a.txt"]


def zipped(folder, name, **members):
    with zipfile.ZipFile(folder / name, "w") as archive:
        for member, content in members.items():
            archive.writestr(f"năm/{member}.txt", content)
        archive.writestr("ảnh.png", "?")
    return folder / name


def in_archive(bench):
    def read(path, *, name, member="", **told):
        bench.read.append(name)
        unpacked = bench.reports.parent / "unpacked.txt"
        unpacked.write_bytes(read_member(path, member) if member else path.read_bytes())
        return read_lines(unpacked, name=name)

    bench.reader = read


def test_the_files_of_an_archive_are_reports_of_their_own(bench):
    in_archive(bench)
    zipped(bench.reports, "x.zip", a=FORESTS, b=ROADS)
    assert bench.outcomes() == {
        "x.zip/năm/a.txt": "added",
        "x.zip/năm/b.txt": "added",
        "x.zip/ảnh.png": "skipped",
    }
    assert bench.index.source_file("x.zip/năm/a.txt") == (bench.reports / "x.zip", "năm/a.txt")
    assert bench.index.report("x.zip/năm/b.txt").text == ROADS


def test_only_what_changed_in_an_archive_is_read_again(bench):
    in_archive(bench)
    zipped(bench.reports, "x.zip", a=FORESTS, b=ROADS, c=SCHOOLS)
    bench.ingest()
    bench.read.clear()
    zipped(bench.reports, "x.zip", a=FORESTS, b=SCHOOLS)
    assert bench.outcomes() == {
        "x.zip/năm/a.txt": "unchanged",
        "x.zip/năm/b.txt": "replaced",
        "x.zip/năm/c.txt": "removed",
        "x.zip/ảnh.png": "skipped",
    }
    assert bench.read == ["x.zip/năm/b.txt"]


def test_an_archive_that_is_damaged_or_gone_takes_its_reports_along(bench):
    in_archive(bench)
    path = zipped(bench.reports, "x.zip", a=FORESTS)
    bench.ingest()
    path.write_bytes(path.read_bytes()[:40])
    outcomes, summary = bench.ingest()
    assert outcomes == {"x.zip/năm/a.txt": "removed", "x.zip": "failed"}
    assert "x.zip: tệp bị hỏng" in summary.failed[0].message
    assert bench.index.counts() == IndexCounts(0, 0, 0)
    path.unlink()
    assert bench.outcomes() == {}
    assert bench.index.files() == {}


def test_a_folder_called_as_an_archive_does_not_take_its_reports_names(bench, tmp_path):
    in_archive(bench)
    bench.write("x.zip/năm/a.txt", ROADS)
    other = tmp_path / "other"
    other.mkdir()
    zipped(other, "x.zip", a=FORESTS)
    assert bench.outcomes() == {"x.zip/năm/a.txt": "added"}
    _, summary = bench.ingest(other)
    assert "đã có báo cáo khác cùng tên" in summary.failed[0].message


def test_what_was_read_is_told_again_of_an_unchanged_report(bench):
    origin = Origin("PDF", "TCVN3", 3, (2,), (), 1)

    def read(path, **told):
        found = read_lines(path, **told)
        left_out = (LeftOut(Span(0, 5), "số trang"), LeftOut(Span(6, 8), "số trang"))
        return replace(found, origin=origin, left_out=left_out, warnings=("lạ",))

    bench.reader = read
    bench.write("a.txt", FORESTS)
    _, first = bench.ingest()
    assert first.files[0].left_out == (LeftOutCount("số trang", 2, FORESTS[:5].strip()),)
    _, second = bench.ingest()
    assert second.files[0].left_out == (LeftOutCount("số trang", 2),)
    assert (second.files[0].origin, second.files[0].warnings) == (origin, ("lạ",))


def test_pages_that_were_not_read_are_tried_again_once_they_can_be(bench):
    def read(path, **told):
        unread = () if bench.reads_pictures else (2,)
        return replace(read_lines(path, **told), origin=Origin(pages=2, unread_pages=unread))

    bench.reader = read
    bench.write("a.txt", FORESTS)
    _, summary = bench.ingest()
    assert [file.name for file in summary.unread] == ["a.txt"]
    assert bench.outcomes() == {"a.txt": "unchanged"}
    bench.reads_pictures = True
    assert bench.outcomes(retry=False) == {"a.txt": "unchanged"}
    assert bench.outcomes() == {"a.txt": "replaced"}
    assert bench.outcomes() == {"a.txt": "unchanged"}


def test_pages_are_told_as_they_are_read(bench):
    def read(path, *, on_page, **told):
        on_page(1, 2)
        on_page(2, 2)
        return read_lines(path, **told)

    bench.reader = read
    bench.write("a.txt", FORESTS)
    bench.ingest()
    assert [(p.page, p.pages, p.share) for p in bench.progress] == [
        (0, 0, 0.0), (1, 2, 0.25), (2, 2, 0.5), (0, 0, 1.0), (0, 0, 1.0),
    ]  # fmt: skip


def test_of_a_long_report_only_what_changed_is_embedded(bench):
    lines = varied_lines(900, seed=1)  # as many as the chunks of sixty pages
    bench.write("a.txt", *lines)
    bench.ingest()
    bench.write("a.txt", "Dòng mới", *lines[:300], SCHOOLS, *lines[301:])
    _, summary = bench.ingest()
    assert summary.files[0].embedded == 2
    assert bench.embedder.embedded[-2:] == ["Dòng mới", SCHOOLS]
    assert bench.index.counts() == IndexCounts(901, 901, 901)
