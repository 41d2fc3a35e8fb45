from pathlib import Path

import pytest

from errors import UnreadableReportError
from ingest.document import Reading
from ingest.formats.plain_text import read_plain_text
from vietnamese import normalise

ROOT = Path(__file__).parent.parent
TEXT = "Toàn huyện có 181 hợp tác xã, diện tích cây ăn quả đạt 11.200 ha.\n"


def read(content):
    return read_plain_text(content, Reading("bao-cao.txt"))


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
def test_unicode_is_read_with_and_without_its_mark(encoding, name):
    assert read(TEXT.encode(encoding)) == (TEXT, name)


def test_the_older_vietnamese_encoding_of_windows_is_read():
    windows = "Toa\u0300n huy\u00ea\u0323n co\u0301 181 h\u01a1\u0323p ta\u0301c xa\u0303, di\u00ea\u0323n ti\u0301ch \u0111a\u0323t"
    text, encoding = read(windows.encode("cp1258"))
    assert (text, encoding) == ("Toàn huyện có 181 hợp tác xã, diện tích đạt", "windows-1258")


def test_tcvn3_is_read():
    text, encoding = read("Toµn huyÖn cã 181 hîp t¸c x·, diÖn tÝch ®¹t".encode("latin-1"))
    assert (text, encoding) == ("Toàn huyện có 181 hợp tác xã, diện tích đạt", "TCVN3")


def test_decomposed_letters_and_other_line_ends_are_brought_to_one_form():
    assert read("Ta\u0302\u0301t\r\nca\u0309".encode())[0] == "Tất\ncả"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe\x00\xd8", "không phải văn bản Unicode"),
        (b"abc\x00def", "tệp nhị phân"),
        (b" \n--\n", "tệp không có nội dung"),
        (
            b"Ch\xe0o \xfd\xfe\x81\x8d\x8f\x9d\xff",
            r"không phải văn bản Unicode \(lỗi ở byte thứ 2\)",
        ),
    ],
    ids=["broken UTF-16", "binary", "no letters", "no known encoding"],
)
def test_what_is_no_text_is_refused_with_its_reason(content, message):
    with pytest.raises(UnreadableReportError, match=rf"^bao-cao\.txt: .*{message}"):
        read(content)


def test_a_file_too_large_to_be_a_report_is_refused():
    with pytest.raises(UnreadableReportError, match="lớn hơn 50 MB"):
        read(b"a" * 50_000_001)


def test_the_five_reports_are_read_as_they_stand():
    for path in sorted((ROOT / "reports").glob("*.txt")):
        text, encoding = read(path.read_bytes())
        assert encoding == "UTF-8"
        assert text == normalise(path.read_bytes().decode("utf-8-sig"))
