import sqlite3
from contextlib import closing

import pytest
from fakes import FakeEmbedder, read_lines

from indexing import Reader, index_reports
from indexing.comparing import Comparison, Difference, FolderNews, compare, count_news
from vectorstore.report_index import ReportIndex

FORESTS = "Độ che phủ rừng đạt 67,5%"
ROADS = "Đường giao thông nông thôn đã cứng hóa"


class Bench:
    """A folder, and the index that was made of it."""

    def __init__(self, folder):
        self.reports = folder / "reports"
        self.reports.mkdir()
        self.catalogue = folder / "index" / "catalogue.sqlite3"
        self.embedder = FakeEmbedder()
        self.index = ReportIndex.open(folder / "index", embedder="fake", dimension=32, create=True)
        self.version = "1"
        self.write("a.txt", FORESTS)
        self.write("b.txt", ROADS)
        self.ingest()

    @property
    def reader(self):
        return Reader(read_lines, self.version, (".txt",), lambda _: {})

    def write(self, name, text):
        (self.reports / name).write_text(text, "utf-8")

    def ingest(self, *paths):
        found = list(paths) or [self.reports]
        index_reports(found, index=self.index, embedder=self.embedder, reader=self.reader)

    def compare(self):
        found = compare([self.reports], index=self.index, reader=self.reader).found
        return [(each.difference, each.name) for each in found]

    def news(self):
        return count_news([self.reports], index=self.index, reader=self.reader)

    def change(self, statement):
        with closing(sqlite3.connect(self.catalogue)) as connection:
            connection.executescript(statement)


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.index.close()


def test_an_index_that_is_the_folder_has_no_difference(bench):
    made = compare([bench.reports], index=bench.index, reader=bench.reader)
    assert made == Comparison((), reports=2, chunks=2, elsewhere=0)
    assert bench.news() == FolderNews()


def test_every_difference_of_a_file_is_named(bench):
    bench.write("a.txt", "Khác")
    (bench.reports / "b.txt").unlink()
    bench.write("c.txt", ROADS)
    assert bench.compare() == [
        (Difference.CHANGED, "a.txt"),
        (Difference.NEW, "c.txt"),
        (Difference.GONE, "b.txt"),
    ]
    assert bench.news() == FolderNews(new=1, changed=1, gone=1)
    assert bench.news().total == 3


def test_comparing_changes_nothing(bench):
    bench.write("a.txt", "Khác")
    state, files = bench.index.state, bench.index.files()
    bench.compare()
    assert (bench.index.state, bench.index.files()) == (state, files)


def test_a_file_that_could_not_be_read_is_named_with_the_reason(bench):
    bench.write("a.txt", "HỎNG")
    bench.ingest()
    (found,) = compare([bench.reports], index=bench.index, reader=bench.reader).found
    assert (found.difference, found.message) == (Difference.FAILED, "a.txt: không đọc được")
    assert bench.news() == FolderNews()  # nothing that another ingest would change


def test_a_report_of_an_older_reader_is_named(bench):
    bench.version = "2"
    assert bench.compare() == [
        (Difference.OLD_READING, "a.txt"),
        (Difference.OLD_READING, "b.txt"),
    ]


def test_reports_from_elsewhere_are_counted_only(bench, tmp_path):
    (tmp_path / "c.txt").write_text("Khác")
    bench.ingest(tmp_path / "c.txt")
    made = compare([bench.reports], index=bench.index, reader=bench.reader)
    assert (made.found, made.reports, made.elsewhere) == ((), 3, 1)


@pytest.mark.parametrize(
    ("statement", "difference"),
    [
        pytest.param("DELETE FROM words WHERE rowid = 1", Difference.NO_WORDS, id="no words"),
        pytest.param(
            "INSERT INTO words (rowid, body, context) VALUES (99, 'a', '')",
            Difference.ORPHAN_WORDS,
            id="words of no chunk",
        ),
        pytest.param(
            "UPDATE facts SET unfinished = 1", Difference.UNFINISHED, id="a cut off ingest"
        ),
    ],
)
def test_what_the_ledger_and_the_words_disagree_on_is_named(bench, statement, difference):
    bench.change(statement)
    assert [found for found, _ in bench.compare()] == [difference]


def test_what_the_ledger_and_the_vectors_disagree_on_is_named(bench):
    with bench.index._vectors.lent() as vectors:
        (lost, *_) = sorted(vectors.ids())
        vectors.upsert(["lạ"], vectors_of(bench, lost), ["a.txt"])
        vectors.delete([lost])
    bench.index._vectors.close()
    assert bench.compare() == [(Difference.NO_VECTOR, lost), (Difference.ORPHAN_VECTOR, "lạ")]


def vectors_of(bench, chunk):
    return bench.index.vectors([chunk])[chunk][None, :]
