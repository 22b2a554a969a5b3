"""Coqui's phonemiser ``espeak`` on the library instead of a program.

Imported only once Coqui is loaded, or its code for text alone. The form of the output is that of
Coqui's own wrapper, which the models were trained with.
"""

from __future__ import annotations

import contextlib
import re
from types import MappingProxyType

from TTS.tts.utils.text.phonemizers.base import BasePhonemizer  # type: ignore[import-untyped]
from TTS.tts.utils.text.punctuation import Punctuation  # type: ignore[import-untyped]

from narrate.engines.coqui.piper.phonemes import PHONEMIZERS as PIPER_PHONEMIZERS
from narrate.engines.espeak.library import SEPARATOR, Espeak, espeak, espeak_version

_NAME = "espeak"
_LANGUAGE_SWITCH = re.compile(r"\(.+?\)")
_ALIASES = {"en": "en-us", "zh-cn": "cmn"}


class LibraryPhonemizer(BasePhonemizer):  # type: ignore[misc]  # untyped
    """Phonemes of one language.

    Args:
        language: As models name it; ``en`` means American English.
        punctuations: Characters that are kept as they are.
        keep_puncs: Whether they are kept at all.
    """

    def __init__(
        self,
        language: str,
        punctuations: str = Punctuation.default_puncs(),
        *,
        keep_puncs: bool = True,
    ) -> None:
        super().__init__(
            _ALIASES.get(language, language), punctuations=punctuations, keep_puncs=keep_puncs
        )

    @staticmethod
    def name() -> str:
        """As configurations name it."""
        return _NAME

    @classmethod
    def is_available(cls) -> bool:
        """Whether the library is there; always, for it came with the import."""
        return True

    def version(self) -> str:
        """Of the library."""
        return espeak_version()

    @classmethod
    def supported_languages(cls) -> dict[str, str]:
        """Code of a language → name."""
        return dict(cls.library().languages)

    @classmethod
    def library(cls) -> Espeak:
        """Which library is asked."""
        return espeak()

    def _phonemize(self, text: str, separator: str) -> str:
        lines = self.library().phonemes(text, self._language)
        joined = "".join(_LANGUAGE_SWITCH.sub("", line).strip() for line in lines)
        return joined.replace(SEPARATOR, separator)


PHONEMIZERS = MappingProxyType(
    {kind.name(): kind for kind in (LibraryPhonemizer, *PIPER_PHONEMIZERS)}
)
"""Name in configurations → phonemiser that needs the library alone."""


def register_phonemizer() -> None:
    """Let every model of this process that asks for one of them get the library."""
    from TTS.tts.utils.text import phonemizers  # type: ignore[import-untyped]  # noqa: PLC0415

    # Any question makes Coqui fill its table; ours must come after.
    with contextlib.suppress(ValueError):
        phonemizers.get_default_phonemizer("")
    phonemizers.PHONEMIZERS.update(PHONEMIZERS)
    languages = LibraryPhonemizer.supported_languages()
    phonemizers.DEF_LANG_TO_PHONEMIZER.update(dict.fromkeys((*languages, *_ALIASES), _NAME))
