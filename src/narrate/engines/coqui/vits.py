"""A loaded VITS voice, run by Coqui on torch."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from narrate.engines.base import Request
from narrate.engines.coqui.choices import choose_speaker, refuse_options, refuse_reference
from narrate.engines.coqui.noise import Noise, handed_noise
from narrate.engines.coqui.speaker import XTTS_OPTIONS, CoquiSpeaker
from narrate.engines.coqui.told import told, with_stand_ins
from narrate.engines.respelling import respell
from narrate.errors import EngineError
from narrate.model import Sound, Voice

if TYPE_CHECKING:
    import numpy as np
    import torch
    from numpy.typing import NDArray


class VitsSpeaker(CoquiSpeaker):
    """A VITS model, single or multi-speaker, of one or several languages."""

    def __init__(self, voice: Voice, synthesizer: Any) -> None:
        super().__init__(voice, synthesizer)
        refuse_options(voice, XTTS_OPTIONS)
        refuse_reference(voice)
        self._speaker = choose_speaker(voice, self._speakers())
        self._language(voice.lang)
        model = self._model
        # The model's own pace and noise are what its maker chose; 1 leaves the pace alone.
        model.length_scale *= voice.length_scale
        model.inference_noise_scale = self._options.get("noise_scale", model.inference_noise_scale)
        model.inference_noise_scale_dp = self._options.get(
            "noise_scale_dp", model.inference_noise_scale_dp
        )

    def _speakers(self) -> list[str]:
        manager = self._model.speaker_manager
        return list(manager.speaker_names or manager.embedding_names) if manager else []

    def _wave(self, request: Request) -> NDArray[np.float32]:
        import numpy as np  # noqa: PLC0415
        from TTS.utils.synthesizer import (  # type: ignore[import-untyped]  # noqa: PLC0415
            PAD_SILENCE_SAMPLES,
        )

        language = self._language(request.lang)
        sounds = request.sounds if self._model.tokenizer.phonemizer is not None else ()
        text = respell(with_stand_ins(request.spoken, sounds), request.lang)
        with self._told(sounds), handed_noise(drawn(Noise(request.seed))):
            self._check_sounds(text, language)
            samples = self._synthesizer.tts(
                text,
                speaker_name=self._speaker,
                language_name=language,
                split_sentences=False,
            )
        return np.asarray(samples[:-PAD_SILENCE_SAMPLES], dtype=np.float32)

    @contextlib.contextmanager
    def _told(self, sounds: Sequence[Sound]) -> Iterator[None]:
        """Let Coqui's tokenizer meet the told sounds where their stand-ins are."""
        tokenizer = self._model.tokenizer
        usual = tokenizer.phonemizer
        if sounds:
            tokenizer.phonemizer = _Telling(usual, sounds, tokenizer.characters.vocab)
        try:
            yield
        finally:
            tokenizer.phonemizer = usual

    def _check_sounds(self, spoken: str, language: str | None) -> None:
        """Coqui drops what its alphabet lacks, and makes a noise of what is left of nothing."""
        tokenizer = self._model.tokenizer
        known = language or self._model.language_manager.language_names[0]
        characters = tokenizer.characters
        ids = tokenizer.text_to_ids(spoken, language=known)
        if not any(characters.id_to_char(one).isalpha() for one in ids):
            raise EngineError("the model has no sound for this text", where=spoken[:60])


@dataclass(frozen=True, slots=True)
class _Telling:
    """A phonemiser that knows the sounds of one request."""

    usual: Any
    sounds: Sequence[Sound]
    symbols: Collection[str]

    def phonemize(self, text: str, **options: Any) -> str:
        """The phonemes of a text with stand-ins."""
        return told(partial(self.usual.phonemize, **options), text, self.sounds, self.symbols)


def drawn(noise: Noise) -> Callable[..., torch.Tensor]:
    """The noise in the two places where Coqui's VITS asks for it.

    To be used with :func:`narrate.engines.coqui.noise.handed_noise`.
    """
    import torch  # noqa: PLC0415

    def make(*like: torch.Tensor | int) -> torch.Tensor:
        match like:
            case (torch.Tensor() as prior,):
                _, channels, frames = prior.shape
                return torch.from_numpy(noise.prior(channels, frames)).to(prior)
            case (int(), int(), int(symbols)):
                return torch.from_numpy(noise.durations(symbols))
        raise TypeError(like)

    return make
