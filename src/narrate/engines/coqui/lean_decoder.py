"""The decoder of a VITS model as ONNX Runtime runs it fastest on a CPU.

It computes what Coqui's ``HifiganGenerator`` computes for one utterance, from the same weights:

- Convolutions are two-dimensional with a height of 1: ONNX Runtime keeps their channels in blocks
  of the width of a vector register (its NCHWc layout), which it does not do for one dimension.
- A transposed convolution becomes a convolution for each phase of its stride, without the
  overlapping sums of the usual form.
- It sees only a few steps to each side, so it is split where its signal is still coarse, and both
  parts are computed in windows: memory stays flat, and the fine signal in the cache.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from narrate.engines.coqui.front_end import Stretch
from narrate.engines.coqui.lean_layers import bias_of, constant
from narrate.engines.coqui.unsupported import UnsupportedModelError

_SLOPE = 0.1  # of the decoder's leaky rectifiers
_LAST_SLOPE = 0.01  # of the one before its last convolution


def resolutions(model: Any) -> tuple[range, ...]:
    """Stages of a decoder that make a part each: the coarse one, and all that are finer.

    A sample depends on few steps of a fine signal, so the fine part is computed in windows that
    fit into a processor's cache.
    """
    stages = len(model.waveform_decoder.ups)
    return tuple(part for part in (range(1), range(1, stages)) if part)


def stretch_of(model: Any, stages: range) -> Stretch:
    """How a part of a decoder stretches time, and how far it looks."""
    decoder = model.waveform_decoder
    blocks = decoder.num_kernels
    reach = _reach(decoder.conv_post) if _is_last(decoder, stages) else 0
    for index in reversed(stages):
        up = decoder.ups[index]
        stage = decoder.resblocks[index * blocks : (index + 1) * blocks]
        reach += max(_reach(block) for block in stage)
        reach = math.ceil((reach + up.kernel_size[0]) / up.stride[0]) + 1
    if 0 in stages:
        reach += _reach(decoder.conv_pre)
    factor = math.prod(decoder.ups[index].stride[0] for index in stages)
    return Stretch(context=reach, factor=factor)


class DecoderPart(nn.Module):
    """Frames to a coarse signal, or a coarse signal to samples.

    Args:
        model: A ``Vits``.
        stages: One of :func:`resolutions`.

    Raises:
        UnsupportedModelError: Its decoder has something in it that is not known here.
    """

    def __init__(self, model: Any, stages: range) -> None:
        super().__init__()
        self.decoder = _Decoder(model.waveform_decoder)
        self.speakers = getattr(model, "emb_g", None)
        self.stages = stages
        self.is_last = _is_last(model.waveform_decoder, stages)

    def forward(self, signal: Tensor, speaker: Tensor | None = None) -> Tensor:
        """A signal [1, C, N] stretched; the last part's has one channel."""
        voice = _condition(self.speakers, speaker)
        signal = signal.unsqueeze(2)
        if 0 in self.stages:
            signal = self.decoder.begin(signal, voice)
        for index in self.stages:
            signal = self.decoder.stage(index, signal, voice)
        if self.is_last:
            signal = self.decoder.end(signal)
        return signal.squeeze(2)


def _is_last(decoder: Any, stages: range) -> bool:
    return stages.stop == len(decoder.ups)


