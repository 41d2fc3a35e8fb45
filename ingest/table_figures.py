"""Read the figures of a table row: the row names what is measured, the column period and status."""

import hashlib
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.figure_periods import first_period, last_period, report_year, section_period
from ingest.figure_status import column_status, is_relation
from ingest.indicators import clean_head, head_of, says_value, tail_of
from ingest.table_rows import STEP, UNDER
from quantities import Quantity, find_quantities
from records import Cell, Figure, FigureStatus, Passage, Report, ReportMetadata, Span
from spans import place_within
from units import Unit, read_stated_unit, read_unit
from vietnamese import CAPITALS, cut_terms, fold

_TIMES = frozenset({"năm", "tháng", "ngày", "tuần", "giờ", "phút", "tuổi"})
# Of a caption: what stands in brackets, and the unit of the table.
_ASIDES = re.compile(r"\([^()]*\)|(?:Đơn vị(?: tính)?|ĐVT)\s*:.*", re.IGNORECASE)
_LONGEST_CAPTION = 80  # characters
_UNIT_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
# A row's name that is a place, and nothing else: "Xã Dồm Cang", "Bản Men".
_PLACE = re.compile(
    rf"(?i:xã|thị trấn|phường|bản|thôn|xóm|tiểu khu|huyện|thị xã|thành phố|tỉnh)(?: [{CAPITALS}\d][^\W_]*)+$"
)
# A total names what it totals only where that is places: "Tổng số các xã".
_TOTAL = re.compile(r"(?:tổng|cộng|tổng số|tổng cộng|toàn (?:huyện|tỉnh|xã))$", re.IGNORECASE)
_TOTAL_OF_PLACES = re.compile(r"(?:tổng|cộng|tổng số|tổng cộng) các .*$", re.IGNORECASE)
_TIME_ALONE = re.compile(r"(?:nam |thang |quy )?[\divx/ -]+(?:nam \d+)?")
_PART_WORD = re.compile(r"^trong đó\s*:?\s*", re.IGNORECASE)
# What says when or whether a figure came about, and not what it is of.
_STATUS_WORDS = frozenset(
    """
    năm tháng quý giai đoạn đến hết từ ngày đầu cuối cả ước thực hiện th kh ư kế hoạch kết quả mục
    tiêu chỉ nghị quyết nq nqđh đh đại hội đảng bộ huyện tỉnh giao lần thứ nhiệm kỳ dự toán đạt được
    trong tuần học số liệu so sánh với cùng trước nay báo cáo tổng cộng lượng giá trị ghi chú
    """.split()
)
_PERCENT = re.compile(r"\(\s*%\s*\)\s*$")
_COUNTS = re.compile(r"(?:tổng )?số\s+(?=\w)", re.IGNORECASE)
_DONE = re.compile(r"(?:giai ngan|da \w+)\b")  # under a head that names a plan
_WORD = re.compile(r"\w+")
_ROMAN = re.compile(r"[IVX]+|\d*T\d*|\d+")
_NO_FIGURES = re.compile(
    r"(?:ma|so dien thoai|dien thoai|sdt|cmnd|cccd|so tai khoan|so quyet dinh)\b"
)


@dataclass(frozen=True, slots=True)
class _Read:
    """A cell of a row, with all that the table says about it."""

    passage: Passage
    cell: Cell
    place: Span  # of the passage's text
    period: str
    status: FigureStatus
    row: str  # the row's name with its groups
    measure: str  # what the column says is measured: "diện tích"
    is_part: bool  # the row above that its group names has figures of its own
    caption: str


