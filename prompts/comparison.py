"""The sentences in which what several localities' reports say is compared."""

from collections.abc import Sequence
from string import Template

RANKED = "Xếp từ cao xuống thấp:"
RANKED_RISING = "Xếp từ thấp lên cao:"
NO_SUM = "Đây là tỷ lệ hoặc mức bình quân nên không cộng; số liệu từng nơi:"
OTHER_UNITS = "Lưu ý: các báo cáo dùng đơn vị khác nhau nên không xếp hơn kém."
SIMPLE_AVERAGE = "Lưu ý: đây là trung bình cộng đơn giản, chưa tính theo quy mô từng nơi."

_ROW = Template("$place: $figure$aside $marks.")
_WINNER = Template("$place $adjective $degree: $figure$aside $marks.")
_EQUAL = Template("$places bằng nhau: $figure $marks.")
_SUM = Template("Tổng cộng $result: $terms = $result $marks.")
_PART_SUM = Template("Mới cộng được $result: $terms = $result $marks.")
_DIFFERENCE = Template("$higher $adjective hơn $lower $result: $terms = $result $marks.")
_POINTS = Template("$higher cao hơn $lower: $terms = $result (điểm phần trăm) $marks.")
_RATIO = Template("$higher gấp khoảng $result lần $lower: $terms ≈ $result $marks.")
_AVERAGE = Template("Trung bình mỗi nơi $result: ($terms) / $count = $result $marks.")
_HAVE = Template("Các nơi có báo cáo nêu: $places.")
_SAYS = Template("$place: “$words” $marks.")
_SILENT = Template("Báo cáo của $places không nêu$what.")
_PERIODS = Template("Lưu ý: số liệu không cùng thời điểm.")
_TARGETS = Template("Lưu ý: số liệu của $places là $status, không phải kết quả đã đạt.")
_ABOUT = Template("Lưu ý: số liệu của $places là gần đúng.")
_TOWNS = Template("Lưu ý: số liệu của $places tính cả thị trấn.")
_RANKS = Template("Lưu ý: các nơi được xếp hạng trong những bảng khác nhau.")
_STATUSES = {"estimate": "ước", "target": "mục tiêu"}


def name_status(status: str) -> str:
    """Name what a figure is said to be, where it is no result: "ước", "mục tiêu"."""
    return _STATUSES.get(status, "")


def join(names: Sequence[str]) -> str:
    """Name several things: "Mai Sơn, Mộc Châu và Mường Ảng"."""
    return " và ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def render_row(place: str, figure: str, aside: str, citation: int) -> str:
    """Say one locality's figure.

    Args:
        place: The locality.
        figure: As worded, with its unit.
        aside: What it is said to be, of when: "ước, năm 2024"; may be empty.
        citation: Number of its citation.
    """
    return _ROW.substitute(
        place=place, figure=figure, aside=_bracket(aside), marks=_marks([citation])
    )


def render_winner(
    place: str, figure: str, aside: str, citation: int, *, adjective: str, of_two: bool
) -> str:
    """Say which locality comes first, with its figure."""
    return _WINNER.substitute(
        place=place,
        adjective=adjective,
        degree="hơn" if of_two else "nhất",
        figure=figure,
        aside=_bracket(aside),
        marks=_marks([citation]),
    )


def render_equal(places: Sequence[str], figure: str, citations: Sequence[int]) -> str:
    """Say that localities have one figure."""
    return _EQUAL.substitute(places=join(places), figure=figure, marks=_marks(citations))


def render_sum(terms: Sequence[str], result: str, citations: Sequence[int], *, whole: bool) -> str:
    """Say a sum with its terms; `whole` if no locality asked about is missing."""
    template = _SUM if whole else _PART_SUM
    return template.substitute(terms=" + ".join(terms), result=result, marks=_marks(citations))


def render_difference(
    higher: str,
    lower: str,
    terms: Sequence[str],
    result: str,
    citations: Sequence[int],
    adjective: str,
) -> str:
    """Say by how much one locality's figure is above another's."""
    template = _DIFFERENCE if adjective else _POINTS
    return template.substitute(
        higher=higher, lower=lower, adjective=adjective, terms=" − ".join(terms), result=result, marks=_marks(citations)
    )  # fmt: skip


def render_ratio(
    higher: str, lower: str, terms: Sequence[str], result: str, citations: Sequence[int]
) -> str:
    """Say how many times one locality's figure is another's."""
    return _RATIO.substitute(
        higher=higher, lower=lower, terms=" : ".join(terms), result=result, marks=_marks(citations)
    )


def render_average(terms: Sequence[str], result: str, citations: Sequence[int]) -> str:
    """Say the mean of localities' figures with its terms."""
    return _AVERAGE.substitute(
        terms=" + ".join(terms), count=len(terms), result=result, marks=_marks(citations)
    )


def render_have(places: Sequence[str]) -> str:
    """Say which localities' reports state what was asked."""
    return _HAVE.substitute(places=join(places))


def render_says(place: str, words: str, citations: Sequence[int]) -> str:
    """Say what a locality's report states, in its words."""
    return _SAYS.substitute(place=place, words=words, marks=_marks(citations))


def render_silent(places: Sequence[str], *, figures: bool) -> str:
    """Say which localities' reports do not tell."""
    what = " rõ số liệu này" if figures else " nội dung này"
    return _SILENT.substitute(places=join(places), what=what)


def warn_of_targets(places: Sequence[str], status: str) -> str:
    """Warn that some localities' figures are no results."""
    return _TARGETS.substitute(places=join(places), status=status)


def warn_of_periods() -> str:
    """Warn that the figures are of different times."""
    return _PERIODS.template


def warn_of_ranks() -> str:
    """Warn that ranks are among different numbers of others."""
    return _RANKS.template


def warn_of_approximation(places: Sequence[str]) -> str:
    """Warn that some figures are approximate."""
    return _ABOUT.substitute(places=join(places))


def warn_of_towns(places: Sequence[str]) -> str:
    """Warn that some localities' figures count towns along with communes."""
    return _TOWNS.substitute(places=join(places))


def _bracket(aside: str) -> str:
    return f" ({aside})" if aside else ""


def _marks(citations: Sequence[int]) -> str:
    return " ".join(f"[{number}]" for number in citations)
