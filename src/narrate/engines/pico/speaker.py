"""Speaks with Pico, in the worker process.

Pico is old C code that hangs or crashes on some texts, so a child process speaks where the system
can fork. Elsewhere Pico runs in the worker itself, and a fixed sentence goes before each utterance,
so that what one leaves in memory is the same for the next.
"""

from __future__ import annotations

from collections.abc import Mapping

from narrate.engines.embedded import Synthesis
from narrate.errors import EngineError

SAMPLE_RATE = 16_000

_VOLUME = 0.345  # Pico's own level clips up to 1 % of the samples; this one none
_PRIMERS: Mapping[str, str] = {"de": "Ein fester Satz.", "en": "A fixed sentence."}


def synthesis(locale: str, speed: float | None, pitch: float | None) -> Synthesis:
    """Pico with its settings bound.

    Raises:
        EngineError: The library is missing or does not load.
    """
    try:
        from py_nanotts import NanoTTS  # type: ignore[import-untyped]  # noqa: PLC0415
    except ImportError as error:
        raise EngineError(
            f"Pico cannot be loaded: {error}", mend="Install the package py-nanotts again."
        ) from error
    pico = NanoTTS()

    def synthesise(text: str) -> bytes:
        samples: bytes = pico.speak(text, locale, speed=speed, pitch=pitch, volume=_VOLUME)
        return samples

    return synthesise


def primed(synthesise: Synthesis, lang: str) -> Synthesis:
    """Speak in this process, after a fixed sentence that nobody hears."""
    primer = _PRIMERS[lang]

    def say(text: str) -> bytes:
        synthesise(primer)
        return synthesise(text)

    return say
