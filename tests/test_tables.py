from ingest.lines import cut_lines
from ingest.tables import Row, bind_rows

HEADER = "STT\tChỉ tiêu\tƯớc 2024\tMục tiêu 2030"


def rows(*lines: str) -> list[Row]:
    return bind_rows(cut_lines("\n".join(lines)))


def values(text: str, row: Row) -> dict[str, str]:
    return {cell.column: text[cell.span.start : cell.span.end] for cell in row.cells}


def test_a_row_keeps_its_group_and_columns() -> None:
    text = f"{HEADER}\n1\tCơ cấu kinh tế:\t\t\n\t- Nông nghiệp\t29.40%\t28,5%"
    [row] = rows(*text.split("\n"))
    assert (row.group, row.name) == ("Cơ cấu kinh tế", "Nông nghiệp")
    assert values(text, row) == {"Ước 2024": "29.40%", "Mục tiêu 2030": "28,5%"}


def test_missing_cells_leave_the_others_in_place() -> None:
    text = f"{HEADER}\n4\tĐiện tiêu thụ\t\t21,6 triệu Kwh"
    assert values(text, rows(*text.split("\n"))[0]) == {"Mục tiêu 2030": "21,6 triệu Kwh"}


def test_a_row_without_its_number_is_moved_under_its_columns() -> None:
    text = f"{HEADER}\nTrình độ cán bộ\t97,47%\t100%\t"
    [row] = rows(*text.split("\n"))
    assert row.name == "Trình độ cán bộ"
    assert values(text, row) == {"Ước 2024": "97,47%", "Mục tiêu 2030": "100%"}


def test_a_new_number_ends_the_group() -> None:
    found = rows(
        HEADER, "1\tCơ cấu:\t\t", "\t- A\t1\t2", "2\tThu ngân sách\t3\t4", "\tGiải ngân\t5\t6"
    )
    assert [row.group for row in found] == ["Cơ cấu", "", ""]


def test_a_row_cut_by_a_page_goes_on_under_its_name() -> None:
    found = rows(HEADER, "14\tXếp loại\t20%\t25%", "\t\t\tThành lập 02 tổ chức đảng")
    assert found[1].name == "Xếp loại"


def test_a_unit_column_gives_the_unit() -> None:
    [row] = rows("TT\tChỉ tiêu\tĐVT\tThực hiện", "1\tDiện tích\tha\t100")
    assert (row.unit, len(row.cells)) == ("ha", 1)


def test_a_header_of_two_lines_names_columns_by_both() -> None:
    text = "TT\tChỉ tiêu\tNăm 2024\t\n\t\tKế hoạch\tThực hiện\n1\tDiện tích\t90\t100"
    [row] = rows(*text.split("\n"))
    assert values(text, row) == {"Năm 2024 - Kế hoạch": "90", "Năm 2024 - Thực hiện": "100"}


def test_a_table_without_a_header_still_gives_its_rows() -> None:
    text = "1\tDiện tích\t100\n2\tSản lượng\t200"
    assert [row.name for row in rows(*text.split("\n"))] == ["Diện tích", "Sản lượng"]
