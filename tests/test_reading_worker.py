import os
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from fakes import FakeEmbedder
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, NameObject

from errors import ReportNotFoundError, UnreadableReportError
from indexing import READER, Outcome, Reader, index_reports
from indexing.reading_worker import Limits, ReadingWorker
from ingest import check_report, read_report
from vectorstore.report_index import ReportIndex

TESTS = Path(__file__).parent
ROOT = TESTS.parent
SOON = 20.0  # seconds that a busy computer may take for what takes no time
PATIENT = Limits(silent=SOON, memory=500_000_000)
SHORT = Limits(silent=3.0)


@pytest.fixture(autouse=True)
def started(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(TESTS))
    monkeypatch.setenv("STARTED", str(tmp_path / "started"))
    return tmp_path / "started"


@pytest.fixture
def worker():
    with ReadingWorker("hostile_readers:read", PATIENT) as made:
        yield made


def write(folder, name, text):
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def text_of(worker, path):
    return worker.read(path, name=path.name).report.text


def eventually(happened):
    until = time.monotonic() + SOON
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.01)
    return True


def is_alive(pid):
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def pids(path):
    return eventually(path.exists) and eventually(path.read_text) and path.read_text().split()


def readers_of(path):
    return pids(path.with_suffix(".pids"))


def test_a_report_is_read_as_in_this_process():
    path = ROOT / "reports" / "muong-te.txt"
    with ReadingWorker() as worker:
        corrections = {"district": "Mường Tè"}
        read = worker.read(path, name="a.txt", corrections=corrections)
    assert read == read_report(path, name="a.txt", corrections=corrections)


def test_files_are_read_one_after_another_in_one_process(worker, tmp_path):
    paths = [write(tmp_path, f"{n}.txt", f"dòng {n}") for n in range(3)]
    assert [text_of(worker, path) for path in paths] == ["dòng 0", "dòng 1", "dòng 2"]
    assert len({pid for path in paths for pid in readers_of(path)}) == 1


def test_no_process_is_started_where_nothing_is_read():
    with ReadingWorker() as worker:
        assert worker._process is None


def test_errors_come_back_as_they_are(worker, tmp_path):
    with pytest.raises(UnreadableReportError, match=r"^a\.txt: không đọc được$"):
        worker.read(write(tmp_path, "a.txt", "HỎNG"), name="a.txt")
    with ReadingWorker() as real, pytest.raises(ReportNotFoundError, match="không có tệp này"):
        real.read(tmp_path / "không có.txt", name="không có.txt")


def test_the_reading_process_imports_only_what_reading_needs(tmp_path):
    path = write(tmp_path, "a.txt", "modules")
    reading = ReadingWorker("hostile_readers:read")
    with reading as worker, pytest.raises(UnreadableReportError) as told:
        worker.read(path, name="a.txt")
    unwanted = {"chromadb", "openvino", "torch", "streamlit", "vectorstore", "indexing", "wiring"}
    assert unwanted.isdisjoint(str(told.value).split())


def test_a_reader_that_hangs_is_ended_with_all_that_it_started(tmp_path, started):
    path = write(tmp_path, "a.txt", "hang")
    with ReadingWorker("hostile_readers:read", SHORT) as worker:
        worker.begin(path, name="a.txt")
        assert len(pids(started)) == 4
        with pytest.raises(UnreadableReportError, match=r"a\.txt: .* vì 3 giây không đọc"):
            worker.read(path, name="a.txt")
        assert not any(map(is_alive, pids(started)))


