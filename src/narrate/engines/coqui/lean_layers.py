"""Layers over tokens in rows, [T, C], filled with what Coqui's layers have learnt.

Tokens are rows, channels columns, so a projection is a GEMM with a constant matrix, which ONNX
Runtime packs when it loads, and norms run along memory.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from narrate.engines.coqui.unsupported import UnsupportedModelError


class Convolution(nn.Module):
    """A convolution over tokens, [T, C], that keeps their number: a GEMM of neighbours in a row.

    Args:
        before: How many tokens before a token it hears.

    Raises:
        UnsupportedModelError: It has groups, strides or dilation.
    """

    def __init__(self, conv: nn.Conv1d, *, before: int) -> None:
        super().__init__()
        _refuse_odd(conv)
        self.length = conv.kernel_size[0]
        self.before = before
        weight = conv.weight.detach().permute(0, 2, 1).flatten(1)  # [out, length·in]
        self.linear = linear_of(weight, bias_of(conv))

    def forward(self, tokens: Tensor) -> Tensor:
        """Tokens [T, out] of tokens [T, in]."""
        count = tokens.shape[0]
        padded = functional.pad(tokens, (0, 0, self.before, self.length - 1 - self.before))
        joined = torch.cat([padded[tap : tap + count] for tap in range(self.length)], 1)
        out: Tensor = self.linear(joined)
        return out


def projection_of(conv: nn.Conv1d) -> nn.Linear:
    """A convolution of length 1 as a matrix.

    Raises:
        UnsupportedModelError: It is longer, or has groups, strides or dilation.
    """
    _refuse_odd(conv)
    if conv.kernel_size != (1,):
        raise UnsupportedModelError("a projection of several steps")
    return linear_of(conv.weight.detach().squeeze(2), bias_of(conv))


def linear_of(weight: Tensor, bias: Tensor) -> nn.Linear:
    """A linear map with weights [out, in]."""
    linear = nn.Linear(weight.shape[1], weight.shape[0], device="meta")
    linear.weight = constant(weight)
    linear.bias = constant(bias)
    return linear


def norm_of(norm: Any) -> nn.LayerNorm:
    """Either of Coqui's norms over channels, along rows."""
    rows = nn.LayerNorm(norm.channels, eps=norm.eps, device="meta")
    rows.weight = constant(norm.gamma.flatten())
    rows.bias = constant(norm.beta.flatten())
    return rows


def constant(values: Tensor) -> nn.Parameter:
    """What was learnt and stays."""
    return nn.Parameter(values.detach().contiguous(), requires_grad=False)


def _refuse_odd(conv: nn.Conv1d) -> None:
    if conv.groups != 1 or conv.stride != (1,) or conv.dilation != (1,):
        raise UnsupportedModelError("a convolution with groups, strides or dilation")


def bias_of(conv: nn.Conv1d) -> Tensor:
    """What a convolution adds, [out]; 0 where it adds nothing."""
    return torch.zeros(conv.out_channels) if conv.bias is None else conv.bias.detach()
