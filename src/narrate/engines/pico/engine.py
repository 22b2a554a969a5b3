"""The engine ``pico``: SVOX Pico from a wheel, German and English, with no model to fetch."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Mapping
from pathlib import Path

from narrate.engines.base import Progress, Readiness
from narrate.engines.embedded import CAN_FORK, DEADLINE_S, EmbeddedSpeaker, forked
from narrate.engines.installed import how_to_install, is_installed, version_of
from narrate.engines.pico.speaker import SAMPLE_RATE, primed, synthesis
from narrate.engines.settings import option
from narrate.errors import EngineError, ShowError
from narrate.model import Voice

METHOD = "1"
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
_PITCHES = (0.5, 2.0)


class PicoEngine:
    """Small, fast, plain."""

    name = "pico"
    varies = False
    options: Mapping[str, type] = {"accent": str, "pitch": float}
    worker_env: Mapping[str, str] = MEMORY_ENV

    def check(self, voice: Voice) -> Readiness:  # noqa: ARG002 - the protocol's
        """Whether the wheel is installed."""
        if is_installed(_MODULE):
            return Readiness(ready=True)
        return Readiness(
            ready=False,
            missing=f"the package {PACKAGE} is not installed",
            mend=f"{how_to_install(PACKAGE)} There are wheels for Linux and Windows.",
        )

    def describe(self, voice: Voice) -> str:  # noqa: ARG002 - the protocol's
        """``SVOX Pico``."""
        return "SVOX Pico"

    def validate(self, voice: Voice) -> None:
        """Check language, ``accent`` ("us" or "gb") and ``pitch`` (0.5 to 2)."""
        place = f"voice {voice.name}"
        for field in ("model", "config", "speaker", "reference"):
            if getattr(voice, field):
                raise ShowError(f"the engine “pico” knows no “{field}”", where=place)
        if (voice.lang, option(voice, "accent", "")) not in _LOCALES:
            raise ShowError(
                f"the engine “pico” has no accent “{option(voice, 'accent', '')}” "
                f"of the language “{voice.lang}”",
                where=place,
                mend="It speaks de, and en with the accents “us” and “gb”.",
            )
        low, high = _PITCHES
        if not low <= option(voice, "pitch", 1.0) <= high:
            raise ShowError(
                "the option “pitch” is out of range",
                where=place,
                mend=f"Set it between {low:g} and {high:g}.",
            )

    def fingerprint(self, voice: Voice) -> Mapping[str, str]:
        """Version of the wheel, digest of the language's files, and how state is kept out."""
        return {
            "version": version_of(PACKAGE),
            "resources": _resources_digest(_locale(voice)),
            "method": f"{METHOD} {'forked' if CAN_FORK else 'primed'}",
        }

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
