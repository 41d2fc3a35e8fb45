"""Name questions a newcomer can try, each on one of the sample reports."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SampleQuestion:
    """A question, and the report that answers it."""

    report: str  # file name as indexed
    text: str


SAMPLE_QUESTIONS = (
    SampleQuestion("mai-son.txt", "Huyện Mai Sơn có bao nhiêu sản phẩm OCOP?"),
    SampleQuestion("moc-chau.txt", "Huyện Mộc Châu có bao nhiêu tổ chuyển đổi số cộng đồng?"),
    SampleQuestion(
        "muong-ang.txt", "Độ che phủ rừng huyện Mường Ảng ước thực hiện năm 2024 là bao nhiêu?"
    ),
    SampleQuestion("muong-la.txt", "Đảng bộ huyện Mường La có bao nhiêu đảng viên?"),
    SampleQuestion(
        "muong-te.txt", "Thu ngân sách nhà nước trên địa bàn huyện Mường Tè là bao nhiêu?"
    ),
)


def sample_questions(indexed: frozenset[str]) -> tuple[str, ...]:
    """Give the questions whose report can be asked about.

    Args:
        indexed: Names of the reports in the index.
    """
    return tuple(sample.text for sample in SAMPLE_QUESTIONS if sample.report in indexed)
