"""Find the block that signs a Vietnamese administrative text, and who signed it.

Its parts are those of Decree 30/2020/ND-CP, annex I: the authority signed for ("TM. ỦY BAN NHÂN
DÂN"), the signer's post, the signature (in a text of record "(Đã ký)") and the signer's full name.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lines import Line
from records import LeftOut
from vietnamese import CAPITALS, fold

SIGNATURE = "phần ký (người ký đã ghi vào thông tin báo cáo)"

_LINES = 8  # of such a block at most: two authorities, two posts, seal, signature, name
_LONGEST = 90  # characters
_AUTHORITY = re.compile(r"(?:T/?M|K/?T|T/?L|T/?U/?Q|Q)[. ]\s*\S.*")  # in capitals
_POST = re.compile(
    r"(?:quyen |pho |q\. ?)?(?:chu tich|bi thu|chanh van phong|giam doc|tong giam doc|cuc truong"
    r"|chi cuc truong|truong (?:phong|ban|cong an)|bo truong|thu truong|thu tuong|hieu truong"
    r"|chu nhiem|chanh thanh tra|vu truong|tong cuc truong|vien truong|chanh an|doi truong"
    r"|chi huy truong|nguoi lap(?: bieu)?|thu truong don vi|pho thu tuong|uy vien thuong truc)\b.*"
)
_SIGNED = re.compile(r"[(\[]? ?(?:da ky|ky ten.*|ky, ?(?:ghi ro ho ten|dong dau).*|dau)[.)\]]*")
_RANK = r"(?i:(?:ThS|TS|PGS|GS|BS|KS|CN)\.? ?|(?:Đại|Thượng|Trung|Thiếu) (?:tá|tướng) )*"
_WORD = rf"[{CAPITALS}][^\W\d_]+"
_NAME = re.compile(rf"{_RANK}(?P<name>{_WORD}(?: {_WORD}){{1,4}})")


@dataclass(frozen=True, slots=True)
class Signatures:
    """The lines that sign a text, and the one who signed it."""

    lines: tuple[tuple[Line, LeftOut], ...]
    signer: str  # "Nguyễn Văn A"; of the first block that names one


def find_signatures(lines: Sequence[Line]) -> Signatures:
    """Find the signing blocks of a text: each has a post or authority, and a name or "(Đã ký)".

    Capitals alone do not make a line part of one, so that a heading is never taken for it.
    """
    found: list[tuple[Line, LeftOut]] = []
    signer = ""
    n = 0
    while n < len(lines):
        end, name = _block(lines, n)
        found += [(line, LeftOut(line.span, SIGNATURE)) for line in lines[n:end]]
        signer = signer or name
        n = max(end, n + 1)
    return Signatures(tuple(found), signer)


def _block(lines: Sequence[Line], start: int) -> tuple[int, str]:
    """Give the end of the block that starts at a line (the line itself if none does), and a name."""
    opened = signed = False
    for n in range(start, min(start + _LINES, len(lines))):
        text = lines[n].text.strip(" *")
        if len(text) > _LONGEST or lines[n].is_row:
            return (n if signed else start), ""
        folded = fold(text)
        if (_AUTHORITY.fullmatch(text) and text.isupper()) or (
            _POST.fullmatch(folded) and _is_post(text, opened)
        ):
            if signed:  # the next one signs below
                return n, ""
            opened = True
        elif opened and _SIGNED.fullmatch(folded):
            signed = True
        elif opened and (name := _NAME.fullmatch(text)):
            return n + 1, " ".join(name["name"].split()).title()
        elif not opened:
            return start, ""
        elif text.isupper() and not signed:
            continue  # "ỦY BAN NHÂN DÂN" or "HUYỆN MƯỜNG TÈ" goes on from the line above
        else:
            return (n if signed else start), ""
    return (min(start + _LINES, len(lines)) if signed else start), ""


def _is_post(text: str, opened: bool) -> bool:
    return text.isupper() or (opened and len(text) < 50)
