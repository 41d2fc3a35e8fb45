from records import Cell, Passage, PassageKind, Span
from retrieval.answer_kinds import counts, find_numbers, single_years, speaks_of_target
from retrieval.candidates import cut_candidates


def paragraph(text: str) -> Passage:
    return Passage("p", "a.txt", PassageKind.PARAGRAPH, (), (Span(0, len(text)),), text)


def clauses(text: str) -> list[str]:
    return [
        c.passage.text[c.span.start : c.span.end].strip() for c in cut_candidates(paragraph(text))
    ]


def test_commas_outside_brackets_part_clauses() -> None:
    assert clauses(
        "Huyện có 181 hợp tác xã, có 20 sản phẩm OCOP (10 sản phẩm 4 sao, 10 sản phẩm 3 sao)."
    ) == [
        "Huyện có 181 hợp tác xã,",
        "có 20 sản phẩm OCOP (10 sản phẩm 4 sao, 10 sản phẩm 3 sao).",
    ]


def test_a_comma_inside_a_number_parts_nothing() -> None:
    assert clauses("Tỷ lệ che phủ rừng đạt 42,05% trong năm.") == [
        "Tỷ lệ che phủ rừng đạt 42,05% trong năm."
    ]


def test_short_pieces_go_with_their_neighbours() -> None:
    assert clauses("Năm 2018, huyện xếp thứ 4/12 toàn tỉnh, rất tốt.") == [
        "Năm 2018, huyện xếp thứ 4/12 toàn tỉnh, rất tốt."
    ]


def test_a_row_gives_a_candidate_for_each_cell() -> None:
    text = "1\tDiện tích\t90 ha\t100 ha"
    cells = (Cell("Kế hoạch", Span(112, 117)), Cell("Thực hiện", Span(118, 124)))
    row = Passage(
        "p", "a", PassageKind.TABLE_ROW, (), (Span(100, 124),), text, "", "Diện tích", cells
    )
    assert [c.text for c in cut_candidates(row)] == [
        "Diện tích, Kế hoạch: 90 ha",
        "Diện tích, Thực hiện: 100 ha",
    ]


def test_dates_and_document_numbers_are_no_figures() -> None:
    text = (
        "Ngày 01/10/2021, Chỉ thị 05-CT/TW và Nghị quyết 1280/NQ-UBTVQH15: đạt 42/63 trường, 66,67%"
    )
    assert find_numbers(text) == ["42/63", "66,67%"]


def test_a_roman_grade_is_a_number() -> None:
    assert find_numbers("trở thành đô thị loại IV") == ["IV"]


def test_what_is_counted_stands_after_its_number() -> None:
    words = ["co", "3", "vung", "san", "xuat", "va", "20", "san", "pham"]
    assert counts(words, ("san", "pham"))
    assert not counts(words[:5], ("san", "pham"))


def test_the_end_of_a_period_is_not_a_single_year() -> None:
    assert single_years("giai đoạn 2020 - 2025, riêng năm 2024") == {"2024"}


def test_targets_are_told_from_results() -> None:
    assert speaks_of_target("phấn đấu đến năm 2030 đạt 53%")
    assert not speaks_of_target("đã trồng được 865 ha rừng")
