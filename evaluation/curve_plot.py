"""Draw the refusal curve as a picture."""

from collections.abc import Callable, Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from evaluation.curve import CurvePoint

_SIZE = (11.0, 5.0)  # inches
_DPI = 120
_ANSWERED = "Câu có trong báo cáo được trả lời"
_PRECISION = "Câu trả lời đúng, trong số đã trả lời"
_REFUSED = "Câu không có trong báo cáo bị từ chối"
_COLOURS = {_ANSWERED: "tab:blue", _PRECISION: "tab:green", _REFUSED: "tab:red"}
_SHARES: dict[str, Callable[[CurvePoint], float | None]] = {
    _ANSWERED: lambda point: point.answered,
    _PRECISION: lambda point: point.precision,
    _REFUSED: lambda point: point.refused,
}


def save_curve(points: Sequence[CurvePoint], shipped: CurvePoint, path: Path) -> None:
    """Draw the shares by threshold, and precision and refusal by share answered.

    Args:
        points: Of the curve, by rising threshold.
        shipped: What the threshold in use gives.
        path: The PNG file to write.
    """
    figure = Figure(figsize=_SIZE, layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle("Từ chối theo độ tin cậy")
    left, right = figure.subplots(1, 2)
    for name, share in _SHARES.items():
        _draw(left, [point.threshold for point in points], points, name, share, "steps-pre")
    left.axvline(shipped.threshold, color="black", linestyle="--", label="Ngưỡng đang dùng")
    left.set_xlabel("Ngưỡng độ tin cậy")
    left.set_xlim(0, 1)
    answered = [point.answered or 0.0 for point in points]
    for name in (_PRECISION, _REFUSED):
        share = _SHARES[name]
        _draw(right, answered, points, name, share, "default")
        if shipped.answered is not None and (value := share(shipped)) is not None:
            right.plot(shipped.answered, value, "o", color=_COLOURS[name])
    right.set_xlabel(f"{_ANSWERED} (chấm tròn: ngưỡng đang dùng)")
    right.xaxis.set_major_formatter(PercentFormatter(1))
    for axes in (left, right):
        axes.yaxis.set_major_formatter(PercentFormatter(1))
        axes.set_ylim(0, 1.02)
        axes.grid(alpha=0.3)
    figure.legend(*left.get_legend_handles_labels(), loc="outside lower center", ncols=2)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=_DPI)


def _draw(
    axes: Axes,
    across: Sequence[float],
    points: Sequence[CurvePoint],
    name: str,
    share: Callable[[CurvePoint], float | None],
    style: str,
) -> None:
    shown = [
        (x, value)
        for x, point in zip(across, points, strict=True)
        if (value := share(point)) is not None
    ]
    axes.plot(
        [x for x, _ in shown],
        [value for _, value in shown],
        color=_COLOURS[name],
        drawstyle=style,
        label=name,
    )
