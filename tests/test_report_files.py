import os
import subprocess
from pathlib import Path

import pytest

from report_files import find_reports

SUFFIXES = (".txt",)


def names(*paths):
    return [file.name for file in find_reports(paths, suffixes=SUFFIXES).reports]


def write(folder, *inside):
    for name in inside:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")


def test_links_that_lead_back_are_followed_once(tmp_path):
    write(tmp_path, "a.txt", "sub/b.txt")
    (tmp_path / "sub" / "lên").symlink_to(tmp_path)
    (tmp_path / "sub" / "vòng").symlink_to(tmp_path / "sub" / "vòng")
    (tmp_path / "x").symlink_to(tmp_path / "sub")
    found = find_reports([tmp_path], suffixes=SUFFIXES)
    assert [file.name for file in found.reports] == ["a.txt", "sub/b.txt"]
    assert [each.name for each in found.skipped] == ["sub/vòng"]


def test_a_folder_reached_by_a_link_is_taken(tmp_path):
    write(tmp_path / "kho", "b.txt")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "năm cũ").symlink_to(tmp_path / "kho")
    assert names(tmp_path / "reports") == ["năm cũ/b.txt"]


def test_a_file_and_a_link_to_it_are_one_report(tmp_path):
    write(tmp_path, "b.txt")
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    assert names(tmp_path) == ["a.txt"]


def test_a_link_to_nothing_is_told(tmp_path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "không có")
    (found,) = find_reports([tmp_path], suffixes=SUFFIXES).skipped
    assert found.reason == "a.txt: liên kết không dẫn tới tệp nào."


def test_names_that_differ_in_case_are_two_reports(tmp_path):
    write(tmp_path, "a.txt", "A.TXT")
    assert names(tmp_path) == ["A.TXT", "a.txt"]


def test_of_names_that_differ_in_composition_only_the_second_is_refused(tmp_path):
    write(tmp_path, "Mường Tè.txt", "Mu\u031bo\u031b\u0300ng Te\u0300.txt")
    found = find_reports([tmp_path], suffixes=SUFFIXES)
    assert [file.name for file in found.reports] == ["Mường Tè.txt"]
    (refused,) = found.refused
    assert "chỉ khác một tệp khác ở cách ghép dấu" in refused.reason


def test_a_name_that_is_no_text_has_a_name_all_the_same(tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xe1o.txt")).write_text("x")
    assert names(tmp_path) == ["b\\udce1o.txt"]


def test_what_is_no_file_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    (found,) = find_reports([tmp_path], suffixes=SUFFIXES).skipped
    assert found.reason == "a.txt: không phải tệp thông thường."


@pytest.mark.skipif(os.geteuid() != 0, reason="as another user: only root can become one")
def test_a_folder_that_may_not_be_opened_is_told(tmp_path):
    write(tmp_path, "kín/a.txt", "b.txt")
    (tmp_path / "kín").chmod(0)
    code = (
        "import sys; from pathlib import Path; from report_files import find_reports;"
        "found = find_reports([Path(sys.argv[1])], suffixes=['.txt']);"
        "print(len(found.reports), found.unlisted[0].reason)"
    )
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    said = subprocess.run(
        ["python3", "-c", code, tmp_path],
        cwd=Path(__file__).parents[1], user="nobody", capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert said.stdout == "1 kín: không mở được thư mục (Permission denied).\n"
