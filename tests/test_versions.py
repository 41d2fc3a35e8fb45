import random
from dataclasses import replace

import pytest

from records import IndexedReport, Origin, ReportMetadata
from retrieval.asked_version import versions_not_asked
from versions import find_draft, find_versions, likeness, sketch_text

WORDS = "huyện xã bản thu chi ngân sách nông thôn mới tỷ lệ hộ nghèo giảm tăng đạt kế hoạch".split()


def prose(seed, words=1200):
    rng = random.Random(seed)
    return [f"{rng.choice(WORDS)}{rng.randrange(80)}" for _ in range(words)]


def changed(words, share, seed=9):
    rng = random.Random(seed)
    return [f"sửa{rng.randrange(999)}" if rng.random() < share else word for word in words]


TYPED = Origin(format="TEXT")


def indexed(name, words, origin=TYPED, **metadata):
    sketch = sketch_text(" ".join(words))
    told = ReportMetadata(**metadata)
    return IndexedReport(name, "0", told, 1, 1, 0, 0, "", origin=origin, sketch=sketch)


def groups(*reports):
    return [[report.name for report in each.reports] for each in find_versions(reports)]


def test_the_same_words_are_wholly_alike_and_others_are_not():
    one, other = sketch_text(" ".join(prose(1))), sketch_text(" ".join(prose(2)))
    assert likeness(one, one) == 1.0
    assert likeness(one, other) < 0.02
    assert likeness(sketch_text(""), b"") == 0.0


def test_likeness_falls_with_what_was_changed():
    words = prose(1, 3000)
    edited = sketch_text(" ".join(changed(words, 0.05)))
    # A run of four words stays with chance 0.95⁴ = 0.81; of both texts' runs 0.81 / 1.19 are common.
    assert likeness(sketch_text(" ".join(words)), edited) == pytest.approx(0.69, abs=0.08)


def test_a_report_in_two_formats_is_one_and_the_surer_text_answers():
    words = prose(1)
    scan = indexed("a.pdf", changed(words, 0.02), Origin(format="PDF", ocr_pages=(1, 2)))
    word = indexed("a.docx", words, Origin(format="DOCX"))
    assert groups(scan, indexed("b.docx", prose(2)), word) == [["a.docx", "a.pdf"]]


def test_drafts_come_after_one_another_and_before_the_final_report():
    words = prose(1)
    first = indexed("1.docx", changed(words, 0.08), draft="Dự thảo", title="Báo cáo năm 2024")
    second = indexed(
        "2.docx", changed(words, 0.04), draft="(Dự thảo lần 2)", title="Báo cáo năm 2024"
    )
    final = indexed("3.docx", words, title="Báo cáo năm 2024", number="12/BC-UBND")
    assert groups(second, final, first) == [["3.docx", "2.docx", "1.docx"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"title": "Báo cáo tháng 9 năm 2024"}, {"title": "Báo cáo tháng 10 năm 2024"}),
        ({"district": "Mai Sơn"}, {"district": "Mộc Châu"}),
        ({"period": "2023"}, {"period": "2024"}),
        ({"number": "12/BC-UBND"}, {"number": "13/BC-UBND"}),
    ],
)
def test_reports_after_one_model_are_not_versions(one, other):
    words = prose(1)
    assert groups(indexed("a.txt", words, **one), indexed("b.txt", words, **other)) == []


def test_many_reports_that_share_their_words_are_grouped_in_time():
    words = prose(1)
    copies = [indexed(f"{n}.txt", words) for n in range(40)]
    assert sum(map(len, groups(*copies))) >= 20


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        ("(Dự thảo lần 2)", 2),
        ("DỰ THẢO", 0),
        ("bao-cao_du-thao-lan-3.docx", 3),
        ("Dự thảo lần thứ hai", 2),
        ("du thao lan nhat", 1),
        ("Dự thảo lần cuối", 99),
        ("Báo cáo năm 2024", None),
        ("Dự thảo báo cáo 6 tháng", 0),
        ("Dự thảo 2", 0),
    ],
)
def test_a_draft_is_known_by_its_words(text, draft):
    assert find_draft(text) == draft


@pytest.mark.parametrize(
    ("question", "aside"),
    [
        ("Có bao nhiêu xã?", {"1", "2"}),
        ("Theo dự thảo lần 1 có bao nhiêu xã?", {"2", "3"}),
        ("theo ban du thao co bao nhieu xa", {"1", "3"}),
        ("Bản cũ nêu bao nhiêu xã?", {"3"}),
        ("Theo dự thảo lần 7 có bao nhiêu xã?", {"1", "3"}),
    ],
)
def test_the_newest_answers_unless_another_is_asked_for(question, aside):
    words = prose(1)
    reports = (
        indexed("1", words, draft="Dự thảo lần 1"),
        indexed("2", changed(words, 0.02), draft="Dự thảo lần 2"),
        indexed("3", changed(words, 0.03)),
    )
    assert versions_not_asked(question, find_versions(reports)) == aside


def test_reports_without_versions_are_never_left_aside():
    report = indexed("1", prose(1), draft="Dự thảo lần 1")
    assert versions_not_asked("Có bao nhiêu xã?", find_versions((report,))) == frozenset()
    assert find_versions((replace(report, sketch=b""),)) == ()
