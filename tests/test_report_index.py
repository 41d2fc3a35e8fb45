import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from fakes import FakeEmbedder, make_read, varied_lines
from filelock import FileLock

from errors import (
    AssistantError,
    IndexDamagedError,
    IndexMismatchError,
    IndexNotBuiltError,
    ModelUnavailableError,
)
from records import IndexCounts
from vectorstore.chroma import ChromaVectors
from vectorstore.index_folder import erase_index
from vectorstore.report_index import ReportIndex
from vectorstore.report_rows import Source
from vietnamese import terms

SOURCE = Source("digest", "1", "/reports")
FORESTS = "Độ che phủ rừng đạt 67,5%"
ROADS = "Đường giao thông nông thôn đã cứng hóa"
SCHOOLS = "Trường học đạt chuẩn quốc gia"
TESTS = Path(__file__).parent


@pytest.fixture
def embedder():
    return FakeEmbedder()


@pytest.fixture
def open_index(tmp_path):
    opened = []

    def open_one(*, create=False, embedder="fake", dimension=32):
        index = ReportIndex.open(tmp_path, embedder=embedder, dimension=dimension, create=create)
        opened.append(index)
        return index

    yield open_one
    for index in opened:
        index.close()


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """An index large enough for Chroma to have written its graph, made once and copied."""
    folder = tmp_path_factory.mktemp("built")
    index = ReportIndex.open(folder, embedder="fake", dimension=32, create=True)
    put(index, FakeEmbedder(), make_read("a.txt", FORESTS, *varied_lines(1100, seed=1)))
    index.close()
    return folder


@pytest.fixture
def index(open_index):
    return open_index(create=True)


def put(index, embedder, *reads):
    with index.writing(embedder) as writer:
        return [writer.put(read, SOURCE) for read in reads]


def remove(index, embedder, name):
    with index.writing(embedder) as writer:
        writer.remove(name)


def closest(index, embedder, query, k=10, **options):
    found = [i for i, _ in index.dense_search(embedder.embed_question(query), k=k, **options)]
    chunks = index.chunks(found)
    return [chunks[chunk].text for chunk in found]


def test_what_is_put_in_is_found_by_meaning_and_by_word(index, embedder):
    put(index, embedder, make_read("a.txt", FORESTS, ROADS))
    assert closest(index, embedder, FORESTS) == [FORESTS, ROADS]
    (chunk, score), *_ = index.lexical_search(terms("rừng"), k=5)
    assert index.chunks([chunk])[chunk].text == FORESTS
    assert score > 0


def test_putting_in_twice_stores_once_and_embeds_once(index, embedder):
    read = make_read("a.txt", FORESTS, ROADS)
    assert put(index, embedder, read) == [2]
    assert put(index, embedder, read) == [0]
    assert index.counts() == IndexCounts(2, 2, 2)
    assert len(embedder.embedded) == 2


def test_a_changed_report_replaces_its_passages_and_embeds_only_what_is_new(index, embedder):
    put(index, embedder, make_read("a.txt", FORESTS, ROADS))
    embedder.embedded.clear()
    assert put(index, embedder, make_read("a.txt", FORESTS, SCHOOLS)) == [1]
    assert embedder.embedded == [SCHOOLS]
    assert index.counts() == IndexCounts(2, 2, 2)
    assert set(closest(index, embedder, FORESTS)) == {FORESTS, SCHOOLS}


def test_a_renamed_report_is_not_embedded_again(index, embedder):
    put(index, embedder, make_read("a.txt", FORESTS, ROADS))
    with index.writing(embedder) as writer:
        writer.remove("a.txt")
        assert writer.put(make_read("b.txt", FORESTS, ROADS), SOURCE) == 0
    assert closest(index, embedder, ROADS, reports=["b.txt"])[0] == ROADS


def test_words_that_only_moved_are_not_embedded_again(index, embedder):
    put(index, embedder, make_read("a.txt", FORESTS, ROADS))
    assert put(index, embedder, make_read("a.txt", SCHOOLS, FORESTS, ROADS)) == [1]
    assert closest(index, embedder, ROADS)[0] == ROADS
    assert index.counts() == IndexCounts(3, 3, 3)


