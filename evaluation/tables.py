"""Show what an evaluation found as tables for the terminal."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import fmean, median, quantiles

from rich import box
from rich.table import Table

from evaluation.curve import CurvePoint
from evaluation.score import RECALL_AT, Judged

KINDS = {
    "number": "số liệu",
    "entity": "tên, đơn vị",
    "list": "liệt kê",
    "yesno": "có hay không",
    "reason": "nguyên nhân",
    "footnote": "chú thích",
    "table": "bảng",
    "compare": "so sánh",
    "multi": "tổng hợp",
    "sum": "tính toán",
}
GROUPS = {"single": "một báo cáo", "cross": "nhiều báo cáo", "dialogue": "hội thoại"}
VARIANTS = {
    "plain": "đủ dấu",
    "no_diacritics": "không dấu",
    "abbrev": "viết tắt",
    "typo": "gõ sai",
}
READER_SETS = {"admin_vi": "văn bản hành chính", "viquad_dev": "văn bản chung"}


def quality_table(judged: Sequence[Judged]) -> Table:
    """Show recall, answers and citations by group and within it by kind and variant.

    Questions that no report answers are left aside.
    """
    headings = ("Câu", "Đúng", "Đáp án", "Nguồn", *(f"R@{k}" for k in RECALL_AT), "Nhầm")
    table = _table("Có trong báo cáo, % (Nhầm: bị từ chối)", headings)
    answerable = _answerable(judged)
    for group, shown in GROUPS.items():
        own = [one for one in answerable if one.group == group]
        if not own:
            continue
        table.add_section()
        table.add_row(f"[bold]{shown}[/]", *_quality(own))
        for names, key in _PARTS:
            for name, named in names.items():
                if rows := [one for one in own if key(one) == name]:
                    table.add_row(f"  {named}", *_quality(rows))
    table.add_section()
    table.add_row("[bold]Tất cả[/]", *_quality(answerable))
    return table


def refusal_table(judged: Sequence[Judged]) -> Table:
    """Show by variant how often a question that no report answers was refused, as it should be."""
    table = _table("Không có trong báo cáo, %", ("Câu", "Từ chối đúng"))
    unanswerable = [one for one in judged if one.kind == "unanswerable"]
    for name, shown in VARIANTS.items():
        rows = [one for one in unanswerable if one.variant == name]
        if rows:
            table.add_row(shown, str(len(rows)), _refused(rows))
    table.add_section()
    table.add_row("[bold]Tất cả[/]", str(len(unanswerable)), _refused(unanswerable))
    return table


def sets_table(sets: Mapping[str, Sequence[Judged]]) -> Table:
    """Show the project's own questions, a row for each set, by its name."""
    title = "Câu hỏi tự soạn, % (dev: đã xem khi chỉnh; test: để đo)"
    table = _table(title, ("Câu", "Đúng", "Đáp án", "Nguồn", "R@5", "Nhầm", "Từ chối"))
    for name, judged in sets.items():
        table.add_row(name, *_quality(_answerable(judged), recall_at=(5,)), _refused(judged))
    return table


def systems_table(title: str, systems: Mapping[str, Sequence[Judged]]) -> Table:
    """Set several ways to answer the same questions side by side, a row for each, by its name."""
    headings = ("Đúng", "R@5", "Từ chối", "Nhầm", "Nhiều BC", "Hội thoại")
    table = _table(f"{title}, % (bốn cột đầu: một báo cáo; hai cột sau: đúng)", headings)
    for name, judged in systems.items():
        single = [one for one in judged if one.group == "single"]
        answerable = _answerable(single)
        rights = (
            _share(one.marks["right"] for one in _answerable(judged) if one.group == group)
            for group in ("cross", "dialogue")
        )
        table.add_row(
            name,
            _share(one.marks["right"] for one in answerable),
            _share(one.marks["recall@5"] for one in answerable if "recall@5" in one.marks),
            _refused(single),
            _share(not one.marks["answered"] for one in answerable),
            *rights,
        )
    return table


def reader_table(measured: Mapping[str, Mapping[str, float]]) -> Table:
    """Show what the trained reader reaches by itself, on questions that it was not trained on."""
    headings = ("Câu", "EM", "F1", "Câu không có", "AUC")
    table = _table("Mô hình đọc, % (cho sẵn cả đoạn văn)", headings)
    for name, figures in measured.items():
        table.add_row(
            READER_SETS.get(name, name),
            f"{figures['answered']:.0f}",
            percent(figures["exact_match"]),
            percent(figures["f1"]),
            f"{figures['unanswered']:.0f}",
            percent(figures["auc"] if figures["unanswered"] else None),
        )
    return table


def curve_line(shipped: CurvePoint, auc: float | None) -> str:
    """Say what the threshold in use gives."""
    return (
        f"Từ chối khi độ tin cậy dưới {percent(shipped.threshold)} %: trả lời "
        f"{percent(shipped.answered)} % số câu có trong báo cáo, từ chối {percent(shipped.refused)} % "
        f"số câu không có; {percent(shipped.precision)} % số câu trả lời là đúng "
        f"(câu về một báo cáo; AUC của độ tin cậy {percent(auc)} %)"
    )


def quote_line(judged: Sequence[Judged]) -> str:
    """Say how many quotes stand word for word in the report they name."""
    cited = sum(one.marks["citations"] for one in judged)
    verbatim = sum(one.marks["verbatim"] for one in judged)
    return f"Trích dẫn đúng nguyên văn: {verbatim}/{cited}"


def latency(seconds: Sequence[float]) -> tuple[float, float]:
    """Give the median and the 95th percentile of times, in the unit they come in.

    Args:
        seconds: At least one time.
    """
    if len(seconds) == 1:
        return seconds[0], seconds[0]
    return median(seconds), quantiles(seconds, n=20, method="inclusive")[-1]


def percent(share: float | None) -> str:
    """Write a share as a percentage with one decimal; a dash for a share of nothing."""
    return "–" if share is None else f"{share * 100:.1f}".replace(".", ",")


_PARTS: tuple[tuple[dict[str, str], Callable[[Judged], str]], ...] = (
    (KINDS, lambda one: one.kind),
    (VARIANTS, lambda one: one.variant),
)


def _table(title: str, headings: Sequence[str]) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE, pad_edge=False)
    table.add_column("", no_wrap=True)
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _answerable(judged: Iterable[Judged]) -> list[Judged]:
    return [one for one in judged if one.kind != "unanswerable"]


def _quality(rows: Sequence[Judged], recall_at: Iterable[int] = RECALL_AT) -> list[str]:
    figures = ("right", "answer", "citation", *(f"recall@{k}" for k in recall_at))
    shares = [_share(one.marks[name] for one in rows if name in one.marks) for name in figures]
    return [str(len(rows)), *shares, _share(not one.marks["answered"] for one in rows)]


def _refused(judged: Iterable[Judged]) -> str:
    return _share(one.marks["right"] for one in judged if one.kind == "unanswerable")


def _share(values: Iterable[float]) -> str:
    numbers = list(values)
    return percent(fmean(numbers) if numbers else None)
