"""Yes or no is told by the figure a question names, by a plan that was met, or by the words."""

import pytest

from records import Chunk, Hit, Passage, PassageKind, Span
from retrieval.candidates import cut_candidates
from retrieval.question import understand
from retrieval.question_terms import weigh_terms
from retrieval.yes_no import answer_yes_no

TEXT = (
    "Hiện nay, toàn huyện có 181 HTX, tăng 54 HTX so với năm 2020, trong đó có 26 hợp tác xã của bản. "
    "Tỷ lệ che phủ rừng (42,05%, đạt 100%). Thu ngân sách, theo Nghị quyết đến 2025 là 820 tỷ đồng, nhưng "
    "kết quả luỹ kế mới đạt 404 tỷ đồng. 21/21 xã có đường cứng hóa; 98% số hộ dùng nước sạch. Ngành giáo "
    "dục đang thiếu giáo viên Tin học (09 giáo viên)."
)


def answered(question: str, text: str = TEXT) -> str:
    passage = Passage("p", "a.txt", PassageKind.PARAGRAPH, (), (Span(0, len(text)),), text)
    hits = [Hit(passage, 1.0, Chunk("c", "p", "a.txt", passage.spans, text, ""))]
    known = understand(question, {})
    asked = weigh_terms(known, {}, 3.0)
    candidates = cut_candidates(passage)
    best = max(candidates, key=lambda each: asked.coverage(frozenset(each.terms)))
    return answer_yes_no(known, asked, best, candidates, hits).polarity.value


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Toàn huyện có 181 hợp tác xã phải không?", "Có"),
        ("Toàn huyện có 200 hợp tác xã phải không?", "Không"),
        ("toan huyen co 200 htx phai khong", "Không"),
        ("Toàn huyện có hơn 150 hợp tác xã không?", "Có"),
        ("Tỷ lệ che phủ rừng có vượt 45% không?", "Không"),
        ("ty le che phu rung co tren 40% khong", "Có"),
        ("Tỷ lệ che phủ rừng đã đạt 45% chưa?", "Chưa"),
        ("Thu ngân sách đã đạt 820 tỷ đồng chưa?", "Chưa"),
        ("Tất cả các xã đã có đường cứng hóa chưa?", "Có"),
        ("Các hộ đều dùng nước sạch hết chưa?", "Chưa"),
        ("Có đủ giáo viên Tin học không?", "Không"),
    ],
)
def test_a_question_is_judged_by_the_figure_it_names(question: str, word: str) -> None:
    assert answered(question) == word


@pytest.mark.parametrize(
    ("said", "question", "word"),
    [
        ("độ che phủ rừng đạt 101,15% NQĐH", "Độ che phủ rừng có vượt chỉ tiêu không?", "Có"),
        ("tổng đàn gia súc đạt 71% NQĐH", "Tổng đàn gia súc có đạt chỉ tiêu không?", "Không"),
        ("tổng đàn gia súc đạt 100% kế hoạch", "Tổng đàn gia súc có vượt kế hoạch không?", "Không"),
        ("02 bản kiểu mẫu chưa đạt NQĐH", "Bản kiểu mẫu đã đạt chỉ tiêu nghị quyết chưa?", "Chưa"),
        (
            "trường học văn hóa 98% vượt chỉ tiêu",
            "Trường học văn hóa có vượt chỉ tiêu không?",
            "Có",
        ),
        ("không có xã nào đạt dưới 11 tiêu chí", "Có xã nào đạt dưới 11 tiêu chí không?", "Không"),
    ],
)
def test_a_plan_is_met_or_not_by_what_is_said(said: str, question: str, word: str) -> None:
    assert answered(question, said) == word
