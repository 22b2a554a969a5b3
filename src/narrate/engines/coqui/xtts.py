"""A loaded XTTS voice, run by Coqui on torch."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narrate.engines.base import Request
from narrate.engines.coqui.choices import refuse_options, unknown_speaker
from narrate.engines.coqui.conditioning import Conditioning, remembered
from narrate.engines.coqui.imports import brief
from narrate.engines.coqui.model import (
    ModelFiles,
    config_digest,
    file_digest,
    unreadable,
    voice_path,
)
from narrate.engines.coqui.reference import Recording, longest_s, read_recording
from narrate.engines.coqui.speaker import SPEAK_FAILURES, VITS_OPTIONS, XTTS_OPTIONS, CoquiSpeaker
from narrate.engines.installed import version_of
from narrate.errors import EngineError
from narrate.model import Voice

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_RATE = 22_050
_PACKAGES = ("coqui-tts", "torch", "torchaudio", "soundfile", "soxr")


class XttsSpeaker(CoquiSpeaker):
    """An XTTS model with one of its own speakers, or the voice of a recording."""

    def __init__(self, voice: Voice, synthesizer: Any, files: ModelFiles) -> None:
        super().__init__(voice, synthesizer)
        self._files = files
        refuse_options(voice, VITS_OPTIONS)
        self._language(voice.lang)
        config = self._model.config
        # transformers insists on the exact types.
        self._settings: Mapping[str, Any] = {
            "length_penalty": float(config.length_penalty),
            **{n: kind(self._options.get(n, config[n])) for n, kind in XTTS_OPTIONS.items()},
        }
        self._conditioning = self._recorded() if voice.reference else self._built_in()

    @property
    def _reference(self) -> Path:
        return voice_path(self._voice, "reference", self._voice.reference)

    def _built_in(self) -> tuple[Any, Any]:
        """Latents of a speaker that the model brings with it."""
        manager = self._model.speaker_manager
        speakers = manager.speakers if manager else {}
        if self._voice.speaker not in speakers:
            raise unknown_speaker(self._voice, list(speakers))
        latents, embedding = speakers[self._voice.speaker].values()
        return latents, embedding

    def _recorded(self) -> tuple[Any, Any]:
        """Latents of the voice in a recording, computed by one worker for all."""
        import torch  # noqa: PLC0415

        found = remembered(self._marks(), self._compute)
        return torch.from_numpy(found.latents), torch.from_numpy(found.embedding)

    def _marks(self) -> dict[str, str]:
        """What the latents depend on."""
        try:
            return {
                "reference": file_digest(self._reference),
                "checkpoint": file_digest(self._files.checkpoint),
                "config": config_digest(self._files.config),
                "device": str(self._model.device),
                **{name: version_of(name) for name in _PACKAGES},
            }
        except OSError as error:
            raise unreadable(error) from error

    def _compute(self) -> Conditioning:
        """As Coqui's ``get_conditioning_latents`` does it, but for reading the file.

        That needs ffmpeg's libraries on the machine.
        """
        import torch  # noqa: PLC0415

        config, model = self._model.config, self._model
        longest = longest_s({"max_ref_len": config.max_ref_len}, self._files.config)
        audio = _resampled(read_recording(self._reference, longest))
        wave = torch.from_numpy(audio)[None].to(model.device)
        if config.sound_norm_refs:
            wave = wave / wave.abs().max() * 0.75
        try:
            with torch.inference_mode():
                embedding = model.get_speaker_embedding(wave, _RATE)
                latents = model.get_gpt_cond_latents(
                    wave, _RATE, length=config.gpt_cond_len, chunk_length=config.gpt_cond_chunk_len
                )
        except SPEAK_FAILURES as error:
            raise EngineError(
                f"the recording cannot be used: {brief(error)}", where=self._voice.reference
            ) from error
        return Conditioning(latents.float().cpu().numpy(), embedding.float().cpu().numpy())

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


def _resampled(recording: Recording) -> NDArray[np.float32]:
    """A recording at the rate that XTTS works with."""
    import soxr  # type: ignore[import-untyped]  # noqa: PLC0415

    wave: NDArray[np.float32] = soxr.resample(recording.wave, recording.rate, _RATE)
    return wave.clip(-1.0, 1.0)
