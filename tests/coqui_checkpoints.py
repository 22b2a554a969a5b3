"""Builds tiny Coqui models: real checkpoints with random weights, saved as Coqui saves them."""

# Coqui is imported where it is used: it must be prepared first (narrate.engines.coqui.imports).
# ruff: noqa: PLC0415

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from narrate.engines.coqui.imports import import_coqui, quiet

# What espeak-ng writes for the two languages, and Coqui's usual punctuation.
_PHONEMES = "abcdefhijklmnopqrstuvwxyzæçðøŋœɐɑɒɔəɚɛɜɡɪɲɹɾʁʃʊʌʏʒʔθχᵻˈˌːˑ̩̃ʲ"
_PUNCTUATION = "!¡'(),-.:;¿? "


@dataclass(frozen=True, slots=True)
class TinyModel:
    """What is particular about a model to be built.

    Attributes:
        language: Of its phonemes, as espeak-ng names it.
        speakers: More than one make a multi-speaker model.
        languages: More than one make a model that is told the language.
        phonemes: Whether it reads phonemes; letters otherwise.
        arguments: Of the network, in place of those of a tiny one.
    """

    language: str
    speakers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    phonemes: bool = True
    cleaner: str = "phoneme_cleaners"
    arguments: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 1


def build_vits(folder: Path, model: TinyModel) -> Path:
    """Write ``model.pth`` and ``config.json`` into ``folder``; the checkpoint is returned."""
    import_coqui()
    import torch
    from TTS.tts.configs.vits_config import VitsConfig  # type: ignore[import-untyped]
    from TTS.tts.models.vits import Vits  # type: ignore[import-untyped]

    from narrate.engines.coqui.phonemes import register_phonemizer

    register_phonemizer()
    folder.mkdir(parents=True, exist_ok=True)
    config = VitsConfig(
        model_args=_arguments(model),
        use_phonemes=model.phonemes,
        phonemizer="espeak",
        phoneme_language=model.language,
        text_cleaner=model.cleaner,
        characters=_characters(),
        add_blank=True,
        run_name=f"tiny-{model.language}",
    )
    config.audio.sample_rate = 16_000
    if model.speakers:
        config.speakers = list(model.speakers)
        config.use_speaker_embedding = True
    if model.languages:
        config.languages = list(model.languages)
        config.use_language_embedding = True
    torch.manual_seed(model.seed)
    with quiet():
        vits = Vits(config)
    _make_audible(vits)
    _save(vits, config, folder)
    return folder / "model.pth"


def _arguments(model: TinyModel) -> object:
    from TTS.tts.configs.vits_config import VitsArgs

    tiny = {
        "hidden_channels": 16,
        "hidden_channels_ffn_text_encoder": 32,
        "num_heads_text_encoder": 2,
        "num_layers_text_encoder": 1,
        "num_layers_posterior_encoder": 1,
        "num_layers_flow": 1,
        "resblock_type_decoder": "2",
        "resblock_kernel_sizes_decoder": [3],
        "resblock_dilation_sizes_decoder": [[1, 3]],
        "upsample_rates_decoder": [8, 8, 4],
        "upsample_kernel_sizes_decoder": [16, 16, 8],
        "upsample_initial_channel_decoder": 32,
        "init_discriminator": False,
        "use_speaker_embedding": bool(model.speakers),
        "speaker_embedding_channels": 8 if model.speakers else 256,
        "use_language_embedding": bool(model.languages),
    }
    return VitsArgs(**{**tiny, **model.arguments})


def _characters() -> object:
    from TTS.tts.configs.shared_configs import CharactersConfig  # type: ignore[import-untyped]

    return CharactersConfig(
        characters_class="TTS.tts.models.vits.VitsCharacters",
        pad="_",
        eos="",
        bos="",
        blank="",
        characters="",
        punctuations=_PUNCTUATION,
        phonemes=_PHONEMES,
    )


def _make_audible(vits: Any) -> None:
    """Fresh weights are nearly silent, and some are 0: wake them."""
    import torch

    for part in (vits.flow, vits.duration_predictor):
        for weight in part.parameters():
            if not weight.detach().any():
                torch.nn.init.normal_(weight, 0.0, 0.05)
    for name, weight in vits.named_parameters():
        if name.startswith("waveform_decoder.conv_post"):
            with torch.no_grad():
                weight.mul_(20.0)


def _save(vits: Any, config: Any, folder: Path) -> None:
    from trainer.io import save_model

    save_model(config, vits, folder / "model.pth", current_step=0, epoch=0)
    config.save_json(str(folder / "config.json"))


def rewrite_config(folder: Path, changes: dict[str, object]) -> None:
    """Change settings of a model's configuration, as somebody with an editor would."""
    path = folder / "config.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    settings.update(changes)
    path.write_text(json.dumps(settings), encoding="utf-8")


def build_xtts(folder: Path) -> Path:
    """Write an XTTS of two layers with the speaker “Ada”; the checkpoint is returned.

    Its vocoder has a fixed size, so the file still takes 90 MB.
    """
    import_coqui()
    import torch

    with quiet():
        from TTS.tts.configs.xtts_config import (  # type: ignore[import-untyped]
            XttsArgs,
            XttsConfig,
        )
        from TTS.tts.models.xtts import Xtts  # type: ignore[import-untyped]

    folder.mkdir(parents=True, exist_ok=True)
    words = _write_vocabulary(folder / "vocab.json")
    width = 64
    arguments = XttsArgs(
        gpt_layers=2,
        gpt_n_model_channels=width,
        gpt_n_heads=2,
        gpt_num_audio_tokens=66,
        gpt_start_audio_token=64,
        gpt_stop_audio_token=65,
        gpt_max_audio_tokens=20,
        gpt_max_text_tokens=300,
        gpt_use_perceiver_resampler=True,
        gpt_number_text_tokens=words,
        gpt_start_text_token=3,
        gpt_stop_text_token=0,
        decoder_input_dim=width,
    )
    config = XttsConfig(model_args=arguments, languages=["de", "en"])
    torch.manual_seed(1)
    with quiet():
        _save(Xtts(config), config, folder)
    ada = {
        "gpt_cond_latent": torch.randn(1, 32, width),
        "speaker_embedding": torch.randn(1, 512, 1),
    }
    torch.save({"Ada": ada}, folder / "speakers_xtts.pth")
    return folder / "model.pth"


def make_legacy(checkpoint: Path) -> None:
    """Write an XTTS checkpoint as the first versions did: with its configuration as an object."""
    import torch
    from TTS.tts.configs.xtts_config import XttsConfig
    from TTS.tts.models.xtts import _legacy_safe_globals

    state = torch.load(checkpoint, weights_only=True)
    state["config"] = XttsConfig()
    with _legacy_safe_globals():  # names the classes as they were named then
        torch.save(state, checkpoint)


def _write_vocabulary(path: Path) -> int:
    """One token for each letter; the number of tokens."""
    from tokenizers import Tokenizer, models

    special = ["[STOP]", "[UNK]", "[SPACE]", "[START]", "[de]", "[en]"]
    tokens = [*special, *"abcdefghijklmnopqrstuvwxyzäöüß.,!?' "]
    vocabulary = {token: number for number, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[], unk_token="[UNK]"))  # noqa: S106
    tokenizer.add_special_tokens(special)
    tokenizer.save(str(path))
    return len(tokens)
