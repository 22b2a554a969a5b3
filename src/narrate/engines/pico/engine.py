"""The engine ``pico``: SVOX Pico from a wheel, German and English, with no model to fetch."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Mapping
from pathlib import Path

from narrate.engines.embedded import CAN_FORK, EmbeddedSpeaker, forked
from narrate.engines.embedded_engine import EmbeddedEngine
from narrate.engines.installed import version_of
from narrate.engines.pico.speaker import SAMPLE_RATE, primed, synthesis
from narrate.engines.settings import option
from narrate.model import Voice
from narrate.revisions import RESPELLING

METHOD = "2"
"""Part of the fingerprint: raise it when cleaning or settings change the samples of a text."""

PACKAGE = "py-nanotts"
_MODULE = "py_nanotts"

MEMORY_ENV: Mapping[str, str] = {
    "MALLOC_PERTURB_": "255",
    "MALLOC_MMAP_THRESHOLD_": str(1 << 20),
}
"""For glibc; each of the two alone gives Pico its working memory of 2.5 MB filled with zeros.

Pico reads some of that memory before it writes to it. What an earlier utterance left there is
heard in the next one (24 of 25 sentences differed); zeros make the samples a function of the text.
"""

_LOCALES: Mapping[tuple[str, str], str] = {
    ("de", ""): "de-DE",
    ("en", ""): "en-US",
    ("en", "us"): "en-US",
    ("en", "gb"): "en-GB",
}


class PicoEngine(EmbeddedEngine):
    """Small, fast, plain."""

    name = "pico"
    options: Mapping[str, type] = {"accent": str, "pitch": float}
    worker_env: Mapping[str, str] = MEMORY_ENV
    title = "SVOX Pico"
    module = _MODULE
    package = PACKAGE
    platforms = "Linux and Windows"
    accents = _LOCALES
    pitches = (0.5, 2.0)

    def fingerprint(self, voice: Voice) -> Mapping[str, str]:
        """Version of the wheel, digest of the language's files, and how state is kept out."""
        return {
            "version": version_of(PACKAGE),
            "resources": _resources_digest(_locale(voice)),
            "method": f"{METHOD} {'forked' if CAN_FORK else 'primed'}",
            "respelling": str(RESPELLING),
        }

    def load(self, voice: Voice) -> EmbeddedSpeaker:
        """Bind the voice's settings."""
        self.validate(voice)
        synthesise = synthesis(
            _locale(voice),
            _factor(1 / voice.length_scale),
            _factor(option(voice, "pitch", 1.0)),
        )
        say = forked(synthesise, "Pico") if CAN_FORK else primed(synthesise, voice.lang)
        return EmbeddedSpeaker("Pico", voice.lang, SAMPLE_RATE, say)


def _locale(voice: Voice) -> str:
    return _LOCALES[voice.lang, option(voice, "accent", "")]


def _factor(value: float) -> float | None:
    """What makes Pico's binding, which rounds up, choose the nearest percentage; None for 100."""
    percent = round(100 * value)
    return None if percent == 100 else (percent - 0.5) / 100  # noqa: PLR2004 - per cent


def _resources_digest(locale: str) -> str:
    spec = importlib.util.find_spec(_MODULE)
    if spec is None or spec.origin is None:
        return ""
    total = hashlib.sha256()
    for file in sorted((Path(spec.origin).parent / "lang").glob(f"{locale}_*.bin")):
        total.update(file.read_bytes())
    return total.hexdigest()
