"""The text part of a VITS model as ONNX Runtime runs it fastest on a CPU.

It computes what Coqui's ``TextEncoder`` and duration predictors compute for one utterance:

- Tokens are rows, channels columns, so a projection is a GEMM with a constant matrix, which ONNX
  Runtime packs when it loads, and norms run along memory.
- The feed-forward networks are most of the work. Their convolutions take half the products
  (``toom_cook``), on tokens that are sorted by phase. The encoder leaves them sorted all through:
  only attention has to know where a token stands.
- One utterance fills its tensors, so there are no masks but for the padding to whole phases.
- Durations that a model draws at random come from splines whose knots are one GEMM, and a knot's
  place and slope one gather.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from narrate.engines.coqui.toom_cook import OUTPUTS, FastConvolution
from narrate.engines.coqui.unsupported import UnsupportedModelError

_LONGEST = 5  # of the kernels that are convolved fast; longer ones would lose too many bits
_NEVER = -1e9  # added to the score of what must not be attended to
_LEAST = 1e-3  # part of a bin and slope of a knot in Coqui's splines


class TextPart(nn.Module):
    """Symbols to the prior of each symbol and its duration.

    Args:
        model: A ``Vits``.

    Raises:
        UnsupportedModelError: Its text encoder or duration predictor has something in it that is
            not known here.
    """

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.encoder = _Encoder(model.text_encoder)
        predictor = model.duration_predictor
        self.durations: nn.Module = (
            _FlowDurations(predictor) if model.args.use_sdp else _PlainDurations(predictor)
        )
        chooses = model.args.condition_dp_on_speaker
        self.speakers = getattr(model, "emb_g", None) if chooses else None
        self.languages = getattr(model, "emb_l", None)

    def forward(
        self,
        symbols: Tensor,
        noise: Tensor,
        noise_scale: Tensor,
        speaker: Tensor | None = None,
        language: Tensor | None = None,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Mean and log scale of the prior, [1, C, T], and durations in frames, [1, 1, T].

        Shapes: ``symbols`` [1, T], ``noise`` [1, 2, T], the others [1].
        """
        voice = None if self.speakers is None or speaker is None else self.speakers(speaker)
        tongue = None if self.languages is None or language is None else self.languages(language)
        hidden, mean, log_scale = self.encoder(symbols.squeeze(0), tongue)
        log_durations = self.durations(hidden, noise.squeeze(0) * noise_scale, voice, tongue)
        return mean, log_scale, torch.exp(log_durations).reshape(1, 1, -1)


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


class _Encoder(nn.Module):
    """Coqui's ``TextEncoder``."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        transformer = encoder.encoder
        if hasattr(transformer, "proj"):
            raise UnsupportedModelError("a text encoder that changes its width")
        self.symbols = _constant(encoder.emb.weight * math.sqrt(encoder.hidden_channels))
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
        self.prior = _linear(encoder.proj)
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
        self.norm_1 = _norm(norm_1)
        self.feed_forward = _feed_forward(feed_forward)
        self.norm_2 = _norm(norm_2)

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
        query = _linear(attention.conv_q)
        self.query = query = _filled(query.weight / math.sqrt(width), query.bias / math.sqrt(width))
        self.key, self.value = _linear(attention.conv_k), _linear(attention.conv_v)
        # Tokens that are too far, and padding, have an embedding of 0.
        embedding = functional.pad(attention.emb_rel_k.detach(), (0, 0, 1, 2))
        weight = embedding @ query.weight.reshape(self.heads, width, -1)
        bias = (embedding @ query.bias.reshape(self.heads, width, 1)).squeeze(2)
        bias[:, -1] = _NEVER
        self.near = _filled(weight.flatten(0, 1), bias.flatten())
        self.near_value = _constant(attention.emb_rel_v)
        self.output = _linear(attention.conv_o)

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
            FastConvolution(conv.weight, _bias(conv)) for conv in (net.conv_1, net.conv_2)
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
        self.widen, self.narrow = (_Conv(conv, before=before) for conv in (net.conv_1, net.conv_2))

    def forward(self, hidden: Tensor, places: _Places) -> Tensor:
        tokens = hidden[places.rows]
        return places.sorted(self.narrow(torch.relu(self.widen(tokens))))


class _Conv(nn.Module):
    """A convolution over tokens, [T, C], that keeps their number: a GEMM of neighbours in a row."""

    def __init__(self, conv: nn.Conv1d, *, before: int) -> None:
        super().__init__()
        _refuse_odd(conv)
        self.length = conv.kernel_size[0]
        self.before = before
        weight = conv.weight.detach().permute(0, 2, 1).flatten(1)  # [out, length·in]
        self.linear = _filled(weight, _bias(conv))

    def forward(self, tokens: Tensor) -> Tensor:
        count = tokens.shape[0]
        padded = functional.pad(tokens, (0, 0, self.before, self.length - 1 - self.before))
        joined = torch.cat([padded[tap : tap + count] for tap in range(self.length)], 1)
        out: Tensor = self.linear(joined)
        return out


class _PlainDurations(nn.Module):
    """Coqui's ``DurationPredictor``."""

    def __init__(self, predictor: Any) -> None:
        super().__init__()
        self.conditions = _Conditions(predictor)
        steps: list[nn.Module] = []
        for conv, norm in (
            (predictor.conv_1, predictor.norm_1),
            (predictor.conv_2, predictor.norm_2),
        ):
            steps += [_Conv(conv, before=conv.padding[0]), nn.ReLU(), _norm(norm)]
        self.steps = nn.Sequential(*steps, _linear(predictor.proj))

    def forward(
        self, hidden: Tensor, _noise: Tensor, voice: Tensor | None, tongue: Tensor | None
    ) -> Tensor:
        """Log durations, [T, 1], of tokens [T, C]."""
        logs: Tensor = self.steps(self.conditions(hidden, voice, tongue))
        return logs


