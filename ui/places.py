"""Say in words where a passage stands."""

from records import Citation, Origin, Passage, PassageKind, ReportMetadata

_FORMATS = {"TEXT": "TXT"}
_HEADING_LENGTH = 70  # characters; two headings then fit two lines of a phone


def place(citation: Citation) -> str:
    """Give a citation's place on one line: "Mục II- Kết quả › 1. Kinh tế (trang 3)"."""
    section = " › ".join(shorten(heading) for heading in citation.section[-2:])
    page = f"trang {citation.page}" if citation.page is not None else ""
    if not section:
        return page.capitalize()
    return f"Mục {section}" + (f" ({page})" if page else "")


def pages(passage: Passage) -> str:
    """Give the pages a passage stands on: "Trang 3", "Trang 3 - 4", or nothing."""
    if passage.page is None:
        return ""
    if passage.last_page is None or passage.last_page == passage.page:
        return f"Trang {passage.page}"
    return f"Trang {passage.page} - {passage.last_page}"


def kind(passage: Passage) -> str:
    """Name a passage that is not a paragraph: "Chú thích 5", "Dòng trong bảng: …"."""
    if passage.kind is PassageKind.FOOTNOTE:
        return f"Chú thích {passage.label}".strip()
    if passage.kind is PassageKind.TABLE_ROW:
        return f"Dòng trong bảng: {passage.label}" if passage.label else "Dòng trong bảng"
    return ""


def facts(metadata: ReportMetadata) -> tuple[str, ...]:
    """Give what is known of a report, without its title: "Huyện Mai Sơn, tỉnh Sơn La", …."""
    district = f"huyện {metadata.district}" if metadata.district else ""
    province = f"tỉnh {metadata.province}" if metadata.province else ""
    region = ", ".join(filter(None, (district, province)))
    told = (
        metadata.kind,
        metadata.draft,
        f"Số {metadata.number}" if metadata.number else "",
        region[:1].upper() + region[1:],
        metadata.issuer,
        metadata.period,
        metadata.date,
        f"Người ký: {metadata.signer}" if metadata.signer else "",
    )
    return tuple(filter(None, told))


def file_facts(origin: Origin) -> tuple[str, ...]:
    """Give what is known of a report's file: "PDF", "78 trang"."""
    pages = f"{origin.pages} trang" if origin.pages else ""
    return tuple(filter(None, (_FORMATS.get(origin.format, origin.format), pages)))


def shorten(heading: str) -> str:
    """Cut a long heading after a word: "II- KẾT QUẢ THỰC HIỆN…"."""
    if len(heading) <= _HEADING_LENGTH:
        return heading
    return heading[:_HEADING_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
