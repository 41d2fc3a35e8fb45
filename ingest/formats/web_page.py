"""Read a web page: headings, paragraphs, numbered lists, tables and footnotes of what it reports."""

import re
from collections.abc import Iterator

from lxml import etree

from errors import UnreadableReportError
from ingest.document import Document, Reading, TextKind
from ingest.formats.drafts import Draft, DraftText, finish
from ingest.formats.legacy_letters import Run
from ingest.formats.web_furniture import UNSEEN, Furniture
from ingest.formats.web_source import TooDeepError, decode_page, parse_page
from ingest.formats.web_table import places_text, read_table
from ingest.formats.zip_limits import damaged

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody td"
    " tfoot th thead tr ul".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_FONT = re.compile(r"font-family\s*:\s*[\"']?([^;\"',]+)", re.I)
_NOTE_ID = re.compile(r"_?(?:ftn|edn|fn|footnote)[-_]?(\d{1,4})", re.I)
_NOTE_LINK = re.compile(r"#_?(?:ftn|edn|fn|footnote)[-_]?(\d{1,4})", re.I)
_NOTE_MARK = re.compile(r"\s*[\[(]?[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}[\])]?[.:]?\s*")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ENDS = (".", ":", ";", "!", "?", "…")
_SPACES = re.compile(r"[ \t\r\n\f]+")
# A page's tree takes some ten times its size in memory. Bytes.
LARGEST_BYTES = 50_000_000


def read_web_page(content: bytes, reading: Reading) -> Document:
    """Read an .html or .mht file.

    Raises:
        UnreadableReportError: It holds no text, or cannot be taken apart.
    """
    name = reading.name
    if len(content) > LARGEST_BYTES:
        raise UnreadableReportError(
            f"{name}: trang web lớn hơn {LARGEST_BYTES // 1_000_000} MB. Hãy chia nhỏ rồi nạp lại."
        )
    try:
        source, encoding = decode_page(content)
        root = parse_page(source) if source.strip() else None
        drafts, title = page_drafts(root) if root is not None else ([], "")
    except TooDeepError as error:
        raise UnreadableReportError(
            f"{name}: các phần của trang web lồng nhau quá sâu. Hãy mở trang, lưu thành PDF rồi nạp lại."
        ) from error
    except Exception as error:  # what is no page at all fails in the parsers in any way
        raise damaged(name) from error
    blocks, legacy = finish([DraftText((Run(title or "-"),)), *drafts])
    properties = {"title": getattr(blocks[0], "text", "")} if title else {}
    blocks = blocks[1:]
    if not any(not getattr(block, "left_out", "") for block in blocks):
        raise UnreadableReportError(
            f"{name}: trang web không có nội dung văn bản. Hãy mở trang, lưu lại rồi nạp lại."
        )
    return Document(blocks, legacy or encoding, properties=properties)


def page_drafts(root: etree._Element) -> tuple[list[Draft], str]:
    """Give what a page's tree of elements holds, and its title."""
    body = root.find("body") if root.tag == "html" else root
    if body is None:
        return [], ""
    title = " ".join((root.findtext("head/title") or "").split())
    return _PageReader(body).read(), title


