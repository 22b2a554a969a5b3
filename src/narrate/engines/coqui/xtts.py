"""A loaded XTTS voice, run by Coqui on torch."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narrate.engines.base import Request
from narrate.engines.coqui.imports import brief
from narrate.engines.coqui.model import voice_path
from narrate.engines.coqui.speaker import SPEAK_FAILURES, VITS_OPTIONS, XTTS_OPTIONS, CoquiSpeaker
from narrate.errors import EngineError
from narrate.model import Voice

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class XttsSpeaker(CoquiSpeaker):
    """An XTTS model with one of its own speakers, or the voice of a recording."""

    def __init__(self, voice: Voice, synthesizer: Any) -> None:
        super().__init__(voice, synthesizer)
        self._refuse_options(VITS_OPTIONS)
        self._language(voice.lang)
        config = self._model.config
        # transformers insists on the exact types.
        self._settings: Mapping[str, Any] = {
            "length_penalty": float(config.length_penalty),
            **{n: kind(self._options.get(n, config[n])) for n, kind in XTTS_OPTIONS.items()},
        }
        self._conditioning = self._recorded() if voice.reference else self._built_in()

    def _built_in(self) -> tuple[Any, Any]:
        """Latents of a speaker that the model brings with it."""
        manager = self._model.speaker_manager
        speakers = manager.speakers if manager else {}
        if self._voice.speaker not in speakers:
            raise self._unknown_speaker(list(speakers))
        latents, embedding = speakers[self._voice.speaker].values()
        return latents, embedding

    def _recorded(self) -> tuple[Any, Any]:
        """Latents of the voice in a recording, computed once.

        As Coqui's ``get_conditioning_latents`` does it, but for reading the file: that needs
        ffmpeg's libraries on the machine.
        """
        import torch  # noqa: PLC0415

        config, model = self._model.config, self._model
        audio, rate = _read_recording(voice_path(self._voice, "reference", self._voice.reference))
        wave = torch.from_numpy(audio)[None, : rate * config.max_ref_len].to(model.device)
        if config.sound_norm_refs:
            wave = wave / wave.abs().max() * 0.75
        try:
            embedding = model.get_speaker_embedding(wave, rate)
            latents = model.get_gpt_cond_latents(
                wave, rate, length=config.gpt_cond_len, chunk_length=config.gpt_cond_chunk_len
            )
        except SPEAK_FAILURES as error:
            raise EngineError(
                f"the recording cannot be used: {brief(error)}", where=self._voice.reference
            ) from error
        return latents, embedding

    def _wave(self, request: Request) -> NDArray[np.float32]:
        import numpy as np  # noqa: PLC0415

        latents, embedding = self._conditioning
        answer = self._model.inference(
            request.spoken,
            self._language(request.lang) or request.lang,
            latents,
            embedding,
            speed=1.0 / self._voice.length_scale,
            **self._settings,
        )
        return np.asarray(answer["wav"], dtype=np.float32)


def _read_recording(path: Path) -> tuple[NDArray[np.float32], int]:
    """One channel of a recording, at the rate that XTTS works with."""
    import soundfile  # type: ignore[import-untyped]  # noqa: PLC0415
    import soxr  # type: ignore[import-untyped]  # noqa: PLC0415

    rate = 22_050
    try:
        audio, own_rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, RuntimeError) as error:
        raise EngineError(
            f"the recording cannot be read: {brief(error)}",
            where=str(path),
            mend="It must be WAV, FLAC, MP3 or Ogg.",
        ) from error
    mono = audio.mean(axis=1)
    resampled: NDArray[np.float32] = soxr.resample(mono, own_rate, rate).clip(-1.0, 1.0)
    return resampled, rate
