import dataclasses
import sqlite3
from decimal import Decimal

import numpy as np
import pytest
from fakes import make_read

from errors import IndexDamagedError, IndexMismatchError, ReportNotFoundError
from records import Figure, FigureStatus, FileState, LeftOut, Origin, Span, WordPlace
from vectorstore.catalogue import Catalogue
from vectorstore.database import Database
from vectorstore.figures import FigureStore
from vectorstore.file_ledger import FileLedger, SeenFile
from vectorstore.places import PlaceStore, pack
from vectorstore.report_rows import ReadingNotes, Source, embedded_text, text_key
from vectorstore.sources import SourceStore
from vietnamese import pairs, terms

SOURCE = Source("digest", "1", "/reports")
FORESTS = "Độ che phủ rừng đạt 67,5%"
ROADS = "Đường giao thông nông thôn đã cứng hóa"


@pytest.fixture
def catalogue(tmp_path):
    database = Database(tmp_path / "catalogue.sqlite3")
    database.make("fake", 32, "chunks-1")
    yield Catalogue(database)
    database.close()


def store(catalogue, read):
    keys = [text_key(embedded_text(chunk)) for chunk in read.chunks]
    catalogue.keep_vectors(keys, np.arange(2 * len(keys), dtype=np.float32).reshape(-1, 2))
    catalogue.replace(read, SOURCE)


def with_figure(read):
    """Give the report a figure that stands in its first passage."""
    passage = read.passages[0]
    figure = Figure(
        id=f"f-{passage.id}",
        report=read.report.name,
        passage_id=passage.id,
        span=Span(20, 25),
        text="67,5%",
        value=Decimal("67.5"),
        high=None,
        whole=Decimal(100),
        unit="%",
        qualifier="",
        indicator="Độ che phủ rừng",
        period="2024",
        locality="Mường Tè",
        status=FigureStatus.RESULT,
        part_of="",
    )
    return dataclasses.replace(read, figures=(figure,))


def words(text):
    return terms(text) + pairs(terms(text))


def found(catalogue, query, **options):
    ids = [chunk for chunk, _ in catalogue.search(words(query), k=10, **options)]
    chunks = catalogue.chunks(ids)
    return [chunks[chunk].text for chunk in ids]


def test_a_report_comes_back_as_it_was_stored(catalogue):
    read = make_read("a.txt", FORESTS, ROADS)
    store(catalogue, read)
    assert catalogue.report("a.txt").text == read.report.text
    assert catalogue.report("a.txt").metadata == read.report.metadata
    assert catalogue.passages_of("a.txt") == read.passages
    assert catalogue.chunks([chunk.id for chunk in read.chunks]) == {
        chunk.id: chunk for chunk in read.chunks
    }


def test_storing_twice_stores_once(catalogue):
    store(catalogue, make_read("a.txt", FORESTS, ROADS))
    store(catalogue, make_read("a.txt", FORESTS, ROADS))
    assert catalogue.counts() == (2, 2)


def test_a_removed_report_leaves_nothing(catalogue):
    store(catalogue, make_read("a.txt", FORESTS))
    store(catalogue, make_read("b.txt", ROADS))
    catalogue.remove("a.txt")
    assert catalogue.counts() == (1, 1)
    assert found(catalogue, "rừng") == []
    assert catalogue.passages_of("a.txt") == ()


def test_an_error_while_storing_keeps_what_was_there(catalogue):
    store(catalogue, make_read("a.txt", FORESTS))
    broken = make_read("a.txt", ROADS, ROADS)
    broken = type(broken)(broken.report, broken.passages, broken.chunks * 2)
    with pytest.raises(sqlite3.IntegrityError):
        store(catalogue, broken)
    assert found(catalogue, "rừng đường") == [FORESTS]


def test_a_report_without_its_vectors_is_not_stored(catalogue):
    with pytest.raises(sqlite3.IntegrityError):
        catalogue.replace(make_read("a.txt", FORESTS), SOURCE)
    assert catalogue.names() == set()


def test_vectors_come_back_by_chunk_and_by_text(catalogue):
    read = make_read("a.txt", FORESTS, ROADS)
    store(catalogue, read)
    found = catalogue.vectors([read.chunks[1].id, "unknown"])
    assert {chunk: list(vector) for chunk, vector in found.items()} == {read.chunks[1].id: [2, 3]}
    assert list(catalogue.kept_vectors([text_key(FORESTS), "?"])) == [text_key(FORESTS)]