def test_a_reader_that_goes_on_too_long_is_ended(tmp_path):
    path, pages = write(tmp_path, "a.txt", "turn"), []
    reading = ReadingWorker("hostile_readers:read", Limits(silent=3.0, total=4.5))
    ended = pytest.raises(UnreadableReportError, match="sau 4,5 giây vẫn chưa xong")
    with reading as worker, ended:
        worker.read(path, name="a.txt", on_page=lambda page, _: pages.append(page))
    assert pages[:3] == [1, 2, 3]
    assert len(pages) > 10


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("eat", "cần hơn 0,5 GB bộ nhớ"),
        ("crash", "dừng đột ngột"),
        ("fault", "lỗi ngoài dự kiến"),
        ("take over", "dừng đột ngột"),
    ],
)
def test_a_file_that_ends_its_reader_fails_alone(worker, tmp_path, started, what, message):
    path = write(tmp_path, "a.txt", what)
    with pytest.raises(UnreadableReportError, match=rf"^a\.txt: .*{message}"):
        worker.read(path, name="a.txt")
    assert text_of(worker, write(tmp_path, "b.txt", "sau đó")) == "sau đó"
    assert not started.exists()


def test_an_ingest_that_is_stopped_ends_the_reader(worker, tmp_path):
    def stop(*_):
        raise KeyboardInterrupt

    path = write(tmp_path, "a.txt", "turn")
    with pytest.raises(KeyboardInterrupt):
        worker.read(path, name="a.txt", on_page=stop)
    assert not any(map(is_alive, readers_of(path)))


def test_nothing_is_left_when_the_program_is_killed(tmp_path, started):
    path = write(tmp_path, "a.txt", "hang")
    program = (
        "import sys; from pathlib import Path; from indexing.reading_worker import ReadingWorker\n"
        "ReadingWorker('hostile_readers:read').read(Path(sys.argv[1]), name='a.txt')"
    )
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{TESTS}"}
    with subprocess.Popen([sys.executable, "-c", program, path], env=environment) as process:
        begun = pids(started)
        assert all(map(is_alive, begun))
        process.send_signal(signal.SIGKILL)
    assert eventually(lambda: not any(map(is_alive, begun)))


def test_a_reader_dies_with_its_guard(worker, tmp_path):
    path = write(tmp_path, "a.txt", "một")
    text_of(worker, path)
    folder = Path(worker._folder)
    worker._process.kill()
    assert eventually(lambda: not any(map(is_alive, readers_of(path))))
    assert text_of(worker, path) == "một"
    assert not folder.exists()


def test_a_file_begun_is_read_before_it_is_asked_for(worker, tmp_path):
    path = write(tmp_path, "a.txt", "một")
    worker.begin(path, name="a.txt")
    assert len(readers_of(path)) == 1
    pages = []
    read = worker.read(path, name="a.txt", on_page=lambda *told: pages.append(told))
    assert (read.report.text, pages) == ("một", [(1, 1)])
    assert len(readers_of(path)) == 1


def test_a_file_begun_that_changed_is_read_anew(worker, tmp_path):
    path = write(tmp_path, "a.txt", "HỎNG")
    worker.begin(path, name="a.txt")
    readers_of(path)
    write(tmp_path, "a.txt", "đã sửa xong")
    assert text_of(worker, path) == "đã sửa xong"


def test_another_file_does_not_wait_for_the_one_begun(worker, tmp_path, started):
    worker.begin(write(tmp_path, "a.txt", "hang"), name="a.txt")
    pids(started)
    assert text_of(worker, write(tmp_path, "b.txt", "hai")) == "hai"
    assert not any(map(is_alive, pids(started)))


class Office:
    """A folder and its index, brought in line through a reading process."""

    def __init__(self, folder):
        self.reports = folder / "reports"
        self.reports.mkdir()
        self.embedder = FakeEmbedder()
        self.index = ReportIndex.open(folder / "index", embedder="fake", dimension=32, create=True)

    def ingest(self, reader=READER, function="hostile_readers:read"):
        with ReadingWorker(function, SHORT) as worker:
            reader = Reader(
                worker.read, "1", reader.suffixes, reader.load_corrections, begin=worker.begin
            )
            summary = index_reports(
                [self.reports], index=self.index, embedder=self.embedder, reader=reader
            )
        return summary.files


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path)
    yield made
    made.index.close()


