"""Read the sheets of an .ods workbook: what each cell shows, its font, merges, what is hidden."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from io import BytesIO

from lxml import etree

from ingest.formats.legacy_letters import Run
from ingest.formats.number_formats import show_date, show_number, show_plain
from ingest.formats.sheets import LAST_COLUMN, LAST_ROW, Merge, Sheet, Workbook
from ingest.formats.zip_limits import damaged, open_zip, read_member_bytes

_DIGITS = re.compile(r"\d[\d.,\s]*\d|\d")
_READ = ("style", "table", "table-column", "table-row")
_HIDDEN = frozenset({"collapse", "filter"})
# Empty rows at a sheet's end are written as one, repeated a million times.
_MOST_EMPTY_ROWS = 1000
_CLOCK = re.compile(r"PT(\d+)H(\d+)M(\d+)")
_SIDES = ("border", "border-left", "border-right")
# Drawn shapes and the notes on cells stand among a cell's elements but are none of its text.
_BESIDE = frozenset({"annotation", "frame", "custom-shape", "shapes"})


@dataclass(frozen=True, slots=True)
class _Style:
    """How a cell is shown."""

    font: str = ""
    is_ruled: bool = False
    is_away: bool = False  # of a sheet: it is not displayed


def read_ods(content: bytes, name: str) -> Workbook:
    """Read a workbook.

    Args:
        content: The file's bytes.
        name: The file's name, for messages.

    Raises:
        UnreadableReportError: It is damaged, locked or dangerous.
    """
    workbook = Workbook()
    reader = _SheetReader(workbook)
    with open_zip(content, name) as opened:
        try:
            if "styles.xml" in opened.namelist():
                for node in _elements(read_member_bytes(opened, "styles.xml", name), "style"):
                    _add_style(node, reader.styles)
            for node in _elements(read_member_bytes(opened, "content.xml", name), *_READ):
                reader.read(node)
        except (etree.LxmlError, ValueError) as error:
            raise damaged(name) from error
    return workbook


class _SheetReader:
    """Read the rows of one sheet after another; knows where in the sheet it is."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self.styles: dict[str, _Style] = {}
        self._sheet = Sheet("")
        self._row = 0
        self._columns: list[str] = []  # style of the cells of each column that name none

    def read(self, node: etree._Element) -> None:
        kind = etree.QName(node).localname
        if kind == "style":
            _add_style(node, self.styles)
        elif kind == "table":
            away = self.styles.get(_get(node, "style-name"), _Style()).is_away
            self._sheet, self._row, self._columns = Sheet(_get(node, "name"), away), 0, []
            self._workbook.sheets.append(self._sheet)
        elif kind == "table-column":
            self._add_columns(node)
        else:
            repeated = _count(node, "number-rows-repeated")
            self._read_row(node, range(self._row, min(self._row + repeated, LAST_ROW + 1)))
            self._row += repeated

    def _add_columns(self, node: etree._Element) -> None:
        start = len(self._columns)
        repeated = min(_count(node, "number-columns-repeated"), LAST_COLUMN + 1 - start)
        self._columns.extend([_get(node, "default-cell-style-name")] * repeated)
        if _get(node, "visibility") in _HIDDEN:
            self._sheet.hidden_columns.update(range(start, start + repeated))

    def _read_row(self, node: etree._Element, rows: range) -> None:
        column, ruled = 0, 0
        shown: list[tuple[int, tuple[Run, ...]]] = []
        for cell in node.iterchildren("{*}table-cell", "{*}covered-table-cell"):
            repeated = _count(cell, "number-columns-repeated")
            style = self._style(cell, column)
            ruled += style.is_ruled * repeated
            if text := _shown(cell):
                columns = range(column, min(column + repeated, LAST_COLUMN + 1))
                shown.extend((at, (Run(text, style.font),)) for at in columns)
            elif _get(cell, "formula"):
                self._sheet.without_value += repeated
            self._merge(cell, rows.start, column)
            column += repeated
        if not shown:
            rows = rows[:_MOST_EMPTY_ROWS]
        for row in rows:
            if self._workbook.is_full:
                return
            if ruled >= 2:
                self._sheet.ruled.add(row)
            if _get(node, "visibility") in _HIDDEN:
                self._sheet.hidden_rows.add(row)
            for at, runs in shown:
                self._workbook.put(self._sheet, row, at, runs)

    def _style(self, cell: etree._Element, column: int) -> _Style:
        default = self._columns[column] if column < len(self._columns) else ""
        return self.styles.get(_get(cell, "style-name") or default, _Style())

    def _merge(self, cell: etree._Element, row: int, column: int) -> None:
        across, down = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
        if across > 1 or down > 1:
            self._sheet.merges.append(Merge(row, column, row + down - 1, column + across - 1))


