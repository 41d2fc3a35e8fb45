"""Read a Markdown file: headings, paragraphs, lists, tables and footnotes."""

import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from errors import UnreadableReportError
from ingest.document import Document, Reading, TextKind
from ingest.formats.drafts import Draft, DraftCell, DraftRow, DraftTable, DraftText, finish
from ingest.formats.legacy_letters import Run
from ingest.formats.plain_text import read_plain_text
from ingest.formats.web_page import page_drafts
from ingest.formats.web_source import parse_page
from ingest.formats.zip_limits import damaged

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Tags that only set letters; any other tag is text like the rest, and nothing of it is run.
_LETTER_TAGS = re.compile(
    r"</?(?:b|i|u|s|em|strong|span|font|small|sub|center|a|ins|del|mark)\b[^>]*>", re.I
)
_FRONT = "phần khai báo đầu tệp Markdown"
_REMARK = "ghi chú ẩn trong tệp Markdown"
# The parser takes some seconds for a file of this size, which is a report of 1,500 pages. Bytes.
LARGEST_BYTES = 5_000_000


def read_markdown(content: bytes, reading: Reading) -> Document:
    """Read a .md file.

    Raises:
        UnreadableReportError: It is empty, too large, not text, or in no known encoding.
    """
    if len(content) > LARGEST_BYTES:
        raise UnreadableReportError(
            f"{reading.name}: tệp Markdown lớn hơn {LARGEST_BYTES // 1_000_000} MB. "
            "Hãy chia nhỏ báo cáo rồi nạp lại."
        )
    text, encoding = read_plain_text(content, reading)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False).use(front_matter_plugin)
    try:
        drafts = list(_drafts(SyntaxTreeNode(parser.parse(text)).children))
    except Exception as error:  # no text should stop the parser, yet it is not ours
        raise damaged(reading.name) from error
    blocks, _ = finish(drafts)
    if not any(not getattr(block, "left_out", "") for block in blocks):
        raise UnreadableReportError(f"{reading.name}: tệp không có nội dung. Hãy kiểm tra lại tệp.")
    return Document(blocks, encoding)


def _drafts(nodes: Sequence[SyntaxTreeNode], number: str = "") -> Iterator[Draft]:
    """Give what nodes hold; the first paragraph begins with the number of its list item."""
    for node in nodes:
        if node.type == "paragraph":
            yield DraftText((Run(number), *_runs(node)))
            number = ""
        elif node.type == "ordered_list":
            start = node.attrGet("start")
            first = start if isinstance(start, int) else 1
            for count, item in enumerate(node.children, first):
                yield from _drafts(item.children, f"{count}. ")
        elif node.type in _OF_KIND:
            yield from _OF_KIND[node.type](node)
        elif node.children:  # bullet lists, quotations and what holds footnotes
            yield from _drafts(node.children)


def _heading(node: SyntaxTreeNode) -> Iterator[Draft]:
    yield DraftText(_runs(node), TextKind.HEADING, int(node.tag[1:]))


def _lines(node: SyntaxTreeNode) -> Iterator[Draft]:
    return (DraftText((Run(line),)) for line in node.content.split("\n"))


def _front_matter(node: SyntaxTreeNode) -> Iterator[Draft]:
    yield DraftText((Run(node.content.replace("\n", " ")),), left_out=_FRONT)


def _footnote(node: SyntaxTreeNode) -> Iterator[Draft]:
    for draft in _drafts([part for part in node.children if part.type != "footnote_anchor"]):
        if isinstance(draft, DraftText):
            yield DraftText(draft.runs, TextKind.FOOTNOTE, number=_number(node))
        else:
            yield draft


def _table(node: SyntaxTreeNode) -> Iterator[Draft]:
    yield DraftTable(tuple(_rows(node)))


def _rows(table: SyntaxTreeNode) -> Iterator[DraftRow]:
    for part in table.children:
        for row in part.children:
            cells = (DraftCell(_runs(cell), column) for column, cell in enumerate(row.children))
            yield DraftRow(tuple(cells), header=part.type == "thead")


def _html(node: SyntaxTreeNode) -> Iterator[Draft]:
    source = node.content
    if source.lstrip().startswith("<!--") and source.rstrip().endswith("-->"):
        yield DraftText((Run(source.strip()[4:-3].replace("\n", " ")),), left_out=_REMARK)
        return
    root = parse_page(source) if "<table" in source.lower() else None
    if root is not None:
        yield from page_drafts(root)[0]
        return
    yield from (DraftText((Run(line),)) for line in _LETTER_TAGS.sub("", source).split("\n"))


def _runs(node: SyntaxTreeNode) -> tuple[Run, ...]:
    return (Run("".join(_pieces(node.children))),)


def _pieces(nodes: Sequence[SyntaxTreeNode]) -> Iterator[str]:
    raised = False
    for node in nodes:
        if node.type in ("softbreak", "hardbreak"):
            yield " "
        elif node.type == "footnote_ref":
            yield _number(node).translate(_RAISED)
        elif node.type == "html_inline":
            tag = node.content.lower()
            if tag in ("<sup>", "</sup>"):
                raised = tag == "<sup>"
            elif re.fullmatch(r"<br\s*/?>", tag):
                yield " "
            elif not _LETTER_TAGS.fullmatch(node.content):
                yield node.content
        elif node.children:
            yield from _pieces(node.children)
        elif node.type in ("text", "code_inline", "image"):
            yield node.content.translate(_RAISED) if raised else node.content


def _number(node: SyntaxTreeNode) -> str:
    """Give a footnote's number: its label if that is one, else its place among the footnotes."""
    label = str(node.meta.get("label", ""))
    return label if label.isdigit() else str(int(node.meta.get("id", 0)) + 1)


_OF_KIND: dict[str, Callable[[SyntaxTreeNode], Iterator[Draft]]] = {
    "heading": _heading,
    "table": _table,
    "fence": _lines,
    "code_block": _lines,
    "html_block": _html,
    "front_matter": _front_matter,
    "footnote": _footnote,
}
