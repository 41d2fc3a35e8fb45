import random
from contextlib import suppress

import pytest

from errors import UnreadableReportError
from ingest.document import Reading, TextBlock, TextKind
from ingest.formats.markdown import read_markdown


def read(text):
    content = text if isinstance(text, bytes) else text.encode()
    return read_markdown(content, Reading("bao-cao.md"))


def shown(document):
    return [
        block.text
        if isinstance(block, TextBlock)
        else [[cell.text for cell in row.cells] for row in block.rows]
        for block in document.blocks
    ]


def test_headings_have_their_level_and_wrapped_lines_are_one_paragraph():
    document = read("# BÁO CÁO\n\nMục hai\n---\n\nLúa **tăng**\n3%.\n")
    assert [(b.text, b.kind, b.level) for b in document.blocks] == [
        ("BÁO CÁO", TextKind.HEADING, 1),
        ("Mục hai", TextKind.HEADING, 2),
        ("Lúa tăng 3%.", TextKind.PARAGRAPH, 0),
    ]
    assert document.encoding == "UTF-8"


def test_lists_keep_their_numbers():
    assert shown(read("3. ba\n4. bốn\n   - con\n     1. cháu\n")) == [
        "3. ba",
        "4. bốn",
        "con",
        "1. cháu",
    ]


def test_tables_keep_columns_of_empty_cells_and_their_header():
    table = read("| TT | Tên | 2024 |\n|---|---|--:|\n| 1 | | 1.234,5 |\n").blocks[0]
    assert [[(c.text, c.column) for c in row.cells] for row in table.rows] == [
        [("TT", 0), ("Tên", 1), ("2024", 2)],
        [("1", 0), ("1.234,5", 2)],
    ]
    assert [row.header for row in table.rows] == [True, False]


def test_tables_written_in_html_are_tables():
    page = "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>\n"
    assert shown(read(page)) == [[["A", "B"], ["1", "2"]]]


def test_footnotes_are_kept_with_their_references():
    document = read("20 sản phẩm[^2] và[^a].\n\n[^2]: 03 sản phẩm\n[^a]: mới\n")
    assert shown(document) == ["20 sản phẩm² và².", "03 sản phẩm", "mới"]
    assert [block.number for block in document.blocks[1:]] == ["2", "2"]


def test_html_in_a_paragraph_is_text_and_never_run():
    text = "Lúa <b>đậm</b> 5 km<sup>2</sup><br>cuối <script>alert(1)</script>"
    assert shown(read(text)) == ["Lúa đậm 5 km² cuối <script>alert(1)</script>"]


def test_front_matter_and_remarks_are_left_out_with_their_reason():
    document = read("---\ntitle: x\n---\n\nLúa\n\n<!-- xem lại -->\n")
    assert [(b.text, b.left_out) for b in document.blocks] == [
        ("title: x", "phần khai báo đầu tệp Markdown"),
        ("Lúa", ""),
        ("xem lại", "ghi chú ẩn trong tệp Markdown"),
    ]


def test_code_and_quotations_are_text():
    assert shown(read("> trích\n\n```\nmột\nhai\n```\n")) == ["trích", "một", "hai"]


def test_letters_of_old_encodings_become_unicode():
    document = read("# Toµn huyÖn cã 181 hîp t¸c x·\n".encode("latin-1"))
    assert (shown(document), document.encoding) == (["Toàn huyện có 181 hợp tác xã"], "TCVN3")


@pytest.mark.parametrize("text", ["> " * 5000 + "đáy", "[" * 20_000 + "đáy", "- " * 3000 + "đáy"])
def test_endless_nesting_is_read_or_refused(text):
    with suppress(UnreadableReportError):
        assert "đáy" in str(shown(read(text)))


def test_a_file_of_remarks_alone_is_refused():
    with pytest.raises(UnreadableReportError, match=r"^bao-cao\.md: tệp không có nội dung"):
        read("<!-- chưa viết -->\n")


def test_damaged_files_give_a_report_or_a_clear_error():
    chance = random.Random(2)
    whole = (
        "# A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: x\n\n1. y[^1] <b>z</b>\n" * 3
    ).encode()
    for _ in range(100):
        copy = bytearray(whole)
        for _ in range(12):
            copy[chance.randrange(len(copy))] = chance.randrange(128)
        with suppress(UnreadableReportError):
            read(bytes(copy))
