"""Import OpenVINO without what it would otherwise send: each import is reported to its makers."""

import sys
from types import ModuleType
from typing import cast

# `import openvino` sends a message through this package, and does without where it is missing. None
# in `sys.modules` makes Python say it is missing.
cast("dict[str, ModuleType | None]", sys.modules).setdefault("openvino_telemetry", None)

import openvino  # type: ignore[import-untyped]  # noqa: E402  (after the line above)

__all__ = ["openvino"]
