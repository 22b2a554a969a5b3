"""The duration predictors of VITS models as ONNX Runtime runs them fastest on a CPU.

Durations that a model draws at random come from splines whose knots are one GEMM, and a knot's
place and slope one gather.
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
from narrate.engines.coqui.unsupported import UnsupportedModelError

_LEAST = 1e-3  # part of a bin and slope of a knot in Coqui's splines


class PlainDurations(nn.Module):
    """Coqui's ``DurationPredictor``."""

    def __init__(self, predictor: Any) -> None:
        super().__init__()
        self.conditions = _Conditions(predictor)
        steps: list[nn.Module] = []
        for conv, norm in (
            (predictor.conv_1, predictor.norm_1),
            (predictor.conv_2, predictor.norm_2),
        ):
            steps += [Convolution(conv, before=conv.padding[0]), nn.ReLU(), norm_of(norm)]
        self.steps = nn.Sequential(*steps, projection_of(predictor.proj))

    def forward(
        self, hidden: Tensor, _noise: Tensor, voice: Tensor | None, tongue: Tensor | None
    ) -> Tensor:
        """Log durations, [T, 1], of tokens [T, C]."""
        logs: Tensor = self.steps(self.conditions(hidden, voice, tongue))
        return logs


class FlowDurations(nn.Module):
    """Coqui's ``StochasticDurationPredictor``: noise to log durations.

    Each flow changes one of two channels by what it makes of the other, and they change places.
    """

    def __init__(self, predictor: Any) -> None:
        super().__init__()
        self.pre = projection_of(predictor.pre)
        self.conditions = _Conditions(predictor)
        self.net = _Separable(predictor.convs)
        self.proj = projection_of(predictor.proj)
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
        self.voice = None if voice is None else projection_of(voice)
        self.tongue = None if tongue is None else projection_of(tongue)

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
                norm_of(norm_1),
                nn.GELU(),
                projection_of(pointwise),
                norm_of(norm_2),
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
        self.conv.weight = constant(conv.weight.unsqueeze(2))
        self.conv.bias = constant(bias_of(conv))

    def forward(self, tokens: Tensor) -> Tensor:
        channels: Tensor = self.conv(tokens.T[None, :, None])
        return channels[0, :, 0].T


class _SplineFlow(nn.Module):
    """Coqui's ``ConvFlow`` in reverse."""

    def __init__(self, flow: Any) -> None:
        super().__init__()
        if flow.half_channels != 1:
            raise UnsupportedModelError("durations of several channels")
        self.pre = projection_of(flow.pre)
        self.net = _Separable(flow.convs)
        bins = flow.num_bins
        scale = torch.ones(3 * bins - 1, 1)
        scale[: 2 * bins] = 1 / math.sqrt(flow.hidden_channels)
        proj = projection_of(flow.proj)
        self.proj = linear_of(proj.weight * scale, proj.bias * scale[:, 0])
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
        self.sums = constant(precedes * (2 * bound * (1 - _LEAST * bins)))
        self.least = constant(knots * (2 * bound * _LEAST) - bound)

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
