"""Read the sheets of an .xlsx workbook: what each cell shows, its font, merges and what is hidden.

Read from its XML in one pass: this needs fonts, number formats, ruled lines, hidden rows and
formulas without a value at once, and sheets of a million formatted empty rows pass in seconds.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TypeVar

from lxml import etree

from ingest.formats.legacy_letters import Run
from ingest.formats.number_formats import BUILT_IN, show_date, show_number, show_plain
from ingest.formats.sheets import LAST_COLUMN, LAST_ROW, Merge, Sheet, Workbook
from ingest.formats.zip_limits import damaged, open_zip, read_member_bytes

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DRAWN = re.compile(r"xl/(?:charts|diagrams)/|xl/drawings/drawing\d")
_Item = TypeVar("_Item")
_MOST_HIDDEN_COLUMNS = 1000  # beyond, columns are hidden to the sheet's edge and hold nothing


@dataclass(frozen=True, slots=True)
class _Style:
    """How a cell is shown."""

    code: str = "General"
    font: str = ""
    is_ruled: bool = False  # a line is drawn at its left or right


@dataclass(slots=True)
class _Shared:
    """What the sheets of a workbook share."""

    texts: list[tuple[Run, ...]]
    styles: list[_Style]
    counts_from_1904: bool

    def style(self, cell: etree._Element) -> _Style:
        number = cell.get("s", "0")
        at = int(number) if number.isdigit() else 0
        return self.styles[at] if at < len(self.styles) else _Style()


def read_xlsx(content: bytes, name: str) -> Workbook:
    """Read a workbook.

    Args:
        content: The file's bytes.
        name: The file's name, for messages.

    Raises:
        UnreadableReportError: It is damaged, locked or dangerous.
    """
    with open_zip(content, name) as opened:
        try:
            return _read_workbook(opened, name)
        except (etree.LxmlError, KeyError, ValueError, IndexError) as error:
            raise damaged(name) from error


def _read_workbook(opened: zipfile.ZipFile, name: str) -> Workbook:
    names = set(opened.namelist())
    path = _main_part(opened, names, name)
    root = _parse(read_member_bytes(opened, path, name))
    related = _related(opened, path, names, name)
    by_kind = {kind: target for kind, target in related.values()}
    shared = _Shared(
        _shared_texts(opened, by_kind.get("sharedStrings", ""), names, name),
        _styles(opened, by_kind.get("styles", ""), names, name),
        any(_is_set(node.get("date1904")) for node in root.iter("{*}workbookPr")),
    )
    workbook = Workbook()
    for node in root.iter("{*}sheet"):
        link = next((value for key, value in node.items() if key.endswith("}id")), "")
        kind, target = related.get(link, ("", ""))
        if kind != "worksheet" or target not in names:
            continue  # charts and macros have sheets of their own
        sheet = Sheet(node.get("name", ""), node.get("state", "visible") != "visible")
        workbook.sheets.append(sheet)
        _read_sheet(read_member_bytes(opened, target, name), sheet, workbook, shared)
    if any(map(_DRAWN.match, names)):
        workbook.warnings.append("biểu đồ, hình vẽ trên trang tính không được đọc")
    if any(part.startswith(("xl/comments", "xl/threadedComments")) for part in names):
        workbook.warnings.append("nhận xét gắn với ô trên trang tính không được đọc")
    return workbook


def _main_part(opened: zipfile.ZipFile, names: set[str], name: str) -> str:
    for kind, target in _related(opened, "", names, name).values():
        if kind == "officeDocument" and target in names:
            return target
    return "xl/workbook.xml"


def _related(
    opened: zipfile.ZipFile, part: str, names: set[str], name: str
) -> dict[str, tuple[str, str]]:
    """Give kind and path of the parts that a part points at, by the link's id."""
    folder, file = posixpath.split(part)
    links = posixpath.join(folder, "_rels", f"{file}.rels")
    if links not in names:
        return {}
    found = {}
    for node in _parse(read_member_bytes(opened, links, name)):
        target = node.get("Target", "")
        path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[node.get("Id", "")] = (node.get("Type", "").rpartition("/")[2], path)
    return found


def _shared_texts(
    opened: zipfile.ZipFile, part: str, names: set[str], name: str
) -> list[tuple[Run, ...]]:
    if part not in names:
        return []
    return [_runs(node) for node in _elements(read_member_bytes(opened, part, name), "si")]


def _styles(opened: zipfile.ZipFile, part: str, names: set[str], name: str) -> list[_Style]:
    if part not in names:
        return []
    root = _parse(read_member_bytes(opened, part, name))
    codes = dict(BUILT_IN)
    for node in root.iter("{*}numFmt"):
        codes[_number(node.get("numFmtId"))] = node.get("formatCode", "General")
    fonts = [
        next((child.get("val", "") for child in node.iterfind("{*}name")), "")
        for node in root.iterfind("{*}fonts/{*}font")
    ]
    ruled = [
        any(
            side.get("style", "none") != "none"
            for tag in ("left", "right", "start", "end")
            for side in node.iterfind(f"{{*}}{tag}")
        )
        for node in root.iterfind("{*}borders/{*}border")
    ]
    return [
        _Style(
            codes.get(_number(node.get("numFmtId")), "General"),
            _at(fonts, node.get("fontId"), ""),
            _at(ruled, node.get("borderId"), False),
        )
        for node in root.iterfind("{*}cellXfs/{*}xf")
    ]