class RowReader:
    """Reads the figures of a report's table rows, in order; remembers the rows above."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._year = report_year(report.metadata)
        self._valued: set[tuple[str, str]] = set()  # tables and rows with figures
        self._above: dict[tuple[str, str, str], Figure] = {}  # by table, row and column

    def read(self, passage: Passage) -> Iterator[Figure]:
        """Give the figures of a table row, cell by cell."""
        quantities = find_quantities(passage.text)
        stated = _stated(passage.label)
        row = _without_unit(passage.label, stated)
        caption = caption_of(passage)
        term = first_period(row) or last_period(caption, ReportMetadata())
        term = term or section_period(passage.section, self._report.metadata)
        locality = _place_of(row) or self._report.metadata.district
        for cell in passage.cells:
            place = place_within(passage.spans[-1:], cell.span)
            if place is None:
                continue  # it is read with the row that it stands in
            shift = len(passage.text) - (passage.spans[-1].end - passage.spans[-1].start)
            if _NO_FIGURES.match(fold(cell.column)):
                continue
            period = first_period(cell.column) or term
            read = _Read(
                passage,
                cell,
                Span(place.start + shift, place.end + shift),
                period,
                self._status(cell.column, period),
                row,
                column_measure(cell.column),
                (caption, row.rpartition(STEP)[0]) in self._valued,
                textwrap.shorten(caption, _LONGEST_CAPTION, placeholder=" …"),
            )
            for figure in self._cell(read, quantities, stated):
                whole = self._whole(passage, row, cell, figure)
                figure = replace(figure, locality=locality, part_of=whole)
                self._above.setdefault((caption, row, cell.column), figure)
                self._valued.add((caption, row))
                yield figure

    def _status(self, column: str, period: str) -> FigureStatus:
        if _DONE.match(fold(column.rpartition(UNDER)[2])):
            return FigureStatus.RESULT
        return column_status(column, period, self._year)

    def _cell(
        self, read: _Read, quantities: Sequence[Quantity], stated: Unit | None
    ) -> Iterator[Figure]:
        passage, place = read.passage, read.place
        offset = read.cell.span.start - place.start
        last = place.start
        for quantity in quantities:
            if not place.start <= quantity.span.start < place.end or quantity.unit in _TIMES:
                continue
            before = passage.text[last : quantity.span.start]
            behind = passage.text[quantity.span.end : place.end]
            last = quantity.span.end
            measured = _with_unit(quantity, stated, read.cell, read.status)
            relation = is_relation(before, behind, quantity.unit)
            span = Span(offset + quantity.span.start, offset + min(quantity.span.end, place.end))
            yield Figure(
                id=_id(passage.id, span),
                report=self._report.name,
                passage_id=passage.id,
                span=span,
                text=self._report.text[span.start : span.end],
                value=measured.value,
                high=measured.high,
                whole=measured.whole,
                unit=measured.unit,
                qualifier=measured.qualifier,
                indicator=_indicator(read, before, "" if relation else behind, measured),
                period=read.period,
                locality=self._report.metadata.district,
                status=FigureStatus.COMPARISON if relation else read.status,
                part_of="",
            )

    def _whole(self, passage: Passage, row: str, cell: Cell, figure: Figure) -> str:
        """Name what a figure is a part of: the same column's in the row that its group names."""
        group, step, _ = row.rpartition(STEP)
        whole = self._above.get((caption_of(passage), group, cell.column)) if step else None
        if whole is None or FigureStatus.COMPARISON in (whole.status, figure.status):
            return ""
        is_sum = figure.unit == whole.unit and "%" not in figure.unit and "/" not in figure.unit
        return whole.indicator if is_sum and figure.value <= whole.value else ""


def _with_unit(
    quantity: Quantity, stated: Unit | None, cell: Cell, status: FigureStatus
) -> Quantity:
    """Give a bare number the unit of its row or column; a comparison is in percent."""
    if quantity.unit or status is FigureStatus.COMPARISON:
        return quantity
    unit = _stated(cell.column) or _counted(cell.column) or stated
    if unit is None:
        return quantity
    return replace(
        quantity,
        unit=unit.name,
        value=quantity.value * unit.factor,
        high=quantity.high * unit.factor if quantity.high is not None else None,
        whole=quantity.whole * unit.factor if quantity.whole is not None else None,
    )


