"""The parts of a VITS model as ONNX Runtime runs them fastest on a CPU.

The parts compute what ``TTS.tts.models.vits.Vits.inference`` computes for one utterance, from the
same weights; between them lie only the alignment and the prior's noise. The text part is in
``lean_text``. In flow and decoder, where most of the time goes:

- Convolutions are two-dimensional with a height of 1: ONNX Runtime keeps their channels in blocks
  of the width of a vector register (its NCHWc layout), which it does not do for one dimension.
- A transposed convolution becomes a convolution for each phase of its stride, without the
  overlapping sums of the usual form.
- Gates and skips of the flow are convolutions of their own, so nothing is sliced, and the channel
  flips between couplings are folded into the weights.
- There are no masks: one utterance fills its tensors.
- The decoder sees only a few steps to each side. It is split where its signal is still coarse, and
  both parts are computed in windows: memory stays flat, and the fine signal in the cache.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from narrate.engines.coqui.front_end import Stretch
from narrate.engines.coqui.unsupported import UnsupportedModelError

_SLOPE = 0.1  # of the decoder's leaky rectifiers
_LAST_SLOPE = 0.01  # of the one before its last convolution


class FlowPart(nn.Module):
    """The noisy prior to the frames that the decoder reads.

    Args:
        model: A ``Vits``.

    Raises:
        UnsupportedModelError: Its flow has something in it that is not known here.
    """

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.flow = _Flow(model.flow)
        self.speakers = getattr(model, "emb_g", None)
        stretches = model.args.encoder_sample_rate and model.args.interpolate_z
        self.stretch = model.interpolate_factor if stretches else None
        self.longest = model.max_inference_len

    def forward(self, prior: Tensor, speaker: Tensor | None = None) -> Tensor:
        """Frames, [1, C, F] or what they are stretched to, of a prior [1, C, F]."""
        frames = self.flow(prior.unsqueeze(2), _condition(self.speakers, speaker)).squeeze(2)
        if self.stretch is not None:
            frames = functional.interpolate(frames, scale_factor=[self.stretch], mode="linear")
        kept: Tensor = frames if self.longest is None else frames[..., : self.longest]
        return kept


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


class _Flow(nn.Module):
    """The couplings in reverse, without their flips of the channels.

    A flip before a coupling is the same as exchanging the halves and flipping the weights.
    """

    def __init__(self, blocks: Any) -> None:
        super().__init__()
        self.couplings = nn.ModuleList(
            _Coupling(block, flipped=index % 2 == 0)
            for index, block in enumerate(reversed(blocks.flows))
        )

    def forward(self, frames: Tensor, voice: Tensor | None) -> Tensor:
        first, second = frames.chunk(2, 1)
        for index, coupling in enumerate(self.couplings):
            if index % 2 == 0:
                first = first - coupling(second, voice)
            else:
                second = second - coupling(first, voice)
        joined = torch.cat((first, second), 1)
        return joined.flip(1) if len(self.couplings) % 2 else joined


class _Coupling(nn.Module):
    """What one coupling takes from a half, computed from the other half."""

    def __init__(self, block: Any, *, flipped: bool) -> None:
        super().__init__()
        if not block.mean_only:
            raise UnsupportedModelError("a flow that scales")
        self.pre = _conv(block.pre)
        self.post = _conv(block.post)
        if flipped:
            self.pre.weight = nn.Parameter(self.pre.weight.flip(1))
            self.post.weight = nn.Parameter(self.post.weight.flip(0))
            self.post.bias = nn.Parameter(_bias(self.post).flip(0))
        self.net = _WaveNet(block.enc)

    def forward(self, half: Tensor, voice: Tensor | None) -> Tensor:
        mean: Tensor = self.post(self.net(self.pre(half), voice))
        return mean


class _WaveNet(nn.Module):
    """Coqui's ``WN`` with a convolution for each of tanh, sigmoid, residual and skip."""

    def __init__(self, net: Any) -> None:
        super().__init__()
        width = net.hidden_channels
        lower, upper = slice(0, width), slice(width, 2 * width)
        self.tanh = nn.ModuleList(_conv(layer, rows=lower) for layer in net.in_layers)
        self.sigmoid = nn.ModuleList(_conv(layer, rows=upper) for layer in net.in_layers)
        *inner, last = net.res_skip_layers
        self.residual = nn.ModuleList(_conv(layer, rows=lower) for layer in inner)
        self.skip = nn.ModuleList([*(_conv(layer, rows=upper) for layer in inner), _conv(last)])
        condition = getattr(net, "cond_layer", None)
        self.conditions = nn.ModuleList()
        if condition is not None:
            self.conditions.extend(
                _conv(condition, rows=slice(start, start + width))
                for start in range(0, 2 * width * len(net.in_layers), width)
            )

    def forward(self, hidden: Tensor, voice: Tensor | None) -> Tensor:
        total: Tensor | None = None
        for index, (tanh, sigmoid, skip) in enumerate(
            zip(self.tanh, self.sigmoid, self.skip, strict=True)
        ):
            signal, gate = tanh(hidden), sigmoid(hidden)
            if voice is not None and self.conditions:
                signal = signal + self.conditions[2 * index](voice)
                gate = gate + self.conditions[2 * index + 1](voice)
            acts = torch.tanh(signal) * torch.sigmoid(gate)
            total = skip(acts) if total is None else skip(acts) + total
            if index < len(self.residual):
                hidden = self.residual[index](acts) + hidden
        if total is None:
            raise UnsupportedModelError("a flow without layers")
        return total


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
        self.post = _conv(generator.conv_post, scale=1.0 / blocks)
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


def _conv(conv: nn.Conv1d, *, rows: slice = slice(None), scale: float = 1.0) -> nn.Conv2d:
    """Some of a convolution's output channels, as a convolution of height 1."""
    if conv.groups != 1 or conv.stride != (1,) or not isinstance(conv.padding, tuple):
        raise UnsupportedModelError("a convolution with groups or strides")
    weight = conv.weight.detach()[rows] * scale
    bias = conv.bias.detach() if conv.bias is not None else torch.zeros(conv.out_channels)
    return _filled(weight, bias[rows], padding=conv.padding[0], dilation=conv.dilation[0])


def _filled(weight: Tensor, bias: Tensor, *, padding: int, dilation: int = 1) -> nn.Conv2d:
    """A convolution of height 1 with weights of shape [out, in, length]."""
    outputs, inputs, length = weight.shape
    conv = nn.Conv2d(
        inputs, outputs, (1, length), padding=(0, padding), dilation=(1, dilation), device="meta"
    )
    conv.weight = nn.Parameter(weight.unsqueeze(2).contiguous(), requires_grad=False)
    conv.bias = nn.Parameter(bias.contiguous(), requires_grad=False)
    return conv


def _bias(conv: nn.Conv2d) -> Tensor:
    assert conv.bias is not None  # noqa: S101 - _filled() always sets one
    return conv.bias
