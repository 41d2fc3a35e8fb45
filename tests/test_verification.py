"""What does not stand in the cited passage is caught, whatever wrote the answer."""

import unicodedata
from dataclasses import replace

import pytest

from records import (
    Answer,
    AnswerStatus,
    Cell,
    Citation,
    IndexedReport,
    Matter,
    Passage,
    PassageKind,
    Report,
    ReportMetadata,
    Span,
)
from retrieval.verification import gather_evidence, verify, verify_answer

MAI_SON = (
    "Toàn huyện có 181 HTX, hơn 3.300 đảng viên; diện tích cây ăn quả trên 11,5 nghìn ha, độ che phủ "
    "42,05%, tự nhiên 1.072,09 km2. Ngày 14/11/2024 ban hành Nghị quyết số 1280/NQ-UBTVQH15. Đồng chí "
    "Hà Văn Bình, 01 xã, thu 404 tỷ đồng, 42/63 trường, từ 340 - 440 tỷ đồng/năm, đô thị loại IV."
)
MOC_CHAU = "Huyện Mộc Châu có 39 sản phẩm OCOP, năm 2024 hộ nghèo còn 2,73%."
ROW = "Độ che phủ rừng\t34%\t34.11%"


class Index:
    """Two reports of one passage each, and a table row."""

    def __init__(self) -> None:
        cells = (
            Cell("Nghị quyết ĐH XXIII", Span(16, 19)),
            Cell("Ước thực hiện năm 2024", Span(20, 26)),
        )
        self._reports = {
            name: Report(name, "", text, ReportMetadata(district=district))
            for name, text, district in (
                ("mai-son.txt", MAI_SON, "Mai Sơn"),
                ("moc-chau.txt", MOC_CHAU, "Mộc Châu"),
                ("muong-ang.txt", ROW, "Mường Ảng"),
            )
        }
        self._passages = {
            name: Passage(
                name,
                name,
                PassageKind.TABLE_ROW if cells_ else PassageKind.PARAGRAPH,
                (),
                (Span(0, len(report.text)),),
                report.text,
                label="Độ che phủ rừng" if cells_ else "",
                cells=cells_,
            )
            for (name, report), cells_ in zip(self._reports.items(), ((), (), cells), strict=True)
        }

    def passages(self, ids):
        return {each: self._passages[each] for each in ids if each in self._passages}

    def report(self, name):
        return self._reports[name]

    def reports(self):
        return [
            IndexedReport(name, "", report.metadata, 1, 1, 0, 0, 0, "")
            for name, report in self._reports.items()
        ]


def cite(name: str, quote: str) -> Citation:
    start = Index().report(name).text.index(quote)
    return Citation(name, (), None, quote, Span(start, start + len(quote)), name)


MAI_SON_CITED = cite("mai-son.txt", "Toàn huyện có 181 HTX")
MOC_CHAU_CITED = cite("moc-chau.txt", "có 39 sản phẩm OCOP")
ROW_CITED = cite("muong-ang.txt", ROW)


def faults(text: str, *citations: Citation) -> list[tuple[Matter, str]]:
    evidence = gather_evidence(citations or (MAI_SON_CITED,), Index())
    found = verify(text, evidence, {"Mai Sơn", "Mộc Châu", "Mường Ảng"}).faults
    return [(fault.matter, fault.said) for fault in found]


