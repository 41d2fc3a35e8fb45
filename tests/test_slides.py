import random
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from errors import UnreadableReportError
from ingest.document import PageText, Reading, TextBlock, TextKind
from ingest.formats.slides import read_slides

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def saved(presentation):
    buffer = BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def read(presentation):
    return read_slides(saved(presentation), Reading("trinh-chieu.pptx"))


def shown(document):
    return [
        (block.page, block.text)
        if isinstance(block, TextBlock)
        else [[cell.text for cell in row.cells] for row in block.rows]
        for block in document.blocks
    ]


@pytest.fixture
def presentation():
    made = pptx.Presentation()
    first = made.slides.add_slide(made.slide_layouts[1])
    first.shapes.title.text = "BÁO CÁO\nSƠ KẾT"
    first.placeholders[1].text = "Ý một\nÝ hai"
    return made


def box(slide, left, top, text):
    made = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(2), Inches(1))
    made.text_frame.text = text
    return made


def blank(presentation):
    return presentation.slides.add_slide(presentation.slide_layouts[6])


def test_titles_are_headings_and_bullets_paragraphs_of_their_slide(presentation):
    document = read(presentation)
    assert shown(document) == [(1, "BÁO CÁO SƠ KẾT"), (1, "Ý một"), (1, "Ý hai")]
    assert (document.blocks[0].kind, document.blocks[0].level) == (TextKind.HEADING, 1)


def test_text_set_in_the_place_of_a_title_is_no_heading(presentation):
    presentation.slides[0].shapes.title.text = "\n".join(["Luật đất đai có hiệu lực"] * 12)
    blocks = read(presentation).blocks[:12]
    assert {(block.text, block.kind) for block in blocks} == {
        ("Luật đất đai có hiệu lực", TextKind.PARAGRAPH)
    }


def test_shapes_are_read_from_the_top_left_down(presentation):
    slide = blank(presentation)
    for left, top, text in ((5, 1.02, "phải"), (1, 4, "dưới"), (1, 1.05, "trái")):
        box(slide, left, top, text)
    assert shown(read(presentation))[-3:] == [(2, "trái"), (2, "phải"), (2, "dưới")]


def test_grouped_shapes_are_read_together(presentation):
    slide = blank(presentation)
    group = slide.shapes.add_group_shape()
    inner = group.shapes.add_textbox(Inches(1), Inches(1), Inches(1), Inches(1))
    inner.text_frame.text = "trong nhóm"
    assert shown(read(presentation))[-1] == (2, "trong nhóm")


def test_notes_stand_under_a_heading_of_their_own(presentation):
    presentation.slides[0].notes_slide.notes_text_frame.text = "Nói chậm\nNhấn mạnh"
    assert shown(read(presentation))[-3:] == [
        (1, "Ghi chú trang trình chiếu"),
        (1, "Nói chậm"),
        (1, "Nhấn mạnh"),
    ]


def test_a_table_keeps_its_merged_cells_and_its_header(presentation):
    slide = blank(presentation)
    table = slide.shapes.add_table(2, 3, Inches(1), Inches(2), Inches(6), Inches(2)).table
    for row, texts in enumerate((("TT", "Năm", ""), ("1", "5,5", "6"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    read_back = read(presentation).blocks[-1]
    assert [(c.text, c.column, c.columns) for c in read_back.rows[0].cells] == [
        ("TT", 0, 1),
        ("Năm", 1, 2),
    ]
    assert [(row.header, row.page) for row in read_back.rows] == [(True, 2), (False, 2)]


def test_a_chart_is_read_as_a_table_of_its_figures(presentation):
    data = CategoryChartData(number_format="#,##0.0")
    data.categories = ["Lúa", "Ngô"]
    data.add_series("Năm 2024", (1234.5, 2))
    kind = XL_CHART_TYPE.COLUMN_CLUSTERED
    blank(presentation).shapes.add_chart(kind, Inches(1), Inches(1), Inches(4), Inches(3), data)
    assert shown(read(presentation))[-1] == [["Năm 2024"], ["Lúa", "1.234,5"], ["Ngô", "2,0"]]


def test_automatic_numbers_stand_before_their_paragraphs(presentation):
    frame = box(blank(presentation), 1, 1, "Một\nHai\nxen\nBa").text_frame
    for at, kind in ((0, "romanUcPeriod"), (1, "romanUcPeriod"), (3, "alphaLcParenR")):
        properties = frame.paragraphs[at]._p.get_or_add_pPr()
        number = properties.makeelement(f"{{{properties.nsmap['a']}}}buAutoNum", {"type": kind})
        properties.append(number)
    texts = [text for _, text in shown(read(presentation))[-4:]]
    assert texts == ["I. Một", "II. Hai", "xen", "a) Ba"]


def test_letters_of_old_fonts_become_unicode(presentation):
    frame = box(blank(presentation), 1, 1, "§Çu t\xad trùc tiÕp n\xadíc ngoµi").text_frame
    frame.paragraphs[0].runs[0].font.name = ".VnTime"
    document = read(presentation)
    assert shown(document)[-1] == (2, "Đầu tư trực tiếp nước ngoài")
    assert document.encoding == "TCVN3"


def test_a_slide_of_pictures_alone_is_told_of_and_an_empty_one_is_blank(presentation):
    blank(presentation).shapes.add_picture(BytesIO(PICTURE), 0, 0)
    blank(presentation)
    document = read(presentation)
    assert document.pages == (PageText.LAYER, PageText.UNREAD, PageText.BLANK)
    assert document.warnings == ("trang chiếu 2 chỉ có hình ảnh, không đọc được chữ",)


def test_a_hidden_slide_is_left_out_and_told_of(presentation):
    slide = blank(presentation)
    box(slide, 1, 1, "số cũ")
    slide.element.set("show", "0")
    document = read(presentation)
    assert (document.blocks[-1].text, document.blocks[-1].left_out) == ("số cũ", "trang chiếu ẩn")
    assert document.warnings == ("trang chiếu 2 đang ẩn nên không đưa vào nội dung",)


def test_progress_is_told_slide_by_slide(presentation):
    blank(presentation)
    told = []
    read_slides(saved(presentation), Reading("a.pptx", on_page=lambda *at: told.append(at)))
    assert told == [(1, 2), (2, 2)]


def test_a_presentation_without_text_is_refused():
    with pytest.raises(UnreadableReportError, match=r"^trinh-chieu\.pptx: .*không có chữ nào"):
        read(pptx.Presentation())


@pytest.mark.parametrize(
    "part", ["ppt/slides/slide1.xml", "ppt/presentation.xml", "[Content_Types].xml"]
)
def test_damaged_parts_give_a_report_or_a_clear_error(presentation, part):
    content = saved(presentation)
    chance = random.Random(3)
    for _ in range(12):
        buffer = BytesIO()
        with ZipFile(BytesIO(content)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
            for name in old.namelist():
                data = bytearray(old.read(name))
                if name == part:
                    data[chance.randrange(len(data))] = chance.randrange(256)
                    del data[chance.randrange(len(data)) :]
                new.writestr(name, bytes(data))
        with pytest.raises(UnreadableReportError, match="tệp bị hỏng"):
            read_slides(buffer.getvalue(), Reading("a.pptx"))
