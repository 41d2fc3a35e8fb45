import random
from pathlib import Path

import pytest
from docx import Document as NewWord

from errors import UnreadableReportError
from ingest.document import PageText, Reading, TableBlock, TextKind
from ingest.formats.word import read_docx
from tests.word_files import docx, p, r, tbl, zipped

SAMPLES = Path(__file__).parent.parent.parent / "shared" / "ingest-samples" / "office"
NAME = Reading("báo cáo.docx")


def read(body, **parts):
    return read_docx(docx(body, **parts), NAME)


def texts(body, **parts):
    return [block.text for block in read(body, **parts).blocks]


def test_paragraphs_come_in_order_with_runs_joined():
    assert texts(p(r("Kinh "), r("tế")) + p(r("Xã hội"))) == ["Kinh tế", "Xã hội"]


STYLES = """
<w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="B"><w:name w:val="Mục con"/><w:basedOn w:val="A"/></w:style>
<w:style w:type="paragraph" w:styleId="C"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="D"><w:name w:val="Riêng"/>
  <w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="M"><w:name w:val="toc 1"/></w:style>
"""


@pytest.mark.parametrize(
    ("properties", "level"),
    [
        pytest.param({"pStyle": "A"}, 2, id="style"),
        pytest.param({"pStyle": "B"}, 2, id="inherited style"),
        pytest.param({"pStyle": "C"}, 1, id="title"),
        pytest.param({"pStyle": "D"}, 3, id="outline level of the style"),
        pytest.param({"outlineLvl": "0"}, 1, id="outline level of its own"),
        pytest.param({"pStyle": "A", "outlineLvl": "9"}, 0, id="taken back"),
        pytest.param({"pStyle": "không có"}, 0, id="no such style"),
    ],
)
def test_headings_are_known_by_style(properties, level):
    block = read(p(r("Kết quả đạt được"), **properties), styles=STYLES).blocks[0]
    assert (block.kind, block.level) == (
        TextKind.HEADING if level else TextKind.PARAGRAPH,
        level,
    )


def test_an_item_of_a_list_with_an_outline_level_is_no_heading():
    block = read(p(r("- Phối hợp rà soát."), outlineLvl="1")).blocks[0]
    assert block.kind is TextKind.PARAGRAPH


def test_lines_of_a_table_of_contents_are_left_out():
    assert read(p(r("I. KẾT QUẢ 3"), pStyle="M") + p(r("Đạt")), styles=STYLES).blocks[0].left_out


def level(n, style, pattern, more=""):
    return (
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{pattern}"/>{more}</w:lvl>'
    )


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "upperRoman", "%1.")
    + level(1, "decimal", "%2.")
    + level(2, "decimal", "%2.%3.")
    + level(3, "lowerLetter", "%4)")
    + level(4, "bullet", "\uf0b7")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + level(
        0, "decimal", "§iÒu %1.", '<w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr>'
    )
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
)


def item(text, at, number=1):
    properties = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def test_numbers_that_word_generates_are_written_out():
    body = [item("a", 0), item("b", 1), item("c", 2), item("d", 2), item("e", 3), item("f", 4)]
    body += [item("g", 0), item("h", 1), item("i", 1), item("k", 1, number=2)]
    assert texts("".join(body), numbering=NUMBERING) == [
        "I. a", "1. b", "1.1. c", "1.2. d", "a) e", "- f", "II. g", "1. h", "2. i", "1. k",
    ]  # fmt: skip


def test_legacy_letters_of_a_generated_number_are_converted():
    document = read(item("Ph¹m vi", 0, 3) + item("§èi t­îng", 0, 3), numbering=NUMBERING)
    assert [block.text for block in document.blocks] == ["Điều 1. Phạm vi", "Điều 2. Đối tượng"]
    assert document.encoding == "TCVN3"


def test_a_font_is_taken_from_style_and_defaults():
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
        "</w:rPr></w:rPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="To"/><w:basedOn w:val="N"/>'
        '<w:rPr><w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/></w:rPr></w:style>'
    )
    body = p(r("céng hoµ"), pStyle="H") + p(r("Thñ t"), "<w:r><w:softHyphen/></w:r>", r("íng"))
    assert texts(body, styles=styles) == ["cộng hoà", "Thủ tướng"]


NOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    f'<w:footnote w:id="5">{p("<w:r><w:footnoteRef/></w:r>", r(" Gồm 3 xã"))}{p(r("và 1 phường"))}</w:footnote>'
    f'<w:footnote w:id="2">{p(r("Theo Nghị quyết 12"))}</w:footnote>'
)


def note(n):
    return f'<w:r><w:footnoteReference w:id="{n}"/></w:r>'