@pytest.mark.parametrize(
    "text",
    [
        "Huyện Mai Sơn có 181 hợp tác xã [1]",
        "Huyện có 181 HTX. Theo bài báo về huyện Mai Sơn: “Toàn huyện có 181 HTX, hơn 3.300” [1]",
        "trên 3.300 đảng viên [1]",
        "trên 11.500 ha cây ăn quả [1]",
        "Độ che phủ 42,05 % [1]",
        "1 xã [1]",
        "Ngày 14 tháng 11 năm 2024, tháng 11/2024, năm 2024 [1]",
        "Nghị quyết số 1280/NQ-UBTVQH15 [1]",
        "đồng chí HÀ VĂN BÌNH, Ha Van Binh [1]",
        "42/63 trường, 340 - 440 tỷ đồng [1]",
        "Đô thị loại 4 [1]",
        "107.209 ha [1]",
    ],
)
def test_what_stands_in_the_passage_holds(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("có 182 HTX [1]", (Matter.FIGURE, "182 HTX")),
        ("3.300 đảng viên [1]", (Matter.FIGURE, "3.300 đảng viên")),
        ("gần 3.300 đảng viên [1]", (Matter.FIGURE, "3.300 đảng viên")),
        ("hơn 181 HTX [1]", (Matter.FIGURE, "181 HTX")),
        ("diện tích 1.072,09 ha [1]", (Matter.FIGURE, "1.072,09 ha")),
        ("độ che phủ 42,05‰ [1]", (Matter.FIGURE, "42,05‰")),
        ("độ che phủ đạt 42,05 [1]", (Matter.FIGURE, "42,05")),
        ("thu 404 triệu đồng [1]", (Matter.FIGURE, "404 triệu đồng")),
        ("thu 404 tỷ USD [1]", (Matter.FIGURE, "404 tỷ USD")),
        ("42/64 trường [1]", (Matter.FIGURE, "42/64 trường")),
        ("340 - 450 tỷ đồng [1]", (Matter.FIGURE, "340 - 450 tỷ đồng")),
        ("ngày 14/11/2023 [1]", (Matter.DATE, "14/11/2023")),
        ("ngày 15 tháng 11 năm 2024 [1]", (Matter.DATE, "ngày 15 tháng 11 năm 2024")),
        ("năm 2025 có 181 HTX [1]", (Matter.DATE, "2025")),
        ("Nghị quyết số 1281/NQ-UBTVQH15 [1]", (Matter.CODE, "1281/NQ-UBTVQH15")),
        ("đô thị loại V [1]", (Matter.CODE, "loại V")),
        ("tiểu khu 26/3 [1]", (Matter.FIGURE, "26")),
        ("Huyện Mường La có 181 HTX [1]", (Matter.NAME, "Mường La")),
        ("Đồng chí Hà Văn Bính [1]", (Matter.NAME, "Hà Văn Bính")),
        ("huyện Mаi Sơn [1]", (Matter.NAME, "Mаi Sơn")),  # Cyrillic a
        ("có １８１ HTX [1]", (Matter.FIGURE, "１８１ HTX")),  # full width
        (
            "“Toàn huyện có 181 HTX, hơn 3.301” [1]",
            (Matter.QUOTE, "Toàn huyện có 181 HTX, hơn 3.301"),
        ),
        ("“toàn huyện có 181 HTX” [1]", (Matter.QUOTE, "toàn huyện có 181 HTX")),
        ("“Huyện Mộc Châu có 39 sản phẩm” [1]", (Matter.QUOTE, "Huyện Mộc Châu có 39 sản phẩm")),
        ("có 181 HTX [2]", (Matter.QUOTE, "[2]")),
    ],
)
def test_each_kind_of_fault_is_caught(text: str, fault: tuple[Matter, str]) -> None:
    assert fault in faults(text)


@pytest.mark.parametrize(
    "text", ["có 1\u200b81 HTX [1]", "có 181 HTX\u202e [1]", unicodedata.normalize("NFD", "hợp tác xã [1]")],
    ids=["zero width", "direction", "NFD"],
)  # fmt: skip
def test_hidden_signs_and_other_forms_are_faults(text: str) -> None:
    assert faults(text) == [(Matter.TEXT, text)]


def test_a_quote_off_by_one_or_of_another_report_is_a_fault() -> None:
    span = MAI_SON_CITED.span
    moved = replace(MAI_SON_CITED, span=Span(span.start + 1, span.end + 1))
    other = replace(MAI_SON_CITED, report="moc-chau.txt")
    assert faults("có 181 HTX [1]", moved) == [(Matter.QUOTE, "[1]")]
    assert (Matter.QUOTE, "[1]") in faults("có 181 HTX [1]", other)


def test_a_figure_of_another_column_is_a_fault() -> None:
    said = "Độ che phủ rừng, ước thực hiện năm 2024: {} [1]"
    assert faults(said.format("34,11%"), ROW_CITED) == []
    assert faults(said.format("34%"), ROW_CITED) == [(Matter.FIGURE, "34%")]