def _shown(cell: etree._Element) -> str:
    text = "\n".join(_text(child) for child in cell.iterchildren("{*}p"))
    kind = _get(cell, "value-type")
    if kind in ("float", "currency", "percentage"):
        return _shown_number(text, _get(cell, "value"), percent=kind == "percentage")
    if kind == "date":
        given = _get(cell, "date-value")
        return show_date(datetime.fromisoformat(given[:19]), has_time="T" in given)
    if kind == "time" and (clock := _CLOCK.match(_get(cell, "time-value"))):
        return f"{int(clock[1]):02}:{clock[2]}"
    return text


def _shown_number(text: str, value: str, *, percent: bool) -> str:
    """Write a number in Vietnamese form with as many decimals as its cell shows.

    The text shown may follow the habits of any country: the value tells which sign is the point.
    """
    number = float(value)
    exact = Decimal(repr(number)) * (100 if percent else 1)
    for match in _DIGITS.finditer(text):
        for point in (",", "."):
            head, _, tail = match[0].rpartition(point) if point in match[0] else (match[0], "", "")
            whole = re.sub(r"[.,\s]", "", head)
            try:
                read = Decimal(f"{whole}.{tail or 0}")
            except InvalidOperation:
                continue
            if abs(read - abs(exact)) * 2 <= Decimal(1).scaleb(-len(tail)):
                grouped = "#,##0" if len(whole) < len(head) else "0"
                code = f"{grouped}.{'0' * len(tail)}" if tail else grouped
                shown = show_number(float(exact), code).lstrip("-")
                before = text[: match.start()].replace("(", "").replace("-", "")
                after = text[match.end() :].replace(")", "")
                sign = "-" if exact < 0 and shown.strip("0,.") else ""
                return " ".join(f"{sign}{before}{shown}{after}".split())
    return show_plain(float(exact)) + ("%" if percent else "")


def _text(node: etree._Element) -> str:
    """Give the text of a paragraph or a part of it; a file's nesting is bounded by its parser."""
    kind = etree.QName(node).localname if isinstance(node.tag, str) else "annotation"
    if kind in _BESIDE:
        return ""
    if kind in ("s", "tab", "line-break"):
        return " "
    return (node.text or "") + "".join(_text(child) + (child.tail or "") for child in node)


def _add_style(node: etree._Element, styles: dict[str, _Style]) -> None:
    parent = styles.get(_get(node, "parent-style-name"), _Style())
    font, is_ruled, is_away = parent.font, parent.is_ruled, parent.is_away
    for child in node:
        if not isinstance(child.tag, str):
            continue
        kind = etree.QName(child).localname
        if kind == "text-properties":
            font = _get(child, "font-name") or _get(child, "font-family") or font
        elif kind == "table-cell-properties":
            drawn = [side for side in (_get(child, side) for side in _SIDES) if side]
            is_ruled = any(side != "none" for side in drawn) if drawn else is_ruled
        elif kind == "table-properties":
            is_away = _get(child, "display") == "false"
    styles[_get(node, "name")] = _Style(font, is_ruled, is_away)


def _elements(content: bytes, *names: str) -> Iterator[etree._Element]:
    """Give elements one after the other, keeping none; tables when they begin."""
    tags = [f"{{*}}{name}" for name in names]
    stream: Iterable[tuple[str, etree._Element]] = etree.iterparse(
        BytesIO(content),
        events=("start", "end"),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
    )
    for event, node in stream:
        begins = etree.QName(node).localname == "table"
        if (event == "start") == begins:
            yield node
        if event == "end" and not begins:
            node.clear()


def _get(node: etree._Element, name: str) -> str:
    return next((v for key, v in node.items() if key.rpartition("}")[2] == name), "")


def _count(node: etree._Element, name: str) -> int:
    given = _get(node, name)
    return max(int(given), 1) if given.isdigit() and len(given) < 10 else 1
