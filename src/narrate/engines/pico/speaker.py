"""Speaks with Pico, in the worker process.

Pico is old C code that hangs or crashes on some texts, so a child process speaks where the system
can fork. Elsewhere Pico runs in the worker itself, and a fixed sentence goes before each utterance,
so that what one leaves in memory is the same for the next.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

from narrate.engines.embedded import Synthesis
from narrate.errors import EngineError

SAMPLE_RATE = 16_000

_VOLUME = 0.345  # Pico's own level clips up to 1 % of the samples; this one none
_QUIET_S, _END_S = 0.2, 0.16
_QUIET_RMS = 33  # −60 dBFS
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
        return without_click(pico.speak(text, locale, speed=speed, pitch=pitch, volume=_VOLUME))

    return synthesise


def without_click(pcm: bytes) -> bytes:
    """Pico's 16-bit samples without the click at their end.

    In English, half a second after the last sound, there is one of −52 to −62 dBFS, within the
    last 0.13 s. It would be taken for the end of the sentence, and the pause begun after it.
    """
    quiet, end = 2 * round(_QUIET_S * SAMPLE_RATE), 2 * round(_END_S * SAMPLE_RATE)
    if len(pcm) < quiet + end:
        return pcm
    energy = sum(
        sample * sample for (sample,) in struct.iter_unpack("<h", pcm[-end - quiet : -end])
    )
    return pcm[:-end] if energy < _QUIET_RMS**2 * quiet / 2 else pcm


def primed(synthesise: Synthesis, lang: str) -> Synthesis:
    """Speak in this process, after a fixed sentence that nobody hears."""
    primer = _PRIMERS[lang]

    def say(text: str) -> bytes:
        synthesise(primer)
        return synthesise(text)

    return say