def test_vectors_no_longer_needed_are_dropped_when_asked(catalogue):
    store(catalogue, make_read("a.txt", FORESTS, ROADS))
    store(catalogue, make_read("a.txt", ROADS))
    assert len(catalogue.kept_vectors([text_key(FORESTS), text_key(ROADS)])) == 2
    catalogue.drop_unused_vectors()
    assert list(catalogue.kept_vectors([text_key(FORESTS), text_key(ROADS)])) == [text_key(ROADS)]


def test_every_change_gives_another_state(catalogue):
    states = [catalogue.facts().state]
    store(catalogue, make_read("a.txt", FORESTS))
    states.append(catalogue.facts().state)
    catalogue.remove("a.txt")
    states.append(catalogue.facts().state)
    assert len(set(states)) == 3


def test_an_unknown_report_is_an_error_in_words(catalogue):
    with pytest.raises(ReportNotFoundError, match=r"không-có\.txt: không có báo cáo này"):
        catalogue.report("không-có.txt")


def test_neighbours_stay_within_the_report(catalogue):
    read = make_read("b.txt", "một", "hai", "ba", "bốn")
    for each in (make_read("a.txt", "trước"), read, make_read("c.txt", "sau")):
        store(catalogue, each)
    near = catalogue.neighbours(read.passages[1].id, before=2, after=1)
    assert [passage.text for passage in near] == ["một", "hai", "ba"]


def test_chunks_are_given_by_passage(catalogue):
    read = make_read("a.txt", FORESTS, ROADS)
    store(catalogue, read)
    wanted = read.passages[1].id
    assert catalogue.chunks_by_passages([wanted, "unknown"]) == {wanted: (read.chunks[1],)}


@pytest.mark.parametrize(
    "query",
    ["rừng", "RUNG", "ru\u031b\u0300ng", "67,5%", "67,50", "độ che phủ"],
    ids=["word", "no marks", "decomposed", "number", "other form of number", "words"],
)
def test_words_are_found_in_any_form(catalogue, query):
    store(catalogue, make_read("a.txt", FORESTS, ROADS))
    assert found(catalogue, query)[0] == FORESTS


@pytest.mark.parametrize(
    "query", ['"', "*", "NEAR(rừng, 2)", "-", "a OR", "body:", "^", "\0", "(("]
)
def test_nothing_in_a_question_is_syntax(catalogue, query):
    store(catalogue, make_read("a.txt", FORESTS, ROADS))
    raw = query.split()
    assert isinstance(catalogue.search(raw, k=5), list)
    assert found(catalogue, f"{query} rừng")[0] == FORESTS


@pytest.mark.parametrize(
    "name", ["'; DROP TABLE report; --.txt", "báo cáo huyện Mường Tè.txt", '"']
)
def test_any_name_can_be_stored_and_searched(catalogue, name):
    store(catalogue, make_read(name, FORESTS))
    store(catalogue, make_read("khác.txt", FORESTS))
    ids = [chunk for chunk, _ in catalogue.search(["rung"], k=5, reports=[name])]
    assert [chunk.report for chunk in catalogue.chunks(ids).values()] == [name]
    catalogue.remove(name)
    assert catalogue.names() == {"khác.txt"}


def test_the_report_weighs_more_than_its_headings(catalogue):
    store(catalogue, make_read("a.txt", "Tăng trưởng khá cao", context="rừng"))
    store(catalogue, make_read("b.txt", "Diện tích rừng lớn", context="khác"))
    store(catalogue, make_read("c.txt", "Thu nhập bình quân", context="khác"))
    assert found(catalogue, "rừng") == ["Diện tích rừng lớn", "Tăng trưởng khá cao"]
    assert found(catalogue, "rừng", weights=(0.0, 1.0))[0] == "Tăng trưởng khá cao"


def test_common_terms_are_passed_over_only_beside_telling_ones(catalogue):
    lines = [f"Xã số {number}x đạt chuẩn" for number in range(1200)]
    store(catalogue, make_read("a.txt", *lines))
    before = catalogue.search(words("xã số 7x đạt chuẩn"), k=1)
    catalogue.mark_finished("1", {})
    assert catalogue.search(words("xã số 7x đạt chuẩn"), k=1)[0][0] == before[0][0]
    assert len(catalogue.search(["xa", "chuan"], k=2000)) == 1200


