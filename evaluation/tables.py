"""Show what an evaluation found as tables for the terminal."""

from collections.abc import Callable, Iterable, Sequence
from statistics import fmean, median, quantiles

from rich import box
from rich.table import Table

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
    "sum": "cộng, bình quân",
}
GROUPS = {"single": "một báo cáo", "cross": "nhiều báo cáo", "dialogue": "hội thoại"}
VARIANTS = {
    "plain": "đủ dấu",
    "no_diacritics": "không dấu",
    "abbrev": "viết tắt",
    "typo": "gõ sai",
}


def quality_table(judged: Sequence[Judged]) -> Table:
    """Show recall, answers and citations by group, kind and variant, unanswerable questions aside."""
    recall = (f"R@{k}" for k in RECALL_AT)
    table = _table(
        "Có trong báo cáo, % (Nhầm: bị từ chối)",
        ("Câu", "Đúng", "Đáp án", "Nguồn", *recall, "Nhầm"),
    )
    answerable = [one for one in judged if one.kind != "unanswerable"]
    for names, key in _GROUPINGS:
        table.add_section()
        for name, shown in names.items():
            rows = [one for one in answerable if key(one) == name]
            if rows:
                table.add_row(shown, *_quality(rows))
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
            table.add_row(shown, str(len(rows)), _share(one.marks["right"] for one in rows))
    table.add_section()
    all_refused = _share(one.marks["right"] for one in unanswerable)
    table.add_row("[bold]Tất cả[/]", str(len(unanswerable)), all_refused)
    return table


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


_GROUPINGS: tuple[tuple[dict[str, str], Callable[[Judged], str]], ...] = (
    (GROUPS, lambda one: one.group),
    (KINDS, lambda one: one.kind),
    (VARIANTS, lambda one: one.variant),
)


def _table(title: str, headings: Sequence[str]) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE, pad_edge=False)
    table.add_column("Nhóm", no_wrap=True)
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _quality(rows: Sequence[Judged]) -> list[str]:
    figures = ("right", "answer", "citation", *(f"recall@{k}" for k in RECALL_AT))
    shares = [_share(one.marks[name] for one in rows if name in one.marks) for name in figures]
    return [str(len(rows)), *shares, _share(not one.marks["answered"] for one in rows)]


def _share(values: Iterable[float]) -> str:
    numbers = list(values)
    return f"{fmean(numbers) * 100:.1f}".replace(".", ",") if numbers else "–"
