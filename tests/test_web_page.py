import random
from contextlib import suppress

import pytest

from errors import UnreadableReportError
from ingest.document import Reading, TextBlock, TextKind
from ingest.formats.web_page import read_web_page

BODY = "<p>Toàn huyện có 181 hợp tác xã, 20 sản phẩm OCOP.</p>" * 5


def read(page, encoding="utf-8"):
    content = page if isinstance(page, bytes) else page.encode(encoding)
    return read_web_page(content, Reading("bao-cao.html"))


def shown(document):
    return [
        block.text
        if isinstance(block, TextBlock)
        else [[cell.text for cell in row.cells] for row in block.rows]
        for block in document.blocks
        if not getattr(block, "left_out", "")
    ]


def left_out(document):
    return {
        block.text: block.left_out for block in document.blocks if getattr(block, "left_out", "")
    }


def test_headings_paragraphs_and_the_title_are_read():
    document = read(
        "<title>Báo cáo 6 tháng</title><h2>I. NÔNG<br>NGHIỆP</h2><p>Lúa\n tăng &amp; đạt.</p>x"
    )
    assert shown(document) == ["I. NÔNG NGHIỆP", "Lúa tăng & đạt.", "x"]
    assert (document.blocks[0].kind, document.blocks[0].level) == (TextKind.HEADING, 2)
    assert document.properties == {"title": "Báo cáo 6 tháng"}


def test_lists_keep_their_numbers():
    page = "<ol start=3><li>ba<li>bốn<ul><li>con</ul><li value=9>chín</ol><ol type=a><li>x</ol>"
    assert shown(read(page)) == ["3. ba", "4. bốn", "con", "9. chín", "a) x"]


def test_a_line_break_ends_a_paragraph_unless_the_sentence_goes_on():
    assert shown(read("<p>Diện tích lúa<br>tăng 3%.<br>Sản lượng đạt.</p>")) == [
        "Diện tích lúa tăng 3%.",
        "Sản lượng đạt.",
    ]


def test_merged_cells_of_a_table_are_placed_in_their_columns():
    table = read(
        "<table><thead><tr><th rowspan=2>TT<th colspan=2>Năm</tr><tr><th>2023<th>2024</tr></thead>"
        "<tr><td>1<td>5,5<td>6</tr></table>"
    ).blocks[0]
    assert [[(c.text, c.column, c.columns, c.rows) for c in row.cells] for row in table.rows] == [
        [("TT", 0, 1, 2), ("Năm", 1, 2, 1)],
        [("2023", 1, 1, 1), ("2024", 2, 1, 1)],
        [("1", 0, 1, 1), ("5,5", 1, 1, 1), ("6", 2, 1, 1)],
    ]
    assert [row.header for row in table.rows] == [True, True, False]


def test_tables_that_only_place_text_are_paragraphs():
    page = "<table><tr><td>UBND HUYỆN<td>CỘNG HÒA</tr><tr><td>Số: 5/BC<td>Độc lập</tr></table>"
    assert shown(read(page)) == ["UBND HUYỆN", "CỘNG HÒA", "Số: 5/BC", "Độc lập"]


def test_a_table_around_the_whole_page_leaves_the_one_in_it_whole():
    inner = "<table border=1><tr><td>Lúa<td>5</tr><tr><td>Ngô<td>6</tr></table>"
    assert shown(read(f"<table><tr><td>menu<td><p>Biểu 1</p>{inner}</tr></table>")) == [
        "menu",
        "Biểu 1",
        [["Lúa", "5"], ["Ngô", "6"]],
    ]


def test_furniture_is_left_out_with_its_reason():
    links = "".join(f"<li><a href=x>Mục {n}</a>" for n in "abcde")
    page = (
        f"<nav>Trang chủ</nav>{BODY}<ul>{links}</ul><div class='sidebar-right'>Thời tiết</div>"
        "<p hidden>ẩn</p><footer>Bản quyền</footer>"
    )
    document = read(page)
    assert shown(document) == ["Toàn huyện có 181 hợp tác xã, 20 sản phẩm OCOP."] * 5
    assert left_out(document) == {
        "Trang chủ": "thanh điều hướng",
        "Mục a Mục b Mục c Mục d Mục e": "danh sách liên kết",
        "Thời tiết": "phần khung của trang web",
        "ẩn": "phần ẩn của trang web",
        "Bản quyền": "chân trang web",
    }