def test_no_terms_find_nothing(catalogue):
    assert catalogue.search([], k=5) == []


def test_a_file_of_another_program_is_damage(tmp_path):
    path = tmp_path / "catalogue.sqlite3"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE report (name TEXT)")
    other.close()
    with pytest.raises(IndexDamagedError, match="python -m ingest --rebuild"):
        Database(path).is_made()


def test_another_layout_is_a_mismatch(tmp_path):
    database = Database(tmp_path / "catalogue.sqlite3")
    database.make("fake", 32, "chunks-1")
    with sqlite3.connect(tmp_path / "catalogue.sqlite3") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(IndexMismatchError, match=r"phiên bản 99.*--rebuild"):
        database.is_made()


LAYOUT_2 = """
ALTER TABLE report DROP COLUMN path; ALTER TABLE report DROP COLUMN member;
ALTER TABLE report DROP COLUMN origin; ALTER TABLE report DROP COLUMN sketch; DROP TABLE place; DROP TABLE file;
"""


@pytest.mark.parametrize(
    "older",
    [
        pytest.param(f"{LAYOUT_2} PRAGMA user_version = 2;", id="2"),
        pytest.param(f"{LAYOUT_2} DROP TABLE figure; PRAGMA user_version = 1;", id="1"),
    ],
)
def test_an_older_layout_is_given_what_it_lacks(tmp_path, older):
    path = tmp_path / "catalogue.sqlite3"
    database = Database(path)
    database.make("fake", 32, "chunks-1")
    store(Catalogue(database), make_read("a.txt", FORESTS))
    with sqlite3.connect(path) as connection:
        connection.executescript(older)
    connection.close()
    assert database.is_made()
    assert SourceStore(database).all() == {"a.txt": SOURCE}
    assert SourceStore(database).notes() == {"a.txt": ReadingNotes({}, (), Origin())}
    assert FigureStore(database).of_reports(None) == ()
    store(Catalogue(database), with_figure(make_read("a.txt", FORESTS)))
    assert len(FigureStore(database).of_reports(None)) == 1


def test_figures_come_and_go_with_their_report(catalogue, tmp_path):
    figures = FigureStore(Database(tmp_path / "catalogue.sqlite3"))
    first, second = (
        with_figure(make_read("b.txt", FORESTS)),
        with_figure(make_read("a.txt", FORESTS)),
    )
    store(catalogue, first)
    store(catalogue, second)
    assert figures.of_reports(None) == (*second.figures, *first.figures)
    assert figures.of_reports(["b.txt"]) == first.figures
    assert figures.of_passages({second.passages[0].id, "?"}) == {
        second.passages[0].id: second.figures
    }
    assert [report.figures for report in catalogue.reports()] == [1, 1]
    store(catalogue, make_read("b.txt", "Không còn số nào"))
    catalogue.remove("a.txt")
    assert figures.of_reports(None) == ()


def test_an_empty_file_is_a_catalogue_not_yet_made(tmp_path):
    (tmp_path / "catalogue.sqlite3").touch()
    assert not Database(tmp_path / "catalogue.sqlite3").is_made()


