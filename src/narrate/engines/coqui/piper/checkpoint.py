"""Writing a recognised network as Coqui writes its own: ``model.pth`` and ``config.json``."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narrate.engines.coqui.model import ModelFiles
from narrate.engines.coqui.piper.graph import ForeignNetworkError
from narrate.engines.coqui.piper.network import Dimensions, Network
from narrate.engines.coqui.piper.settings import BEGIN, END, PAD, PiperSettings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLANK = "<BLNK>"
"""Coqui's symbol between the others; Piper has the one that fills up for both."""

_CHARACTERS = "TTS.tts.utils.text.characters.IPAPhonemes"
_UNUSED = ("posterior_encoder.", "duration_predictor.post_", "duration_predictor.flows.1.")
"""Parts that only training needs, absent from a voice: they get fresh weights, and few of them."""

_NORMED = ".parametrizations.weight.original"


def vocabulary(settings: PiperSettings) -> tuple[str, ...]:
    """Symbols in Coqui's order: row of the checkpoint's embedding → symbol."""
    frame = (PAD, END, BEGIN)
    others = sorted(set(settings.symbols) - set(frame), key=lambda s: (settings.symbols[s], s))
    return (*frame, BLANK, *others)


def piper_rows(settings: PiperSettings) -> tuple[int, ...]:
    """Row of the checkpoint's embedding → row of the voice's own."""
    symbols = {**settings.symbols, BLANK: settings.symbols[PAD]}
    return tuple(symbols[symbol] for symbol in vocabulary(settings))


def write_checkpoint(network: Network, settings: PiperSettings, folder: Path) -> ModelFiles:
    """Write a voice in Coqui's form; Coqui must be imported.

    Raises:
        ForeignNetworkError: The network and its settings are of different voices, or the network
            is not built as Coqui's.
        OSError: The folder cannot be written.
    """
    import torch  # noqa: PLC0415
    from TTS.tts.models.vits import Vits  # type: ignore[import-untyped]  # noqa: PLC0415

    check_fit(network.dimensions, settings)
    files = ModelFiles(folder / "model.pth", folder / "config.json")
    config = _config(network.dimensions, settings)
    torch.manual_seed(0)
    own = Vits(config).state_dict()
    tensors = dict(network.tensors)
    rows = list(piper_rows(settings))
    tensors["text_encoder.emb.weight"] = tensors["text_encoder.emb.weight"][rows]
    torch.save({"model": _filled(own, tensors)}, files.checkpoint)
    config.save_json(str(files.config))
    return files


def check_fit(dimensions: Dimensions, settings: PiperSettings) -> None:
    """Compare what the network is with what its settings say.

    Raises:
        ForeignNetworkError: They are of different voices.
    """
    speakers = len(settings.speakers)
    for name, is_, says in (
        ("symbols", dimensions.rows, settings.rows),
        ("speakers", max(dimensions.speakers, 1), max(speakers, 1)),
    ):
        if is_ != says:
            raise ForeignNetworkError(f"it has {is_} {name}, its settings name {says}")


def _filled(own: Mapping[str, Any], tensors: dict[str, NDArray[np.float32]]) -> dict[str, Any]:
    """A whole state of Coqui's model: the voice's weights where it has them."""
    import torch  # noqa: PLC0415

    filled: dict[str, Any] = {}
    for name, value in own.items():
        plain, split, _ = name.partition(_NORMED)
        key = f"{plain}.weight" if split else name
        if key not in tensors:
            if not name.startswith(_UNUSED):
                raise ForeignNetworkError(f"it has no weights for “{key}”")
            filled[name] = value
            continue
        weight = torch.from_numpy(tensors[key].copy())
        if name.endswith(f"{_NORMED}0"):
            weight = torch.norm_except_dim(weight, 2, 0)
        if weight.shape != value.shape:
            raise ForeignNetworkError(
                f"“{key}” has the shape {tuple(weight.shape)}, not {tuple(value.shape)}"
            )
        filled[name] = weight
    known = {name.partition(_NORMED)[0] for name in own}
    for key in tensors:
        if key not in own and key.removesuffix(".weight") not in known:
            raise ForeignNetworkError(f"it has weights that Coqui has not: “{key}”")
    return filled


def characters_of(settings: PiperSettings) -> Any:
    """The symbols of a voice as Coqui's configuration names them, in Coqui's order."""
    from TTS.tts.configs.shared_configs import (  # type: ignore[import-untyped]  # noqa: PLC0415
        CharactersConfig,
    )

    symbols = "".join(vocabulary(settings)[4:])
    return CharactersConfig(
        characters_class=_CHARACTERS,
        pad=PAD,
        eos=END,
        bos=BEGIN,
        blank=BLANK,
        characters=symbols,
        phonemes=symbols,
        punctuations="",
        is_unique=False,
        is_sorted=False,
    )


def _config(dimensions: Dimensions, settings: PiperSettings) -> Any:
    from TTS.tts.configs.vits_config import (  # type: ignore[import-untyped]  # noqa: PLC0415
        VitsConfig,
    )

    config = VitsConfig(
        model_args=_arguments(dimensions, settings),
        use_phonemes=True,
        phonemizer=f"piper_{settings.phonemizer}",
        phoneme_language=settings.language,
        text_cleaner="no_cleaners",
        characters=characters_of(settings),
        add_blank=True,
        enable_eos_bos_chars=True,
        run_name=settings.description or "Piper voice",
    )
    config.audio.sample_rate = settings.sample_rate
    config.audio.do_trim_silence = False  # would end an utterance at its first pause of 0.8 s
    config.audio.hop_length = prod(dimensions.rates)
    if settings.speakers:
        config.speakers = list(settings.speakers)
        config.use_speaker_embedding = True
        config.speaker_embedding_channels = dimensions.speaker_channels
    return config


def _arguments(dimensions: Dimensions, settings: PiperSettings) -> Any:
    from TTS.tts.models.vits import VitsArgs  # noqa: PLC0415

    speakers: dict[str, Any] = {}
    if settings.speakers:
        speakers["speaker_embedding_channels"] = dimensions.speaker_channels
    return VitsArgs(
        num_chars=len(vocabulary(settings)),
        hidden_channels=dimensions.channels,
        hidden_channels_ffn_text_encoder=dimensions.inner_channels,
        num_heads_text_encoder=dimensions.heads,
        num_layers_text_encoder=dimensions.encoder_layers,
        kernel_size_text_encoder=dimensions.encoder_kernel,
        num_layers_posterior_encoder=1,
        kernel_size_flow=dimensions.flow_kernel,
        dilation_rate_flow=dimensions.flow_dilation,
        num_layers_flow=dimensions.flow_layers,
        resblock_type_decoder=str(dimensions.block),
        resblock_kernel_sizes_decoder=list(dimensions.block_kernels),
        resblock_dilation_sizes_decoder=[list(d) for d in dimensions.block_dilations],
        upsample_rates_decoder=list(dimensions.rates),
        upsample_kernel_sizes_decoder=list(dimensions.kernels),
        upsample_initial_channel_decoder=dimensions.decoder_channels,
        inference_noise_scale=settings.noise_scale,
        inference_noise_scale_dp=settings.noise_w,
        length_scale=settings.length_scale,
        init_discriminator=False,
        use_speaker_embedding=bool(settings.speakers),
        **speakers,
    )
