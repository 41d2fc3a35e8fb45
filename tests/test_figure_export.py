import csv
import dataclasses
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from errors import AssistantError
from figure_export import write_figures
from records import Figure, FigureStatus, Passage, PassageKind, Span

PASSAGE = Passage(
    "p1",
    "a.txt",
    PassageKind.FOOTNOTE,
    ("Phần I", "1. Kinh tế"),
    (Span(0, 30),),
    "có 11,5 nghìn ha",
)
FIGURE = Figure(
    id="f1",
    report="a.txt",
    passage_id="p1",
    span=Span(3, 16),
    text="11,5 nghìn ha",
    value=Decimal("11500.5"),
    high=None,
    whole=Decimal(20000),
    unit="ha",
    qualifier="trên",
    indicator="Cây ăn quả",
    period="2024",
    locality="Mộc Châu",
    status=FigureStatus.ESTIMATE,
    part_of="",
)
HOSTILE = dataclasses.replace(
    FIGURE, id="f2", indicator='=HYPERLINK("http://x")', value=Decimal(-2)
)
PASSAGES = {"p1": PASSAGE}


def rows_of(path):
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    titles, *rows = load_workbook(path).active.iter_rows(values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in rows]


def test_a_workbook_holds_numbers_as_numbers_and_their_source(tmp_path):
    write_figures(tmp_path / "so-lieu.xlsx", [FIGURE], PASSAGES)
    (row,) = rows_of(tmp_path / "so-lieu.xlsx")
    assert (row["Giá trị"], row["Trên tổng số"], row["Đến (khoảng giá trị)"]) == (
        11500.5,
        20000,
        None,
    )
    assert (row["Chỉ tiêu"], row["Tính chất"], row["Kỳ"]) == ("Cây ăn quả", "ước thực hiện", "2024")
    assert (row["Mục"], row["Loại đoạn"]) == ("Phần I › 1. Kinh tế", "chú thích")
    assert (row["Trích đoạn"], row["Vị trí đầu"], row["Vị trí cuối"]) == ("có 11,5 nghìn ha", 3, 16)


def test_a_workbook_can_be_filtered_under_a_frozen_header(tmp_path):
    write_figures(tmp_path / "so-lieu.xlsx", [FIGURE, HOSTILE], PASSAGES)
    sheet = load_workbook(tmp_path / "so-lieu.xlsx").active
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:R3"


def test_a_csv_begins_with_the_mark_that_excel_looks_for(tmp_path):
    write_figures(tmp_path / "so-lieu.csv", [FIGURE], PASSAGES)
    assert (tmp_path / "so-lieu.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    (row,) = rows_of(tmp_path / "so-lieu.csv")
    assert (row["Giá trị"], row["Trang"], row["Đơn vị"]) == ("11500.5", "", "ha")


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    write_figures(tmp_path / "so-lieu.csv", [HOSTILE], PASSAGES)
    (row,) = rows_of(tmp_path / "so-lieu.csv")
    assert (row["Chỉ tiêu"], row["Giá trị"]) == ('\'=HYPERLINK("http://x")', "-2")
    write_figures(tmp_path / "so-lieu.xlsx", [HOSTILE], PASSAGES)
    cell = load_workbook(tmp_path / "so-lieu.xlsx").active["C2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x")')


@pytest.mark.parametrize("sign", ["+1", "-1", "@x", "\tx"])
def test_each_sign_that_begins_a_formula_is_guarded(sign, tmp_path):
    figure = dataclasses.replace(FIGURE, part_of=sign)
    write_figures(tmp_path / "so-lieu.csv", [figure], PASSAGES)
    assert rows_of(tmp_path / "so-lieu.csv")[0]["Là một phần của"] == f"'{sign}"


def test_no_figures_give_a_table_of_titles(tmp_path):
    for name in ("so-lieu.csv", "so-lieu.xlsx"):
        write_figures(tmp_path / name, [], {})
        assert rows_of(tmp_path / name) == []


def test_signs_that_a_workbook_cannot_hold_are_left_out(tmp_path):
    figure = dataclasses.replace(FIGURE, indicator="a\x01b" + "c" * 40000)
    write_figures(tmp_path / "so-lieu.xlsx", [figure], PASSAGES)
    assert len(rows_of(tmp_path / "so-lieu.xlsx")[0]["Chỉ tiêu"]) == 32000


def test_another_kind_of_file_is_refused(tmp_path):
    with pytest.raises(AssistantError, match="chỉ xuất được tệp"):
        write_figures(tmp_path / "so-lieu.pdf", [FIGURE], PASSAGES)


def test_a_folder_that_is_not_there_is_named_and_nothing_is_left(tmp_path):
    with pytest.raises(AssistantError, match="không ghi được"):
        write_figures(tmp_path / "không có" / "so-lieu.csv", [FIGURE], PASSAGES)
    assert list(tmp_path.iterdir()) == []
