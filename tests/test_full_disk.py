"""Let the disk run full while reports are indexed: a real one, as small as it has to be."""

import os
import subprocess

import pytest
from fakes import FakeEmbedder, read_lines, varied_lines

from errors import AssistantError, DiskFullError, IndexNotBuiltError
from indexing import Reader, index_reports
from records import IndexCounts
from vectorstore.report_index import ReportIndex

READER = Reader(read_lines, "1", (".txt",), lambda _: {})
MOUNTED = "chỉ root mới gắn được ổ đĩa thử"


@pytest.fixture
def disk(tmp_path):
    """A disk that holds as many KiB as it is told to."""
    place = tmp_path / "disk"
    place.mkdir()

    def resize(kib, *options):
        told = ",".join((f"size={kib}k", *options))
        subprocess.run(["mount", "-t", "tmpfs", "-o", told, "tmpfs", place], check=True)
        return place

    yield resize
    while os.path.ismount(place):
        subprocess.run(["umount", "--lazy", place], check=True)


def ingest(folder, reports):
    index = ReportIndex.open(folder, embedder="fake", dimension=32, create=True)
    try:
        index_reports([reports], index=index, embedder=FakeEmbedder(), reader=READER)
        return index.counts()
    finally:
        index.close()


def ask(folder):
    """Search what could be indexed, if the index could be made at all."""
    try:
        index = ReportIndex.open(folder, embedder="fake", dimension=32)
    except IndexNotBuiltError:
        return []
    found = index.dense_search(FakeEmbedder().embed_question("dòng"), k=5)
    index.close()
    return found


# Where it runs full: the catalogue, Chroma's database, the copy of the vectors, the search graph.
@pytest.mark.skipif(os.geteuid() != 0, reason=MOUNTED)
@pytest.mark.parametrize("kib", [300, 600, 1200, 2000, 4000])
def test_what_a_full_disk_cut_off_is_finished_once_there_is_room(disk, tmp_path, kib):
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(4):
        lines = varied_lines(300, seed=number)
        (reports / f"{number}.txt").write_text("\n".join(lines), "utf-8")
    folder = disk(kib) / "index"
    for _ in range(2):
        with pytest.raises(DiskFullError, match="đã đầy"):
            ingest(folder, reports)
    assert ask(folder) is not None
    disk(50_000, "remount")
    assert ingest(folder, reports) == IndexCounts(1200, 1200, 1200)


@pytest.mark.skipif(os.geteuid() != 0, reason=MOUNTED)
def test_a_folder_of_reports_that_may_only_be_read_is_indexed(disk, tmp_path):
    (disk(1000) / "a.txt").write_text("một")
    disk(1000, "remount", "ro")
    assert ingest(tmp_path / "index", tmp_path / "disk") == IndexCounts(1, 1, 1)


@pytest.mark.skipif(os.geteuid() != 0, reason=MOUNTED)
def test_an_index_that_may_only_be_read_says_so(disk, tmp_path):
    folder = disk(20_000) / "index"
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text("một")
    ingest(folder, tmp_path / "reports")
    disk(20_000, "remount", "ro")
    with pytest.raises(AssistantError, match="quyền ghi"):
        ingest(folder, tmp_path / "reports")