class _FlowDurations(nn.Module):
    """Coqui's ``StochasticDurationPredictor``: noise to log durations.

    Each flow changes one of two channels by what it makes of the other, and they change places.
    """

    def __init__(self, predictor: Any) -> None:
        super().__init__()
        self.pre = _linear(predictor.pre)
        self.conditions = _Conditions(predictor)
        self.net = _Separable(predictor.convs)
        self.proj = _linear(predictor.proj)
        affine, _useless, *flows = predictor.flows
        self.flows = nn.ModuleList(_SplineFlow(flow) for flow in reversed(flows))
        self.shift = float(affine.translation[0])
        self.scale = math.exp(-float(affine.log_scale[0]))

    def forward(
        self, hidden: Tensor, noise: Tensor, voice: Tensor | None, tongue: Tensor | None
    ) -> Tensor:
        """Log durations, [T, 1], of tokens [T, C] and noise [2, T]."""
        condition = self.proj(self.net(self.conditions(self.pre(hidden), voice, tongue)))
        first, second = noise.unsqueeze(2).unbind(0)  # [T, 1]
        for flow in self.flows:
            first, second = second, flow(second, first, condition)
        return (second - self.shift) * self.scale


class _Conditions(nn.Module):
    """What speaker and language add to each token."""

    def __init__(self, predictor: Any) -> None:
        super().__init__()
        voice, tongue = (getattr(predictor, name, None) for name in ("cond", "cond_lang"))
        self.voice = None if voice is None else _linear(voice)
        self.tongue = None if tongue is None else _linear(tongue)

    def forward(self, tokens: Tensor, voice: Tensor | None, tongue: Tensor | None) -> Tensor:
        if self.voice is not None and voice is not None:
            tokens = tokens + self.voice(voice)
        if self.tongue is not None and tongue is not None:
            tokens = tokens + self.tongue(tongue)
        return tokens


class _Separable(nn.Module):
    """Coqui's ``DilatedDepthSeparableConv``."""

    def __init__(self, net: Any) -> None:
        super().__init__()
        self.branches = nn.ModuleList(
            nn.Sequential(
                _Depthwise(depthwise),
                _norm(norm_1),
                nn.GELU(),
                _linear(pointwise),
                _norm(norm_2),
                nn.GELU(),
            )
            for depthwise, norm_1, pointwise, norm_2 in zip(
                net.convs_sep, net.norms_1, net.convs_1x1, net.norms_2, strict=True
            )
        )

    def forward(self, tokens: Tensor) -> Tensor:
        for branch in self.branches:
            tokens = tokens + branch(tokens)
        return tokens


class _Depthwise(nn.Module):
    """A convolution of each channel on its own.

    Two-dimensional with a height of 1: ONNX Runtime is so much faster at it that two transposes
    are well spent.
    """

    def __init__(self, conv: nn.Conv1d) -> None:
        super().__init__()
        self.conv = nn.Conv2d(
            conv.in_channels,
            conv.out_channels,
            (1, conv.kernel_size[0]),
            padding=(0, int(conv.padding[0])),
            dilation=(1, conv.dilation[0]),
            groups=conv.groups,
            device="meta",
        )
        self.conv.weight = _constant(conv.weight.unsqueeze(2))
        self.conv.bias = _constant(_bias(conv))

    def forward(self, tokens: Tensor) -> Tensor:
        channels: Tensor = self.conv(tokens.T[None, :, None])
        return channels[0, :, 0].T