def test_footnotes_follow_their_paragraph_with_the_number_shown():
    blocks = read(p(r("Có sản phẩm"), note(5), r(" và"), note(2)) + p(r("Sau")), footnotes=NOTES)
    shown = [(b.kind, b.number, b.text) for b in blocks.blocks]
    assert shown == [
        (TextKind.PARAGRAPH, "", "Có sản phẩm¹ và²"),
        (TextKind.FOOTNOTE, "1", "Gồm 3 xã và 1 phường"),
        (TextKind.FOOTNOTE, "2", "Theo Nghị quyết 12"),
        (TextKind.PARAGRAPH, "", "Sau"),
    ]


def test_a_footnote_in_a_table_follows_the_table():
    rows = [["Xã", "Hộ"], [p(r("Ảng Cang"), note(2)), "12"]]
    blocks = read(tbl(*rows), footnotes=NOTES).blocks
    assert blocks[0].rows[1].cells[0].text == "Ảng Cang¹"
    assert (blocks[1].number, blocks[1].text) == ("1", "Theo Nghị quyết 12")


def test_endnotes_count_on_after_footnotes():
    end = '<w:r><w:endnoteReference w:id="7"/></w:r>'
    endnotes = f'<w:endnote w:id="7">{p(r("Cuối"))}</w:endnote>'
    blocks = read(p(r("A"), note(2), r(" b"), end), footnotes=NOTES, endnotes=endnotes).blocks
    assert blocks[0].text == "A¹ b²"
    assert [b.number for b in blocks[1:]] == ["1", "2"]


def test_deletions_are_left_out_and_told():
    body = p(
        r("Đạt "),
        f"<w:del>{r('10').replace('w:t', 'w:delText')}</w:del>",
        f"<w:ins>{r('12')}</w:ins>",
    )
    document = read(body)
    assert document.blocks[0].text == "Đạt 12"
    assert "1 chỗ đã xoá" in document.warnings[0]


def test_hidden_text_is_kept_as_left_out():
    blocks = read(p(r("Đạt "), r("mật", "<w:vanish/>"), r("12"))).blocks
    assert [(b.text, b.left_out) for b in blocks] == [("Đạt 12", ""), ("mật", "chữ ẩn")]


def test_of_a_field_only_the_result_is_text():
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    body = p(
        field.format("begin"),
        r("PAGEREF _Toc"),
        field.format("separate"),
        r("12"),
        field.format("end"),
        r(" xã"),
    )
    assert texts(body) == ["12 xã"]


def test_headers_and_footers_are_left_out_once():
    parts = {
        "header1": p(r("UBND huyện Mường Tè")),
        "footer1": p(r("UBND huyện Mường Tè")) + p(r("3")),
    }
    blocks = read(p(r("Nội dung")), **parts).blocks
    assert [(b.text, b.left_out) for b in blocks[1:]] == [
        ("UBND huyện Mường Tè", "đầu trang, chân trang")
    ]


def test_raised_digits_and_signs_of_symbol_fonts_are_kept():
    raised = '<w:vertAlign w:val="superscript"/>'
    sign = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    body = p(
        r("120 m"),
        r("2", raised),
        r(" đất, vốn"),
        r("(3)", raised),
        r(" 25"),
        r("o", raised),
        r("C "),
        sign,
        r(" 5"),
    )
    assert texts(body) == ["120 m² đất, vốn³ 25°C ≥ 5"]


@pytest.mark.parametrize(
    ("text", "font", "shown"),
    [
        ("\uf0b7", "Symbol", "•"),
        ("£", "Symbol", "≤"),
        ("Ø", "Wingdings", "•"),
        ("ü", "Wingdings", "✓"),
        ("\uf0b3", "Times New Roman", "≥"),
        ("ü", "Times New Roman", "ü"),
        ("Kết quả", "Wingdings", "Kết quả"),
    ],
)
def test_signs_of_symbol_fonts_are_read(text, font, shown):
    assert texts(p(r("a "), r(text, font=font), r(" b"))) == [f"a {shown} b"]


def test_content_controls_are_read_but_not_their_prompts():
    held = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = held.format(p(r("Một"))) + p(held.format(r("Hai")), prompt.format(r("Bấm vào đây")))
    assert texts(body) == ["Một", "Hai"]


