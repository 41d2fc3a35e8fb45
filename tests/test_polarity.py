import pytest

from retrieval.polarity import Polarity, judge


@pytest.mark.parametrize(
    ("question", "clause", "polarity"),
    [
        ("Huyện có làm chợ 4.0 không?", "xây dựng mô hình Chợ 4.0 tại xã Búng Lao", Polarity.YES),
        ("Có trang trại lớn không?", "chưa có trang trại chăn nuôi quy mô lớn", Polarity.NO),
        ("Đã có trang trại lớn chưa?", "chưa có trang trại chăn nuôi quy mô lớn", Polarity.NOT_YET),
        ("da co trang trai lon chua", "chưa có trang trại chăn nuôi quy mô lớn", Polarity.NOT_YET),
        (
            "Có thanh toán không dùng tiền mặt không?",
            "ra mắt mô hình không dùng tiền mặt",
            Polarity.YES,
        ),
        ("Kinh tế có phát triển không?", "kinh tế không ngừng phát triển", Polarity.YES),
        ("Huyện có đứng nhất tỉnh không?", "được tỉnh xếp thứ 4/12 huyện", Polarity.NO),
        ("Huyện có đứng nhất tỉnh không?", "xếp thứ 1/10 huyện, thị xã", Polarity.YES),
        ("Huyện có vào tốp 3 không?", "xếp thứ 2/12 huyện", Polarity.YES),
        (
            "Trạm y tế đã kiên cố hết chưa?",
            "92,9% số trạm y tế được xây dựng kiên cố",
            Polarity.NOT_YET,
        ),
        ("Mọi bản đều có chi bộ không?", "100% bản có chi bộ độc lập", Polarity.YES),
        ("Tất cả bản có điện chưa?", "113/118 bản có điện", Polarity.NOT_YET),
        ("Có đúng là chưa có trang trại lớn không?", "chưa có trang trại quy mô lớn", Polarity.YES),
    ],
)
def test_a_clause_says_yes_or_no(question: str, clause: str, polarity: Polarity) -> None:
    assert judge(question, clause, clause) is polarity


def test_the_clause_counts_before_what_stands_around_it() -> None:
    around = "100% trường học kiên cố; 92,9% số trạm y tế kiên cố"
    judged = judge("Trạm y tế đã kiên cố hết chưa?", "92,9% số trạm y tế kiên cố", around)
    assert judged is Polarity.NOT_YET