def _indicator(read: _Read, before: str, behind: str, quantity: Quantity) -> str:
    """Word what a cell's figure measures: the row and column, or what the cell itself says."""
    row = _measured(read)
    head, tail = clean_head(head_of(before)), tail_of(behind)
    own = head if head and (says_value(before, counted=False) or not tail) else ""
    if not own and tail:
        noun = quantity.unit.split("/")[0] if quantity.unit not in ("%", "ha") else ""
        own = f"{noun} {tail[:1].lower()}{tail[1:]}".strip() if noun else tail
    if len(own.split()) < 2:
        return row
    said, named = _terms(own), _terms(row)
    if len(said & named) * 2 >= len(named):
        return own[:1].upper() + own[1:]
    return f"{row}: {own[:1].lower()}{own[1:]}"


def _measured(read: _Read) -> str:
    """Word what is measured in a row and column; places and times are no part of it.

    What stands behind ": " can be read alone, as the contradictions of a report are; a part of a
    whole, a value of one thing's form and a column's measure cannot.
    """
    parts = read.row.split(STEP)
    names = [part for part in parts if not _PLACE.match(part) and not _TOTAL_OF_PLACES.match(part)]
    named = [part for part in names if not _TOTAL.match(part) and not _is_time(part)]
    row = (": " if read.cell.column and not read.is_part else UNDER).join(named)
    if not row and read.measure and any(_TOTAL.fullmatch(part) for part in names):
        return _capital(UNDER.join(filter(None, (read.measure, read.caption))))
    if row and read.measure:
        return f"{row}, {read.measure[:1].lower()}{read.measure[1:]}"
    return row or _capital(read.measure) or read.row.replace(STEP, ": ")


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _is_time(words: str) -> bool:
    return bool(_TIME_ALONE.fullmatch(fold(words)))


def column_measure(column: str) -> str:
    """Give what a column's name says is measured; empty if it only names a time or a status."""
    parts = [_UNIT_IN_BRACKETS.sub("", part).strip() for part in column.split(UNDER)]
    parts = [_PART_WORD.sub("", part) for part in parts]
    said = [part for part in parts if not _only_status(part)]
    return ", ".join([*said[:1], *(f"{part[:1].lower()}{part[1:]}" for part in said[1:])])


def _only_status(words: str) -> bool:
    return all(
        word.lower() in _STATUS_WORDS or _ROMAN.fullmatch(word) for word in _WORD.findall(words)
    )


def caption_of(passage: Passage) -> str:
    """Give the words above a row's table, without those in brackets."""
    columns = " ".join(cell.column for cell in passage.cells)
    return _ASIDES.sub("", passage.context.removesuffix(columns)).strip()


def _without_unit(label: str, stated: Unit | None) -> str:
    """Leave the unit out of a row's label: "Diện tích lúa (ha)"."""
    ends = stated is not None and label.endswith(")") and stated.end >= len(label) - 2
    return _UNIT_IN_BRACKETS.sub("", label) if ends else label


def _stated(words: str) -> Unit | None:
    """Find the unit that a name gives for bare numbers: in brackets, or below a stroke."""
    share = Unit("%", Decimal(1), len(words), known=True) if _PERCENT.search(words) else None
    return share or read_stated_unit(words)


def _counted(column: str) -> Unit | None:
    """Give what a column's innermost name says it counts: "Số hộ", "Tổng số lớp"."""
    found = _COUNTS.match(column.rpartition(UNDER)[2])
    unit = read_unit(column.rpartition(UNDER)[2], found.end(), loose=False) if found else None
    return unit if unit is not None and unit.known else None


def _place_of(row: str) -> str:
    """Give the innermost place that a row's names are of: "xã Dồm Cang"."""
    places = [part for part in row.split(STEP) if _PLACE.match(part)]
    return f"{places[-1][:1].lower()}{places[-1][1:]}" if places else ""


def _terms(words: str) -> set[str]:
    return {term.text for term in cut_terms(words)}


def _id(passage_id: str, span: Span) -> str:
    words = f"{passage_id}\x1f{span.start}\x1f{span.end}"
    return hashlib.sha256(words.encode()).hexdigest()[:24]
