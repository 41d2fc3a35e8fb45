import struct
import zipfile
from io import BytesIO

import pytest

from errors import UnreadableReportError
from ingest.formats.archive import list_members, read_member


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def renamed(content, old, new):
    """Write other bytes in place of a name, as programs do that know no UTF-8."""
    assert len(old) == len(new)
    return content.replace(old, new)


def refusals(content):
    return dict(list_members(content, "a.zip").refused)


def test_report_files_are_listed_in_order_and_read_back(tmp_path):
    path = tmp_path / "nam-2024.zip"
    path.write_bytes(zipped([("b.docx", b"2"), ("Mai Sơn/báo cáo.txt", b"1")]))
    assert list_members(path).names == ("Mai Sơn/báo cáo.txt", "b.docx")
    assert read_member(path, "Mai Sơn/báo cáo.txt") == b"1"


def test_what_systems_leave_behind_is_passed_over():
    litter = ["__MACOSX/._a.txt", ".DS_Store", "x/~$a.docx", "Thumbs.db", "x/"]
    content = zipped([("a.txt", b"1"), *((name, b"1") for name in litter)])
    members = list_members(content, "a.zip")
    assert (members.names, members.refused) == (("a.txt",), ())


@pytest.mark.parametrize(
    "name", ["../a.txt", "/etc/a.txt", "C:\\a.txt", "x/../../a.txt", "..\\a.txt", "//may/a.txt"]
)
def test_a_path_that_leads_out_of_the_archive_is_refused(name):
    content = zipped([("a.txt", b"1"), (name, b"2")])
    members = list_members(content, "a.zip")
    assert members.names == ("a.txt",)
    assert [reason for _, reason in members.refused] == [
        "đường dẫn chỉ ra ngoài tệp nén nên không đọc"
    ]


def test_links_nested_archives_and_other_kinds_are_refused_with_their_reason():
    link = zipfile.ZipInfo("link.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    content = zipped([("a.txt", b"1"), (link, b"/etc/passwd"), ("in.zip", b"1"), ("a.exe", b"1")])
    found = refusals(content)
    assert found["link.txt"] == "là liên kết tới tệp khác, không phải tệp"
    assert found["in.zip"].startswith("tệp nén nằm trong tệp nén")
    assert found["a.exe"] == "chưa hỗ trợ loại tệp “.exe”"


def test_a_member_with_a_password_is_refused():
    content = zipped([("a.txt", b"1"), ("mat.txt", b"2")])
    at = content.rindex(b"PK\x01\x02")
    flags = struct.unpack_from("<H", content, at + 8)[0]
    content = content[: at + 8] + struct.pack("<H", flags | 1) + content[at + 10 :]
    assert refusals(content)["mat.txt"].startswith("tệp đặt mật khẩu")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("báo cáo.txt".encode(), "báo cáo.txt"),
        (b"B\xb8o c\xb8o n\xa8m \xae\xd2u huy\xd6n.txt", "Báo cáo năm đều huyện.txt"),
    ],
    ids=["UTF-8 without its flag", "TCVN3"],
)
def test_names_in_other_encodings_are_made_readable(raw, shown, tmp_path):
    stand_in = b"x" * (len(raw) - 4) + b".txt"
    path = tmp_path / "a.zip"
    path.write_bytes(renamed(zipped([(stand_in.decode(), b"1")]), stand_in, raw))
    assert list_members(path).names == (shown,)
    assert read_member(path, shown) == b"1"


def test_two_members_of_one_name_are_both_kept(tmp_path):
    path = tmp_path / "a.zip"
    with pytest.warns(UserWarning, match="Duplicate name"):
        path.write_bytes(zipped([("a.txt", b"1"), ("a.txt", b"2")]))
    assert list_members(path).names == ("a (2).txt", "a.txt")
    assert read_member(path, "a (2).txt") == b"2"


def test_a_member_that_swells_is_refused():
    with pytest.raises(UnreadableReportError, match="phình to bất thường"):
        list_members(zipped([("a.txt", b"\0" * 20_000_000)]), "a.zip")


def test_too_many_members_are_refused():
    content = zipped([(f"{n}.txt", b"") for n in range(10_001)], zipfile.ZIP_STORED)
    with pytest.raises(UnreadableReportError, match="có 10001 tệp bên trong"):
        list_members(content, "a.zip")


def test_members_that_share_their_bytes_are_refused():
    content = zipped([("a.txt", b"x" * 500), ("b.txt", b"y" * 500)], zipfile.ZIP_STORED)
    at = content.rindex(b"PK\x01\x02")
    content = content[: at + 42] + struct.pack("<I", 10) + content[at + 46 :]
    with pytest.raises(UnreadableReportError, match="chồng lên nhau"):
        list_members(content, "a.zip")


def test_an_archive_without_reports_is_refused():
    with pytest.raises(UnreadableReportError, match="không có báo cáo nào đọc được"):
        list_members(zipped([("a.exe", b"1")]), "a.zip")


def test_a_name_that_is_not_listed_is_not_read(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zipped([("../a.txt", b"1"), ("b.txt", b"2")]))
    with pytest.raises(UnreadableReportError, match="chỉ ra ngoài tệp nén"):
        read_member(path, "../a.txt")
    with pytest.raises(UnreadableReportError, match="không có tệp này"):
        read_member(path, "c.txt")


def test_a_damaged_archive_gives_a_clear_error_wherever_it_breaks_off(tmp_path):
    content = zipped([("a.txt", b"Toan huyen " * 50), ("b/c.docx", b"1")])
    path = tmp_path / "a.zip"
    for end in range(0, len(content), 7):
        path.write_bytes(content[:end])
        with pytest.raises(UnreadableReportError):
            list_members(path)


def test_damaged_bytes_in_a_member_give_a_clear_error(tmp_path):
    path = tmp_path / "a.zip"
    content = zipped([("a.txt", b"Toan huyen " * 50)])
    path.write_bytes(content[:40] + b"\xff\xff" + content[42:])
    with pytest.raises(UnreadableReportError, match=r"^a\.zip/a\.txt: tệp bị hỏng"):
        read_member(path, "a.txt")
