import dataclasses
from decimal import Decimal
from pathlib import Path

import pytest

from ingest import read_report
from records import Answer, AnswerStatus, Citation, Figure, FigureStatus, Span
from retrieval.contradiction_notes import note_contradictions
from retrieval.contradictions import find_contradictions

REPORTS = Path(__file__).parent.parent / "reports"
FIGURE = Figure(
    id="f1",
    report="a.txt",
    passage_id="body",
    span=Span(0, 2),
    text="4%/năm",
    value=Decimal(4),
    high=None,
    whole=None,
    unit="%/năm",
    qualifier="",
    indicator="Tổng đàn gia cầm bình quân hằng năm",
    period="2030",
    locality="Mường Ảng",
    status=FigureStatus.TARGET,
    part_of="",
)
OTHER = dataclasses.replace(FIGURE, id="f2", passage_id="annex", value=Decimal(5), text="5%/năm")


def contradicts(one=FIGURE, other=OTHER, *more):
    found = find_contradictions([one], [one, other, *more])
    return [each.other.id for each in found]


def changed(figure=OTHER, **fields):
    return dataclasses.replace(figure, **fields)


def test_another_value_for_the_same_is_a_contradiction():
    assert contradicts() == ["f2"]


@pytest.mark.parametrize(
    "fields",
    [
        {"report": "b.txt"},
        {"passage_id": "body"},
        {"unit": "%"},
        {"locality": "xã Ảng Cang"},
        {"period": "2025"},
        {"status": FigureStatus.RESULT},
        {"indicator": "Tổng đàn gia súc bình quân hằng năm"},
        {"indicator": "Tổng đàn gia cầm và thủy cầm hằng năm"},
        {"whole": Decimal(10)},
        {"value": Decimal(4)},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_figure_of_something_else_is_none(fields):
    assert contradicts(other=changed(**fields)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"value": "53207", "qualifier": ""}, {"value": "53200", "qualifier": "khoảng"}),
        ({"value": "53207"}, {"value": "53200"}),
        ({"value": "509"}, {"value": "509.1"}),
        ({"value": "98.89"}, {"value": "98.90"}),
        ({"value": "39"}, {"value": "34", "qualifier": ">"}),
        ({"value": "3100"}, {"value": "3000", "qualifier": "trên"}),
        ({"value": "400"}, {"value": "340", "high": Decimal(440)}),
    ],
)
def test_rounding_and_what_leaves_room_is_no_contradiction(one, other):
    stated = changed(FIGURE, **(one | {"value": Decimal(one["value"])}))
    found = changed(OTHER, **(other | {"value": Decimal(other["value"])}))
    assert contradicts(stated, found) == []
    assert contradicts(found, stated) == []


def test_counts_are_not_rounded():
    assert contradicts(changed(FIGURE, value=Decimal(23)), changed(value=Decimal(20))) == ["f2"]


def test_a_row_that_also_has_the_figure_says_the_same():
    row = changed(id="f3", value=Decimal(4), period="2025")
    assert contradicts(FIGURE, OTHER, row) == []


def test_what_a_whole_term_came_to_is_compared_with_its_last_year():
    term = changed(FIGURE, period="2020 - 2025", status=FigureStatus.RESULT)
    assert contradicts(term, changed(period="2025", status=FigureStatus.ESTIMATE)) == ["f2"]
    assert contradicts(term, changed(period="2024", status=FigureStatus.ESTIMATE)) == []


def test_the_counted_thing_alone_names_no_indicator():
    punished = changed(FIGURE, unit="đảng viên", indicator="Đảng viên")
    assert contradicts(punished, changed(unit="đảng viên", indicator="Đảng viên")) == []


def test_what_one_owner_has_is_not_what_all_have():
    all_debts = changed(FIGURE, unit="đồng", indicator="Tổng nợ xấu ngân hàng")
    of_one = changed(
        unit="đồng", indicator="Kết quả kinh doanh của Ngân hàng Chính sách: tổng nợ xấu ngân hàng"
    )
    assert contradicts(all_debts, of_one) == []