def _read_sheet(content: bytes, sheet: Sheet, workbook: Workbook, shared: _Shared) -> None:
    row_at = -1
    for node in _elements(content, "row", "col", "mergeCell"):
        kind = etree.QName(node).localname
        if kind == "row":
            given = node.get("r", "")
            row_at = int(given) - 1 if given.isdigit() else row_at + 1
            if row_at > LAST_ROW:
                continue
            _read_row(node, row_at, sheet, workbook, shared)
            if _is_set(node.get("hidden")):
                sheet.hidden_rows.add(row_at)
        elif kind == "col" and _is_set(node.get("hidden")):
            first, last = _number(node.get("min")) - 1, _number(node.get("max")) - 1
            last = min(last, LAST_COLUMN, first + _MOST_HIDDEN_COLUMNS)
            sheet.hidden_columns.update(range(max(first, 0), last + 1))
        elif kind == "mergeCell":
            first_ref, _, last_ref = node.get("ref", "").partition(":")
            start, end = _place(first_ref), _place(last_ref)
            if start and end:
                sheet.merges.append(Merge(start[0], start[1], end[0], end[1]))


def _read_row(
    node: etree._Element, row: int, sheet: Sheet, workbook: Workbook, shared: _Shared
) -> None:
    column, ruled = -1, 0
    for cell in node:
        place = _place(cell.get("r", ""))
        column = place[1] if place else column + 1
        if ruled < 2 and shared.style(cell).is_ruled:
            ruled += 1
        if len(cell):
            runs = _shown(cell, sheet, shared)
            if runs:
                workbook.put(sheet, row, column, runs)
    if ruled >= 2:
        sheet.ruled.add(row)


def _shown(cell: etree._Element, sheet: Sheet, shared: _Shared) -> tuple[Run, ...]:
    style = shared.style(cell)
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return tuple(
            Run(run.text, run.font or style.font)
            for node in cell.iterfind("{*}is")
            for run in _runs(node)
        )
    value = cell.findtext("{*}v")
    if not value and kind != "str":  # some programs write formulas with an empty value
        sheet.without_value += cell.find("{*}f") is not None
        return ()
    value = value or ""
    if kind == "s":
        at = _number(value)
        texts = shared.texts[at] if 0 <= at < len(shared.texts) else ()
        return tuple(Run(run.text, run.font or style.font) for run in texts)
    return (Run(_shown_value(value, kind, style.code, shared), style.font),)


def _shown_value(value: str, kind: str, code: str, shared: _Shared) -> str:
    if kind == "b":
        return "TRUE" if value.strip() == "1" else "FALSE"
    if kind == "d":
        moment = datetime.fromisoformat(value.strip().removesuffix("Z"))
        return show_date(moment, has_time="T" in value)
    if kind in ("str", "e"):
        return _unescaped(value)
    try:
        number = float(value)
    except ValueError:
        return value
    if code == "General":
        return show_plain(number)
    return show_number(number, code, counts_from_1904=shared.counts_from_1904)


def _runs(node: etree._Element) -> tuple[Run, ...]:
    """Give the runs of a shared or inline text; how its letters are spoken is left away."""
    found = []
    for child in node:
        kind = etree.QName(child).localname
        if kind == "t":
            found.append(Run(_unescaped(child.text or "")))
        elif kind == "r":
            fonts = child.iterfind("{*}rPr/{*}rFont")
            font = next((one.get("val", "") for one in fonts), "")
            found.append(Run(_unescaped(child.findtext("{*}t") or ""), font))
    return tuple(found)


def _parse(content: bytes) -> etree._Element:
    # Entities stay as they stand: a file cannot make them swell or read other files.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    return etree.fromstring(content, parser)


def _elements(content: bytes, *names: str) -> Iterator[etree._Element]:
    """Give elements one after the other, keeping none in memory."""
    tags = [f"{{*}}{name}" for name in names]
    stream = etree.iterparse(
        BytesIO(content), tag=tags, resolve_entities=False, no_network=True, remove_comments=True
    )
    for _, node in stream:
        yield node
        node.clear()
        while node.getprevious() is not None:
            parent = node.getparent()
            if parent is None:
                break
            del parent[0]


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.fullmatch(reference.replace("$", ""))
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _number(text: str | None) -> int:
    return int(text) if text and text.strip().isdigit() else 0


def _is_set(value: str | None) -> bool:
    return value in ("1", "true")


def _at(items: Sequence[_Item], index: str | None, otherwise: _Item) -> _Item:
    at = _number(index)
    return items[at] if at < len(items) else otherwise
