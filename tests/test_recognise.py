from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pptx
import pytest

from errors import UnreadableReportError
from ingest.formats.recognise import SUFFIXES, Format, recognise

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT.parent / "shared" / "ingest-samples"
ERROR_PAGE = """<!DOCTYPE html><html><head><title>404 - Not Found</title></head>
<body><h1>Server Error</h1><p>The page was moved.</p></body></html>"""
REPORT_PAGE = "<html><body><h1>BÁO CÁO</h1>" + "<p>Toàn huyện có 181 hợp tác xã.</p>" * 20


def saved(made):
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def zipped(**members):
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(lambda: saved(docx.Document()), Format.DOCX, id="docx"),
        pytest.param(lambda: saved(openpyxl.Workbook()), Format.XLSX, id="xlsx"),
        pytest.param(lambda: saved(pptx.Presentation()), Format.PPTX, id="pptx"),
        pytest.param(
            lambda: zipped(mimetype="application/vnd.oasis.opendocument.text"), Format.ODT, id="odt"
        ),
        pytest.param(lambda: zipped(bao_cao__txt="x"), Format.ZIP, id="zip"),
        pytest.param(lambda: b"%PDF-1.4\n", Format.PDF, id="pdf"),
        pytest.param(lambda: b"\r\n%PDF-1.4\n", Format.PDF, id="pdf after a line end"),
        pytest.param(lambda: b"{\\rtf1\\ansi", Format.RTF, id="rtf"),
        pytest.param(lambda: REPORT_PAGE.encode(), Format.HTML, id="html"),
        pytest.param(lambda: REPORT_PAGE.encode("utf-16"), Format.HTML, id="html in UTF-16"),
        pytest.param(
            lambda: b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n",
            Format.HTML,
            id="mht",
        ),
        pytest.param(lambda: "Toàn huyện".encode(), Format.TEXT, id="UTF-8"),
        pytest.param(lambda: "Toàn huyện".encode("utf-16-le"), Format.TEXT, id="UTF-16, no mark"),
        pytest.param(lambda: "Toµn huyÖn".encode("latin-1"), Format.TEXT, id="TCVN3"),
    ],
)
def test_the_content_says_what_a_file_is_whatever_its_name(content, expected):
    assert recognise(content(), "bao-cao.pdf") is expected


def test_the_name_decides_only_between_kinds_of_text():
    assert recognise(b"# A", "a.md") is Format.MARKDOWN
    assert recognise(b"# A", "a.txt") is Format.TEXT
    assert recognise(b"%PDF-1.4", "a.md") is Format.PDF


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "không có nội dung", id="empty"),
        pytest.param(b" \r\n\x00\x00", "không có nội dung", id="blank"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", "tệp ảnh .PNG.", id="picture"),
        pytest.param(b"MZ\x90\x00\x03\x00\x00\x00", "tệp chương trình", id="program"),
        pytest.param(b"#!/bin/sh\nrm x\n", "tệp chương trình", id="script"),
        pytest.param(b"Rar!\x1a\x07\x01\x00\x00\x00", "nén lại thành .zip", id="rar"),
        pytest.param(b"\x00\x01\x02\x03\x00\x00" * 9, "tệp nhị phân", id="binary"),
        pytest.param(b"PK\x03\x04 broken", "tệp bị hỏng", id="broken zip"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", "tệp bị hỏng", id="broken doc"),
        pytest.param(b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>", "dạng XML"),
        pytest.param(
            zipped(mimetype="application/epub+zip"), "chưa hỗ trợ loại tệp này", id="epub"
        ),
    ],
)
def test_what_is_no_report_is_refused_with_its_reason(content, message):
    with pytest.raises(UnreadableReportError, match=rf"^bao-cao\.docx: .*{message}"):
        recognise(content, "bao-cao.docx")


def test_an_error_page_saved_as_pdf_is_refused_with_what_it_says():
    with pytest.raises(UnreadableReportError, match=r"có đuôi \.pdf .*báo lỗi .“404 - Not Found”"):
        recognise(ERROR_PAGE.encode(), "bao-cao.pdf")


def test_an_error_page_is_no_report_under_its_own_name_either():
    with pytest.raises(UnreadableReportError, match="đây là trang web báo lỗi"):
        recognise(ERROR_PAGE.encode(), "bao-cao.html")


@pytest.mark.parametrize("name", ["bao-cao.doc", "bao-cao.xls", "bao-cao.html"])
def test_a_report_saved_as_a_web_page_is_read_under_any_name(name):
    assert recognise(REPORT_PAGE.encode(), name) is Format.HTML


def test_a_short_table_exported_as_xls_is_read():
    page = "<table><tr><td>Lúa</td><td>12</td></tr></table>"
    assert recognise(page.encode(), "bieu.xls") is Format.HTML


def test_endless_open_tags_do_not_hold_up_recognition():
    assert recognise(b"<html>" + b"<h1 " * 40_000 + b"x" * 2000, "a.html") is Format.HTML


def test_an_open_document_with_a_password_is_refused():
    content = zipped(
        mimetype="application/vnd.oasis.opendocument.spreadsheet",
        **{"META-INF/manifest__xml": "<manifest:encryption-data/>"},
    )
    with pytest.raises(UnreadableReportError, match="tệp đặt mật khẩu"):
        recognise(content, "a.ods")


def test_the_five_reports_are_text():
    for path in sorted((ROOT / "reports").glob("*.txt")):
        assert recognise(path.read_bytes(), path.name) is Format.TEXT


def test_every_ending_is_taken_once_in_lower_case():
    assert len(set(SUFFIXES)) == len(SUFFIXES)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in SUFFIXES)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="no sample files here")
def test_real_files_are_what_their_endings_say_but_for_the_broken_ones():
    expected = {".doc": "DOC", ".xls": "XLS", ".ppt": "PPT", ".rtf": "RTF", ".pdf": "PDF"}
    for path in sorted((SAMPLES / "legacy").iterdir()):
        if path.suffix in expected:
            assert recognise(path.read_bytes(), path.name) == expected[path.suffix]
    broken = SAMPLES / "broken"
    assert recognise((broken / "doc-named-docx.docx").read_bytes(), "a.docx") is Format.DOC
    with pytest.raises(UnreadableReportError, match="trang web báo lỗi"):
        recognise((broken / "not-a-pdf.pdf").read_bytes(), "a.pdf")
