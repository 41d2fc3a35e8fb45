"""Name what can go wrong, in words an official may read."""


class AssistantError(Exception):
    """A failure whose message (Vietnamese) says what failed, on what, and what to do."""


class UnreadableReportError(AssistantError):
    """A file holds no report text that can be read."""


class ReportNotFoundError(AssistantError):
    """A path, or a report asked for by name, is not there."""


class IndexNotBuiltError(AssistantError):
    """Nothing has been indexed yet."""


class IndexMismatchError(AssistantError):
    """The index was made by another embedding model or an older layout."""


class IndexDamagedError(AssistantError):
    """The index on disk is half-written or cannot be opened."""


class DiskFullError(AssistantError):
    """There is no room left to write the index."""


class ModelUnavailableError(AssistantError):
    """The embedding model cannot be loaded or reached."""


class InvalidQuestionError(AssistantError):
    """A question is empty or far too long to be one."""


class SettingsError(AssistantError):
    """A setting in the environment has a value that cannot be used."""
