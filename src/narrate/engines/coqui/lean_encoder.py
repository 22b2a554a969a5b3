"""The text encoder of a VITS model as ONNX Runtime runs it fastest on a CPU.

The feed-forward networks are most of the work. Their convolutions take half the products
(``toom_cook``), on tokens that are sorted by phase. They stay sorted all through: only attention
has to know where a token stands.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from narrate.engines.coqui.lean_layers import (
    Convolution,
    bias_of,
    constant,
    linear_of,
    norm_of,
    projection_of,
)
from narrate.engines.coqui.toom_cook import OUTPUTS, FastConvolution
from narrate.engines.coqui.unsupported import UnsupportedModelError

_LONGEST = 5  # of the kernels that are convolved fast; longer ones would lose too many bits
_NEVER = -1e9  # added to the score of what must not be attended to


class Encoder(nn.Module):
    """Coqui's ``TextEncoder``."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        transformer = encoder.encoder
        if hasattr(transformer, "proj"):
            raise UnsupportedModelError("a text encoder that changes its width")
        self.symbols = constant(encoder.emb.weight * math.sqrt(encoder.hidden_channels))
        self.layers = nn.ModuleList(
            _Layer(*parts)
            for parts in zip(
                transformer.attn_layers,
                transformer.norm_layers_1,
                transformer.ffn_layers,
                transformer.norm_layers_2,
                strict=True,
            )
        )
        self.prior = projection_of(encoder.proj)
        self.window = _window(transformer)

    def forward(self, symbols: Tensor, tongue: Tensor | None) -> tuple[Tensor, Tensor, Tensor]:
        """Hidden tokens [T, C], mean and log scale [1, C, T], of symbols [T]."""
        places = _Places(symbols.shape[0], self.window)
        hidden = self.symbols[places.sorted(symbols)]
        if tongue is not None:
            hidden = torch.cat((hidden, tongue.expand(hidden.shape[0], -1)), 1)
        for layer in self.layers:
            hidden = layer(hidden, places)
        hidden = hidden[places.rows]
        mean, log_scale = self.prior(hidden).T[None].chunk(2, 1)
        return hidden, mean, log_scale


def _window(transformer: Any) -> int:
    """How far relative positions reach, to each side."""
    windows = {layer.rel_attn_window_size for layer in transformer.attn_layers}
    if len(windows) != 1 or None in windows:
        raise UnsupportedModelError("a text encoder without relative positions")
    return int(windows.pop())


class _Layer(nn.Module):
    """One layer of Coqui's ``RelativePositionTransformer``."""

    def __init__(self, attention: Any, norm_1: Any, feed_forward: Any, norm_2: Any) -> None:
        super().__init__()
        self.attention = _Attention(attention)
        self.norm_1 = norm_of(norm_1)
        self.feed_forward = _feed_forward(feed_forward)
        self.norm_2 = norm_of(norm_2)

    def forward(self, hidden: Tensor, places: _Places) -> Tensor:
        hidden = self.norm_1(hidden + self.attention(hidden, places))
        changed: Tensor = self.norm_2(hidden + self.feed_forward(hidden, places))
        return changed


class _Attention(nn.Module):
    """Coqui's ``RelativePositionMultiHeadAttention``.

    What a token's query gives for a distance, the product with the distance's embedding, is linear
    in the token as the query is: it has a projection of its own, ``near``, with a column for each
    number that :class:`_Places` gives to distances.
    """

    def __init__(self, attention: Any) -> None:
        super().__init__()
        if attention.proximal_bias or attention.input_length is not None:
            raise UnsupportedModelError("an attention that prefers what is near")
        self.heads, width = attention.num_heads, attention.k_channels
        query = projection_of(attention.conv_q)
        self.query = query = linear_of(
            query.weight / math.sqrt(width), query.bias / math.sqrt(width)
        )
        self.key, self.value = projection_of(attention.conv_k), projection_of(attention.conv_v)
        # Tokens that are too far, and padding, have an embedding of 0.
        embedding = functional.pad(attention.emb_rel_k.detach(), (0, 0, 1, 2))
        weight = embedding @ query.weight.reshape(self.heads, width, -1)
        bias = (embedding @ query.bias.reshape(self.heads, width, 1)).squeeze(2)
        bias[:, -1] = _NEVER
        self.near = linear_of(weight.flatten(0, 1), bias.flatten())
        self.near_value = constant(attention.emb_rel_v)
        self.output = projection_of(attention.conv_o)

    def forward(self, hidden: Tensor, places: _Places) -> Tensor:
        query, key, value, near = (
            self._heads(projection(hidden))
            for projection in (self.query, self.key, self.value, self.near)
        )
        by_distance = near.gather(2, places.distances.expand(self.heads, -1, -1))
        weights = torch.softmax(query @ key.transpose(1, 2) + by_distance, 2)
        near_weights = weights.gather(2, places.neighbours.expand(self.heads, -1, -1))
        mixed = weights @ value + near_weights @ self.near_value
        out: Tensor = self.output(mixed.transpose(0, 1).reshape(hidden.shape))
        return out

    def _heads(self, rows: Tensor) -> Tensor:
        """[P, heads·C] as [heads, P, C]."""
        return rows.reshape(rows.shape[0], self.heads, -1).transpose(0, 1)