def test_the_next_file_is_read_while_one_is_embedded(office):
    names = [f"{n}.txt" for n in range(4)]
    paths = [write(office.reports, name, f"báo cáo số {name}") for name in names]

    class Waits(FakeEmbedder):
        def embed_passages(self, texts, **told):
            number = int(texts[0].split()[-1][0])
            if number < 3:
                readers_of(paths[number + 1])
            assert not any(path.with_suffix(".pids").exists() for path in paths[number + 2 :])
            return super().embed_passages(texts, **told)

    office.embedder = Waits()
    files = office.ingest()
    assert [(file.name, file.outcome) for file in files] == [(n, Outcome.ADDED) for n in names]
    assert [len(readers_of(path)) for path in paths] == [1, 1, 1, 1]


def test_one_hostile_file_does_not_stop_the_others(office):
    told = {"a": "một", "b": "crash", "c": "hang", "d": "HỎNG", "e": "eat", "f": "hai"}
    for stem, text in told.items():
        write(office.reports, f"{stem}.txt", text)
    files = office.ingest()
    assert [file.outcome for file in files] == [Outcome.ADDED, *[Outcome.FAILED] * 4, Outcome.ADDED]
    assert [report.name for report in office.index.reports()] == ["a.txt", "f.txt"]
    assert files[2].message.startswith("c.txt: đã dừng đọc")


def write_docx(path, document, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        package.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r" Target="word/document.xml" Type="http://schemas.openxmlformats.'
            'org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
        )
        package.writestr("word/document.xml", document)
    return path


def write_zip_bomb(path):
    return write_docx(path, b"<w>" + b" " * 150_000_000)


def write_entity_bomb(path):
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return write_docx(
        path,
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "ha">{entities}]><w:document xmlns:w="http://'
        'schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&e11;'
        "</w:t></w:r></w:p></w:body></w:document>",
    )


def write_circular_pdf(path):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    tree = writer._pages
    tree.get_object()[NameObject("/Kids")] = ArrayObject([tree, tree])
    with path.open("wb") as file:
        writer.write(file)
    return path


def write_long_pdf(path):
    """Write ten thousand pages, all of them the same object but for their place."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = b" ".join(b"%d 0 R" % (n + 3) for n in range(10_000))
    objects.append(b"<</Type/Pages/Count 10000/Kids[%s]>>" % kids)
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] * 10_000
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(body))
        body += b"%d 0 obj%sendobj\n" % (number, each)
    start, size = len(body), len(objects) + 1
    body += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, b"".join(places))
    body += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, start)
    path.write_bytes(body)
    return path


def test_hostile_files_are_told_and_take_no_time(tmp_path):
    made = {
        write_zip_bomb(tmp_path / "bom.docx"): "phình to bất thường",
        write_entity_bomb(tmp_path / "thuc-the.docx"): "",
        write_circular_pdf(tmp_path / "vong.pdf"): "",
        write_long_pdf(tmp_path / "dai.pdf"): r"10\.000 trang",
    }
    limits = Limits(silent=SOON)
    with ReadingWorker(limits=limits) as worker:
        for path, message in made.items():
            with pytest.raises(UnreadableReportError, match=rf"^{path.name}: .*{message}") as told:
                worker.read(path, name=path.name)
            assert "đã dừng đọc" not in str(told.value)
            assert "đột ngột" not in str(told.value)
            assert "ngoài dự kiến" not in str(told.value)


def test_what_is_checked_is_not_kept(tmp_path):
    path = write(tmp_path, "a.txt", "Huyện Mai Sơn có 20 xã.")
    with ReadingWorker("ingest:check_report") as worker:
        assert worker.run(path, {"name": "b.txt"}, shown_name="b.txt") is None
    with pytest.raises(UnreadableReportError, match=r"^b\.txt: "):
        check_report(write(tmp_path, "a.txt", " "), name="b.txt")
