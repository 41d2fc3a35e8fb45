"""Open a .docx package and parse its parts, safely for any bytes whatever."""

import posixpath
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

from errors import UnreadableReportError
from ingest.formats.zip_limits import damaged, open_zip, read_member_bytes

__all__ = ["WORD", "Element", "WordPackage", "parse_xml"]

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_WORD = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
_WORD_NAMESPACE = WORD[1:-1].encode()
# Parts of one package that are parsed at most; a document of many sections has some hundred
# headers, most of them empty.
_MOST_PARTS = 300


class WordPackage:
    """The parts of one .docx file; parsed when they are asked for."""

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        self._zip = open_zip(content, name)
        self._members = {info.filename.lstrip("/").lower(): info for info in self._zip.infolist()}
        main = [target for _, kind, target in self._relations("") if kind == "officeDocument"]
        self._main = main[0] if main else "word/document.xml"
        self._related = list(self._relations(self._main))[:_MOST_PARTS]

    @property
    def body(self) -> Element:
        """Give the body of the main document."""
        root = self._part(self._main)
        body = root.find(f"{WORD}body") if root is not None else None
        if body is None:
            raise damaged(self.name)
        return body

    def related(self, kind: str) -> list[Element]:
        """Give the parts that the main document names for something: "styles", "header"."""
        targets = dict.fromkeys(target for _, named, target in self._related if named == kind)
        parts = (self._part(target) for target in targets)
        return [part for part in parts if part is not None]

    def properties(self) -> dict[str, str]:
        """Give what the package says of itself: "title", "modified", "Pages" …; "" never."""
        found = {}
        for _, kind, target in self._relations(""):
            if kind in ("core-properties", "extended-properties"):
                part = self._part(target)
                for child in part if part is not None else ():
                    if isinstance(child.tag, str) and child.text and child.text.strip():
                        found[etree.QName(child).localname] = child.text.strip()
        return found

    def _relations(self, of: str) -> Iterator[tuple[str, str, str]]:
        folder, file = posixpath.split(of)
        root = self._part(posixpath.join(folder, "_rels", f"{file}.rels"))
        for relation in root if root is not None else ():
            if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
                continue
            kind = relation.get("Type", "").removeprefix(_RELATIONS)
            kind = kind.removeprefix(_STRICT_RELATIONS).removeprefix(_PACKAGE_RELATIONS)
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            yield relation.get("Id", ""), kind, target.lstrip("/")

    def _part(self, path: str) -> Element | None:
        info = self._members.get(path.lower())
        if info is None:
            return None
        content = read_member_bytes(self._zip, info, self.name)
        return parse_xml(content.replace(_STRICT_WORD, _WORD_NAMESPACE), self.name)


def parse_xml(content: bytes, name: str) -> Element:
    """Parse XML without entities, outer files or network.

    Raises:
        UnreadableReportError: It is no XML, or declares entities, which no Office program does.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(name) from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableReportError(
            f"{name}: tệp chứa khai báo XML không an toàn. Hãy kiểm tra nguồn gốc của tệp."
        )
    return root
