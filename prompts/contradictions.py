"""The sentence that says where a report gives two figures for one thing."""

from collections.abc import Sequence
from string import Template

_NOTE = Template("Lưu ý: báo cáo này ghi không thống nhất: $places.")
_PLACE = Template("$place ghi $figure [$mark]")


def render_note(places: Sequence[tuple[str, str, int]]) -> str:
    """Say which places of a report give which figures.

    Args:
        places: For each figure its place ("mục 2.3 Hoạt động văn hóa"), the figure as shown and
            the number of its citation; the answer's own first.
    """
    said = [
        _PLACE.substitute(place=place, figure=figure, mark=mark) for place, figure, mark in places
    ]
    return _NOTE.substitute(places="; ".join(said))


def name_section(heading: str) -> str:
    """Name a part of a report by its heading; an empty one is the text itself."""
    return f"mục {heading}" if heading else "phần văn bản"


def name_footnote(number: str) -> str:
    """Name a footnote."""
    return f"chú thích {number}"


def name_column(column: str) -> str:
    """Name the place of a table's cell."""
    return f"biểu số liệu, cột {column}," if column else "biểu số liệu"
