"""Lines to blocks: headings, footnotes, sentences over page breaks, furniture."""

import pytest

from ingest.blocks import BlockKind, build_blocks
from ingest.furniture import ADDRESSEES, LETTERHEAD, WEB_PAGE, find_furniture
from ingest.headings import read_heading
from ingest.lines import cut_lines

PROSE = "Kinh tế của huyện tiếp tục phát triển ổn định, " * 4 + "đạt kế hoạch."


def kinds(text: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in build_blocks(cut_lines(text))]


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("Phần thứ nhất", 10),
        ("PHỤ LỤC 1", 10),
        ("Chương II", 20),
        ("Mục 3", 30),
        ("I- KẾT QUẢ PHÁT TRIỂN", 40),
        ("II. ĐỊNH HƯỚNG NĂM 2025", 40),
        ("1. Về phát triển kinh tế", 50),
        ("2. Kết quả thực hiện.", 50),
        ("1.1. Cơ cấu lại nông nghiệp", 51),
        ("2.4. *Khoa học, công nghệ*", 51),
        ("a) Về kinh tế", 90),
        ("đ. Phát triển khoa học", 90),
    ],
)
def test_headings_have_their_depth(text: str, depth: int) -> None:
    heading = read_heading(text)
    assert heading is not None
    assert heading.depth == depth


@pytest.mark.parametrize(
    "text",
    [
        "1. Thu ngân sách đạt 20 tỷ đồng.",
        "(2) Thu ngân sách trên địa bàn đạt trên 69 tỷ đồng.",
        "4.1. Đối với Hội đồng nhân dân: Nâng cao chất lượng đại biểu.",
        "- Trồng rừng mới được 865 ha",
        "Biểu dương các tập thể tiêu biểu trong phong trào thi đua",
        "3. Tăng cường lãnh đạo. Phát huy vai trò tiên phong.",
    ],
)
def test_numbered_sentences_are_no_headings(text: str) -> None:
    assert read_heading(text) is None


def test_a_parts_name_stands_in_the_line_below() -> None:
    blocks = build_blocks(cut_lines("Phần thứ nhất\n\nĐÁNH GIÁ TÌNH HÌNH"))
    assert [b.heading.title for b in blocks if b.heading] == ["Phần thứ nhất ĐÁNH GIÁ TÌNH HÌNH"]


def test_a_sentence_goes_on_after_the_footnotes_of_a_page() -> None:
    text = "Có 02 xã đạt chuẩn (xã Ấng\n\n⁵ Trong đó: xã Nưa.\n\nCang), đạt 60% kế hoạch."
    assert kinds(text) == [
        (BlockKind.PARAGRAPH, "Có 02 xã đạt chuẩn (xã Ấng Cang), đạt 60% kế hoạch."),
        (BlockKind.FOOTNOTE, "⁵ Trong đó: xã Nưa."),
    ]


def test_a_footnote_goes_on_above_the_next_one() -> None:
    text = (
        "¹ Nguồn vốn 425 tỷ đồng;\n\n1.5. Hoạt động ngân hàng\n\nThiệt hại do rét đậm,\n\n"
        "dư nợ 353 tỷ đồng.\n\n² Đã đo đạc 12.936 ha.\n\nnắng nóng là 33 tỷ đồng."
    )
    assert (BlockKind.FOOTNOTE, "¹ Nguồn vốn 425 tỷ đồng; dư nợ 353 tỷ đồng.") in kinds(text)
    assert (BlockKind.PARAGRAPH, "Thiệt hại do rét đậm, nắng nóng là 33 tỷ đồng.") in kinds(text)


def test_a_paragraph_that_refers_to_footnotes_is_not_part_of_one() -> None:
    text = "¹ Chiếm 0,68%,\n\nThường vụ quản lý tổ chức² của huyện."
    assert kinds(text)[1] == (BlockKind.PARAGRAPH, "Thường vụ quản lý tổ chức² của huyện.")


def test_square_metres_are_no_footnote() -> None:
    assert kinds("Hiến 1.000 m² đất.")[0][0] is BlockKind.PARAGRAPH


def test_a_web_pages_furniture_is_found_at_the_ends_only() -> None:
    lines = cut_lines(f"{PROSE}\nPhản hồi\nCác tin khác\nBạn còn 500/500 ký tự")
    assert [entry.reason for _, entry in find_furniture(lines)] == [WEB_PAGE] * 3
    inside = "\n".join([PROSE] * 30 + ["Phản hồi"] + [PROSE] * 30)
    assert find_furniture(cut_lines(inside)) == []


def test_letterhead_and_addressees_are_left_out() -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nHUYỆN MƯỜNG TÈ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        f"{PROSE}\nNơi nhận:\n- TT Huyện ủy;\n- Lưu VT."
    )
    reasons = [entry.reason for _, entry in find_furniture(cut_lines(text))]
    assert reasons == [LETTERHEAD] * 3 + [ADDRESSEES] * 3
