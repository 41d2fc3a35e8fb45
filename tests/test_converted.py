import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from errors import UnreadableReportError
from ingest.document import Reading, TableBlock
from ingest.formats import converted
from ingest.formats.converted import convert, find_libreoffice, read_converted
from ingest.formats.kinds import Format
from ingest.formats.rtf import read_rtf
from tests.word_files import docx, p, r

SAMPLES = Path(__file__).parent.parent.parent / "shared" / "ingest-samples"
needs_libreoffice = pytest.mark.skipif(not find_libreoffice(), reason="chưa cài LibreOffice")

RTF = (
    b"{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset0 .VnTime;}{\\f1\\fcharset0 Arial;}}\n"
    b"\\pard\\f0 Th\\'f1 t\\'ad\\'edng Ch\\'ddnh ph\\'f1\\par\n"
    b"\\trowd\\cellx2000\\cellx4000\\intbl X\\'b7\\cell S\\'e8 h\\'e9\\cell\\row\n"
    b"\\trowd\\cellx2000\\cellx4000\\intbl B\\'b6n Bo\\cell 120\\cell\\row\n"
    b"\\pard\\f1 Ti\\u7871?ng\\par}"
)


@needs_libreoffice
def test_rich_text_is_converted_with_fonts_and_tables_and_kept(tmp_path):
    reading = Reading("cũ.rtf", tmp_path)
    document = read_converted(RTF, reading)
    assert document.encoding == "TCVN3"
    assert document.blocks[0].text == "Thủ tướng Chính phủ"
    table = document.blocks[1]
    assert isinstance(table, TableBlock)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Xã", "Số hộ"], ["Bản Bo", "120"],
    ]  # fmt: skip
    assert document.blocks[2].text == "Tiếng"
    assert len(list(tmp_path.glob("converted/*.docx"))) == 1


@needs_libreoffice
def test_two_conversions_at_once_do_not_collide():
    contents = [RTF, RTF.replace(b"120", b"340")]
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda content: read_converted(content, Reading("a.rtf")), contents))
    assert [document.blocks[1].rows[1].cells[1].text for document in both] == ["120", "340"]


@needs_libreoffice
def test_a_late_conversion_is_ended_with_all_it_started(monkeypatch):
    monkeypatch.setattr(converted, "_LIMIT_SECONDS", 0.2)
    with pytest.raises(UnreadableReportError, match=r"^a\.rtf: LibreOffice chưa chuyển đổi xong"):
        convert(RTF, Reading("a.rtf"), Format.RTF)
    running = subprocess.run(["ps", "-eo", "ppid,args"], capture_output=True, text=True, check=True)
    own = [line for line in running.stdout.split("\n") if line.split()[:1] == [str(os.getpid())]]
    assert not [line for line in own if "soffice" in line]


@needs_libreoffice
def test_a_file_that_libreoffice_cannot_read_is_told():
    with pytest.raises(UnreadableReportError, match=r"^a\.doc: LibreOffice không đọc được"):
        convert(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Reading("a.doc"), Format.DOC)


def test_without_libreoffice_it_is_said_how_to_install_it(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(converted, "_PLACES", ())
    with pytest.raises(UnreadableReportError, match="sudo apt install libreoffice-writer-nogui"):
        convert(b"\xd0\xcf\x11\xe0", Reading("a.doc"), Format.DOC)


def test_rich_text_is_read_without_libreoffice_and_the_loss_is_told(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(converted, "_PLACES", ())
    document = read_converted(RTF, Reading("cũ.rtf"))
    texts = [block.text for block in document.blocks]
    assert texts == ["Thủ tướng Chính phủ", "Xã | Số hộ", "Bản Bo | 120", "Tiếng"]
    assert "bảng thành dòng chữ" in document.warnings[0]


def test_what_was_converted_once_is_taken_from_the_cache(tmp_path, monkeypatch):
    content = b"\xd0\xcf\x11\xe0 something"
    monkeypatch.setattr(converted, "_run_libreoffice", lambda *_: docx(p(r("Một"))))
    first = convert(content, Reading("a.doc", tmp_path), Format.DOC)
    monkeypatch.undo()
    assert convert(content, Reading("b.doc", tmp_path), Format.DOC) == first


def test_a_file_too_large_to_convert_is_refused(monkeypatch):
    monkeypatch.setattr(converted, "_LARGEST_BYTES", 10)
    with pytest.raises(UnreadableReportError, match="Hãy chia nhỏ"):
        convert(b"x" * 11, Reading("a.doc"), Format.DOC)


@pytest.mark.parametrize(
    "content",
    [
        b"{\\rtf1}",
        b"{\\rtf1 \\'zz\\u99999999999 }",
        b"{\\rtf1" + b"{" * 5000,
        b"{\\rtf1\\ansicpg0 \\'ff}",
        b"{\\rtf1\\uc-5\\u-99999 x",
        b"{\\rtf1\\pict\\bin999999999 x}",
        b"{\\rtf1{\\fonttbl{\\f0\\fcharset163 .VnTime;}}\\f0\\'ff\\'d2}",
    ],
)
def test_broken_rich_text_gives_text_or_one_kind_of_error(content):
    with suppress(UnreadableReportError):
        assert read_rtf(content, Reading("a.rtf")).blocks


@needs_libreoffice
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="không có tệp mẫu")
def test_an_old_word_file_named_docx_is_read(tmp_path):
    content = (SAMPLES / "broken" / "doc-named-docx.docx").read_bytes()
    document = read_converted(content, Reading("doc-named-docx.docx", tmp_path))
    assert any("phòng cháy" in getattr(block, "text", "").lower() for block in document.blocks)
