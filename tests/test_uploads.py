import os
from pathlib import Path

import pytest

from errors import UnreadableReportError
from uploads import (
    MAX_BYTES,
    NameTakenError,
    NotStoredError,
    Upload,
    clashes,
    keep,
    keep_all,
    safe_name,
)

TXT = (".txt",)


def accept(path, name):
    pass


def refuse(path, name):
    raise UnreadableReportError(f"{name}: không đọc được {len(path.read_bytes())} byte")


@pytest.mark.parametrize(
    ("uploaded", "stored"),
    [
        pytest.param("mai-son.txt", "mai-son.txt", id="plain"),
        pytest.param("Báo cáo huyện Mường Ảng.txt", "Báo cáo huyện Mường Ảng.txt", id="Vietnamese"),
        pytest.param("Ba\u0301o ca\u0301o.TXT", "Báo cáo.txt", id="decomposed, capitals"),
        pytest.param("../../etc/passwd.txt", "passwd.txt", id="parent folders"),
        pytest.param("/etc/cron.d/x.txt", "x.txt", id="absolute"),
        pytest.param(r"C:\Users\van thu\bao cao.txt", "bao cao.txt", id="Windows path"),
        pytest.param(r"..\..\x.txt", "x.txt", id="Windows parents"),
        pytest.param("....txt", "bao-cao.txt", id="only dots"),
        pytest.param(".txt", "bao-cao.txt", id="no stem"),
        pytest.param("a\x00b\nc.txt", "ab-c.txt", id="control characters"),
        pytest.param("nul.txt", "bao-cao nul.txt", id="device name"),
        pytest.param("<b>$a$![x](y).txt", "b-a-x-(y).txt", id="markup"),
        pytest.param("a\u202etxt.exe.txt", "atxt.exe.txt", id="direction mark"),
    ],
)
def test_a_name_keeps_only_what_can_do_no_harm(uploaded, stored):
    assert safe_name(uploaded, TXT) == stored


def test_a_long_name_fits_the_file_system():
    assert len(safe_name("ữ" * 500 + ".txt", TXT).encode()) <= 255


@pytest.mark.parametrize("name", ["x.exe", "x", "x.txt.html", ""])
def test_other_endings_are_refused(name):
    with pytest.raises(UnreadableReportError, match=r"chỉ nhận tệp \.txt"):
        safe_name(name, TXT)


def test_a_file_is_stored_whole_and_alone(tmp_path):
    target = keep(tmp_path / "reports", "a.txt", b"1", replace=False, check=accept)
    assert target.read_bytes() == b"1"
    assert [path.name for path in (tmp_path / "reports").iterdir()] == ["a.txt"]


def test_another_report_is_never_written_over_unasked(tmp_path):
    keep(tmp_path, "a.txt", b"1", replace=False, check=accept)
    with pytest.raises(NameTakenError, match=r"a\.txt: đã có báo cáo khác cùng tên"):
        keep(tmp_path, "a.txt", b"2", replace=False, check=accept)
    assert (tmp_path / "a.txt").read_bytes() == b"1"


def test_it_is_replaced_when_asked(tmp_path):
    keep(tmp_path, "a.txt", b"1", replace=False, check=accept)
    keep(tmp_path, "a.txt", b"2", replace=True, check=accept)
    assert (tmp_path / "a.txt").read_bytes() == b"2"


def test_the_same_file_again_is_no_clash(tmp_path):
    keep(tmp_path, "a.txt", b"1", replace=False, check=accept)
    assert not clashes(tmp_path, Upload("a.txt", b"1"), TXT)
    assert clashes(tmp_path, Upload("x/a.txt", b"2"), TXT)
    keep(tmp_path, "a.txt", b"1", replace=False, check=accept)


def test_a_file_that_cannot_be_read_leaves_the_old_one_in_place(tmp_path):
    keep(tmp_path, "a.txt", b"1", replace=False, check=accept)
    with pytest.raises(UnreadableReportError, match=r"a\.txt: không đọc được 2 byte"):
        keep(tmp_path, "a.txt", b"22", replace=True, check=refuse)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"1"]


def test_replacing_a_link_leaves_what_it_points_at(tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(b"keep me")
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").symlink_to(secret)
    keep(folder, "a.txt", b"new", replace=True, check=accept)
    assert secret.read_bytes() == b"keep me"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "tệp rỗng", id="empty"),
        pytest.param(bytes(MAX_BYTES + 1), "lớn hơn 50 MB", id="too large"),
    ],
)
def test_a_file_that_is_no_report_is_refused(tmp_path, content, reason):
    with pytest.raises(UnreadableReportError, match=reason):
        keep(tmp_path, "a.txt", content, replace=False, check=accept)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_when_the_disk_fails(tmp_path, monkeypatch):
    def full(self: Path, target: Path) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(NotStoredError, match="No space left"):
        keep(tmp_path, "a.txt", b"1", replace=False, check=accept)
    assert list(tmp_path.iterdir()) == []


def test_one_refused_file_does_not_stop_the_others(tmp_path):
    sent = [Upload("a.txt", b"1"), Upload("b.exe", b"2"), Upload("c.txt", b"3")]
    kept, refused = keep_all(tmp_path, sent, TXT, replace=False, check=accept)
    assert [path.name for path in kept] == ["a.txt", "c.txt"]
    assert len(refused) == 1
    assert refused[0].startswith("b.exe: chỉ nhận tệp .txt")


def test_two_files_of_one_name_do_not_replace_each_other(tmp_path):
    sent = [Upload("x/a.txt", b"1"), Upload("y/a.txt", b"2")]
    kept, refused = keep_all(tmp_path, sent, TXT, replace=True, check=accept)
    assert kept[0].read_bytes() == b"1"
    assert refused[0].startswith("a.txt: đã có báo cáo khác cùng tên")