@pytest.mark.parametrize("content", [b"x" * 5000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_garbage_is_damage(tmp_path, content):
    (tmp_path / "catalogue.sqlite3").write_bytes(content)
    with pytest.raises(IndexDamagedError, match="--rebuild"):
        Database(tmp_path / "catalogue.sqlite3").is_made()


@pytest.mark.parametrize("share", [0.01, 0.3, 0.7, 0.99])
def test_a_file_cut_short_is_damage(tmp_path, share):
    path = tmp_path / "catalogue.sqlite3"
    database = Database(path)
    database.make("fake", 32, "chunks-1")
    store(Catalogue(database), make_read("a.txt", *(f"dòng {n}" for n in range(500))))
    database.close()
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(IndexDamagedError, match="--rebuild"):
        Database(path).is_made()


def test_metadata_are_given_without_the_text(catalogue):
    read = make_read("a.txt", "một")
    store(catalogue, read)
    assert catalogue.metadata("a.txt") == read.report.metadata
    with pytest.raises(ReportNotFoundError, match=r"b\.txt"):
        catalogue.metadata("b.txt")


PLACES = (
    WordPlace(Span(0, 2), 1, 0.1, 0.2, 0.15, 0.22),
    WordPlace(Span(3, 6), 1, 0.2, 0.2, 0.3, 0.22),
    WordPlace(Span(7, 10), 2, 0.0, 0.0, 1.0, 1.0),
)


@pytest.mark.parametrize(
    ("span", "touched"),
    [
        pytest.param(Span(0, 10), PLACES, id="all"),
        pytest.param(Span(1, 4), PLACES[:2], id="parts of words"),
        pytest.param(Span(2, 3), (), id="between words"),
        pytest.param(Span(6, 8), PLACES[2:], id="next page"),
    ],
)
def test_the_places_of_the_words_of_a_span_are_given(catalogue, tmp_path, span, touched):
    store(catalogue, dataclasses.replace(make_read("a.txt", FORESTS), places=PLACES))
    store(catalogue, make_read("b.txt", ROADS))
    stored = PlaceStore(Database(tmp_path / "catalogue.sqlite3"))
    found = stored.within("a.txt", span)
    assert [(place.span, place.page) for place in found] == [(p.span, p.page) for p in touched]
    for place, given in zip(found, touched, strict=True):
        edges = [given.left, given.top, given.right, given.bottom]
        assert [place.left, place.top, place.right, place.bottom] == pytest.approx(edges, abs=1e-5)
    assert stored.within("b.txt", span) == ()
    catalogue.remove("a.txt")
    assert stored.within("a.txt", span) == ()


def test_the_places_of_a_long_report_take_little_room():
    words = [
        WordPlace(Span(5 * n, 5 * n + 4), n // 400 + 1, n % 10 / 10, n % 400 / 400, n % 10 / 10 + 0.08, n % 400 / 400 + 0.02)
        for n in range(24_000)
    ]  # fmt: skip
    assert len(pack(words)) < 250_000


def test_what_was_noted_of_a_report_comes_back(catalogue, tmp_path):
    origin = Origin("PDF", "TCVN3", 3, (2,), (3,), 1)
    left_out = (LeftOut(Span(0, 2), "số trang"), LeftOut(Span(3, 6), "số trang"))
    read = make_read("a.txt", FORESTS)
    read = dataclasses.replace(read, origin=origin, left_out=left_out, warnings=("lạ",))
    store(catalogue, read)
    sources = SourceStore(Database(tmp_path / "catalogue.sqlite3"))
    assert sources.notes() == {"a.txt": ReadingNotes({"số trang": 2}, ("lạ",), origin)}


def test_a_source_knows_its_file_whatever_its_name(catalogue, tmp_path):
    source = dataclasses.replace(SOURCE, path="b\udce1o.zip", member="năm/a.txt")
    read = make_read("a.txt", FORESTS)
    keys = [text_key(embedded_text(chunk)) for chunk in read.chunks]
    catalogue.keep_vectors(keys, np.zeros((1, 2), np.float32))
    catalogue.replace(read, source)
    found = SourceStore(Database(tmp_path / "catalogue.sqlite3")).of("a.txt")
    assert (found.path, found.member) == ("b\udce1o.zip", "năm/a.txt")


def test_files_are_remembered_until_they_are_forgotten(tmp_path):
    database = Database(tmp_path / "catalogue.sqlite3")
    database.make("fake", 32, "chunks-1")
    ledger = FileLedger(database)
    state = FileState(size=5, modified=10**18, changed=10**18, inode=7)
    late = SeenFile("/r", "a.txt", "a.txt", state, 10**18 + 3 * 10**9, "digest", "1")
    soon = dataclasses.replace(late, name="b.txt", seen=10**18 + 10**9, problem="hỏng")
    ledger.note([late, soon])
    assert ledger.files() == {("/r", "a.txt"): late, ("/r", "b.txt"): soon}
    assert late.is_still(state)
    assert not late.is_still(dataclasses.replace(state, inode=8))
    assert not soon.is_still(state)  # written so late that a change since may not show
    ledger.forget([("/r", "a.txt")])
    assert ledger.files() == {("/r", "b.txt"): soon}
    database.close()
