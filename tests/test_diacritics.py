import pytest

from retrieval.diacritics import restore_marks

TEXTS = [
    "Đảng bộ huyện có 6.253 đảng viên.",
    "Diện tích cây ăn quả đạt 11.200 ha.",
    "Công tác của đảng",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dang bo co bao nhieu dang vien?", "đảng bộ có bao nhiêu đảng viên?"),
        ("dien tich cay an qua la bao nhieu ha", "diện tích cây ăn quả là bao nhiêu ha"),
        ("vi sao, 11.200 ha", "vì sao, 11.200 ha"),
        ("xyz", "xyz"),
        ("", ""),
    ],
)
def test_words_get_the_marks_they_have_in_the_reports(typed: str, meant: str) -> None:
    assert restore_marks(typed, TEXTS) == meant