def test_of_two_forms_of_a_text_box_one_is_read():
    box = f"<w:txbxContent>{p(r('Trong hộp'))}</w:txbxContent>"
    forms = (
        f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert texts(p(r("Ngoài"), f"<w:r>{forms}</w:r>")) == ["Ngoài", "Trong hộp"]


def test_an_equation_is_written_in_one_line():
    e = "<m:r><m:t>{}</m:t></m:r>"
    fraction = f"<m:f><m:num>{e.format('a+b')}</m:num><m:den>{e.format('c')}</m:den></m:f>"
    power = f"<m:sSup><m:e>{e.format('x')}</m:e><m:sup>{e.format('2')}</m:sup></m:sSup>"
    assert texts(p(r("T = "), f"<m:oMath>{fraction}{power}</m:oMath>")) == ["T = (a+b)/cx²"]


def test_merged_cells_are_given_once_with_what_they_cover():
    body = tbl(
        [("Xã", '<w:vMerge w:val="restart"/>'), ("Hộ", '<w:gridSpan w:val="2"/>')],
        [("", "<w:vMerge/>"), "Nghèo", "Cận nghèo"],
        ["Ảng Cang", "12", "30"],
    )
    rows = read(body).blocks[0].rows
    shown = [[(c.text, c.column, c.columns, c.rows) for c in row.cells] for row in rows]
    assert shown == [
        [("Xã", 0, 1, 2), ("Hộ", 1, 2, 1)],
        [("Nghèo", 1, 1, 1), ("Cận nghèo", 2, 1, 1)],
        [("Ảng Cang", 0, 1, 1), ("12", 1, 1, 1), ("30", 2, 1, 1)],
    ]


def test_a_row_in_which_nothing_begins_is_no_row():
    top, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [[("A", top), ("B", top)], [("", on), ("", on)], ["1", "2"]]
    shown = [[(c.text, c.rows) for c in row.cells] for row in read(tbl(*rows)).blocks[0].rows]
    assert shown == [[("A", 1), ("B", 1)], [("1", 1), ("2", 1)]]


def test_a_repeated_head_is_told_and_a_nested_table_is_flattened():
    body = tbl(["Xã", "Hộ"], [tbl(["Ảng", "Cang"]) + "<w:p/>", "12"])
    body = body.replace("<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>", 1)
    rows = read(body).blocks[0].rows
    assert [row.header for row in rows] == [True, False]
    assert rows[1].cells[0].text == "Ảng Cang"


def test_a_letterhead_is_read_as_paragraphs_column_by_column():
    left = p(r("UBND HUYỆN X")) + p(r("Số: 12/BC-UBND"))
    right = p(r("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")) + p(r("X, ngày 3 tháng 6 năm 2024"))
    assert texts(tbl([left, right])) == [
        "UBND HUYỆN X", "Số: 12/BC-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "X, ngày 3 tháng 6 năm 2024",
    ]  # fmt: skip


def test_a_signature_is_no_table_but_two_columns_of_data_are():
    signed = tbl([p(r("Nơi nhận:")) + p(r("- Như trên;")), p(r("CHỦ TỊCH")) + p(r("Lò Văn A"))])
    data = tbl(["Xã", "Số hộ"], ["Ảng Cang", "120"])
    kinds = [type(block) for block in read(signed + data).blocks]
    assert kinds.count(TableBlock) == 1
    assert kinds[-1] is TableBlock


def test_a_formula_set_as_a_table_is_one_line():
    merged = '<w:vMerge w:val="restart"/>'
    body = tbl(
        [("Tỷ lệ", merged), ("=", merged), "Hộ nghèo", ("x", merged), ("100 %", merged)],
        [
            ("", "<w:vMerge/>"),
            ("", "<w:vMerge/>"),
            "Tổng số hộ",
            ("", "<w:vMerge/>"),
            ("", "<w:vMerge/>"),
        ],
    )
    assert texts(body) == ["Tỷ lệ = Hộ nghèo / Tổng số hộ x 100 %"]


def test_a_letterhead_parted_by_tabs_is_cut_in_two():
    body = p(r("UBND HUYỆN X"), "<w:r><w:tab/></w:r>", r("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
    assert texts(body) == ["UBND HUYỆN X", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


BREAK = "<w:r><w:lastRenderedPageBreak/></w:r>"


def test_pages_are_those_of_the_last_layout():
    body = p(r("Một hai "), BREAK, r("ba")) + p(r("Bốn"), '<w:r><w:br w:type="page"/></w:r>')
    document = read(body + p(BREAK, r("Năm")))
    shown = [(b.text, b.page, b.continues) for b in document.blocks]
    assert shown == [
        ("Một hai", 1, False), ("ba", 2, True), ("Bốn", 2, False), ("Năm", 3, False)
    ]  # fmt: skip
    assert document.pages == (PageText.LAYER,) * 3


def test_a_page_break_in_a_row_counts_once():
    cell = p(r("a"), BREAK, r("b"))
    blocks = read(tbl(["Xã", "Hộ"], [cell, cell]) + p(r("Sau"))).blocks
    assert [row.page for row in blocks[0].rows] == [1, 1]
    assert blocks[1].page == 2


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        pytest.param(p(r("Một")) + p(r("Hai")), "2", id="no marks"),
        pytest.param(
            p(r("Một"), '<w:r><w:br w:type="page"/></w:r>') + p(r("Hai")), "9", id="typed"
        ),
        pytest.param(p(r("Một"), BREAK, r("Hai")), "40", id="stale marks"),
    ],
)
def test_pages_that_the_file_does_not_know_are_not_given(body, pages):
    document = read(body, pages=pages)
    assert document.pages == ()
    assert {block.page for block in document.blocks} == {None}


def test_line_breaks_begin_a_block_only_where_a_list_goes_on():
    line = "<w:r><w:br/></w:r>"
    assert texts(p(r("BÁO CÁO"), line, r("Tình hình năm 2024"))) == ["BÁO CÁO Tình hình năm 2024"]
    assert texts(p(r("Gồm:"), line, r("- Một;"), line, r("- Hai"))) == ["Gồm:", "- Một;", "- Hai"]


def test_a_legacy_title_is_converted_with_the_text():
    document = read(p(r("B¸o c¸o kÕt qu¶", font=".VnTime")), title="B¸o c¸o n¨m")
    assert document.properties["title"] == "Báo cáo năm"


def test_a_file_made_by_python_docx_is_read(tmp_path):
    new = NewWord()
    new.add_heading("Kết quả", 1)
    new.add_paragraph("Đạt 12%", style="List Number")
    new.save(tmp_path / "a.docx")
    blocks = read_docx((tmp_path / "a.docx").read_bytes(), NAME).blocks
    assert [(b.kind, b.level, b.text) for b in blocks] == [
        (TextKind.HEADING, 1, "Kết quả"), (TextKind.PARAGRAPH, 0, "1. Đạt 12%"),
    ]  # fmt: skip


BOMB = '<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"PK\x03\x04" + b"\0" * 50, id="no zip"),
        pytest.param(docx(p(r("Một")))[:-60], id="truncated"),
        pytest.param(zipped({"word/document.xml": BOMB}), id="entities"),
        pytest.param(zipped({"word/document.xml": b"<w:document>"}), id="broken XML"),
        pytest.param(zipped({"a.txt": "x"}), id="other zip"),
        pytest.param(docx("<w:tbl><w:tr><w:tc>" * 3000), id="endless nesting, not closed"),
        pytest.param(docx("<w:sdt>" * 200 + p(r("x")) + "</w:sdt>" * 199), id="unbalanced"),
        pytest.param(docx(p(r(" "))), id="nothing shown"),
        pytest.param(docx(p("<w:r><w:drawing/></w:r>")), id="pictures only"),
    ],
)
def test_what_is_no_readable_word_file_gives_one_kind_of_error(content):
    with pytest.raises(UnreadableReportError, match=r"^báo cáo\.docx: "):
        read_docx(content, NAME)


