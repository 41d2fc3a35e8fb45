"""Decode a saved web page, alone or in an .mht file, into a tree of elements."""

import codecs
import email
import email.policy
import re
from email.message import EmailMessage

from lxml import etree

from ingest.formats.legacy_letters import decode_legacy
from ingest.formats.unicode_text import shown_name, unicode_encoding

_CHARSET = re.compile(rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.I)
_CHARSET_BYTES = 4096  # in which a page says its encoding
_MHTML = re.compile(rb"\A\s*(?:[\w-]+:[^\n]*\n(?:[ \t]+[^\n]*\n)*){0,30}?MIME-Version:", re.I)
# Pages typed in TCVN3 or VNI fonts say that they are in one of these: then the fonts and the
# letters tell what they are.
_WESTERN = frozenset({"iso8859-1", "cp1252", "ascii", ""})
_BY_LETTERS = frozenset({"TCVN3", "VNI"})
_REFUSED = frozenset({"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape"})


class TooDeepError(Exception):
    """A page's elements are nested so deep that it could only be read in part."""


def decode_page(content: bytes) -> tuple[str, str]:
    """Give a page's source and the name of its encoding.

    Args:
        content: The file's bytes: HTML, or an .mht file that holds it.
    """
    said = ""
    if _MHTML.match(content[:_CHARSET_BYTES].replace(b"\r\n", b"\n")):
        content, said = _page_of_archive(content)
    encoding = unicode_encoding(content)
    try:
        return content.decode(encoding), shown_name(encoding)
    except UnicodeDecodeError:
        pass
    said = said or _said_charset(content)
    if encoding != "utf-8" or said == "utf-8":  # Unicode with a few broken letters
        return content.decode(encoding, "replace"), shown_name(encoding)
    if said not in _WESTERN:
        return content.decode(said, "replace"), said
    legacy = decode_legacy(content)
    if legacy and legacy[1] not in _BY_LETTERS:
        return legacy
    return "".join(map(_western, content)), "windows-1252"


def parse_page(source: str) -> etree._Element | None:
    """Give the root element of a page; None if it has none.

    Raises:
        TooDeepError: Its elements are nested deeper than the parser follows.
    """
    # With this flag the parser follows 2048 levels, else 256: old pages leave many <font> open.
    parser = etree.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8"
    )
    root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    # Beyond, it gives what it has so far as if that were all.
    if any("depth" in str(fault.message) for fault in parser.error_log):
        raise TooDeepError
    return root


def _page_of_archive(content: bytes) -> tuple[bytes, str]:
    message = email.message_from_bytes(content, policy=email.policy.default)
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload, _known(part.get_content_charset() or "")
    return b"", ""


def _said_charset(content: bytes) -> str:
    match = _CHARSET.search(content[:_CHARSET_BYTES])
    return _known(match[1].decode("ascii", "replace")) if match else ""


def _known(charset: str) -> str:
    """Give Python's name of an encoding of text; "" if it has none."""
    try:
        found = codecs.lookup(charset)
    except (LookupError, ValueError):
        return ""
    is_text = getattr(found, "_is_text_encoding", True)
    return found.name if is_text and found.name not in _REFUSED else ""


def _western(byte: int) -> str:
    # Five bytes have no letter in windows-1252; the old fonts set letters there as well.
    return bytes([byte]).decode("cp1252", "ignore") or chr(byte)