class _SplineFlow(nn.Module):
    """Coqui's ``ConvFlow`` in reverse."""

    def __init__(self, flow: Any) -> None:
        super().__init__()
        if flow.half_channels != 1:
            raise UnsupportedModelError("durations of several channels")
        self.pre = _linear(flow.pre)
        self.net = _Separable(flow.convs)
        bins = flow.num_bins
        scale = torch.ones(3 * bins - 1, 1)
        scale[: 2 * bins] = 1 / math.sqrt(flow.hidden_channels)
        proj = _linear(flow.proj)
        self.proj = _filled(proj.weight * scale, proj.bias * scale[:, 0])
        self.spline = _InverseSpline(bins, float(flow.tail_bound))

    def forward(self, fixed: Tensor, changed: Tensor, condition: Tensor) -> Tensor:
        """``changed``, [T, 1], after the flow that ``fixed``, [T, 1], and the text choose."""
        shape = self.proj(self.net(self.pre(fixed) + condition))
        out: Tensor = self.spline(changed, shape)
        return out


class _InverseSpline(nn.Module):
    """The inverse of a monotone spline of rational quadratics from −bound to bound.

    Durkan et al., “Neural Spline Flows” (2019), with the names of its section 3.1; outside of the
    bounds it is the identity.
    """

    def __init__(self, bins: int, bound: float) -> None:
        super().__init__()
        self.bins, self.bound = bins, bound
        knots = torch.arange(bins + 1)
        precedes = (torch.arange(bins)[:, None] < knots).float()
        self.sums = _constant(precedes * (2 * bound * (1 - _LEAST * bins)))
        self.least = _constant(knots * (2 * bound * _LEAST) - bound)

    def forward(self, values: Tensor, shape: Tensor) -> Tensor:
        """Values [T, 1] by the splines of a shape [T, 3·bins − 1]: widths, heights, derivatives."""
        within = values.clamp(-self.bound, self.bound)
        sizes = torch.softmax(shape[:, : 2 * self.bins].reshape(-1, 2, self.bins), 2)
        knots = sizes @ self.sums + self.least  # [T, 2, bins + 1]
        slopes = functional.softplus(shape[:, 2 * self.bins :]) + _LEAST
        slopes = functional.pad(slopes, (1, 1), value=1.0)
        table = torch.cat((knots, slopes.unsqueeze(1)), 1)  # x, y, slope of each knot
        inner = knots[:, 1, 1:-1]
        index = (within >= inner).sum(1).reshape(-1, 1, 1).expand(-1, 3, -1)
        x, y, slope = table.gather(2, index).unbind(1)
        next_x, next_y, next_slope = table.gather(2, index + 1).unbind(1)
        width, height, rise = next_x - x, next_y - y, within - y
        mean = height / width
        bend = rise * (slope + next_slope - 2 * mean)
        a = height * (mean - slope) + bend
        b = height * slope - bend
        c = -mean * rise
        root = 2 * c / (-b - torch.sqrt(b * b - 4 * a * c))
        return torch.where(within == values, x + root * width, values)


def _linear(conv: nn.Conv1d) -> nn.Linear:
    """A convolution of length 1 as a matrix."""
    _refuse_odd(conv)
    if conv.kernel_size != (1,):
        raise UnsupportedModelError("a projection of several steps")
    return _filled(conv.weight.detach().squeeze(2), _bias(conv))


def _filled(weight: Tensor, bias: Tensor) -> nn.Linear:
    """A linear map with weights [out, in]."""
    linear = nn.Linear(weight.shape[1], weight.shape[0], device="meta")
    linear.weight = _constant(weight)
    linear.bias = _constant(bias)
    return linear


def _norm(norm: Any) -> nn.LayerNorm:
    """Either of Coqui's norms over channels, along rows."""
    rows = nn.LayerNorm(norm.channels, eps=norm.eps, device="meta")
    rows.weight = _constant(norm.gamma.flatten())
    rows.bias = _constant(norm.beta.flatten())
    return rows


def _constant(values: Tensor) -> nn.Parameter:
    return nn.Parameter(values.detach().contiguous(), requires_grad=False)


def _refuse_odd(conv: nn.Conv1d) -> None:
    if conv.groups != 1 or conv.stride != (1,) or conv.dilation != (1,):
        raise UnsupportedModelError("a convolution with groups, strides or dilation")


def _bias(conv: nn.Conv1d) -> Tensor:
    return torch.zeros(conv.out_channels) if conv.bias is None else conv.bias.detach()
