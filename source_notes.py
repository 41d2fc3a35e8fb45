"""Say in words what is to be known of the reports that an answer stands on."""

from collections.abc import Iterable
from dataclasses import dataclass

from records import IndexedReport
from versions import Versions, find_draft, likeness

FROM_PICTURE = "chữ nhận dạng từ ảnh, cần đối chiếu với bản gốc"  # of a citation
_SAME = 0.9  # likeness of two files of one format with the same words


@dataclass(frozen=True, slots=True)
class VersionNote:
    """What is to be known of a report that has other versions; both are Vietnamese."""

    told: str  # for the list of reports and beside its text
    warning: str = ""  # under an answer that stands on it; empty where it is the newest


def note_versions(groups: Iterable[Versions]) -> dict[str, VersionNote]:
    """Give the notes by report name; a report by itself has none."""
    return {name: note for group in groups for name, note in _notes(group)}


def _notes(group: Versions) -> Iterable[tuple[str, VersionNote]]:
    newest = group.newest
    others: dict[str, list[str]] = {}
    for older in group.older:
        difference = _difference(older, newest)
        others.setdefault(difference or "cùng nội dung", []).append(older.name)
        if difference:
            told = f"Bản cũ: đã có {newest.name} mới hơn, trợ lý trả lời theo bản đó"
            warning = f"{older.name} là bản cũ: đã có {newest.name} mới hơn."
            yield older.name, VersionNote(told, warning)
        else:
            told = f"Cùng nội dung với {newest.name}, trợ lý trả lời theo tệp đó"
            yield older.name, VersionNote(told)
    listed = "; ".join(f"{what}: {', '.join(names)}" for what, names in others.items())
    yield newest.name, VersionNote(listed[:1].upper() + listed[1:])


def _difference(older: IndexedReport, newest: IndexedReport) -> str:
    """Say what an older version is; "" where it has the newest one's words in another file."""
    draft, date = older.metadata.draft, older.metadata.date
    if find_draft(draft) != find_draft(newest.metadata.draft):
        return draft[:1].lower() + draft[1:] if draft else "bản khác"
    if date and newest.metadata.date and date != newest.metadata.date:
        return f"bản {date}"
    if older.origin.format != newest.origin.format:
        return ""
    return "" if likeness(older.sketch, newest.sketch) >= _SAME else "bản khác"
