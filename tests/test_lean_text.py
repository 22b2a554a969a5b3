"""The text part that is exported computes what Coqui's own modules compute."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
import pytest
import torch

from coqui_checkpoints import TinyModel, build_vits
from narrate.engines.coqui.config import read_config
from narrate.engines.coqui.export import TEXT
from narrate.engines.coqui.export_child import export
from narrate.engines.coqui.lean_text import TextPart
from narrate.engines.coqui.loading import load_synthesizer
from narrate.engines.coqui.model import ModelFiles
from narrate.engines.coqui.noise import handed_noise
from narrate.engines.coqui.unsupported import UnsupportedModelError

Answer = tuple[np.ndarray[Any, Any], ...]

SYMBOLS = 40
LEAST_DB = 90.0
SCALE = torch.tensor([0.8])


def loaded(folder: Path) -> Any:
    files = ModelFiles(folder / "model.pth", folder / "config.json")
    return load_synthesizer(files, read_config(files), "cpu").tts_model.eval()


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """A tiny model with arguments of its own, and norms and places that say something."""

    def make(**fields: Any) -> Any:
        folder = tmp_path_factory.mktemp("text")
        build_vits(folder, TinyModel("de", **fields))
        return stirred(loaded(folder))

    return make


def stirred(model: Any) -> Any:
    """Fresh norms change nothing and fresh projections little: make each weight count."""
    torch.manual_seed(3)
    for part in (model.text_encoder, model.duration_predictor):
        for name, weight in part.named_parameters():
            if weight.ndim == 1 or name.endswith(("gamma", "beta", "translation", "log_scale")):
                weight.data += 0.3 * torch.randn_like(weight)
    return model


def coquis(model: Any, symbols: torch.Tensor, noise: torch.Tensor, **conditions: Any) -> Answer:
    """Mean, log scale and durations by Coqui's modules, as ``Vits.inference`` calls them."""
    voice = model.emb_g(conditions["speaker"]).unsqueeze(-1) if "speaker" in conditions else None
    tongue = model.emb_l(conditions["language"]).unsqueeze(-1) if "language" in conditions else None
    lengths = torch.tensor([symbols.shape[1]])
    hidden, mean, log_scale, mask = model.text_encoder(symbols, lengths, lang_emb=tongue)
    given = {"g": voice if model.args.condition_dp_on_speaker else None, "lang_emb": tongue}
    if model.args.use_sdp:
        given |= {"reverse": True, "noise_scale": SCALE}
    with handed_noise(lambda *_: noise):
        logs = model.duration_predictor(hidden, mask, **given)
    return tuple(one.numpy() for one in (mean, log_scale, torch.exp(logs) * mask))


def drawn(model: Any, count: int, seed: int = 1) -> tuple[torch.Tensor, torch.Tensor]:
    """Symbols [1, T] and noise [1, 2, T]; some of it outside of the splines."""
    source = torch.Generator().manual_seed(seed)
    symbols = torch.randint(0, model.args.num_chars, (1, count), generator=source)
    return symbols, 2.5 * torch.randn(1, 2, count, generator=source)


def assert_same(theirs: Answer, ours: Answer) -> None:
    for one, other in zip(theirs, ours, strict=True):
        assert one.shape == other.shape
        noise = np.sum((one.astype(np.float64) - other) ** 2)
        assert 10 * np.log10(np.sum(one.astype(np.float64) ** 2) / (noise + 1e-30)) > LEAST_DB


def assert_faithful(model: Any, count: int = SYMBOLS, **conditions: Any) -> None:
    symbols, noise = drawn(model, count)
    with torch.no_grad():
        theirs = coquis(model, symbols, noise, **conditions)
        ours = TextPart(model)(symbols, noise, SCALE, **conditions)
    assert_same(theirs, tuple(one.numpy() for one in ours))


ARGUMENTS = {
    "one head, three layers": {"num_heads_text_encoder": 1, "num_layers_text_encoder": 3},
    "four heads": {"num_heads_text_encoder": 4},
    "kernel of 1": {"kernel_size_text_encoder": 1},
    "even kernel": {"kernel_size_text_encoder": 2},
    "kernel of 5": {"kernel_size_text_encoder": 5},
    "long kernel": {"kernel_size_text_encoder": 9},
    "wide net": {"hidden_channels_ffn_text_encoder": 72},
    "plain durations": {"use_sdp": False},
}


@pytest.mark.parametrize("arguments", ARGUMENTS.values(), ids=ARGUMENTS)
def test_every_size_gives_what_coqui_gives(
    build: Callable[..., Any], arguments: dict[str, Any]
) -> None:
    assert_faithful(build(arguments=arguments))


@pytest.mark.parametrize("use_sdp", [True, False])
@pytest.mark.parametrize("conditioned", [True, False])
def test_speaker_and_language_reach_the_durations_where_the_model_wants_it(
    build: Callable[..., Any],
    use_sdp: bool,  # noqa: FBT001
    conditioned: bool,  # noqa: FBT001
) -> None:
    arguments = {"use_sdp": use_sdp, "condition_dp_on_speaker": conditioned}
    model = build(speakers=("Anna", "Ben"), languages=("de", "en"), arguments=arguments)
    first, second = (torch.tensor([index]) for index in range(2))
    assert_faithful(model, speaker=second, language=first)
    assert_faithful(model, speaker=first, language=second)


def test_older_norms_and_causal_nets_are_carried_over(build: Callable[..., Any]) -> None:
    from TTS.tts.layers.glow_tts.transformer import (  # type: ignore[import-untyped]  # noqa: PLC0415
        RelativePositionTransformer,
    )

    model = build()
    was = model.text_encoder.encoder
    model.text_encoder.encoder = older = RelativePositionTransformer(
        16, 16, 16, 32, 2, 2, kernel_size=3, rel_attn_window_size=4, layer_norm_type="1"
    )
    assert type(older.norm_layers_1[0]) is not type(was.norm_layers_1[0])
    stirred(model).eval()
    assert_faithful(model)
    for net in older.ffn_layers:
        net.padding = net._causal_padding
    assert_faithful(model)


def test_what_is_not_known_is_refused(build: Callable[..., Any]) -> None:
    model = build()
    attention = model.text_encoder.encoder.attn_layers[0]
    for name, odd, known in (
        ("proximal_bias", True, False),
        ("input_length", 20, None),
        ("rel_attn_window_size", None, 4),
    ):
        setattr(attention, name, odd)
        with pytest.raises(UnsupportedModelError):
            TextPart(model)
        setattr(attention, name, known)
    assert_faithful(model)


@pytest.fixture(scope="module")
def german(tiny_german: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """The model and its exported text part."""
    folder = tmp_path_factory.mktemp("export")
    export(ModelFiles(tiny_german / "model.pth", tiny_german / "config.json"), folder)
    return loaded(tiny_german), onnxruntime.InferenceSession(folder / TEXT)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7, 8, 9, 31, 64, 250])
def test_the_export_fits_texts_of_every_length(german: tuple[Any, Any], count: int) -> None:
    """Fewer symbols than a window or a group, and groups that are filled or not."""
    model, session = german
    symbols, noise = drawn(model, count, seed=count)
    with torch.no_grad():
        theirs = coquis(model, symbols, noise)
    inputs = {"symbols": symbols, "noise": noise, "noise_scale": SCALE}
    ours = session.run(None, {name: value.numpy() for name, value in inputs.items()})
    assert_same(theirs, tuple(ours))
