"""Save multilingual-e5-small in float32, as sentence-transformers runs it by itself.

The assistant does not use it: it is what the fast one is measured against.
"""

import tempfile
from pathlib import Path
from typing import Final

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from vectorstore import e5_weights
from vectorstore.e5 import build_tokenizer
from vectorstore.e5_weights import LAYERS, WIDTH, Weights, read_weights
from vectorstore.model_input import prompts_for

# Names of the parts in the weights file and in transformers' BERT.
_OF_EMBEDDINGS: Final = {
    "emb.word": "word_embeddings.weight",
    "emb.pos": "position_embeddings.weight",
    "emb.type": "token_type_embeddings.weight",
    "emb.ln.w": "LayerNorm.weight",
    "emb.ln.b": "LayerNorm.bias",
}
_OF_A_LAYER: Final = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def save_float32(folder: Path) -> None:
    """Save the model to a folder that `load_sentence_embedder` can load."""
    weights = read_weights()
    # In transformers, making a tokenizer and setting a model to `eval` have no types.
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=build_tokenizer(weights),
        model_max_length=e5_weights.MAX_TOKENS,
        cls_token="<s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        mask_token="<mask>",
    )
    with tempfile.TemporaryDirectory() as bare:
        _build_bert(weights).save_pretrained(bare)
        tokenizer.save_pretrained(bare)
        prompts = prompts_for("multilingual-e5-small")
        model = SentenceTransformer(
            modules=[Transformer(bare), Pooling(WIDTH, "mean"), Normalize()],
            prompts={"query": prompts.question, "document": prompts.passage},
            device="cpu",
        )
        model.save(str(folder), create_model_card=False)


def _build_bert(weights: Weights) -> BertModel:
    config = BertConfig(
        vocab_size=e5_weights.VOCABULARY,
        hidden_size=WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=e5_weights.HEADS,
        intermediate_size=e5_weights.INNER_WIDTH,
        max_position_embeddings=e5_weights.MAX_TOKENS,
        layer_norm_eps=e5_weights.LAYER_NORM_EPSILON,
    )
    names = {name: f"embeddings.{its}" for name, its in _OF_EMBEDDINGS.items()}
    for layer in range(LAYERS):
        for part, its in _OF_A_LAYER.items():
            for kind, suffix in (("w", "weight"), ("b", "bias")):
                names[f"l{layer}.{part}.{kind}"] = f"encoder.layer.{layer}.{its}.{suffix}"
    bert = BertModel(config)
    bert.eval()  # type: ignore[no-untyped-call]
    state = bert.state_dict()  # with a last step ("pooler") that the mean over the tokens passes by
    for name, its in names.items():
        values = (
            weights.matrices[name].to_float32()
            if name in weights.matrices
            else weights.vectors[name]
        )
        state[its] = torch.tensor(values).reshape(state[its].shape)
    bert.load_state_dict(state)
    return bert
