import pytest
from rich.console import Console

from evaluation import tables
from evaluation.curve import CurvePoint
from evaluation.score import Judged


def judged(group, kind, variant="plain", *, right, answered=True, **recall):
    marks = {"answered": answered, "answer": right, "citation": right, "right": right}
    counts = {"citations": 1, "verbatim": 1}
    return Judged(group, "a", kind, variant, {}, {}, marks | counts | recall)


ROWS = [
    judged("single", "number", right=True, **{"recall@5": 1.0}),
    judged("single", "number", "typo", right=False, answered=False, **{"recall@5": 0.5}),
    judged("single", "unanswerable", right=True, answered=False),
    judged("single", "unanswerable", right=False),
    judged("cross", "compare", "typo", right=True),
    judged("cross", "unanswerable", right=True, answered=False),
    judged("dialogue", "turn", right=False),
]


def shown(table):
    """Give the rows of a table as printed, by name."""
    console = Console(width=100)
    with console.capture() as printed:
        console.print(table)
    lines = (line.strip().split("  ") for line in printed.get().splitlines())
    rows = ([cell.strip() for cell in line if cell.strip()] for line in lines)
    return [row for row in rows if len(row) > 1]


def test_each_group_is_followed_by_its_kinds_and_variants():
    rows = shown(tables.quality_table(ROWS))
    assert [row[:3] for row in rows[1:]] == [
        ["một báo cáo", "2", "50,0"],
        ["số liệu", "2", "50,0"],
        ["đủ dấu", "1", "100,0"],
        ["gõ sai", "1", "0,0"],
        ["nhiều báo cáo", "1", "100,0"],
        ["so sánh", "1", "100,0"],
        ["gõ sai", "1", "100,0"],
        ["hội thoại", "1", "0,0"],
        ["đủ dấu", "1", "0,0"],
        ["Tất cả", "4", "50,0"],
    ]


def test_systems_stand_side_by_side():
    heading, *rows = shown(tables.systems_table("So sánh", {"đủ": ROWS, "không": []}))[-3:]
    assert heading == ["Đúng", "R@5", "Từ chối", "Nhầm", "Nhiều BC", "Hội thoại"]
    assert rows[0] == ["đủ", "50,0", "75,0", "50,0", "50,0", "100,0", "0,0"]
    assert rows[1] == ["không", *["–"] * 6]


def test_own_sets_tell_how_many_unanswerable_questions_were_refused():
    _, row = shown(tables.sets_table({"own-cross-dev": ROWS}))[-2:]
    assert row[:3] == ["own-cross-dev", "4", "50,0"]
    assert row[-2:] == ["25,0", "66,7"]


def test_what_the_reader_reaches_is_shown_without_what_was_not_measured():
    figures = {"answered": 1200, "exact_match": 0.4567, "f1": 0.75, "unanswered": 0}
    [_, row] = shown(tables.reader_table({"viquad_dev": figures | {"auc": float("nan")}}))[-2:]
    assert row == ["văn bản chung", "1200", "45,7", "75,0", "0", "–"]


@pytest.mark.parametrize(("share", "written"), [(0.12345, "12,3"), (1, "100,0"), (None, "–")])
def test_a_share_is_written_as_a_percentage(share, written):
    assert tables.percent(share) == written


def test_the_threshold_in_use_is_told_in_words():
    line = tables.curve_line(CurvePoint(0.25, 0.9, None, 0.5), 0.8)
    assert line.startswith("Từ chối khi độ tin cậy dưới 25,0 %: trả lời 90,0 % số câu có")
    assert "– % số câu trả lời là đúng" in line