def _reach(part: nn.Module) -> int:
    """How many of their own steps convolutions that follow each other look to each side."""
    convs = (one for one in part.modules() if isinstance(one, nn.Conv1d))
    return sum(conv.dilation[0] * (conv.kernel_size[0] - 1) // 2 for conv in convs)


def _condition(speakers: Any, speaker: Tensor | None) -> Tensor | None:
    """What the speaker adds, [1, C, 1, 1]."""
    if speakers is None or speaker is None:
        return None
    condition: Tensor = speakers(speaker)[:, :, None, None]
    return condition


class _Decoder(nn.Module):
    """Coqui's ``HifiganGenerator``."""

    def __init__(self, generator: Any) -> None:
        super().__init__()
        if hasattr(generator, "lin_pre"):
            raise UnsupportedModelError("a decoder with a linear input")
        blocks = generator.num_kernels
        self.pre = _conv(generator.conv_pre)
        # The mean over the blocks is taken by the convolution that follows them.
        self.ups = nn.ModuleList(
            _Upsampling(up, scale=1.0 if stage == 0 else 1.0 / blocks)
            for stage, up in enumerate(generator.ups)
        )
        self.stages = nn.ModuleList(
            _Stage(generator.resblocks[start : start + blocks])
            for start in range(0, len(generator.resblocks), blocks)
        )
        self.post = _ToOneChannel(generator.conv_post, scale=1.0 / blocks)
        condition = getattr(generator, "cond_layer", None)
        self.condition = None if condition is None else _conv(condition)
        self.conditions = nn.ModuleList(
            _conv(layer) for layer in (generator.conds if generator.cond_in_each_up_layer else ())
        )

    def begin(self, frames: Tensor, voice: Tensor | None) -> Tensor:
        """What comes before the first stage."""
        signal: Tensor = self.pre(frames)
        if self.condition is not None and voice is not None:
            signal = signal + self.condition(voice)
        return signal

    def stage(self, index: int, signal: Tensor, voice: Tensor | None) -> Tensor:
        """One upsampling and its residual blocks; their sum, not their mean."""
        signal = self.ups[index](functional.leaky_relu(signal, _SLOPE))
        if self.conditions and voice is not None:
            signal = signal + self.conditions[index](voice)
        total: Tensor = self.stages[index](signal)
        return total

    def end(self, signal: Tensor) -> Tensor:
        """What comes after the last stage."""
        return torch.tanh(self.post(functional.leaky_relu(signal, _LAST_SLOPE)))


class _Stage(nn.Module):
    """The sum of the residual blocks of one resolution."""

    def __init__(self, blocks: Any) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(_Residual(block) for block in blocks)

    def forward(self, signal: Tensor) -> Tensor:
        first, *others = self.blocks
        total: Tensor = first(signal)
        for block in others:
            total = total + block(signal)
        return total


class _Residual(nn.Module):
    """Coqui's ``ResBlock1`` (pairs of convolutions) or ``ResBlock2`` (single ones)."""

    def __init__(self, block: Any) -> None:
        super().__init__()
        chains = (
            zip(block.convs1, block.convs2, strict=True)
            if hasattr(block, "convs1")
            else ((conv,) for conv in block.convs)
        )
        self.branches = nn.ModuleList(
            nn.Sequential(*(step for conv in chain for step in (nn.LeakyReLU(_SLOPE), _conv(conv))))
            for chain in chains
        )

    def forward(self, signal: Tensor) -> Tensor:
        for branch in self.branches:
            signal = branch(signal) + signal
        return signal


class _Upsampling(nn.Module):
    """A transposed convolution as one convolution with a row of outputs for each phase.

    With stride s and weights w of length s·J, sample s·q + r of the output is the sum over
    j < J of x[q − j]·w[r + s·j].
    """

    def __init__(self, up: nn.ConvTranspose1d, *, scale: float) -> None:
        super().__init__()
        (length,), (stride,) = up.kernel_size, up.stride
        uneven = length % stride or (length - stride) % 2
        if uneven or up.groups != 1 or any(up.output_padding) or up.dilation != (1,):
            raise UnsupportedModelError("an upsampling of uneven length")
        taps = length // stride
        self.stride, self.channels = stride, up.out_channels
        self.padding = int(up.padding[0])
        weight = up.weight.detach() * scale  # [in, out, length]
        weight = weight.reshape(up.in_channels, up.out_channels, taps, stride)
        weight = weight.permute(3, 1, 0, 2).flip(3)  # [phase, out, in, tap]
        bias = up.bias.detach() if up.bias is not None else torch.zeros(up.out_channels)
        self.conv = _filled(
            weight.reshape(stride * up.out_channels, up.in_channels, taps),
            bias.repeat(stride),
            padding=taps - 1,
        )

    def forward(self, signal: Tensor) -> Tensor:
        phases = self.conv(signal).reshape(1, self.stride, self.channels, -1)
        whole = phases.permute(0, 2, 3, 1).reshape(1, self.channels, 1, -1)
        samples: Tensor = whole[..., self.padding : -self.padding or None]
        return samples


class _ToOneChannel(nn.Module):
    """A convolution with one output: a product for each tap, and their sum.

    Outputs come in blocks, so one alone would cost as much as sixteen.
    """

    def __init__(self, conv: nn.Conv1d, *, scale: float) -> None:
        super().__init__()
        (self.taps,) = conv.kernel_size
        if conv.out_channels != 1 or conv.dilation != (1,) or conv.padding != (self.taps // 2,):
            raise UnsupportedModelError("a decoder of several channels")
        weight = conv.weight.detach() * scale  # [1, in, tap]
        self.products = _filled(weight.permute(2, 1, 0), torch.zeros(self.taps), padding=0)
        bias = conv.bias.detach() if conv.bias is not None else torch.zeros(1)
        self.bias = nn.Parameter(bias, requires_grad=False)

    def forward(self, signal: Tensor) -> Tensor:
        edge, length = self.taps // 2, signal.shape[3]
        products = functional.pad(self.products(signal), (edge, edge))
        total: Tensor = self.bias
        for tap in range(self.taps):
            total = total + products[:, tap : tap + 1, :, tap : tap + length]
        return total


def _conv(conv: nn.Conv1d, *, scale: float = 1.0) -> nn.Conv2d:
    """A convolution as one of height 1."""
    if conv.groups != 1 or conv.stride != (1,) or not isinstance(conv.padding, tuple):
        raise UnsupportedModelError("a convolution with groups or strides")
    return _filled(
        conv.weight.detach() * scale,
        bias_of(conv),
        padding=conv.padding[0],
        dilation=conv.dilation[0],
    )


def _filled(weight: Tensor, bias: Tensor, *, padding: int, dilation: int = 1) -> nn.Conv2d:
    """A convolution of height 1 with weights of shape [out, in, length]."""
    outputs, inputs, length = weight.shape
    conv = nn.Conv2d(
        inputs, outputs, (1, length), padding=(0, padding), dilation=(1, dilation), device="meta"
    )
    conv.weight = constant(weight.unsqueeze(2))
    conv.bias = constant(bias)
    return conv
