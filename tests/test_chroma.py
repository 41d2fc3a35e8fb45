import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from errors import AssistantError, IndexDamagedError
from vectorstore import chroma
from vectorstore.chroma import ChromaVectors

PROJECT = Path(chroma.__file__).parents[1]


def unit_rows(count, dimension=16):
    rows = np.random.default_rng(7).normal(size=(count, dimension)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def fill(vectors, count, report="a.txt"):
    rows = unit_rows(count)
    vectors.upsert([str(number) for number in range(count)], rows, [report] * count)
    return rows


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "chroma"


@pytest.fixture
def vectors(folder):
    opened = ChromaVectors(folder, "chunks-1", create=True)
    yield opened
    opened.close()


def test_the_closest_come_first_with_their_cosine(vectors):
    rows = fill(vectors, 40)
    found = vectors.search(rows[3], k=5)
    expected = rows @ rows[3]
    assert [chunk for chunk, _ in found] == [str(n) for n in np.argsort(-expected)[:5]]
    assert [cosine for _, cosine in found] == pytest.approx(sorted(expected)[::-1][:5], abs=1e-5)


def test_nothing_stored_finds_nothing(vectors):
    assert vectors.search(unit_rows(1)[0], k=5) == []
    assert vectors.ids() == set()


def test_a_search_within_reports_finds_only_theirs(vectors):
    rows = fill(vectors, 20)
    vectors.upsert(["tè"], rows[3:4], ["Mường Tè.txt"])
    assert vectors.search(rows[3], k=5, reports=["Mường Tè.txt"])[0][0] == "tè"
    assert len(vectors.search(rows[3], k=5, reports=["Mường Tè.txt"])) == 1


def test_more_than_chromas_batch_size_is_stored_and_deleted(vectors):
    count = vectors._limit + 10
    fill(vectors, count)
    assert vectors.count() == len(vectors.ids()) == count
    vectors.delete([str(number) for number in range(1, count)])
    assert vectors.ids() == {"0"}


def test_deleting_what_is_not_there_is_no_error(vectors):
    vectors.delete(["unknown"])
    vectors.delete([])
    assert vectors.count() == 0


def test_another_opening_sees_what_was_stored_since(folder, vectors):
    rows = fill(vectors, 5)
    other = ChromaVectors(folder, "chunks-1")
    assert other.search(rows[4], k=1)[0][0] == "4"
    other.close()


def test_an_unknown_collection_is_damage(folder, vectors):
    with pytest.raises(IndexDamagedError, match="--rebuild"):
        ChromaVectors(folder, "chunks-2")


def test_a_database_of_garbage_is_damage(folder):
    folder.mkdir()
    (folder / "chroma.sqlite3").write_bytes(b"x" * 5000)
    with pytest.raises(IndexDamagedError, match="--rebuild"):
        ChromaVectors(folder, "chunks-1", create=True)


def test_a_server_that_does_not_answer_is_named():
    with pytest.raises(AssistantError, match="CHROMA_URL"):
        ChromaVectors("http://127.0.0.1:9", "chunks-1")


@pytest.mark.parametrize("count", [5, 1200], ids=["not yet written", "written"])
def test_searching_leaves_the_graph_files_as_they_are(folder, vectors, count):
    rows = fill(vectors, count)
    before = chroma.fingerprint(folder)
    assert {Path(file).suffix for file in before} == (
        {".bin", ".pickle"} if count > 1000 else set()
    )
    vectors.close()
    vectors = ChromaVectors(folder, "chunks-1")
    vectors.search(rows[0], k=50)
    vectors.close()
    assert chroma.fingerprint(folder) == before


@pytest.mark.parametrize("damage", ["lost", "changed", "cut"])
def test_damage_to_a_graph_file_changes_the_fingerprint(folder, vectors, damage):
    fill(vectors, 1200)
    before = chroma.fingerprint(folder)
    file = next(folder.glob("*/data_level0.bin"))
    content = file.read_bytes()
    changed = bytes([content[0] ^ 0xFF]) + content[1:]
    file.write_bytes({"changed": changed, "cut": content[:99]}.get(damage, b""))
    if damage == "lost":
        file.unlink()
    assert chroma.fingerprint(folder) != before


@pytest.mark.parametrize("count", [5, 1200], ids=["not yet written", "written"])
def test_a_copy_is_as_good_and_the_original_stays_as_it_is(folder, vectors, count):
    rows = fill(vectors, count)
    chroma.copy(folder, folder.with_name("copy"))
    copied = ChromaVectors(folder.with_name("copy"), "chunks-1")
    assert copied.search(rows[3], k=1)[0][0] == "3"
    copied.delete(["3"])
    assert (copied.count(), vectors.count()) == (count - 1, count)
    assert vectors.search(rows[3], k=1)[0][0] == "3"
    copied.close()


def test_what_is_cleared_is_gone(folder, vectors):
    fill(vectors, 5)
    vectors.close()
    chroma.clear(folder, "chunks-1")
    chroma.clear(folder, "chunks-1")
    again = ChromaVectors(folder, "chunks-1", create=True)
    assert again.count() == 0
    again.close()


def test_nothing_is_imported_before_it_is_needed():
    code = "import sys, vectorstore.report_index; sys.exit('chromadb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False).returncode == 0
