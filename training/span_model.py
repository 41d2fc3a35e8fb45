"""The part of the reader that is trained, in PyTorch: the upper layers and the two scores."""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from training.span_network import FROZEN_LAYERS, TrainedWeights
from vectorstore.e5_weights import (
    HEADS,
    INNER_WIDTH,
    LAYER_NORM_EPSILON,
    LAYERS,
    WIDTH,
    Weights,
    to_bytes,
)

_HIDDEN = -1e4  # score of a token that cannot begin or end an answer


class _Layer(nn.Module):
    """A layer of BERT without dropout; its parts have the names of the weights file."""

    def __init__(self) -> None:
        super().__init__()
        self.q, self.k, self.v, self.ao = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.fi, self.fo = nn.Linear(WIDTH, INNER_WIDTH), nn.Linear(INNER_WIDTH, WIDTH)
        self.aln, self.oln = (nn.LayerNorm(WIDTH, LAYER_NORM_EPSILON) for _ in range(2))

    def forward(self, states: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
        texts, tokens, _ = states.shape
        query, key, value = (
            part(states).view(texts, tokens, HEADS, -1).transpose(1, 2)
            for part in (self.q, self.k, self.v)
        )
        mixed = nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=seen)
        mixed = mixed.transpose(1, 2).reshape(texts, tokens, WIDTH)
        states = self.aln(self.ao(mixed) + states)
        return self.oln(self.fo(nn.functional.gelu(self.fi(states))) + states)  # type: ignore[no-any-return]


class SpanModel(nn.Module):
    """Gives each token's score to begin and to end the answer."""

    def __init__(self, weights: Weights) -> None:
        """Begin with the embedding model's upper layers."""
        super().__init__()
        self.layers = nn.ModuleDict({f"l{n}": _Layer() for n in range(FROZEN_LAYERS, LAYERS)})
        self.span = nn.Linear(WIDTH, 2)
        nn.init.normal_(self.span.weight, std=0.02)
        nn.init.zeros_(self.span.bias)
        with torch.no_grad():
            for name, parameter in self.layers.named_parameters():
                parameter.copy_(_initial(weights, name).view_as(parameter))

    def forward(
        self, states: torch.Tensor, mask: torch.Tensor, allowed: torch.Tensor
    ) -> torch.Tensor:
        """Score tokens.

        Args:
            states: After the frozen layers, shape (windows, tokens, 384).
            mask: Which are tokens rather than filling, bool, shape (windows, tokens).
            allowed: Which can be in an answer, bool; the first of a window always can.

        Returns:
            Shape (windows, tokens, 2).
        """
        seen = mask[:, None, None, :]
        for layer in self.layers.values():
            states = layer(states, seen)
        scores: torch.Tensor = self.span(states)
        return scores.masked_fill(~allowed[:, :, None], _HIDDEN)

    def trained_weights(self) -> TrainedWeights:
        """Give what training made, matrices in 8 bits."""
        matrices, vectors = {}, {}
        for name, values in self._named_arrays():
            if values.ndim == 2:
                matrices[name] = to_bytes(values)
            else:
                vectors[name] = values
        return TrainedWeights(matrices, vectors)

    def _named_arrays(self) -> list[tuple[str, NDArray[np.float32]]]:
        state: dict[str, Any] = self.state_dict()
        return [
            (_short(name.removeprefix("layers.")), values.float().cpu().numpy())
            for name, values in state.items()
        ]


def _short(name: str) -> str:
    return name.replace(".weight", ".w").replace(".bias", ".b")


def _initial(weights: Weights, name: str) -> torch.Tensor:
    name = _short(name)
    found = (
        weights.matrices[name].to_float32() if name in weights.matrices else weights.vectors[name]
    )
    return torch.tensor(found)