def test_a_removed_report_is_gone_from_all_three_places(index, embedder):
    put(index, embedder, make_read("a.txt", FORESTS), make_read("b.txt", ROADS))
    remove(index, embedder, "a.txt")
    assert index.counts() == IndexCounts(1, 1, 1)
    assert closest(index, embedder, FORESTS) == [ROADS]
    assert index.lexical_search(terms("rừng"), k=5) == []
    assert [report.name for report in index.reports()] == ["b.txt"]


def test_hundreds_of_chunks_are_all_kept_in_step(index, embedder):
    lines = [f"Xã {number} đạt {number * 3} hộ" for number in range(700)]
    put(index, embedder, make_read("a.txt", *lines))
    put(index, embedder, make_read("a.txt", *lines[:50], *lines[400:]))
    assert index.counts() == IndexCounts(350, 350, 350)


def test_a_search_within_reports_finds_only_theirs(index, embedder):
    name = "báo cáo huyện Mường Tè.txt"
    reads = [make_read("a.txt", FORESTS), make_read(name, FORESTS, ROADS)]
    put(index, embedder, *reads, make_read("c.txt", FORESTS))
    found = index.dense_search(embedder.embed_question(FORESTS), k=5, reports=[name])
    assert {index.chunks([chunk])[chunk].report for chunk, _ in found} == {name}
    assert len(index.lexical_search(terms("rừng"), k=5, reports=[name])) == 1
    assert closest(index, embedder, FORESTS, reports=["unknown"]) == []
    assert closest(index, embedder, FORESTS, reports=[]) == []
    assert len(closest(index, embedder, FORESTS, reports=["a.txt", name, "c.txt", "x"])) == 4


def test_vectors_come_back_as_embedded(index, embedder):
    read = make_read("a.txt", FORESTS)
    put(index, embedder, read)
    chunk = read.chunks[0].id
    expected = pytest.approx(embedder.embed_question(FORESTS), abs=1e-6)
    assert index.vectors([chunk, "unknown"]) == {chunk: expected}


def test_the_summary_of_a_report_counts_its_parts(index, embedder):
    read = make_read("a.txt", FORESTS, ROADS)
    put(index, embedder, read)
    (report,) = index.reports()
    assert (report.passages, report.chunks, report.footnotes, report.table_rows) == (2, 2, 0, 0)
    assert report.metadata == read.report.metadata


def test_the_state_changes_with_the_index_and_only_then(index, embedder):
    before = index.state
    closest(index, embedder, FORESTS)
    with index.writing(embedder):
        pass
    assert index.state == before
    put(index, embedder, make_read("a.txt", FORESTS))
    assert index.state != before


def test_progress_counts_up_to_the_chunks_to_embed(index, embedder):
    told = []
    with index.writing(embedder) as writer:
        lines = [f"dòng {number}" for number in range(300)]
        writer.put(make_read("a.txt", *lines), SOURCE, on_embedded=lambda *at: told.append(at))
    assert told == [(256, 300), (300, 300)]


def test_asking_before_anything_is_indexed(open_index, tmp_path):
    with pytest.raises(IndexNotBuiltError, match="python -m ingest"):
        open_index()
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(AssistantError, match="Không ghi được vào thư mục chỉ mục"):
        ReportIndex.open(tmp_path / "file" / "index", embedder="fake", dimension=32, create=True)


def test_asking_an_index_without_reports(open_index, index):
    with pytest.raises(IndexNotBuiltError, match="python -m ingest"):
        open_index()
    assert index.counts() == IndexCounts(0, 0, 0)
    assert closest(index, FakeEmbedder(), FORESTS) == []


def test_an_index_stays_when_closed(open_index, index, embedder):
    put(index, embedder, make_read("a.txt", FORESTS))
    index.close()
    assert closest(open_index(), embedder, FORESTS) == [FORESTS]


