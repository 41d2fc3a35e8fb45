"""The sentences in which answers without a language model are given."""

from string import Template

# "Not in the reports" is an answer too; one constant for app, command line and tests.
CANNOT_ANSWER = "Các báo cáo đã nạp không nêu nội dung này."
OTHER_LANGUAGE = (
    "Trợ lý trả lời bằng tiếng Việt và chưa hiểu câu hỏi này. "
    "Hãy hỏi bằng tiếng Việt, có dấu hoặc không dấu đều được."
)
NOT_A_TARGET = "Đây là kết quả thực hiện, không phải mục tiêu."
NOT_A_RESULT = "Đây là mục tiêu, không phải kết quả thực hiện."

_NO_REPORT = Template("Chưa có báo cáo nào về $place trong số các báo cáo đã nạp.")
_STATEMENT = Template("Theo $source: $clause")


def render_no_report(place: str) -> str:
    """Say that no indexed report is about the place that a question names."""
    return _NO_REPORT.substitute(place=place)


def render_statement(source: str, clause: str, *before: str) -> str:
    """Say what a report states.

    Args:
        source: What the report is called in a sentence: "báo cáo của huyện Mai Sơn".
        clause: The report's words, with the marks of their citations: "… [1] [2]".
        before: Sentences said before it: "Có", "Huyện Mai Sơn có 20 sản phẩm OCOP"; empty ones
            are left out.
    """
    said = _STATEMENT.substitute(source=source, clause=clause)
    return " ".join([*(f"{sentence.rstrip('.')}." for sentence in before if sentence), said])


def render_marks(first: int, last: int) -> str:
    """Mark the citations from one number to another: "[1] [2]"."""
    return " ".join(f"[{number}]" for number in range(first, last + 1))


def render_lead(district: str, core: str, note: str, *, is_predicate: bool) -> str:
    """Say a figure in one short sentence.

    Args:
        district: The district that the words do not name; else empty.
        core: The report's words: "có 20 sản phẩm OCOP".
        note: Status and period that they do not say: "mục tiêu năm 2025"; or empty.
        is_predicate: The words go on from the district: "Huyện Mai Sơn có 20 sản phẩm OCOP".
    """
    said = (
        f"Huyện {district}{' ' if is_predicate else ': '}{_lower_first(core)}" if district else core
    )
    return f"{said[:1].upper()}{said[1:]}{f' ({note})' if note else ''}"


def render_cell(label: str, column: str, value: str) -> str:
    """Say what a cell of a table holds: "Độ che phủ rừng, ước thực hiện năm 2024: 34,11%"."""
    place = f"{label}, {_lower_first(column)}" if label and column else label or column
    return f"{place}: {value}" if place else value


def name_report(
    kind: str, district: str, file_name: str, *, footnote: str = "", table: str = ""
) -> str:
    """Name a report in a sentence, by what it is rather than by its file where that is known.

    Args:
        kind: As in `ReportMetadata`.
        district: As in `ReportMetadata`.
        file_name: The report's name.
        footnote: Number of the footnote that is cited, if one is.
        table: What the table that is cited is called, if one is: "biểu", "phụ lục".
    """
    before = f"{table} trong " if table else ""
    after = f", chú thích {footnote}" if footnote else ""
    if not district:
        return f"{before}báo cáo “{file_name}”{after}"
    kind = _lower_first(kind) if kind else "báo cáo"
    preposition = "về" if kind.startswith("bài") else "của"
    return f"{before}{kind} {preposition} huyện {district}{after}"


def _lower_first(words: str) -> str:
    """Write words as they stand within a sentence; an abbreviation or name stays as it is."""
    first, _, rest = words.partition(" ")
    if (len(first) > 1 and first.isupper()) or rest[:1].isupper():
        return words
    return words[:1].lower() + words[1:]
