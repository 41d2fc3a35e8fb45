"""Tell the furniture of a web page from what it reports: menus, banners, links to other pages.

Judged by what elements are for, and by how much of their text is links. An extractor of news
articles would drop more, but says neither what nor why, and loses merged cells of tables.
"""

import re
from dataclasses import dataclass

from lxml import etree

# Elements whose text is no text of the page.
UNSEEN = frozenset(
    "script style noscript template svg canvas iframe object embed audio video select option datalist"
    " button textarea input head".split()
)
_TAGS = {
    "nav": "thanh điều hướng",
    "aside": "phần bên lề trang web",
    "footer": "chân trang web",
    "header": "đầu trang web",
}
_ROLES = {
    "navigation": "thanh điều hướng",
    "banner": "đầu trang web",
    "contentinfo": "chân trang web",
    "complementary": "phần bên lề trang web",
    "search": "ô tìm kiếm",
}
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|footer|header|banner|share|sharing|"
    r"social|comments?|related|advert|ads|cookies?|popup|pagination|toolbar|msoheader|msofooter)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_GROUPS = frozenset({"div", "ul", "ol", "section", "table", "td", "dl"})
_LINK_SHARE = 0.7  # of the letters of a list of links
_FEWEST_LINKS = 4
# Furniture is the lesser part of a page: more than this is its content, whatever it is called.
_LARGEST_SHARE = 0.4
_MAIN_SHARE = 0.3  # that a page's main part holds at least, to be taken for it


@dataclass(slots=True)
class _Counts:
    letters: int = 0
    linked: int = 0
    links: int = 0
    headings: int = 0
    figures: int = 0  # digits in cells of tables


class Furniture:
    """What on a page is furniture, and why."""

    def __init__(self, body: etree._Element) -> None:
        self._counts: dict[etree._Element, _Counts] = {}
        self._count(body)
        self._all = self._counts[body].letters
        self._around_main: set[etree._Element] = set()
        main = self._main(body)
        while main is not None and main is not body:
            parent = main.getparent()
            if parent is not None:
                self._around_main.update(child for child in parent if child is not main)
            main = parent

    def reason(self, node: etree._Element) -> str:
        """Say why an element is no content (Vietnamese); "" if it is, or if only parts are."""
        if _is_hidden(node):
            return "phần ẩn của trang web"
        counts = self._counts.get(node)
        if counts is None or not counts.letters:
            return ""
        if node in self._around_main:
            return "phần ngoài bài viết của trang web"
        if counts.letters > _LARGEST_SHARE * self._all or counts.figures:
            return ""
        tag = str(node.tag)
        named = f"{node.get('class', '')} {node.get('id', '')}"
        reason = _TAGS.get(tag) or _ROLES.get(node.get("role", ""))
        if not reason and _NAMES.search(named):
            reason = "phần khung của trang web"
        if reason and not (counts.headings and "header" in f"{tag} {named}".lower()):
            return reason
        if (
            tag in _GROUPS
            and counts.links >= _FEWEST_LINKS
            and counts.linked > _LINK_SHARE * counts.letters
        ):
            return "danh sách liên kết"
        return ""

    def _main(self, body: etree._Element) -> etree._Element | None:
        found = [
            node
            for node in body.iter("main", "article", "div", "section")
            if node.tag in ("main", "article") or node.get("role") == "main"
        ]
        tops = [node for node in found if self._counts[node].letters >= _MAIN_SHARE * self._all]
        return tops[0] if len(tops) == 1 or (tops and tops[0].tag == "main") else None

    def _count(self, body: etree._Element) -> None:
        """Count letters, links and headings of each element, its parts included."""
        links = cells = 0
        for event, node in etree.iterwalk(body, events=("start", "end")):
            tag = str(node.tag)
            if event == "start":
                self._counts[node] = _Counts(links=tag == "a", headings=tag in ("h1", "h2"))
                links += tag == "a"
                cells += tag == "td"
                if tag not in UNSEEN:
                    self._add(node, node.text, linked=links > 0, in_cell=cells > 0)
                continue
            links -= tag == "a"
            cells -= tag == "td"
            parent = node.getparent()
            if node is body or parent is None:
                continue
            own, above = self._counts[node], self._counts[parent]
            above.letters += own.letters
            above.linked += own.linked
            above.links += own.links
            above.headings += own.headings
            above.figures += own.figures
            self._add(parent, node.tail, linked=links > 0, in_cell=cells > 0)

    def _add(self, node: etree._Element, text: str | None, *, linked: bool, in_cell: bool) -> None:
        if not text:
            return
        counts = self._counts[node]
        letters = sum(map(str.isalnum, text))
        counts.letters += letters
        counts.linked += letters * linked
        counts.figures += not linked and in_cell and any(map(str.isdigit, text))


def _is_hidden(node: etree._Element) -> bool:
    return (
        node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(node.get("style", "")))
    )
