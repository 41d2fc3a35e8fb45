import pytest

from sentences import cut_clauses, cut_sentences


def words(text: str) -> list[str]:
    return [text[s.start : s.end] for s in cut_sentences(text)]


def test_a_stop_inside_a_number_or_abbreviation_ends_nothing() -> None:
    text = "Thu 1.250,5 tỷ đồng tại TP. Sơn La. Chi 900 tỷ."
    assert words(text) == ["Thu 1.250,5 tỷ đồng tại TP. Sơn La.", "Chi 900 tỷ."]


def test_a_footnote_mark_stays_with_its_sentence() -> None:
    assert words("Đạt kế hoạch giao¹. Năm 2024 tăng.") == ["Đạt kế hoạch giao¹.", "Năm 2024 tăng."]


def test_a_line_broken_within_a_sentence_is_one_sentence() -> None:
    assert words("đoạn qua thị\n\ntrấn Mường Ảng") == ["đoạn qua thị\n\ntrấn Mường Ảng"]


def test_items_on_lines_of_their_own_are_apart() -> None:
    assert words("- Trồng 10 ha\n- Nuôi 5 con") == ["- Trồng 10 ha", "- Nuôi 5 con"]


@pytest.mark.parametrize(("longest", "count"), [(10, 3), (100, 1)])
def test_clauses_are_packed_up_to_a_length(longest: int, count: int) -> None:
    assert len(cut_clauses("trồng lúa; trồng ngô; trồng chè", longest)) == count
