"""Take corrections of metadata from the plain file that a person keeps beside the reports."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path

from errors import SettingsError
from records import ReportMetadata

# Lies in the folder of the reports. One section a report:
#   ["muong-te.txt"]
#   title = "Báo cáo …"
FILE_NAME = "thong-tin-bao-cao.toml"


def load_corrections(folder: Path) -> dict[str, dict[str, str]]:
    """Read the corrections of a folder's reports: by report name, the fields to replace.

    Raises:
        SettingsError: The file is not TOML, or names a field that no report has.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return {}
    try:
        loaded = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{FILE_NAME}: không đọc được ({error}). Hãy sửa lại tệp này."
        ) from error
    known = {entry.name for entry in fields(ReportMetadata)}
    for name, values in loaded.items():
        wrong = [key for key in values if key not in known] if isinstance(values, dict) else [name]
        if wrong:
            raise SettingsError(
                f"{FILE_NAME}: mục “{name}” có trường không dùng được: {', '.join(wrong)}. "
                f"Các trường dùng được: {', '.join(sorted(known))}."
            )
    return {name: {k: str(v) for k, v in values.items()} for name, values in loaded.items()}


def correct(metadata: ReportMetadata, corrections: Mapping[str, str]) -> ReportMetadata:
    """Give metadata with a person's corrections in place of what was read."""
    return replace(metadata, **corrections)