class _PageReader:
    """Walk through a page once, without recursion: pages may be nested without end."""

    def __init__(self, body: etree._Element) -> None:
        self._body = body
        self._furniture = Furniture(body)
        self._drafts: list[Draft] = []
        self._runs: list[Run] = []
        self._fonts: list[str] = [""]
        self._counters: list[int | None] = []  # of each open list; None: without numbers
        self._number = ""  # of the list item that begins
        self._note = ""  # number of the footnote that is being read
        self._raised = 0
        self._level = 0  # of the heading that is being read

    def read(self) -> list[Draft]:
        walk = etree.iterwalk(self._body, events=("start", "end"))
        for event, node in walk:
            if event == "start":
                if self._start(node):
                    walk.skip_subtree()
            else:
                self._end(node)
        self._flush()
        return self._drafts

    def _start(self, node: etree._Element) -> bool:
        """Take up an element; True if nothing in it is still to be read."""
        tag = str(node.tag)
        self._fonts.append(_font(node) or self._fonts[-1])
        if tag in UNSEEN:
            return True
        if node is not self._body and (reason := self._furniture.reason(node)):
            self._flush()
            self._drafts.append(DraftText(tuple(_flat(node, self._fonts[-1])), left_out=reason))
            return True
        if tag in _BLOCKS:
            self._flush()
        self._level = _HEADINGS.get(tag, self._level)
        if tag == "table" and not places_text(node):
            font = self._fonts[-1]
            self._drafts.append(read_table(node, lambda cell: tuple(_flat(cell, font))))
            return True
        if tag == "br":
            self._break(node)
        elif tag in ("ul", "ol"):
            start = node.get("start", "1")
            number = int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1
            self._counters.append(number if tag == "ol" else None)
        elif tag == "li":
            self._number = self._item_number(node)
        elif match := _NOTE_ID.fullmatch(node.get("id", "")):
            self._note = match[1] if tag in ("div", "p") else self._note
        link = _NOTE_LINK.fullmatch(node.get("href", "")) if tag == "a" else None
        if link and not self._note:
            self._runs.append(Run(link[1].translate(_RAISED), self._fonts[-1]))
            return True
        self._raised += tag == "sup"
        self._add(node.text)
        return False

    def _end(self, node: etree._Element) -> None:
        tag = str(node.tag)
        self._fonts.pop()
        if tag in _BLOCKS and tag not in UNSEEN:
            self._flush()
        if tag in _HEADINGS:
            self._level = 0
        if tag in ("ul", "ol") and self._counters:
            self._counters.pop()
        if self._note and tag in ("div", "p") and _NOTE_ID.fullmatch(node.get("id", "")):
            self._note = ""
        self._raised -= tag == "sup" and self._raised > 0
        if node is not self._body:
            self._add(node.tail)

    def _add(self, text: str | None) -> None:
        if text:
            text = _SPACES.sub(" ", text)
            self._runs.append(
                Run(text.translate(_RAISED) if self._raised else text, self._fonts[-1])
            )

    def _break(self, node: etree._Element) -> None:
        """End the paragraph, unless the line after a <br> only goes on with it."""
        before = "".join(run.text for run in self._runs).rstrip()
        after = (node.tail or "").lstrip()
        goes_on = before and after[:1].islower() and not before.endswith(_ENDS)
        if goes_on or self._level:
            self._runs.append(Run(" "))
        else:
            self._flush()

    def _item_number(self, node: etree._Element) -> str:
        if not self._counters or self._counters[-1] is None:
            return ""
        given = node.get("value", "")
        number = int(given) if re.fullmatch(r"\d{1,6}", given) else self._counters[-1]
        self._counters[-1] = number + 1
        holder = node.getparent()
        kind = holder.get("type", "1") if holder is not None else "1"
        if kind in ("a", "A") and 1 <= number <= 26:
            return f"{chr(ord(kind) + number - 1)}) "
        return f"{number}. "

    def _flush(self) -> None:
        """Give the paragraph that ends here."""
        runs, self._runs = self._runs, []
        if not any(run.text.strip() for run in runs):
            return
        if self._note:
            runs = _without_mark(runs)
            self._drafts.append(DraftText(tuple(runs), TextKind.FOOTNOTE, number=self._note))
            return
        if self._number:
            runs.insert(0, Run(self._number))
            self._number = ""
        kind = TextKind.HEADING if self._level else TextKind.PARAGRAPH
        self._drafts.append(DraftText(tuple(runs), kind, self._level))


def _without_mark(runs: list[Run]) -> list[Run]:
    """Take a footnote's own number off its head."""
    for n, run in enumerate(runs):
        if run.text.strip():
            match = _NOTE_MARK.match(run.text)
            rest = run.text[match.end() :] if match else run.text
            return [Run(rest, run.font), *runs[n + 1 :]]
    return runs


def _flat(top: etree._Element, font: str) -> Iterator[Run]:
    """Give all text in an element as one line."""
    fonts = [font]
    unseen = raised = 0
    for event, node in etree.iterwalk(top, events=("start", "end")):
        tag = str(node.tag)
        if event == "start":
            fonts.append(_font(node) or fonts[-1])
            unseen += tag in UNSEEN
            raised += tag == "sup"
            text = node.text
        else:
            fonts.pop()
            unseen -= tag in UNSEEN
            raised -= tag == "sup"
            text = node.tail if node is not top else None
        if tag in _BLOCKS or tag == "br":
            yield Run(" ")
        if text and not unseen:
            yield Run(text.translate(_RAISED) if raised else text, fonts[-1])


def _font(node: etree._Element) -> str:
    if node.tag == "font" and (face := node.get("face")):
        return str(face).split(",")[0].strip()
    match = _FONT.search(node.get("style", ""))
    return str(match[1]).strip() if match else ""
