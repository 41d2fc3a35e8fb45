import pytest

from evaluation.read_text import Reckoning, reckon
from evaluation.reading import files_with_expected_text, main, measure_file

TEXT = "BÁO CÁO\nKinh tế – xã hội năm 2024\nThu ngân sách đạt 12,5 tỷ đồng, vượt kế hoạch.\n"


def test_the_measure_counts_letters_and_words_in_order():
    assert reckon("Chính phủ 2024", "Chính phu 2024") == Reckoning(
        words=3, in_order=2, letters=2, right=1, right_in_any_case=1
    )


def test_letters_count_in_any_case_too():
    found = reckon("thông tư", "THÔNG TƯ")
    assert (found.right, found.right_in_any_case) == (0, 2)


def test_words_out_of_order_do_not_count():
    assert reckon("một hai ba bốn", "bốn một hai ba").in_order == 3


def test_a_footnotes_number_counts_as_written_in_its_file():
    assert reckon("xã¹ Ảng\n1 Xã Ảng Cang", "xã¹ Ảng\n¹ Xã Ảng Cang").in_order == 6


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "bao-cao.txt").write_text(TEXT, "utf-8")
    (tmp_path / "bao-cao.expected.txt").write_text(TEXT.replace("12,5", "12,6"), "utf-8")
    (tmp_path / "hong.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "hong.expected.txt").write_text("Báo cáo", "utf-8")
    (tmp_path / "le.txt").write_text(TEXT, "utf-8")
    return tmp_path


def test_files_with_expected_text_are_measured(folder):
    read, broken = map(measure_file, files_with_expected_text(folder))
    found = read.reckoning
    assert (read.name, found.words, found.in_order, found.right) == (
        "bao-cao.txt", 19, 18, found.letters,
    )  # fmt: skip
    assert (read.fault, read.origin.encoding) == ("", "UTF-8")
    assert (broken.name, broken.reckoning.words, broken.reckoning.in_order) == ("hong.docx", 2, 0)
    assert broken.fault.startswith("hong.docx: ")


def test_files_that_cannot_be_read_are_told_below_the_table(folder, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["reading", str(folder)])
    assert main() == 0
    printed = capsys.readouterr().out
    assert "Tất cả 2 tệp" in printed
    assert "Không đọc được: hong.docx: " in printed


def test_a_folder_without_expected_texts_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["reading", str(tmp_path)])
    assert main() == 2
    assert "không có tệp TÊN.đuôi nào kèm TÊN.expected.txt" in capsys.readouterr().err


@pytest.mark.parametrize("read", ["", "hoàn toàn khác"])
def test_nothing_read_is_nothing_right(read):
    assert reckon("Đạt 5 tỷ", read).right == 0
