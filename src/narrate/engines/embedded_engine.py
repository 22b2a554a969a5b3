"""What the engines made of small C libraries have in common, in narrate's own process.

Each comes in a wheel with its voices, reads German and English, and says a text always the same.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from typing import ClassVar

from narrate.engines.base import Progress, Readiness
from narrate.engines.embedded import DEADLINE_S, EmbeddedSpeaker
from narrate.engines.installed import how_to_install, is_installed
from narrate.engines.settings import option
from narrate.errors import EngineError, ShowError
from narrate.model import Voice


class EmbeddedEngine(ABC):
    """An engine whose voices lie in a wheel.

    Class attributes of an implementation, besides those of every engine:

        title: As a person knows it.
        module, package: What is imported, and the wheel that brings it.
        platforms: Where there are wheels, in words.
        accents: Pairs of language and accent; an empty accent is the usual one.
        pitches: Least and greatest factor of the pitch.
    """

    name: str
    varies = False
    options: Mapping[str, type]
    software = frozenset({"version", "resources", "method", "respelling"})
    title: ClassVar[str]
    module: ClassVar[str]
    package: ClassVar[str]
    platforms: ClassVar[str]
    accents: ClassVar[Collection[tuple[str, str]]]
    pitches: ClassVar[tuple[float, float]]

    def check(self, voice: Voice) -> Readiness:  # noqa: ARG002 - the protocol's
        """Whether the wheel is installed."""
        if is_installed(self.module):
            return Readiness(ready=True)
        return Readiness(
            ready=False,
            missing=f"the package {self.package} is not installed",
            mend=f"{how_to_install(self.package)} There are wheels for {self.platforms}.",
        )

    def describe(self, voice: Voice) -> str:  # noqa: ARG002 - the protocol's
        """The engine's title."""
        return self.title

    def validate(self, voice: Voice) -> None:
        """Check language, ``accent`` and ``pitch``, and that no model is named.

        Raises:
            ShowError: One of them is wrong.
        """
        place = f"voice {voice.name}"
        for field in ("model", "config", "speaker", "reference"):
            if getattr(voice, field):
                raise ShowError(f"the engine “{self.name}” knows no “{field}”", where=place)
        accent = option(voice, "accent", "")
        if (voice.lang, accent) not in self.accents:
            raise ShowError(
                f"the engine “{self.name}” has no accent “{accent}” of the language “{voice.lang}”",
                where=place,
                mend="It speaks de, and en with the accents “us” and “gb”.",
            )
        low, high = self.pitches
        if not low <= option(voice, "pitch", 1.0) <= high:
            raise ShowError(
                "the option “pitch” is out of range",
                where=place,
                mend=f"Set it between {low:g} and {high:g}.",
            )

    def max_chars(self, voice: Voice) -> int:  # noqa: ARG002 - the protocol's
        """A long sentence."""
        return 400

    def deadline_s(self, spoken: str) -> float:  # noqa: ARG002 - the protocol's
        """Longer than the worker needs to try it twice by itself."""
        return DEADLINE_S

    def prepare(self, voice: Voice, progress: Progress) -> None:  # noqa: ARG002 - the protocol's
        """Nothing can be fetched; the wheel must be there.

        Raises:
            EngineError: It is not.
        """
        readiness = self.check(voice)
        if not readiness.ready:
            raise EngineError(readiness.missing, where=f"voice {voice.name}", mend=readiness.mend)

    @abstractmethod
    def fingerprint(self, voice: Voice) -> Mapping[str, str]:
        """What the sound depends on besides the voice's own settings."""

    @abstractmethod
    def load(self, voice: Voice) -> EmbeddedSpeaker:
        """Load the voice; called in a worker process only."""
