"""Builds Piper voices with random weights, by Piper's own network and the call that exports it."""

# Piper and torch take seconds to import.
# ruff: noqa: PLC0415

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class PiperKind:
    """What is particular about a voice to be built; the rest is as Piper trains it.

    Attributes:
        channels: Of encoder, flow and duration predictor: 192, or 96 for ``x_low``.
        block, kernels, dilations, rates, up_kernels: Of the decoder.
        espeak: As espeak-ng names the language.
        speakers: Name → row.
    """

    channels: int
    layers: int
    block: str
    kernels: tuple[int, ...]
    dilations: tuple[tuple[int, ...], ...]
    rates: tuple[int, ...]
    up_kernels: tuple[int, ...]
    sample_rate: int
    espeak: str
    code: str
    speakers: tuple[tuple[str, int], ...] = ()


HIGH = PiperKind(
    channels=192,
    layers=1,
    block="1",
    kernels=(3, 7, 11),
    dilations=((1, 3, 5), (1, 3, 5), (1, 3, 5)),
    rates=(8, 8, 2, 2),
    up_kernels=(16, 16, 4, 4),
    sample_rate=22_050,
    espeak="de",
    code="de_DE",
    speakers=(("Ada", 1), ("Böll", 0), ("Cleo", 2)),
)
"""As the voices of quality “high”, with three speakers."""

X_LOW = PiperKind(
    channels=96,
    layers=1,
    block="2",
    kernels=(3, 5, 7),
    dilations=((1, 2), (2, 6), (3, 12)),
    rates=(8, 8, 4),
    up_kernels=(16, 16, 8),
    sample_rate=16_000,
    espeak="en-us",
    code="en_US",
)
"""As the voices of quality “x_low”: half as many channels."""


def build_piper(path: Path, kind: PiperKind) -> Path:
    """Write a voice's ``.onnx`` and its settings beside it."""
    import torch
    from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

    torch.manual_seed(len(kind.rates))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what torch will do without some day
        from piper.train.vits.models import SynthesizerTrn

        network = SynthesizerTrn(
            n_vocab=256,
            spec_channels=513,
            segment_size=32,
            inter_channels=kind.channels,
            hidden_channels=kind.channels,
            filter_channels=2 * kind.channels,
            n_heads=2,
            n_layers=kind.layers,
            kernel_size=3,
            p_dropout=0.1,
            resblock=kind.block,
            resblock_kernel_sizes=kind.kernels,
            resblock_dilation_sizes=kind.dilations,
            upsample_rates=kind.rates,
            upsample_initial_channel=64,
            upsample_kernel_sizes=kind.up_kernels,
            n_speakers=max(len(kind.speakers), 1),
            gin_channels=64 if kind.speakers else 0,
            use_sdp=True,
        ).eval()
        _make_lively(network)
        _export(network, path, several=bool(kind.speakers))
    path.parent.mkdir(parents=True, exist_ok=True)
    settings = {
        "audio": {"sample_rate": kind.sample_rate, "quality": "test"},
        "espeak": {"voice": kind.espeak},
        "inference": {"noise_scale": 0.5, "length_scale": 1.25, "noise_w": 0.6},
        "phoneme_type": "espeak",
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
        "num_symbols": 256,
        "num_speakers": max(len(kind.speakers), 1),
        "speaker_id_map": dict(kind.speakers),
        "language": {"code": kind.code, "name_english": kind.code[:2].upper()},
        "dataset": "random",
    }
    path.with_name(f"{path.name}.json").write_text(json.dumps(settings), encoding="utf-8")
    return path


def _make_lively(network: Any) -> None:
    """Give every weight a value of its own: fresh ones are zeros and ones that hide a mix-up."""
    import torch

    with torch.no_grad():
        for name, weight in network.named_parameters():
            if name.endswith("weight_g"):
                weight.mul_(1 + 0.1 * torch.randn_like(weight))
            elif weight.std() < 1e-6 or weight.numel() == 1:  # zeros or ones
                weight.add_(0.1 * torch.randn_like(weight))
        for flow in network.dp.flows[1:]:
            if hasattr(flow, "proj"):
                flow.proj.weight.mul_(0.2)
        network.dp.flows[0].m.fill_(-0.7)  # two frames for each symbol
        network.dec.conv_post.weight.mul_(3.0)


def _export(network: Any, path: Path, *, several: bool) -> None:
    """The call of ``piper.train.export_onnx``; that module itself needs Lightning."""
    import torch

    with torch.no_grad():
        network.dec.remove_weight_norm()

    def infer(text: Any, text_lengths: Any, scales: Any, sid: Any = None) -> Any:
        return network.infer(
            text,
            text_lengths,
            noise_scale=scales[0],
            length_scale=scales[1],
            noise_scale_w=scales[2],
            sid=sid,
        )[0].unsqueeze(1)

    network.forward = infer
    text = torch.randint(0, 256, (1, 50))
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        network,
        (text, torch.tensor([50]), torch.tensor([0.667, 1.0, 0.8]), torch.tensor([0]))
        if several
        else (text, torch.tensor([50]), torch.tensor([0.667, 1.0, 0.8]), None),
        str(path),
        opset_version=15,
        input_names=["input", "input_lengths", "scales", "sid"],
        output_names=["output"],
        dynamic_axes={
            "input": {0: "batch_size", 1: "phonemes"},
            "input_lengths": {0: "batch_size"},
            "output": {0: "batch_size", 2: "time"},
        },
        dynamo=False,  # the exporter of Piper's time; the new one fails on Piper's network
    )


def rewrite_graph(path: Path, change: Any) -> None:
    """Change an ONNX file in place: ``change`` is called with its model."""
    import onnx

    model = onnx.load(str(path), load_external_data=False)
    change(model)
    path.write_bytes(model.SerializeToString())


def rewrite_settings(path: Path, **changes: object) -> None:
    """Change the settings beside a voice."""
    file = path.with_name(f"{path.name}.json")
    table = json.loads(file.read_text(encoding="utf-8"))
    table.update(changes)
    file.write_text(json.dumps(table), encoding="utf-8")


def make_anonymous(model: Any) -> None:
    """Take away every name that tells what a weight or a node is for, as early exporters did."""
    names: dict[str, str] = {}
    kept = {given.name for given in (*model.graph.input, *model.graph.output)}
    for node in model.graph.node:
        for name in (*node.input, *node.output):
            if name and name not in kept:
                names.setdefault(name, str(len(names)))
    for number, node in enumerate(model.graph.node):
        node.name = f"n{number}"
        node.input[:] = [names.get(name, name) for name in node.input]
        node.output[:] = [names.get(name, name) for name in node.output]
    for tensor in model.graph.initializer:
        tensor.name = names.get(tensor.name, tensor.name)
    del model.graph.value_info[:]