def test_a_unit_per_head_names_its_indicator():
    beds = changed(FIGURE, unit="giường/vạn dân", indicator="Giường/1 vạn dân")
    other = changed(unit="giường bệnh/vạn dân", indicator="Số giường bệnh/1 vạn dân")
    assert contradicts(beds, other) == ["f2"]


class Index:
    """The figures and passages of one report."""

    def __init__(self, read):
        self.read = read

    def figures(self, reports=None):
        return tuple(f for f in self.read.figures if reports is None or f.report in reports)

    def figures_of_passages(self, ids):
        return {i: tuple(f for f in self.read.figures if f.passage_id == i) for i in ids}

    def passages(self, ids):
        return {p.id: p for p in self.read.passages if p.id in ids}


@pytest.fixture(scope="module")
def muong_ang():
    return read_report(REPORTS / "muong-ang.txt")


def answer_with(read, words, text):
    start = read.report.text.index(words)
    span = Span(start, start + len(words))
    passage = next(p for p in read.passages if any(s.start <= start < s.end for s in p.spans))
    cited = Citation("muong-ang.txt", passage.section, None, words, span, passage.id)
    return Answer("?", AnswerStatus.ANSWERED, text, (cited,))


def test_the_answer_shows_both_figures_with_their_places_and_cites_both(muong_ang):
    said = "74,58% bản, TDP đạt danh hiệu văn hóa"
    answer = note_contradictions(
        answer_with(muong_ang, said, f"Theo báo cáo: {said} [1]"), Index(muong_ang)
    )
    assert answer.text == (
        f"Theo báo cáo: {said} [1]\n"
        "Lưu ý: báo cáo này ghi không thống nhất: mục 2.3 Hoạt động văn hoá, thể thao, thông tin - "
        "tuyên truyền ghi 74,58% [1]; biểu số liệu, cột Ước thực hiện đến 31/12/2025, ghi 81,36% [2]."
    )
    row = answer.citations[1]
    assert row.quote == "Bản, TDP đạt danh hiệu văn hóa\t60%\t82.20%\t81.36%\t135.6%\t80%"
    assert muong_ang.report.text[row.span.start : row.span.end] == row.quote


def test_a_footnote_is_named_by_its_number(muong_ang):
    said = "Tổng số người nghiện trên địa bàn huyện đến ngày 30/9/2024 là 709 người"
    answer = note_contradictions(answer_with(muong_ang, said, f"{said} [1]"), Index(muong_ang))
    assert "chú thích 30 ghi 701 người [2]." in answer.text
    assert answer.citations[1].quote.startswith("tổng số có 701 người nghiện")


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("dân số trung bình toàn huyện khoảng 53.207 người", "Dân số khoảng 53.207 người [1]"),
        ("nâng độ che phủ rừng lên 34,39%", "Độ che phủ rừng 34,39% [1]"),
        ("74,58% bản, TDP đạt danh hiệu văn hóa", "Không nêu số nào [1]"),
    ],
)
def test_an_answer_without_contradiction_stays_as_it_is(said, text, muong_ang):
    answer = answer_with(muong_ang, said, text)
    assert note_contradictions(answer, Index(muong_ang)) == answer


def test_a_refusal_stays_as_it_is(muong_ang):
    answer = dataclasses.replace(
        answer_with(muong_ang, "74,58% bản, TDP", "74,58% [1]"), status=AnswerStatus.NOT_FOUND
    )
    assert note_contradictions(answer, Index(muong_ang)) == answer


def test_the_other_sample_reports_contradict_themselves_nowhere():
    for name in ("mai-son.txt", "moc-chau.txt", "muong-la.txt", "muong-te.txt"):
        figures = read_report(REPORTS / name).figures
        assert find_contradictions(figures, figures) == ()
