"""The flow of a VITS model as ONNX Runtime runs it fastest on a CPU.

It computes what Coqui's ``ResidualCouplingBlocks`` computes in reverse for one utterance:

- Steps come first and channels last, so a convolution of one tap is a product of matrices whose
  constant one ONNX Runtime arranges when it loads; the longer ones are Toom–Cook's.
- The channel flips between couplings are folded into the weights.
- There are no masks but one: what fills the last group of steps stays zero.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from narrate.engines.coqui.toom_cook import FastConvolution, from_phases, to_phases
from narrate.engines.coqui.unsupported import UnsupportedModelError


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
        voice = None if self.speakers is None or speaker is None else self.speakers(speaker)
        frames = self.flow(prior[0].T, voice).T.unsqueeze(0)
        if self.stretch is not None:
            frames = functional.interpolate(frames, scale_factor=[self.stretch], mode="linear")
        kept: Tensor = frames if self.longest is None else frames[..., : self.longest]
        return kept


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
        """[F, C] to [F, C], for a speaker [1, G]."""
        phases = to_phases(frames)
        first, second = phases.steps.chunk(2, 2)
        for index, coupling in enumerate(self.couplings):
            if index % 2 == 0:
                first = first - coupling(second, phases.inside, voice)
            else:
                second = second - coupling(first, phases.inside, voice)
        joined = from_phases(torch.cat((first, second), 2), frames.shape[0])
        return joined.flip(1) if len(self.couplings) % 2 else joined


class _Coupling(nn.Module):
    """What one coupling takes from a half, computed from the other half."""

    def __init__(self, block: Any, *, flipped: bool) -> None:
        super().__init__()
        if not block.mean_only:
            raise UnsupportedModelError("a flow that scales")
        before, after = _linear(block.pre), _linear(block.post)
        if flipped:
            before = _Linear(before.weight.flip(1), before.bias)
            after = _Linear(after.weight.flip(0), after.bias.flip(0))
        self.before, self.after = _Steps(before), _Steps(after)
        self.net = _WaveNet(block.enc)

    def forward(self, half: Tensor, inside: Tensor, voice: Tensor | None) -> Tensor:
        mean: Tensor = self.after(self.net(self.before(half) * inside, inside, voice))
        return mean


class _WaveNet(nn.Module):
    """Coqui's ``WN``."""

    def __init__(self, net: Any) -> None:
        super().__init__()
        width = self.width = net.hidden_channels
        if any(layer.dilation != (1,) for layer in net.in_layers) or not len(net.in_layers):
            raise UnsupportedModelError("a flow with dilation or without layers")
        self.gates = nn.ModuleList(
            FastConvolution(layer.weight, layer.bias) for layer in net.in_layers
        )
        *inner, last = (_linear(layer) for layer in net.res_skip_layers)
        self.residual = nn.ModuleList(_Steps(layer.rows(slice(0, width))) for layer in inner)
        skips = [*(layer.rows(slice(width, 2 * width)) for layer in inner), last]
        self.skip = nn.ModuleList(_Steps(layer) for layer in skips)
        condition = getattr(net, "cond_layer", None)
        self.condition = None if condition is None else _Steps(_linear(condition))

    def forward(self, hidden: Tensor, inside: Tensor, voice: Tensor | None) -> Tensor:
        """[m, N, C] to [m, N, C], for a speaker [1, G]."""
        said = None if self.condition is None or voice is None else self.condition(voice)
        total = torch.zeros(1)
        for index, (gate, skip) in enumerate(zip(self.gates, self.skip, strict=True)):
            both = gate(hidden)
            if said is not None:
                start = 2 * self.width * index
                both = both + said[:, start : start + 2 * self.width]
            signal, weight = both.chunk(2, 2)
            acts = torch.tanh(signal) * torch.sigmoid(weight)
            total = skip(acts) if index == 0 else total + skip(acts)
            if index < len(self.residual):
                hidden = (hidden + self.residual[index](acts)) * inside
        return total


class _Linear(NamedTuple):
    """Weights of a convolution of one tap, [out, in], and its bias, [out]."""

    weight: Tensor
    bias: Tensor

    def rows(self, rows: slice) -> _Linear:
        """Some of its outputs."""
        return _Linear(self.weight[rows], self.bias[rows])


def _linear(conv: nn.Conv1d) -> _Linear:
    if conv.kernel_size != (1,) or conv.groups != 1 or conv.bias is None:
        raise UnsupportedModelError("a flow with other convolutions")
    return _Linear(conv.weight.detach()[:, :, 0], conv.bias.detach())


class _Steps(nn.Module):
    """A linear function of each step, [..., in] to [..., out]."""

    def __init__(self, linear: _Linear) -> None:
        super().__init__()
        self.weight = nn.Parameter(linear.weight.T.contiguous(), requires_grad=False)
        self.bias = nn.Parameter(linear.bias.contiguous(), requires_grad=False)

    def forward(self, steps: Tensor) -> Tensor:
        return steps @ self.weight + self.bias
