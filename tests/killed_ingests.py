"""Run ingests as processes that can be killed, and give all that an index holds.

`python killed_ingests.py INDEX REPORTS` imports what an ingest needs once, and then makes a process of
itself for each line it is given: an import of Chroma takes far longer than the ingests of this test.
A line is "ingest" or "dump INDEX"; what comes of it is a line of JSON.
"""

import gc
import importlib
import json
import os
import sqlite3
import sys
import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path

from fakes import FakeEmbedder, read_lines

from indexing import Reader, index_reports
from vectorstore.chroma import ChromaVectors
from vectorstore.report_index import ReportIndex

READER = Reader(read_lines, "1", (".txt",), lambda _: {})
ROWS = {  # by what does not depend on the order of the ingests
    "reports": "SELECT name, digest, reading, text, metadata, left_out FROM report ORDER BY name",
    "passages": "SELECT passage.id, name, position, record FROM passage JOIN report ON report.row = report ORDER BY passage.id",
    "chunks": "SELECT chunk.id, name, passage, vector, record FROM chunk JOIN report ON report.row = report ORDER BY chunk.id",
    "words": "SELECT chunk.id, body, context FROM words JOIN chunk ON chunk.row = words.rowid ORDER BY chunk.id",
    "word rows": "SELECT count(*) FROM words_docsize",
    "terms": "SELECT term, doc, cnt FROM vocabulary ORDER BY term",
    "vectors": "SELECT text, hex(numbers) FROM vector ORDER BY text",
    "unfinished": "SELECT unfinished FROM facts",
    "files": "SELECT name, size, digest, problem FROM file ORDER BY name",
}


def ingest(index_dir, reports):
    index = ReportIndex.open(index_dir, embedder="fake", dimension=32, create=True)
    summary = index_reports([reports], index=index, embedder=FakeEmbedder(), reader=READER)
    index.close()
    return [f"{file.outcome} {file.name} {file.message}" for file in summary.files]


def dump(index_dir):
    """Give what the three stores hold, and whether they can be searched."""
    with closing(sqlite3.connect(index_dir / "catalogue.sqlite3")) as connection:
        held = {name: connection.execute(rows).fetchall() for name, rows in ROWS.items()}
        held["words are sound"] = connection.execute("PRAGMA quick_check").fetchall()
        collection, folder = connection.execute("SELECT collection, folder FROM facts").fetchone()
    vectors = ChromaVectors(index_dir / "chroma" / folder, collection)
    got = vectors._collection.get(include=["embeddings", "metadatas"])
    rows = zip(got["ids"], got["embeddings"].tolist(), got["metadatas"], strict=True)
    held["chroma"] = sorted([chunk, vector, metadata["report"]] for chunk, vector, metadata in rows)
    vectors.close()
    return held


def ask(index_dir):
    """Search as the app does; give what is found and whether each hit can be opened."""
    index = ReportIndex.open(index_dir, embedder="fake", dimension=32, create=True)
    found = index.dense_search(FakeEmbedder().embed_question("dòng"), k=500)
    chunks = index.chunks([chunk for chunk, _ in found])
    known = {report.name for report in index.reports()}
    index.close()
    return sorted({chunk.report for chunk in chunks.values()} - known)


def import_all_that_an_ingest_imports():
    reading, writing = os.pipe()
    if not os.fork():
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "a.txt").write_text("một", "utf-8")
            ingest(Path(folder) / "index", Path(folder))
        with os.fdopen(writing, "w") as told:
            told.write("\n".join(sys.modules))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        for name in told.read().splitlines():
            if name not in sys.modules and not name.startswith("__"):
                importlib.import_module(name)
    os.wait()


def serve(index_dir, reports):
    import_all_that_an_ingest_imports()
    gc.freeze()
    say("ready")
    for line in sys.stdin:
        word, *given = line.split()
        place = Path(*given)
        child = os.fork()
        if not child:
            work = {
                "ingest": partial(ingest, index_dir, reports),
                "ask": partial(ask, index_dir),
                "dump": partial(dump, place),
                "fresh": partial(ingest, place, reports),
            }
            say(json.dumps(work[word]()))
            os._exit(0)
        say("pid", child)
        _, status = os.waitpid(child, 0)
        say("exit", os.waitstatus_to_exitcode(status))


def say(*words):
    sys.stdout.write(f"{' '.join(map(str, words))}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve(Path(sys.argv[1]), Path(sys.argv[2]))
