"""Say of words recognised in a picture, and of an older version, that they are that."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

import retrieval.__main__ as command
from assistant import Assistant
from records import Origin, ReportMetadata, Span, WordPlace
from retrieval.clause_reader import ClauseReader
from retrieval.search import HybridSearch
from source_notes import note_versions
from tests.fakes import FakeEmbedder, make_read
from vectorstore.report_index import ReportIndex
from vectorstore.report_rows import Source
from versions import find_versions, sketch_text

LINES = (
    "Toàn huyện Mai Sơn có 181 hợp tác xã, tăng 54 hợp tác xã so với năm 2020.",
    "Huyện Mai Sơn có 20 sản phẩm OCOP, trong đó 10 sản phẩm đạt hạng 4 sao.",
)
FIRST = Span(0, len(LINES[0]))
SECOND = Span(len(LINES[0]) + 1, len(LINES[0]) + 1 + len(LINES[1]))
PLACES = (WordPlace(FIRST, 1, 0.1, 0.1, 0.9, 0.2), WordPlace(SECOND, 2, 0.1, 0.1, 0.9, 0.2))


def scanned(name, *ocr_pages, draft="", places=PLACES):
    """A report of two pages, of which some were read from their pictures."""
    read = make_read(name, *LINES)
    told = ReportMetadata(title="Báo cáo", district="Mai Sơn", draft=draft)
    return replace(
        read,
        report=replace(read.report, metadata=told),
        passages=tuple(replace(p, page=n) for n, p in enumerate(read.passages, 1)),
        origin=Origin("PDF", "", 2, ocr_pages),
        places=places,
        sketch=sketch_text(read.report.text),
    )


@pytest.fixture
def index(tmp_path):
    return ReportIndex.open(tmp_path, embedder="fake", dimension=32, create=True)


def assistant_for(index, *reads):
    embedder = FakeEmbedder()
    with index.writing(embedder) as writer:
        for read in reads:
            writer.put(read, Source(read.report.digest, "1", "/reports"))
    return Assistant(index, HybridSearch(index, embedder), ClauseReader.load(embedder.name))


@pytest.mark.parametrize("places", [PLACES, ()], ids=["by its words", "by the passage's page"])
def test_a_citation_says_whether_its_page_was_read_from_a_picture(index, places):
    assistant = assistant_for(index, scanned("a.pdf", 2, places=places))
    found = {
        citation.page: citation.from_picture
        for question in ("Mai Sơn có bao nhiêu sản phẩm OCOP?", "Mai Sơn có bao nhiêu hợp tác xã?")
        for citation in assistant.ask(question).citations
    }
    assert found == {1: False, 2: True}


def test_a_source_tells_how_its_file_was_read(index):
    assistant = assistant_for(index, scanned("a.pdf", 2))
    passage = index.passages_of("a.pdf")[0]
    assert assistant.open_source(passage.id).origin == Origin("PDF", "", 2, (2,))


def test_the_command_says_both(index, monkeypatch, capsys):
    assistant = assistant_for(index, scanned("a.pdf"), scanned("b.pdf", 2, draft="Dự thảo lần 1"))
    notes = note_versions(find_versions(index.reports()))
    monkeypatch.setattr(command, "build_assistant", lambda settings: assistant)
    monkeypatch.setattr(command, "version_notes", lambda settings: notes)
    monkeypatch.setattr(command, "read_settings", lambda: SimpleNamespace())
    assert command.main(["--ask", "Mai Sơn có bao nhiêu sản phẩm OCOP theo dự thảo lần 1?"]) == 0
    out = capsys.readouterr().out
    assert "trang 2 (chữ nhận dạng từ ảnh, cần đối chiếu với bản gốc)" in out
    assert out.endswith("Lưu ý: b.pdf là bản cũ: đã có a.pdf mới hơn.\n")
    assert command.main(["--ask", "Mai Sơn có bao nhiêu sản phẩm OCOP?"]) == 0
    assert "chữ nhận dạng" not in (out := capsys.readouterr().out)
    assert "Lưu ý" not in out


def test_a_citation_gives_the_page_of_its_words_not_of_its_passage(index):
    read = scanned("a.pdf")
    on_first = tuple(replace(passage, page=1, last_page=2) for passage in read.passages)
    assistant = assistant_for(index, replace(read, passages=on_first))
    answer = assistant.ask("Mai Sơn có bao nhiêu sản phẩm OCOP?")
    assert [citation.page for citation in answer.citations] == [2]
