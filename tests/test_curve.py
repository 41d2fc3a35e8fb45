import pytest

from evaluation.curve import CurvePoint, Trial, measure_at, read_trials, separation, trace_curve
from evaluation.curve_plot import save_curve
from evaluation.score import Judged

TRIALS = [
    Trial(0.9, answerable=True, answered=True, right=True),
    Trial(0.7, answerable=True, answered=True, right=False),
    Trial(0.3, answerable=True, answered=True, right=True),
    Trial(0.6, answerable=False, answered=True, right=False),
    Trial(0.0, answerable=False, answered=False, right=False),  # refused whatever the threshold
]


@pytest.mark.parametrize(
    ("threshold", "answered", "precision", "refused"),
    [
        pytest.param(0.0, 1.0, 2 / 4, 1 / 2, id="all"),
        pytest.param(0.6, 2 / 3, 1 / 3, 1 / 2, id="as-sure-as-the-threshold-is-answered"),
        pytest.param(0.65, 2 / 3, 1 / 2, 1.0, id="between"),
        pytest.param(0.9, 1 / 3, 1.0, 1.0, id="surest"),
        pytest.param(0.95, 0.0, None, 1.0, id="nothing-answered"),
    ],
)
def test_a_threshold_gives_three_shares(threshold, answered, precision, refused):
    assert measure_at(TRIALS, threshold) == CurvePoint(threshold, answered, precision, refused)


def test_the_curve_has_a_point_wherever_something_changes():
    curve = trace_curve(TRIALS)
    assert [point.threshold for point in curve] == [0.0, 0.3, 0.6, 0.7, 0.9]
    assert curve == [measure_at(TRIALS, point.threshold) for point in curve]


def test_shares_of_nothing_are_none():
    assert measure_at([], 0.5) == CurvePoint(0.5, None, None, None)
    assert separation([]) is None


def test_separation_is_the_chance_that_the_answerable_is_surer():
    assert separation(TRIALS) == pytest.approx(5 / 6)
    even = [Trial(0.5, answerable=yes, answered=True, right=False) for yes in (True, False)]
    assert separation(even) == 0.5


def test_trials_are_read_from_what_was_judged():
    def judged(kind, *, right, **given):
        marks = {"answered": given["status"] == "answered", "right": right}
        return Judged("single", "a", kind, "plain", {}, given, marks)

    assert read_trials(
        [
            judged("number", right=True, status="answered", confidence=0.9),
            judged("unanswerable", right=True, status="not_found", confidence=None),
            judged("compare", right=True, status="answered", confidence=None),
            judged("number", right=True, status="answered"),  # by who tells no confidence
        ]
    ) == [TRIALS[0], TRIALS[4], Trial(1.0, answerable=True, answered=True, right=True)]


def test_the_curve_is_drawn_as_a_picture(tmp_path):
    path = tmp_path / "out" / "curve.png"
    save_curve(trace_curve(TRIALS), measure_at(TRIALS, 0.95), path)
    assert path.read_bytes().startswith(b"\x89PNG\r\n")
