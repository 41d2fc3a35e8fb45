"""Read the settings from the environment, once, into one value."""

import os
from dataclasses import dataclass, field
from pathlib import Path

_PROJECT = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and which model is used; building it loads nothing."""

    reports_dir: Path = _PROJECT / "reports"
    index_dir: Path = _PROJECT / "data" / "index"
    model_dir: Path = _PROJECT / "data" / "models"  # unpacked models, made once
    reading_cache: Path = _PROJECT / "data" / "reading"  # what is slow to read: recognised pages
    embedding_model: str = (
        "multilingual-e5-small"  # built in; or a sentence-transformers name or folder
    )
    embedding_url: str = (
        ""  # OpenAI-compatible address, "http://host:port/v1"; empty: embedded model
    )
    embedding_api_key: str = field(default="", repr=False)
    chroma_url: str = ""  # "http://host:port"; empty: embedded in index_dir

    @classmethod
    def from_env(cls) -> "Settings":
        """Read the settings; anything not set keeps its default."""
        env = os.environ.get
        default = cls()
        return cls(
            reports_dir=Path(env("REPORTS_DIR") or default.reports_dir),
            index_dir=Path(env("INDEX_DIR") or default.index_dir),
            model_dir=Path(env("MODEL_DIR") or default.model_dir),
            reading_cache=Path(env("READING_CACHE") or default.reading_cache),
            embedding_model=env("EMBEDDING_MODEL") or default.embedding_model,
            embedding_url=env("EMBEDDING_URL") or "",
            embedding_api_key=env("EMBEDDING_API_KEY") or "",
            chroma_url=env("CHROMA_URL") or "",
        )
