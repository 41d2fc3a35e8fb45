import pytest

from settings import Settings
from vectorstore.embeddings import load_embedder


@pytest.fixture(scope="session")
def embedder(tmp_path_factory):
    """The built-in model, unpacked in the project's own place once and for all."""
    return load_embedder(Settings())
