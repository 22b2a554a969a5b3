"""The engine ``tone``, for tests: each text is a sine wave whose pitch comes from the text.

A misplaced clip can be heard and measured. The oscillator counts in integers over a table, so the
samples are equal on every machine.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping

from narrate.engines.base import Progress, Readiness, Request
from narrate.engines.settings import option
from narrate.errors import ShowError
from narrate.model import Speech, Voice

METHOD = "1"
"""Part of the fingerprint: raise it when the samples of a text change."""

_LOWEST_HZ, _HIGHEST_HZ = 120.0, 960.0
_SEED_SPREAD = 0.03
_MS_PER_CHAR = 60
_LEAST_MS = 300
_FADE_MS = 8
_PEAK = 16_422  # −6 dBFS
_TABLE_BITS = 12
_PHASE_BITS = 32
_DEFAULT_RATE = 22_050
_LOWEST_RATE, _HIGHEST_RATE = 8_000, 96_000


def pitch_hz(spoken: str, seed: int) -> float:
    """The pitch of a text: 116 to 989 Hz, up to 3 % of it from the seed."""
    share = _share(spoken.encode())
    octaves = math.log2(_HIGHEST_HZ / _LOWEST_HZ)
    spread = 1 + _SEED_SPREAD * (2 * _share(str(seed).encode()) - 1)
    return _LOWEST_HZ * 2 ** (share * octaves) * spread


def _share(data: bytes) -> float:
    return int.from_bytes(hashlib.sha256(data).digest()[:6], "big") / 2**48


class ToneEngine:
    """Sines instead of speech."""

    name = "tone"
    varies = True
    options: Mapping[str, type] = {"sample_rate": int}
    software = frozenset({"method"})

    def check(self, voice: Voice) -> Readiness:  # noqa: ARG002 - the protocol's
        """Always ready."""
        return Readiness(ready=True)

    def validate(self, voice: Voice) -> None:
        """Check ``sample_rate`` (8000 to 96000)."""
        rate = option(voice, "sample_rate", _DEFAULT_RATE)
        if not _LOWEST_RATE <= rate <= _HIGHEST_RATE:
            raise ShowError(
                "the option “sample_rate” is out of range",
                where=f"voice {voice.name}",
                mend=f"Set it between {_LOWEST_RATE} and {_HIGHEST_RATE}.",
            )

    def fingerprint(self, voice: Voice) -> Mapping[str, str]:  # noqa: ARG002 - the protocol's
        """The revision of the method."""
        return {"method": METHOD}

    def max_chars(self, voice: Voice) -> int:  # noqa: ARG002 - the protocol's
        """As long as other engines' utterances."""
        return 400

    def deadline_s(self, spoken: str) -> float:
        """Far more than it takes on a busy machine."""
        return 30 + 0.05 * len(spoken)

    def prepare(self, voice: Voice, progress: Progress) -> None:
        """Nothing to fetch."""

    def load(self, voice: Voice) -> ToneSpeaker:
        """A table of one period."""
        self.validate(voice)
        return ToneSpeaker(voice)


class ToneSpeaker:
    """The loaded table."""

    def __init__(self, voice: Voice) -> None:
        import numpy as np  # noqa: PLC0415 - only where sound is made

        self._np = np
        size = 1 << _TABLE_BITS
        sine = [round(_PEAK * math.sin(2 * math.pi * i / size)) for i in range(size)]
        self._table = np.array(sine, dtype="<i2")
        self._rate = option(voice, "sample_rate", _DEFAULT_RATE)
        self._scale = voice.length_scale

    def speak(self, request: Request) -> Speech:
        """A sine of 60 ms a character (at length scale 1), at least 300 ms, with short fades."""
        ms = max(_LEAST_MS, _MS_PER_CHAR * len(request.spoken) * self._scale)
        frames = round(ms * self._rate / 1000)
        step = round(pitch_hz(request.spoken, request.seed) / self._rate * 2**_PHASE_BITS)
        phase = self._np.arange(frames, dtype=self._np.uint64) * self._np.uint64(step)
        phase >>= self._np.uint64(_PHASE_BITS - _TABLE_BITS)
        samples = self._table[phase & self._np.uint64((1 << _TABLE_BITS) - 1)]
        fade = _FADE_MS * self._rate // 1000
        rise = self._np.arange(fade, dtype=self._np.int32)
        samples[:fade] = samples[:fade] * rise // fade
        samples[-fade:] = samples[-fade:] * rise[::-1] // fade
        return Speech(self._rate, samples.tobytes())

    def close(self) -> None:
        """Nothing to give back."""