def test_a_figure_of_another_district_is_a_fault() -> None:
    both = (MAI_SON_CITED, MOC_CHAU_CITED)
    assert faults("Mai Sơn 181 HTX, Mộc Châu 39 sản phẩm OCOP [1] [2]", *both) == []
    assert (Matter.FIGURE, "181 HTX") in faults("Mộc Châu có 181 HTX [1] [2]", *both)


def test_the_end_of_a_period_is_no_year_of_its_own() -> None:
    index = Index()
    text = "Giai đoạn 2020 - 2025 có 5 xã."
    report = Report("a.txt", "", text)
    passage = Passage("a.txt", "a.txt", PassageKind.PARAGRAPH, (), (Span(0, len(text)),), text)
    index._reports["a.txt"], index._passages["a.txt"] = report, passage
    citation = Citation("a.txt", (), None, "có 5 xã", Span(22, 29), "a.txt")
    evidence = gather_evidence((citation,), index)
    assert not verify("Giai đoạn 2020 - 2025: 5 xã [1]", evidence).faults
    assert [f.said for f in verify("Năm 2025: 5 xã [1]", evidence).faults] == ["2025"]


def test_sums_are_worked_out_anew() -> None:
    both = (MAI_SON_CITED, MOC_CHAU_CITED)
    assert faults("Tổng cộng 220.\n181 + 39 = 220 [1] [2]", *both) == []
    assert faults("181 - 39 = 142 [1] [2]", *both) == []
    assert (Matter.COMPUTATION, "181 + 39 = 221") in faults("181 + 39 = 221 [1] [2]", *both)
    assert (Matter.COMPUTATION, "180 + 39 = 219") in faults("180 + 39 = 219 [1] [2]", *both)


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("(181 + 39) / 2 = 110 [1] [2]", True),
        ("(181 + 39) / 3 = 73,3 [1] [2]", False),  # two terms, not three
        ("(181 + 39) / 2 = 111 [1] [2]", False),
        ("181 / 39 ≈ 4,6 [1] [2]", True),
        ("181 / 39 ≈ 4,7 [1] [2]", False),
        ("181 - 39 + 39 = 181 [1] [2]", True),
    ],
)
def test_averages_and_ratios_are_worked_out_anew(said: str, holds: bool) -> None:
    assert (faults(said, MAI_SON_CITED, MOC_CHAU_CITED) == []) is holds


def test_what_cites_nothing_may_name_a_district_but_no_figure() -> None:
    text = "Có 181 HTX [1]\nBáo cáo của huyện Mường Ảng không nêu."
    evidence = gather_evidence((MAI_SON_CITED,), Index())
    assert not verify(text, evidence, {"Mường Ảng"}).faults
    assert verify("Có 181 HTX.", (), set()).faults


def answer(text: str, *citations: Citation) -> Answer:
    return Answer("?", AnswerStatus.ANSWERED, text, citations)


def test_a_faulty_statement_is_left_out_and_citations_are_numbered_anew() -> None:
    said = answer(
        "Mai Sơn có 18 HTX [1]. Mộc Châu có 39 sản phẩm OCOP [2].", MAI_SON_CITED, MOC_CHAU_CITED
    )
    shown = verify_answer(said, Index())
    assert shown is not None
    assert shown.text == "Mộc Châu có 39 sản phẩm OCOP [1]."
    assert shown.citations == (MOC_CHAU_CITED,)
    assert shown.verification.struck == ("Mai Sơn có 18 HTX [1].",)
    assert shown.verification.count(Matter.FIGURE) == (1, 1)


def test_an_answer_of_which_nothing_is_left_is_none() -> None:
    assert verify_answer(answer("Mai Sơn có 18 HTX [1]", MAI_SON_CITED), Index()) is None
    assert verify_answer(answer("Mai Sơn giàu đẹp"), Index()) is None


def test_checks_know_their_place_in_the_text() -> None:
    text = "Huyện có 181 HTX [1]"
    [check] = [
        each
        for each in verify(text, gather_evidence((MAI_SON_CITED,), Index())).checks
        if each.matter is Matter.FIGURE
    ]
    assert text[check.span.start : check.span.end] == check.said == "181 HTX"
