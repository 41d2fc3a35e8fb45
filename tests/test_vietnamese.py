import unicodedata

import pytest

from vietnamese import cut_terms, fold, has_diacritics, normalise, pairs, terms


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_normalise_gives_nfc(form: str) -> None:
    assert normalise(unicodedata.normalize(form, "Độ che phủ rừng")) == "Độ che phủ rừng"


def test_normalise_keeps_tabs_and_removes_what_shows_nothing() -> None:
    assert normalise("a\u00a0b\u200b\tc\u00add\r\ne\x00f") == "a b\tcd\nef"


def test_fold_keeps_the_length_of_nfc_text() -> None:
    text = "Đảng bộ huyện Mường Ảng – ƯỚC 29,40%"
    assert fold(text) == "dang bo huyen muong ang – uoc 29,40%"
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("1.373,70", "1373,7"),
        ("1373.7", "1373,7"),
        ("02", "2"),
        ("29.40%", "29,4"),
        ("1.234", "1234"),
    ],
)
def test_numbers_have_one_form(written: str, term: str) -> None:
    assert terms(written) == [term]


def test_units_close_to_a_number_are_terms_of_their_own() -> None:
    assert terms("128,3km/365,8km; 1.000m²") == ["128,3", "km", "365,8", "km", "1000", "m"]


def test_y_and_i_are_one_spelling() -> None:
    assert terms("bác sỹ, tỷ lệ, thủy sản") == terms("bác sĩ, tỉ lệ, thủy sản")


def test_terms_know_their_place() -> None:
    text = "đạt 42/63 trường¹"
    assert [text[t.start : t.end] for t in cut_terms(text)] == ["đạt", "42", "63", "trường"]


def test_pairs_join_neighbours() -> None:
    assert pairs(["san", "pham", "ocop"]) == ["san_pham", "pham_ocop"]


@pytest.mark.parametrize(("text", "has"), [("muong ang", False), ("Mường", True), ("ABC d", False)])
def test_diacritics_are_seen(text: str, has: bool) -> None:
    assert has_diacritics(text) is has