@pytest.mark.parametrize(("name", "dimension"), [("other", 32), ("fake", 48)])
def test_another_model_is_named_with_what_to_do(open_index, index, embedder, name, dimension):
    put(index, embedder, make_read("a.txt", FORESTS))
    with pytest.raises(IndexMismatchError, match=f"“fake”.*“{name}” .{dimension}.*--rebuild"):
        open_index(embedder=name, dimension=dimension, create=True)


DAMAGES = {  # what is done to which file or folder
    "catalogue lost": ("catalogue.sqlite3", None),
    "catalogue emptied": ("catalogue.sqlite3", b""),
    "catalogue garbage": ("catalogue.sqlite3", b"x" * 9000),
    "vectors lost": ("chroma", None),
    "folder of vectors lost": ("chroma/2", None),
    "vectors' database lost": ("chroma/2/chroma.sqlite3", None),
    "vectors' database garbage": ("chroma/2/chroma.sqlite3", b"x" * 9000),
    "graph lost": ("chroma/2/*-*", None),
    "graph cut short": ("chroma/2/*/header.bin", b"x"),
    "graph changed": ("chroma/2/*/data_level0.bin", b"\xff" * 9000),
    "graph without its names": ("chroma/2/*/index_metadata.pickle", None),
}


def damage_files(folder, damage):
    pattern, content = DAMAGES[damage]
    (path,) = folder.glob(pattern)
    if content is not None:
        path.write_bytes(content)
    elif path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


