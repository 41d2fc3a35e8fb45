import pytest

from ingest.lines import cut_lines
from ingest.signature import SIGNATURE, find_signatures

PROSE = (
    "Năm 2024, huyện đã hoàn thành 12/15 chỉ tiêu chủ yếu theo Nghị quyết Hội đồng nhân dân huyện."
)


def signed(*lines):
    return find_signatures(cut_lines("\n".join((PROSE, *lines))))


def words(found):
    return [line.text for line, _ in found.lines]


@pytest.mark.parametrize(
    ("lines", "signer"),
    [
        (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "(Đã ký)", "Nguyễn Văn An"), "Nguyễn Văn An"),
        (("T/M BAN CHẤP HÀNH", "BÍ THƯ", "", "Nguyễn Tiến Đạt"), "Nguyễn Tiến Đạt"),
        (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lò Thị Mai"), "Lò Thị Mai"),
        (("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Đã ký", "ThS. Lê Văn Thanh"), "Lê Văn Thanh"),
        (("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "ĐẠI TÁ TRẦN VĂN BÌNH"), "Trần Văn Bình"),
    ],
)
def test_the_signer_is_read_and_the_block_is_no_content(lines, signer):
    found = signed(*lines)
    assert found.signer == signer
    assert words(found) == [line for line in lines if line]
    assert {entry.reason for _, entry in found.lines} == {SIGNATURE}


@pytest.mark.parametrize(
    "lines",
    [
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN", PROSE),  # a heading
        ("Chủ tịch huyện", "Nguyễn Văn An"),  # no capitals: words of a list
        ("I. KẾT QUẢ", "Nguyễn Văn An"),
        ("TM. ỦY BAN NHÂN DÂN",),
        (),
    ],
)
def test_words_that_only_look_like_a_signature_stay(lines):
    assert words(signed(*lines)) == []


def test_each_of_two_blocks_is_found_and_the_first_signer_kept():
    lines = ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lò Thị Mai", PROSE, "NGƯỜI LẬP BIỂU", "Hà Văn Ba")
    found = signed(*lines)
    assert found.signer == "Lò Thị Mai"
    assert words(found) == [line for line in lines if line != PROSE]
