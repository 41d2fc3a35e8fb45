"""List what the index ought to hold: the files of folders, and the files in archives."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from errors import AssistantError
from indexing.outcomes import FileOutcome, Outcome
from indexing.reader import Reader
from report_files import FoundFiles, ReportFile, Skipped, as_text, find_reports


@dataclass(frozen=True, slots=True)
class Listing:
    """The reports that lie at the paths given, and what there is no report in."""

    reports: tuple[ReportFile, ...]
    others: tuple[FileOutcome, ...]  # skipped, refused, missing
    closed: tuple[
        tuple[ReportFile, str], ...
    ]  # archives that cannot be opened, and why (Vietnamese)
    folders: tuple[Path, ...]  # resolved; those given
    unknown: tuple[tuple[str, str], ...]  # folder and beginning of the names that may be there

    def is_gone(self, folder: str, name: str) -> bool:
        """Say whether a report of the index, not among `reports`, lay in one of the folders."""
        known = any(Path(folder, name).is_relative_to(as_text(str(root))) for root in self.folders)
        return known and not any(
            folder == root and name.startswith(beginning) for root, beginning in self.unknown
        )


def list_reports(paths: Sequence[Path], reader: Reader, held: Collection[Path] = ()) -> Listing:
    """List the reports at some paths.

    Args:
        paths: Files and folders.
        reader: Says what can be read.
        held: Files that are being written; what the index holds of them stays as it is.
    """
    found = find_reports(paths, suffixes=reader.suffixes, aside=reader.aside)
    reports: list[ReportFile] = []
    others = _others(found)
    closed: list[tuple[ReportFile, str]] = []
    unknown = [(as_text(str(each.folder)), _below(each)) for each in found.unlisted]
    for file in found.reports:
        if file.path in held:
            unknown.append((file.place, file.name))
        elif reader.archives and file.path.suffix.lower() in reader.archives.suffixes:
            try:
                members = reader.archives.list_members(file.path)
            except FileNotFoundError:
                continue  # deleted since its folder was listed
            except AssistantError as error:
                closed.append((file, str(error)))
                continue
            reports += [_in_archive(file, member) for member in members.names]
            others += [
                _told(Outcome.SKIPPED, f"{file.name}/{as_text(member)}", reason)
                for member, reason in members.refused
            ]
        else:
            reports.append(file)
    others += [FileOutcome(file.name, Outcome.FAILED, message=why) for file, why in closed]
    return Listing(*_unique(reports, others), tuple(closed), found.folders, tuple(unknown))


def _in_archive(file: ReportFile, member: str) -> ReportFile:
    return replace(file, name=f"{file.name}/{as_text(member)}", member=member)


def _unique(
    reports: Sequence[ReportFile], others: list[FileOutcome]
) -> tuple[tuple[ReportFile, ...], tuple[FileOutcome, ...]]:
    """Take one report of each name: a folder may be called as an archive is."""
    taken: dict[tuple[str, str], ReportFile] = {}
    for file in reports:
        if taken.setdefault((file.place, file.name), file) is not file:
            reason = "đã có tệp khác cùng tên; hãy đổi tên một trong hai tệp rồi nạp lại"
            others.append(_told(Outcome.FAILED, file.name, reason))
    return tuple(taken.values()), tuple(others)


def _others(found: FoundFiles) -> list[FileOutcome]:
    skipped = [FileOutcome(s.name, Outcome.SKIPPED, message=s.reason) for s in found.skipped]
    failed = [
        FileOutcome(each.name, Outcome.FAILED, message=each.reason)
        for each in (*found.refused, *found.unlisted)
    ]
    missing = [
        _told(Outcome.FAILED, str(path), "không có tệp hay thư mục này. Hãy kiểm tra đường dẫn")
        for path in found.missing
    ]
    missing = [
        replace(outcome, name=path.name)
        for outcome, path in zip(missing, found.missing, strict=True)
    ]
    return [*skipped, *failed, *missing]


def _told(outcome: Outcome, name: str, reason: str) -> FileOutcome:
    return FileOutcome(as_text(name), outcome, message=f"{as_text(name)}: {reason}.")


def _below(unlisted: Skipped) -> str:
    """Give how the names of the files in a folder begin."""
    is_root = unlisted.name == as_text(str(unlisted.folder))
    return "" if is_root else f"{unlisted.name}/"
