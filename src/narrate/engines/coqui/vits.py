"""A loaded VITS voice, run by Coqui on torch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from narrate.engines.base import Request
from narrate.engines.coqui.speaker import XTTS_OPTIONS, CoquiSpeaker
from narrate.engines.respelling import respell
from narrate.errors import EngineError
from narrate.model import Voice

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class VitsSpeaker(CoquiSpeaker):
    """A VITS model, single or multi-speaker, of one or several languages."""

    def __init__(self, voice: Voice, synthesizer: Any) -> None:
        super().__init__(voice, synthesizer)
        self._refuse_options(XTTS_OPTIONS)
        if voice.reference:
            raise EngineError(
                "a VITS model cannot take its voice from a recording",
                where=f"voice {voice.name}",
                mend="Take “reference” out of the voice, or choose an XTTS model.",
            )
        self._speaker = self._choose_speaker()
        self._language(voice.lang)
        model = self._model
        # The model's own pace and noise are what its maker chose; 1 leaves the pace alone.
        model.length_scale *= voice.length_scale
        model.inference_noise_scale = self._options.get("noise_scale", model.inference_noise_scale)
        model.inference_noise_scale_dp = self._options.get(
            "noise_scale_dp", model.inference_noise_scale_dp
        )

    def _choose_speaker(self) -> str | None:
        manager = self._model.speaker_manager
        known = list(manager.speaker_names) if manager else []
        if manager and not known:
            known = list(manager.embedding_names)
        if self._voice.speaker in known or (not self._voice.speaker and len(known) <= 1):
            return self._voice.speaker or None
        raise self._unknown_speaker(known)

    def _wave(self, request: Request) -> NDArray[np.float32]:
        import numpy as np  # noqa: PLC0415
        from TTS.utils.synthesizer import (  # type: ignore[import-untyped]  # noqa: PLC0415
            PAD_SILENCE_SAMPLES,
        )

        language = self._language(request.lang)
        text = respell(request.spoken, request.lang)
        self._check_sounds(text, language)
        samples = self._synthesizer.tts(
            text,
            speaker_name=self._speaker,
            language_name=language,
            split_sentences=False,
        )
        return np.asarray(samples[:-PAD_SILENCE_SAMPLES], dtype=np.float32)

    def _check_sounds(self, spoken: str, language: str | None) -> None:
        """Coqui drops what its alphabet lacks, and makes a noise of what is left of nothing."""
        tokenizer = self._model.tokenizer
        known = language or self._model.language_manager.language_names[0]
        ids = set(tokenizer.text_to_ids(spoken, language=known))
        frame = {tokenizer.pad_id, tokenizer.blank_id}
        if tokenizer.use_eos_bos:
            frame |= {tokenizer.characters.bos_id, tokenizer.characters.eos_id}
        if not ids - frame:
            raise EngineError("the model has no sound for this text", where=spoken[:60])