def test_absurd_numbers_and_markup_in_text_do_no_harm():
    cells = tbl([("A", '<w:gridSpan w:val="999999999"/>'), "B"], ["1", "&lt;script&gt;"])
    assert read(cells).blocks[0].rows[1].cells[1].text == "<script>"


def test_deep_nesting_is_read_or_refused():
    inner = p(r("x"))
    for _ in range(60):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    assert texts(inner) == ["x"]


def test_damaged_bytes_give_text_or_one_kind_of_error():
    content = docx(tbl(["Xã", "Hộ"], ["A", "1"]) + item("x", 0), numbering=NUMBERING, styles=STYLES)
    damage = random.Random(3)
    for _ in range(150):
        broken = bytearray(content)
        for _ in range(damage.randint(1, 12)):
            broken[damage.randrange(len(broken))] = damage.randrange(256)
        try:
            read_docx(bytes(broken), NAME)
        except UnreadableReportError:
            continue


def test_damaged_markup_gives_text_or_one_kind_of_error():
    body = tbl(["Xã", ("Hộ", '<w:gridSpan w:val="2"/>')]) + item("x", 0) + p(r("y"), note(5), BREAK)
    damage = random.Random(5)
    for _ in range(150):
        names = damage.sample(["w:p", "w:tc", "w:tr", "w:tbl", "w:r", "w:t", "w:val", "w:numPr"], 2)
        broken = body.replace(names[0] + ">", names[1] + ">").replace('"2"', '"-7x"')
        broken = broken.replace('"0"', f'"{damage.randint(-9, 10**9)}"')
        try:
            read(broken, numbering=NUMBERING.replace('"1"', '"99999999"'), footnotes=NOTES)
        except UnreadableReportError:
            continue


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="không có tệp mẫu")
def test_a_communes_report_is_read_with_its_tables_and_pages():
    document = read_docx((SAMPLES / "bao-cao-thang-ubnd-xa.docx").read_bytes(), NAME)
    tables = [block for block in document.blocks if isinstance(block, TableBlock)]
    assert [len(table.rows) for table in tables] == [5, 39]
    assert len(document.pages) == 10
    assert document.blocks[3].text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
