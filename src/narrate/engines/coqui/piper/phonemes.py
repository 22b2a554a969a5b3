"""Phonemisers that write what Piper's voices learnt from; Coqui finds them by their names.

Piper lets espeak-ng cut a text into clauses, keeps the mark at the end of each, and takes accents
apart: the “ç” of German “ich” is a “c” and a cedilla. Coqui cuts a text at its own list of marks
and keeps characters whole.

Imported only once Coqui is loaded.
"""

from __future__ import annotations

import re
import unicodedata

from TTS.tts.utils.text.phonemizers.base import BasePhonemizer  # type: ignore[import-untyped]

from narrate.engines.espeak.clauses import clauses
from narrate.engines.espeak.library import espeak_version

_LANGUAGE_SWITCH = re.compile(r"\([^)]+\)")
_SPACED = (",", ":", ";")
_STOPS = (".", "?", "!")


class PiperPhonemizer(BasePhonemizer):  # type: ignore[misc]  # untyped
    """Phonemes as Piper takes them from espeak-ng.

    Args:
        language: As espeak-ng names it.
    """

    @staticmethod
    def name() -> str:
        """As configurations name it."""
        return "piper_espeak"

    @classmethod
    def is_available(cls) -> bool:
        """Whether the library is there; a wheel brings it."""
        return True

    def version(self) -> str:
        """Of the library."""
        return espeak_version()

    @staticmethod
    def supported_languages() -> dict[str, str]:
        """Nothing: :meth:`is_supported_language` asks the library itself."""
        return {}

    def is_supported_language(self, language: str) -> bool:
        """Whether the library has it; raises an EngineError otherwise."""
        return bool(clauses("a", language))

    def phonemize(
        self,
        text: str,
        separator: str = "",  # noqa: ARG002 - part of the interface
        language: str | None = None,  # noqa: ARG002 - a voice has one language
    ) -> str:
        """The symbols of a text, one character each; between two sentences stands a space."""
        written = ""
        for clause in clauses(text, self._language):
            if written.endswith(_STOPS):
                written += " "
            written += _LANGUAGE_SWITCH.sub("", clause.phonemes) + clause.mark
            if clause.mark in _SPACED:
                written += " "
        return unicodedata.normalize("NFD", written)

    def _phonemize(self, text: str, separator: str) -> str:
        return self.phonemize(text, separator)


class PiperLetters(PiperPhonemizer):
    """The letters themselves, accents taken apart, for voices that learnt from letters."""

    @staticmethod
    def name() -> str:
        """As configurations name it."""
        return "piper_text"

    def is_supported_language(self, language: str) -> bool:  # noqa: ARG002
        """Always: letters belong to every language."""
        return True

    def phonemize(
        self,
        text: str,
        separator: str = "",  # noqa: ARG002
        language: str | None = None,  # noqa: ARG002
    ) -> str:
        """The letters of a text."""
        return unicodedata.normalize("NFD", text)


PHONEMIZERS = (PiperPhonemizer, PiperLetters)
"""All of them."""
