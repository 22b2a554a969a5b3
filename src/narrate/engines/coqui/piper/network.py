"""Which layer of a Piper voice is which, under the names of Coqui's VITS.

The layers come in the order of VITS's inference: text encoder, duration predictor, flow, decoder.
Shapes tell how large each part is and where it ends; the tie between convolutions tells the kind of
the decoder's residual blocks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from narrate.engines.coqui.piper.graph import (
    AFFINE,
    CONVOLUTION,
    EMBEDDING,
    NORM,
    RELATIVE,
    UPSAMPLING,
    ForeignNetworkError,
    Layer,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

DURATION_CHANNELS = 192
"""Width that Coqui gives the duration predictor of every model."""

_SPLINE_BINS = 10
_SPLINE_OUTPUTS = 3 * _SPLINE_BINS - 1
_DURATION_FLOWS = (4, 3, 2)  # the one with number 1 takes no part in speaking
_SEPARABLE_LAYERS = 3
_COUPLINGS = 4
_WINDOW = 9  # positions from 4 before to 4 after
_MOST_CHANNELS = 2048


@dataclass(frozen=True, slots=True)
class Dimensions:
    """The hyper-parameters of a network, as far as voices differ in them.

    Attributes:
        rows: Of the embedding of symbols.
        channels: Of the text encoder, the flow and what lies between the parts.
        inner_channels: Of the encoder's feed-forward layers.
        speakers, speaker_channels: Of the embedding of speakers; 0 for a single voice.
        flow_kernel, flow_dilation, flow_layers: Of each coupling.
        block: Kind of the decoder's residual blocks, 1 or 2.
        block_kernels, block_dilations: One entry for each block of a stage.
        rates, kernels: One entry for each stage of upsampling.
        decoder_channels: Before the first stage.
    """

    rows: int
    channels: int
    inner_channels: int
    heads: int
    encoder_layers: int
    encoder_kernel: int
    speakers: int
    speaker_channels: int
    flow_kernel: int
    flow_dilation: int
    flow_layers: int
    block: int
    block_kernels: tuple[int, ...]
    block_dilations: tuple[tuple[int, ...], ...]
    rates: tuple[int, ...]
    kernels: tuple[int, ...]
    decoder_channels: int


@dataclass(frozen=True, slots=True)
class Network:
    """A network taken apart.

    Attributes:
        tensors: Coqui's name of a parameter, weight norm folded → its values.
    """

    dimensions: Dimensions
    tensors: Mapping[str, Array]


def read_network(layers: Sequence[Layer]) -> Network:
    """Recognise the layers of a VITS network.

    Raises:
        ForeignNetworkError: They are those of another network, or of a VITS that Coqui has not.
    """
    return _Recogniser(layers).network()


@dataclass(slots=True)
class _Recogniser:
    """Goes through the layers once."""

    layers: Sequence[Layer]
    at: int = 0
    tensors: dict[str, Array] = field(default_factory=dict)

    def network(self) -> Network:
        rows, channels = self._take(EMBEDDING, "text_encoder.emb").weight.shape
        if not 1 < channels <= _MOST_CHANNELS:
            raise ForeignNetworkError(f"its symbols have {channels} channels")
        encoder = self._encoder(channels)
        speakers = speaker_channels = 0
        if self._next(0).kind == EMBEDDING:
            speakers, speaker_channels = self._take(EMBEDDING, "emb_g").weight.shape
        conditioned = speakers > 0
        self._durations(conditioned=conditioned)
        flow_kernel, flow_dilation, flow_layers = self._flow(channels, conditioned=conditioned)
        before = self._take(CONVOLUTION, "waveform_decoder.conv_pre")
        if conditioned:
            self._take(CONVOLUTION, "waveform_decoder.cond_layer")
        stages = self._stages()
        last = self._take(CONVOLUTION, "waveform_decoder.conv_post")
        if last.weight.shape[0] != 1 or last.bias.size or self.at != len(self.layers):
            raise self._foreign("the end of the decoder")
        blocks = stages[0].blocks
        if any(stage.blocks != blocks for stage in stages):
            raise self._foreign("the same blocks in each stage")
        heads, layers, inner, kernel = encoder
        return Network(
            Dimensions(
                rows=rows,
                channels=channels,
                inner_channels=inner,
                heads=heads,
                encoder_layers=layers,
                encoder_kernel=kernel,
                speakers=speakers,
                speaker_channels=speaker_channels,
                flow_kernel=flow_kernel,
                flow_dilation=flow_dilation,
                flow_layers=flow_layers,
                block=blocks[0].kind,
                block_kernels=tuple(block.kernel for block in blocks),
                block_dilations=tuple(block.dilations for block in blocks),
                rates=tuple(stage.rate for stage in stages),
                kernels=tuple(stage.kernel for stage in stages),
                decoder_channels=before.weight.shape[0],
            ),
            self.tensors,
        )

    def _encoder(self, channels: int) -> tuple[int, int, int, int]:
        """Heads, layers, channels within a layer and kernel of the text encoder."""
        heads = number = inner = kernel = 0
        prefix = "text_encoder.encoder"
        while self._next(3).kind == RELATIVE:
            attention = f"{prefix}.attn_layers.{number}"
            for name in ("conv_q", "conv_k", "conv_v"):
                self._take(CONVOLUTION, f"{attention}.{name}")
            for name in ("emb_rel_k", "emb_rel_v"):
                table = self._take(RELATIVE).weight
                self.tensors[f"{attention}.{name}"] = table
                if table.shape[1] != _WINDOW or channels % table.shape[2]:
                    raise self._foreign(f"a window of {_WINDOW} positions")
                heads = channels // table.shape[2]
            self._take(CONVOLUTION, f"{attention}.conv_o")
            self._take(NORM, f"{prefix}.norm_layers_1.{number}")
            wide = self._take(CONVOLUTION, f"{prefix}.ffn_layers.{number}.conv_1").weight
            inner, _, kernel = wide.shape
            self._take(CONVOLUTION, f"{prefix}.ffn_layers.{number}.conv_2")
            self._take(NORM, f"{prefix}.norm_layers_2.{number}")
            number += 1
        projection = self._take(CONVOLUTION, "text_encoder.proj").weight
        if number == 0 or projection.shape[0] != 2 * channels:
            raise self._foreign("a prior as wide as the text encoder")
        return heads, number, inner, kernel

    def _durations(self, *, conditioned: bool) -> None:
        prefix = "duration_predictor"
        first = self._take(CONVOLUTION, f"{prefix}.pre").weight
        width, _, kernel = first.shape
        if kernel != 1 or DURATION_CHANNELS % width:
            raise self._foreign("a stochastic duration predictor")
        if conditioned:
            self._take(CONVOLUTION, f"{prefix}.cond")
        self._separable(f"{prefix}.convs")
        self._take(CONVOLUTION, f"{prefix}.proj")
        for number in _DURATION_FLOWS:
            flow = f"{prefix}.flows.{number}"
            self._take(CONVOLUTION, f"{flow}.pre")
            self._separable(f"{flow}.convs")
            if self._take(CONVOLUTION, f"{flow}.proj").weight.shape[0] != _SPLINE_OUTPUTS:
                raise self._foreign(f"splines of {_SPLINE_BINS} bins")
        self._affine(f"{prefix}.flows.0")
        _widen(self.tensors, DURATION_CHANNELS // width)

    def _separable(self, prefix: str) -> None:
        for number in range(_SEPARABLE_LAYERS):
            self._take(CONVOLUTION, f"{prefix}.convs_sep.{number}")
            self._take(NORM, f"{prefix}.norms_1.{number}")
            self._take(CONVOLUTION, f"{prefix}.convs_1x1.{number}")
            self._take(NORM, f"{prefix}.norms_2.{number}")

    def _affine(self, prefix: str) -> None:
        import numpy as np  # noqa: PLC0415

        layer = self._take(AFFINE)
        if not (layer.bias > 0).all():
            raise self._foreign("a positive scale of durations")
        self.tensors[f"{prefix}.translation"] = layer.weight
        self.tensors[f"{prefix}.log_scale"] = -np.log(layer.bias)

    def _flow(self, channels: int, *, conditioned: bool) -> tuple[int, int, int]:
        """Kernel, dilation and number of layers of the couplings; they come last to first."""
        kernel, dilation, number = 0, 1, 0
        for coupling in reversed(range(_COUPLINGS)):
            prefix = f"flow.flows.{coupling}"
            self._take(CONVOLUTION, f"{prefix}.pre")
            if conditioned:
                self._take(CONVOLUTION, f"{prefix}.enc.cond_layer")
            number = 0
            while True:
                layer = self._take(CONVOLUTION, f"{prefix}.enc.in_layers.{number}")
                kernel = layer.weight.shape[2]
                if number == 1:
                    dilation = layer.dilation
                skip = self._take(CONVOLUTION, f"{prefix}.enc.res_skip_layers.{number}")
                number += 1
                if skip.weight.shape[0] == channels:
                    break
            self._take(CONVOLUTION, f"{prefix}.post")
        return kernel, dilation, number

    def _stages(self) -> list[_Stage]:
        stages: list[_Stage] = []
        block_number = 0
        while self._next(0).kind == UPSAMPLING:
            up = self._take(UPSAMPLING, f"waveform_decoder.ups.{len(stages)}")
            blocks: list[_Block] = []
            while self._next(0).source == up.result:
                blocks.append(self._block(f"waveform_decoder.resblocks.{block_number}"))
                block_number += 1
            stages.append(_Stage(up.stride, up.weight.shape[2], tuple(blocks)))
        if not stages or not stages[0].blocks:
            raise self._foreign("a decoder of residual blocks")
        return stages

    def _block(self, prefix: str) -> _Block:
        """The convolutions of one block: all that follow but do not begin another one."""
        first = self._next(0)
        convolutions = [self._take(CONVOLUTION)]
        while (
            self._next(0).kind == CONVOLUTION
            and self._next(0).source != first.source
            and self._next(0).weight.shape[0] == first.weight.shape[0]
        ):
            convolutions.append(self._take(CONVOLUTION))
        chained = len(convolutions) > 1 and convolutions[1].source == convolutions[0].result
        for number, layer in enumerate(convolutions):
            name = f"convs{number % 2 + 1}.{number // 2}" if chained else f"convs.{number}"
            self._keep(f"{prefix}.{name}", layer)
        outer = convolutions[::2] if chained else convolutions
        return _Block(
            kind=1 if chained else 2,
            kernel=first.weight.shape[2],
            dilations=tuple(layer.dilation for layer in outer),
        )

    def _next(self, ahead: int) -> Layer:
        try:
            return self.layers[self.at + ahead]
        except IndexError:
            raise self._foreign("more layers") from None

    def _take(self, kind: str, name: str = "") -> Layer:
        layer = self._next(0)
        if layer.kind != kind:
            raise self._foreign(f"the layer “{name}”" if name else f"a layer “{kind}”")
        self.at += 1
        if name:
            self._keep(name, layer)
        return layer

    def _keep(self, name: str, layer: Layer) -> None:
        weight, bias = ("gamma", "beta") if layer.kind == NORM else ("weight", "bias")
        self.tensors[f"{name}.{weight}"] = layer.weight
        if layer.bias.size:
            self.tensors[f"{name}.{bias}"] = layer.bias

    def _foreign(self, expected: str) -> ForeignNetworkError:
        return ForeignNetworkError(
            f"layer {self.at + 1} of {len(self.layers)} should be {expected}, and is not"
        )


@dataclass(frozen=True, slots=True)
class _Block:
    kind: int
    kernel: int
    dilations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Stage:
    rate: int
    kernel: int
    blocks: tuple[_Block, ...]


def _widen(tensors: dict[str, Array], times: int) -> None:
    """Give a narrow duration predictor Coqui's width, without changing what it computes.

    Every channel stands there ``times`` times. Norms see the same mean and variance; what reads the
    channels takes a share of each copy; and the splines, which are divided by the root of the
    width, are made larger by as much.
    """
    import numpy as np  # noqa: PLC0415

    if times == 1:
        return
    for name in [name for name in tensors if name.startswith("duration_predictor.")]:
        part = name.removeprefix("duration_predictor.").rpartition(".")[0]
        value: Array = tensors[name]
        is_matrix = name.endswith(".weight")
        is_spline = part.startswith("flows.") and part.endswith(".proj")
        reads_copies = part.endswith("proj") or ".convs_1x1." in part
        if part == "flows.0":
            continue
        if is_matrix and reads_copies:
            value = np.tile(value, (1, times, 1)) / np.float32(times)
        if is_spline:
            value = value.copy()
            value[: 2 * _SPLINE_BINS] *= np.float32(np.sqrt(times))
        else:
            value = np.tile(value, (times, 1, 1) if is_matrix else times)
        tensors[name] = value
