"""The engine ``espeak``: espeak-ng from a wheel, German and English, with no model to fetch."""

from __future__ import annotations

import math
from collections.abc import Mapping

from narrate.engines.embedded import CAN_FORK, EmbeddedSpeaker, forked
from narrate.engines.embedded_engine import EmbeddedEngine
from narrate.engines.espeak.library import USUAL_PITCH, USUAL_RATE, Manner, espeak_version
from narrate.engines.espeak.speaker import inherited, reloaded
from narrate.engines.installed import is_installed, version_of
from narrate.engines.settings import option
from narrate.errors import ShowError
from narrate.model import Voice
from narrate.revisions import RESPELLING

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
_STEPS_DOWN, _STEPS_UP = 100, 70  # of the library's pitch in an octave: measured
_SLOWEST = 2.0  # the library speaks at least 80 words a minute
_VOLUME = 70  # per cent; at 100 some variants clip


class EspeakEngine(EmbeddedEngine):
    """Robotic, tiny, on every platform."""

    name = "espeak"
    options: Mapping[str, type] = {"accent": str, "variant": str, "pitch": float}
    title = "espeak-ng"
    module = _MODULE
    package = PACKAGE
    platforms = "Linux, macOS and Windows"
    accents = _VOICES
    pitches = (0.75, 1.6)

    def validate(self, voice: Voice) -> None:
        """Check language, pace (at most 2), ``accent``, ``variant`` and ``pitch`` (0.75 to 1.6)."""
        super().validate(voice)
        place = f"voice {voice.name}"
        if option(voice, "variant", "") not in ("", *VARIANTS):
            raise ShowError(
                "the option “variant” names no variant of espeak-ng",
                where=place,
                mend=f"Choose one of {', '.join(VARIANTS)}.",
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
        return {
            "version": version,
            "resources": version_of(PACKAGE),
            "method": METHOD,
            "respelling": str(RESPELLING),
        }

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
