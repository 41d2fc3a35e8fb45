import pytest

from settings import Settings
from vectorstore.embeddings import load_embedder


@pytest.fixture(scope="session")
def embedder():
    """The built-in model, from where the assistant keeps it: unpacked once, not once per run."""
    return load_embedder(Settings())


@pytest.fixture(scope="session")
def float32_folder(tmp_path_factory):
    """The same weights in float32, as a folder of sentence-transformers."""
    from vectorstore.e5_float32 import save_float32  # imports torch: only where it is asked for

    folder = tmp_path_factory.mktemp("models") / "multilingual-e5-small"
    save_float32(folder)
    return folder
