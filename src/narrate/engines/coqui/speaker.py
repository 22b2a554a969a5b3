"""What loaded Coqui voices share. They live in a worker process, beside torch."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from narrate.engines.base import Request
from narrate.engines.coqui.choices import choose_language
from narrate.engines.coqui.imports import brief, quiet
from narrate.engines.coqui.speech import check_text, speech_of
from narrate.errors import EngineError
from narrate.model import Speech, Voice

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VITS_OPTIONS = ("noise_scale", "noise_scale_dp")
XTTS_OPTIONS = MappingProxyType(
    {"temperature": float, "repetition_penalty": float, "top_k": int, "top_p": float}
)

_NUMPY_SEEDS = 2**32

SPEAK_FAILURES = (RuntimeError, ValueError, TypeError, LookupError, AssertionError)


class CoquiSpeaker(ABC):
    """What both kinds of model share: checks, seeds and the form of the samples."""

    def __init__(self, voice: Voice, synthesizer: Any) -> None:
        self._voice = voice
        self._synthesizer = synthesizer
        self._model = synthesizer.tts_model
        self._options: Mapping[str, Any] = dict(voice.options)

    def _language(self, lang: str) -> str | None:
        return choose_language(self._voice, lang, self._model.language_manager.language_names)

    def speak(self, request: Request) -> Speech:
        """Say one sentence.

        Raises:
            EngineError: The text holds digits or nothing that the model can say, or the model
                failed on it.
        """
        check_text(request.spoken)
        _seed(request.seed)
        with quiet():
            try:
                wave = self._wave(request)
            except SPEAK_FAILURES as error:
                raise EngineError(
                    f"Coqui failed on the text: {brief(error)}", where=request.spoken[:60]
                ) from error
        rate = int(self._synthesizer.output_sample_rate)
        return speech_of(wave, rate, request.spoken)

    def close(self) -> None:
        """Let go of the model; the process that follows frees its memory."""
        del self._model, self._synthesizer

    @abstractmethod
    def _wave(self, request: Request) -> NDArray[np.float32]:
        """The model's samples, −1 to 1."""


def _seed(seed: int) -> None:
    import numpy as np  # noqa: PLC0415
    import torch  # noqa: PLC0415

    torch.manual_seed(seed)
    random.seed(seed)
    np.random.seed(seed % _NUMPY_SEEDS)  # noqa: NPY002 - the generator that models use