@pytest.mark.parametrize("create", [True, False], ids=["ingest", "ask"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_told_with_what_to_do(open_index, built, tmp_path, damage, create):
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    damage_files(tmp_path, damage)
    with pytest.raises(IndexDamagedError, match="python -m ingest --rebuild"):
        open_index(create=create)


def test_vectors_of_another_time_are_damage(open_index, index, embedder, tmp_path):
    put(index, embedder, make_read("a.txt", FORESTS))
    put(index, embedder, make_read("b.txt", ROADS))
    index.close()
    shutil.rmtree(tmp_path / "chroma" / "3")
    (tmp_path / "chroma" / "2").rename(tmp_path / "chroma" / "3")
    with pytest.raises(IndexDamagedError, match="--rebuild"):
        open_index().counts()


def test_a_copy_of_an_index_is_as_good(open_index, built, embedder, tmp_path):
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    assert closest(open_index(), embedder, FORESTS, k=1) == [FORESTS]
    assert open_index().counts() == IndexCounts(1101, 1101, 1101)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_can_be_erased_and_built_anew(
    open_index, built, embedder, tmp_path, damage
):
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    damage_files(tmp_path, damage)
    erase_index(tmp_path)
    rebuilt = open_index(create=True)
    put(rebuilt, embedder, make_read("a.txt", FORESTS))
    assert rebuilt.counts() == IndexCounts(1, 1, 1)


def test_an_erasing_that_was_cut_off_is_finished_by_the_next_ingest(
    open_index, built, embedder, tmp_path
):
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    (tmp_path / "erasing").touch()  # as `erase_index` leaves it when it is killed
    (tmp_path / "catalogue.sqlite3").unlink()
    with pytest.raises(IndexNotBuiltError):
        open_index()
    made = open_index(create=True)
    put(made, embedder, make_read("a.txt", FORESTS))
    assert made.counts() == IndexCounts(1, 1, 1)


def test_an_open_index_follows_one_that_is_built_anew(open_index, index, embedder, tmp_path):
    put(index, embedder, make_read("a.txt", FORESTS))
    erase_index(tmp_path)
    with pytest.raises(IndexNotBuiltError):
        index.reports()
    put(open_index(create=True), embedder, make_read("b.txt", ROADS))
    assert closest(index, embedder, FORESTS) == [ROADS]


def test_an_open_index_sees_what_another_process_stored(index, embedder, tmp_path):
    put(index, embedder, make_read("a.txt", FORESTS))
    code = (
        "import sys; from pathlib import Path; from test_report_index import *;"
        "index = ReportIndex.open(Path(sys.argv[1]), embedder='fake', dimension=32);"
        "put(index, FakeEmbedder(), make_read('b.txt', *varied_lines(1100, seed=3), ROADS));"
        "remove(index, FakeEmbedder(), 'a.txt')"
    )
    run(code, tmp_path)
    assert closest(index, embedder, ROADS, k=1) == [ROADS]
    assert index.counts() == IndexCounts(1101, 1101, 1101)


# --- cut off ---------------------------------------------------------------------------------

OLD = [FORESTS, *varied_lines(300, seed=1), ROADS]
NEW = [FORESTS, *varied_lines(300, seed=2), SCHOOLS]


def test_a_model_that_fails_leaves_the_index_as_it_was(index, embedder):
    put(index, embedder, make_read("a.txt", *OLD))
    embedder.fails_after = len(embedder.embedded) + 256
    with pytest.raises(ModelUnavailableError):
        put(index, embedder, make_read("a.txt", *NEW))
    assert closest(index, embedder, ROADS, k=1) == [ROADS]
    assert closest(index, embedder, SCHOOLS, k=1) != [SCHOOLS]


def test_the_next_ingest_goes_on_where_a_failing_model_stopped(index, embedder):
    embedder.fails_after = 300
    with pytest.raises(ModelUnavailableError):
        put(index, embedder, make_read("a.txt", *OLD))
    embedder.fails_after = -1
    assert put(index, embedder, make_read("a.txt", *OLD)) == [len(OLD) - 256]
    assert index.counts() == IndexCounts(len(OLD), len(OLD), len(OLD))


@pytest.mark.parametrize(("step", "known"), [("upsert", OLD), ("delete", NEW)])
def test_a_failure_of_chroma_is_repaired_by_the_next_ingest(
    index, embedder, monkeypatch, step, known
):
    put(index, embedder, make_read("a.txt", *OLD))

    def fails(*_):
        raise IndexDamagedError("đĩa đầy")

    with monkeypatch.context() as patch:
        patch.setattr(ChromaVectors, step, fails)
        with pytest.raises(IndexDamagedError):
            put(index, embedder, make_read("a.txt", *NEW))
    assert set(closest(index, embedder, FORESTS, k=2000)) == set(known)
    with index.writing(embedder):
        pass
    assert index.counts() == IndexCounts(*[len(OLD)] * 3)


# Where a process is killed, and what its index then holds.
CUTS = {
    "while embedding": ("FakeEmbedder.embed_passages", "after", OLD),
    "before storing vectors": ("ChromaVectors.upsert", "before", OLD),
    "after storing vectors": ("ChromaVectors.upsert", "after", OLD),
    "before the catalogue": ("Catalogue.replace", "before", OLD),
    "after the catalogue": ("Catalogue.replace", "after", NEW),
    "after deleting vectors": ("ChromaVectors.delete", "after", NEW),
    "before the end": ("Catalogue.mark_finished", "before", NEW),
}
KILLED = """
import os, signal, sys
from pathlib import Path
from test_report_index import *
from vectorstore.catalogue import Catalogue

def dying(work, when):
    def die(*args, **kwargs):
        if when == "after":
            work(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
    return die

folder, place, when = sys.argv[1:]
kind, name = place.split(".")
kind = globals()[kind]
setattr(kind, name, dying(getattr(kind, name), when))
index = ReportIndex.open(Path(folder), embedder="fake", dimension=32)
put(index, FakeEmbedder(), make_read("a.txt", *NEW))
"""


@pytest.mark.parametrize("cut", CUTS)
def test_killed_at_any_step_it_can_be_asked_and_the_next_ingest_repairs_it(
    open_index, index, embedder, tmp_path, cut
):
    place, when, known = CUTS[cut]
    put(index, embedder, make_read("a.txt", *OLD))
    index.close()
    assert run(KILLED, tmp_path, place, when, check=False).returncode == -9
    asked = open_index()
    assert set(closest(asked, embedder, FORESTS, k=5000)) == set(known)
    put(asked, embedder, make_read("a.txt", *NEW))
    assert asked.counts() == IndexCounts(*[len(NEW)] * 3)
    assert set(closest(open_index(), embedder, FORESTS, k=5000)) == set(NEW)


def test_what_a_killed_ingest_wrote_is_thrown_away(open_index, built, embedder, tmp_path):
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    leave_unfinished(tmp_path)
    shutil.copytree(tmp_path / "chroma" / "2", tmp_path / "chroma" / "3")
    next(tmp_path.glob("chroma/3/*/header.bin")).write_bytes(b"")  # killed while writing it
    asked = open_index()
    assert closest(asked, embedder, FORESTS, k=1) == [FORESTS]
    assert asked.counts() == IndexCounts(1101, 1101, 1101)


def test_an_index_killed_while_being_made_is_made_by_the_next(open_index, tmp_path, embedder):
    open_index(create=True).close()
    shutil.rmtree(tmp_path / "chroma")
    with sqlite3.connect(tmp_path / "catalogue.sqlite3") as connection:
        connection.execute("UPDATE facts SET unfinished = 1, folder = ''")
    connection.close()
    made = open_index(create=True)
    put(made, embedder, make_read("a.txt", FORESTS))
    assert made.counts() == IndexCounts(1, 1, 1)


def test_an_index_that_another_is_making_is_not_built_yet(open_index, tmp_path, embedder):
    index = open_index(create=True)
    with sqlite3.connect(tmp_path / "catalogue.sqlite3") as connection:
        connection.execute("UPDATE facts SET unfinished = 1, folder = ''")
    connection.close()
    with FileLock(tmp_path / "ingest.lock"), pytest.raises(IndexNotBuiltError, match="đang được"):
        closest(index, embedder, FORESTS)
    assert closest(index, embedder, FORESTS) == []


def test_searching_a_small_index_leaves_it_sound(open_index, index, embedder):
    put(index, embedder, make_read("a.txt", FORESTS))
    for _ in range(3):
        assert closest(open_index(), embedder, FORESTS) == [FORESTS]


def test_at_most_two_folders_of_vectors_are_kept(index, embedder, tmp_path):
    for turn in range(4):
        put(index, embedder, make_read("a.txt", f"lần {turn}"))
    assert len(list((tmp_path / "chroma").iterdir())) == 2


# --- several at once -------------------------------------------------------------------------


def test_questions_go_on_while_another_thread_indexes(index, embedder):
    put(index, embedder, make_read("a.txt", FORESTS))
    done, wrong = threading.Event(), []

    def ask():
        while not done.is_set():
            found = index.dense_search(embedder.embed_question(FORESTS), k=3)
            found += index.lexical_search(terms(FORESTS), k=3)
            texts = [chunk.text for chunk in index.chunks([i for i, _ in found]).values()]
            if FORESTS not in texts:
                wrong.append(texts)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for turn in range(8):
        put(index, embedder, make_read("b.txt", *varied_lines(200, seed=turn)))
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert index.counts() == IndexCounts(201, 201, 201)


def test_two_ingests_take_turns(open_index, index, embedder):
    others = [open_index(create=True) for _ in range(3)]
    threads = [
        threading.Thread(
            target=put, args=(each, FakeEmbedder(), make_read(f"{number}.txt", FORESTS, ROADS))
        )
        for number, each in enumerate(others)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert index.counts() == IndexCounts(6, 6, 6)


def test_a_removed_report_is_not_found_while_its_vectors_are_still_there(
    index, embedder, monkeypatch
):
    put(index, embedder, make_read("a.txt", FORESTS), make_read("b.txt", ROADS))
    with index.writing(embedder) as writer, monkeypatch.context() as patch:
        patch.setattr(ChromaVectors, "delete", lambda *_: None)
        writer.remove("a.txt")
        assert closest(index, embedder, FORESTS, k=1) == [ROADS]


def leave_unfinished(folder):
    with sqlite3.connect(folder / "catalogue.sqlite3") as connection:
        connection.execute("UPDATE facts SET unfinished = 1")
    connection.close()


def run(code, *args, check=True):
    command = [sys.executable, "-c", code, *map(str, args)]
    environment = {"PYTHONPATH": f"{TESTS}:{TESTS.parent}", "PATH": ""}
    return subprocess.run(command, env=environment, capture_output=True, check=check)