def test_what_stands_around_the_main_part_is_left_out():
    document = read(f"<div>Tin nổi bật</div><main>{BODY}</main><div>Liên hệ</div>")
    assert left_out(document) == dict.fromkeys(
        ("Tin nổi bật", "Liên hệ"), "phần ngoài bài viết của trang web"
    )


def test_most_of_a_page_is_its_content_whatever_it_is_called():
    assert shown(read(f"<div class='header menu'>{BODY}</div>"))[0].startswith("Toàn huyện")


def test_scripts_are_never_text_and_tags_in_text_stay_text():
    page = "<script>alert(1)</script><style>p{}</style><p>&lt;script&gt;alert(2)&lt;/script&gt;</p>"
    assert shown(read(page)) == ["<script>alert(2)</script>"]


def test_footnotes_and_raised_digits_of_a_saved_word_file_are_kept():
    page = (
        "<p>20 sản phẩm<a href='#_ftn1'>[1]</a> trên 5 km<sup>2</sup></p><div id=ftn1>"
        "<p><a href='#_ftnref1'>[1]</a> 03 sản phẩm</p></div>"
    )
    note = read(page).blocks[1]
    assert shown(read(page)) == ["20 sản phẩm¹ trên 5 km²", "03 sản phẩm"]
    assert (note.kind, note.number) == (TextKind.FOOTNOTE, "1")


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        pytest.param("<p>Huyện Mường La</p>".encode(), "UTF-8", id="UTF-8"),
        pytest.param("<p>Huyện Mường La</p>".encode("utf-16"), "UTF-16", id="UTF-16"),
        pytest.param(
            "<meta charset=windows-1258><p>Huyê\u0323n Mươ\u0300ng La</p>".encode("cp1258"),
            "cp1258",
            id="declared",
        ),
        pytest.param(
            "<font face='.VnTime'>HuyÖn M­êng La</font>".encode("latin-1"), "TCVN3", id="TCVN3"
        ),
        pytest.param(
            "<p style='font-family:VNI-Times'>Huyeän Möôøng La</p>".encode(),
            "VNI",
            id="VNI in UTF-8",
        ),
    ],
)
def test_letters_come_out_right_in_any_encoding(content, encoding):
    document = read(content)
    assert (shown(document), document.encoding) == (["Huyện Mường La"], encoding)


def test_the_page_in_an_mht_file_is_read():
    content = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        b"PHA+SHV54buHbiBN4bqhaSBTxqFuPC9wPg==\r\n--x--\r\n"
    )
    assert shown(read(content.replace(b"TeG6oWkgU8ahbg", b""))) == ["Huyện Mại Sơn"]


@pytest.mark.parametrize(
    "page",
    [
        "<font>" * 1_900 + "đáy",
        "<table><tr><td>" * 500 + "đáy",
        "<ul><li>" * 900 + "đáy",
        "<table><tr><td>1<td>đáy</tr><tr><td colspan=99999999 rowspan=99999999>2</table>",
        "<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><p>&a; đáy",
    ],
    ids=["fonts", "tables", "lists", "huge spans", "entities"],
)
def test_hostile_pages_are_read_to_the_end(page):
    document = read(page)
    assert "đáy" in str(shown(document))
    assert "root:" not in str(shown(document))


@pytest.mark.parametrize("opened", ["<font>", "<table><tr><td>", "<ul><li>", "<div>"])
def test_nesting_without_end_is_refused_rather_than_read_in_part(opened):
    with pytest.raises(UnreadableReportError, match="lồng nhau quá sâu"):
        read("đầu" + opened * 20_000 + "đáy")


def test_a_page_without_text_is_refused():
    with pytest.raises(UnreadableReportError, match=r"^bao-cao\.html: trang web không có nội dung"):
        read("<html><body><img src=a.png><script>x</script></body></html>")


def test_damaged_pages_give_a_report_or_a_clear_error():
    chance = random.Random(5)
    whole = f"<html><table border=1><tr><td>a<td>1</tr><tr><td>b<td>2</tr></table>{BODY}".encode()
    for _ in range(150):
        copy = bytearray(whole[: chance.randrange(len(whole))])
        for _ in range(10):
            if copy:
                copy[chance.randrange(len(copy))] = chance.randrange(256)
        with suppress(UnreadableReportError):
            read(bytes(copy))
