"""The sentences in which answers without a language model are given."""

from string import Template

# "Not in the reports" is an answer too; one constant for app, command line and tests.
CANNOT_ANSWER = "Các báo cáo đã nạp không nêu nội dung này."

_NO_REPORT = Template("Chưa có báo cáo nào về $place trong số các báo cáo đã nạp.")
_STATEMENT = Template("Theo $source: $clause $marks")
_YES_NO = Template("$polarity. Theo $source: $clause $marks")


def render_no_report(place: str) -> str:
    """Say that no indexed report is about the place that a question names."""
    return _NO_REPORT.substitute(place=place)


def render_statement(source: str, clause: str, citations: int, polarity: str = "") -> str:
    """Say what a report states.

    Args:
        source: What the report is called in a sentence: "báo cáo của huyện Mai Sơn".
        clause: The report's words.
        citations: How many citations the words stand in; marked [1], [2], …
        polarity: "Có", "Không" or "Chưa" for a yes/no question.
    """
    marks = " ".join(f"[{n}]" for n in range(1, citations + 1))
    values = {"source": source, "clause": clause, "marks": marks}
    if polarity:
        return _YES_NO.substitute(values, polarity=polarity)
    return _STATEMENT.substitute(values)


def name_report(kind: str, district: str, file_name: str, footnote: str = "") -> str:
    """Name a report in a sentence, by what it is rather than by its file where that is known.

    Args:
        kind: As in `ReportMetadata`.
        district: As in `ReportMetadata`.
        file_name: The report's name.
        footnote: Number of the footnote that is cited, if one is.
    """
    place = f", chú thích {footnote}" if footnote else ""
    if not district:
        return f"báo cáo “{file_name}”{place}"
    kind = kind[:1].lower() + kind[1:] if kind else "báo cáo"
    preposition = "về" if kind.startswith("bài") else "của"
    return f"{kind} {preposition} huyện {district}{place}"
