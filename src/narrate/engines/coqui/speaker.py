"""What loaded Coqui voices share. They live in a worker process, beside torch."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from narrate.engines.base import Request
from narrate.engines.coqui.imports import brief, quiet
from narrate.errors import EngineError
from narrate.model import Speech, Voice

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VITS_OPTIONS = ("noise_scale", "noise_scale_dp")
XTTS_OPTIONS = MappingProxyType(
    {"temperature": float, "repetition_penalty": float, "top_k": int, "top_p": float}
)

_PCM_PEAK = 32_767
_NUMPY_SEEDS = 2**32

SPEAK_FAILURES = (RuntimeError, ValueError, TypeError, LookupError, AssertionError)


class CoquiSpeaker(ABC):
    """What both kinds of model share: checks, seeds and the form of the samples."""

    def __init__(self, voice: Voice, synthesizer: Any) -> None:
        self._voice = voice
        self._synthesizer = synthesizer
        self._model = synthesizer.tts_model
        self._options: Mapping[str, Any] = dict(voice.options)

    def speak(self, request: Request) -> Speech:
        """Say one sentence.

        Raises:
            EngineError: The text holds digits or nothing that the model can say, or the model
                failed on it.
        """
        _check_text(request.spoken)
        _seed(request.seed)
        with quiet():
            try:
                wave = self._wave(request)
            except SPEAK_FAILURES as error:
                raise EngineError(
                    f"Coqui failed on the text: {brief(error)}", where=request.spoken[:60]
                ) from error
        rate = int(self._synthesizer.output_sample_rate)
        return Speech(rate, _pcm(wave, request.spoken))

    def close(self) -> None:
        """Let go of the model; the process that follows frees its memory."""
        del self._model, self._synthesizer

    @abstractmethod
    def _wave(self, request: Request) -> NDArray[np.float32]:
        """The model's samples, −1 to 1."""

    def _language(self, lang: str) -> str | None:
        """The model's own name of a language; ``None`` for a model that has only one."""
        names: list[str] = self._model.language_manager.language_names
        if len(names) <= 1:
            return None
        wanted = str(self._options.get("language", lang))
        for name in names:
            if name == wanted or name.split("-")[0] == wanted:
                return name
        raise EngineError(
            f"the model does not speak “{wanted}”, but {_listed(names)}",
            where=f"voice {self._voice.name}",
            mend="Set “language” in the voice's options to one of these.",
        )

    def _refuse_options(self, names: Iterable[str]) -> None:
        for name in names:
            if name in self._options:
                raise EngineError(
                    f"this kind of model has no option “{name}”", where=f"voice {self._voice.name}"
                )

    def _unknown_speaker(self, known: list[str]) -> EngineError:
        where = f"voice {self._voice.name}"
        if not known:
            return EngineError(
                f"the model has one speaker only, none named “{self._voice.speaker}”",
                where=where,
                mend="Take “speaker” out of the voice.",
            )
        what = "no speaker is chosen"
        if self._voice.speaker:
            what = f"the model has no speaker “{self._voice.speaker}”"
        return EngineError(what, where=where, mend=f"Set “speaker” to one of: {_listed(known)}.")


def _check_text(spoken: str) -> None:
    digits = sorted({c for c in spoken if c.isdigit()})
    if digits:
        raise EngineError(
            f"the text still holds digits ({' '.join(digits)}); Coqui would misread them",
            where=spoken[:60],
            mend="Write the numbers out.",
        )
    if not any(c.isalpha() for c in spoken):
        raise EngineError("the text holds nothing to say", where=spoken[:60])


def _seed(seed: int) -> None:
    import numpy as np  # noqa: PLC0415
    import torch  # noqa: PLC0415

    torch.manual_seed(seed)
    random.seed(seed)
    np.random.seed(seed % _NUMPY_SEEDS)  # noqa: NPY002 - the generator that models use


def _pcm(wave: NDArray[np.float32], spoken: str) -> bytes:
    import numpy as np  # noqa: PLC0415

    if wave.size == 0 or not np.isfinite(wave).all():
        raise EngineError("the model gave no sound", where=spoken[:60])
    samples: NDArray[np.int16] = np.rint(wave.clip(-1.0, 1.0) * _PCM_PEAK).astype("<i2")
    return samples.tobytes()


def _listed(names: list[str], most: int = 12) -> str:
    shown = ", ".join(names[:most])
    return f"{shown}, … ({len(names)} in all)" if len(names) > most else shown