def _feed_forward(net: Any) -> nn.Module:
    """Coqui's ``FeedForwardNetwork``: fast where its kernel lets it."""
    is_causal = net.padding.__func__ is type(net)._causal_padding  # noqa: SLF001
    is_odd = net.kernel_size % 2 == 1
    if is_odd and 1 < net.kernel_size <= _LONGEST and not is_causal:
        return _FastFeedForward(net)
    return _PlainFeedForward(net, is_causal=is_causal)


class _FastFeedForward(nn.Module):
    """Two convolutions on phases; padding is 0 to them."""

    def __init__(self, net: Any) -> None:
        super().__init__()
        self.widen, self.narrow = (
            FastConvolution(conv.weight, bias_of(conv)) for conv in (net.conv_1, net.conv_2)
        )

    def forward(self, hidden: Tensor, places: _Places) -> Tensor:
        phases = hidden.reshape(OUTPUTS, places.steps, -1) * places.real
        wide = torch.relu(self.widen(phases)) * places.real
        narrow: Tensor = self.narrow(wide)
        return narrow.reshape(hidden.shape)


class _PlainFeedForward(nn.Module):
    """Two convolutions on tokens in their order, whatever their kernel."""

    def __init__(self, net: Any, *, is_causal: bool) -> None:
        super().__init__()
        before = net.kernel_size - 1 if is_causal else (net.kernel_size - 1) // 2
        self.widen, self.narrow = (
            Convolution(conv, before=before) for conv in (net.conv_1, net.conv_2)
        )

    def forward(self, hidden: Tensor, places: _Places) -> Tensor:
        tokens = hidden[places.rows]
        return places.sorted(self.narrow(torch.relu(self.widen(tokens))))


class _Places:
    """Where the tokens of an utterance stand when they are sorted by phase.

    Token t of T stands in row (t mod m)·N + t div m, for m phases of N steps. The last token of
    the last phase, at least, is padding: it lies beyond the utterance.

    Attributes:
        rows: The row of each token, [T].
        real: 1 for a token's row and 0 for padding, [m, N, 1].
        distances: How far each row's token is from each other's, [1, m·N, m·N]: 0 is too far
            before, 1 to 2·window + 1 are −window to window, the next is too far behind, and the
            last is padding.
        neighbours: The rows of the tokens −window to window away, [1, m·N, 2·window + 1]; a row of
            padding where there are none.
    """

    def __init__(self, count: int, window: int) -> None:
        self.count = count
        self.steps = count // OUTPUTS + 1
        total = self.steps * OUTPUTS
        self.order = order = torch.arange(total).reshape(self.steps, OUTPUTS).T.reshape(-1)
        self.rows = self._row(torch.arange(count))
        self.real = (order < count).float().reshape(OUTPUTS, self.steps, 1)
        distance = order[None, :] - order[:, None]
        known = distance.clamp(-window - 1, window + 1) + window + 1
        self.distances = torch.where(order < count, known, 2 * window + 3)[None]
        near = order[:, None] + torch.arange(-window, window + 1)
        exist = (near >= 0) & (near < count)
        self.neighbours = self._row(torch.where(exist, near, count))[None]

    def sorted(self, tokens: Tensor) -> Tensor:
        """Rows [m·N, …] of tokens [T, …]; padding is 0."""
        spare = self.steps * OUTPUTS - self.count
        padded = functional.pad(tokens, (0, 0) * (tokens.ndim - 1) + (0, spare))
        return padded[self.order]

    def _row(self, token: Tensor) -> Tensor:
        return (token % OUTPUTS) * self.steps + token // OUTPUTS
