"""How commands point from the small voices that narrate brings to natural ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from narrate.cli.common import tell
from narrate.events import VoiceUsed
from narrate.report import language
from narrate.scaffold import EMBEDDED, natural_voice


def tell_natural_voices(chosen: Mapping[str, str], used: Iterable[VoiceUsed]) -> None:
    """A line for each language that the show's own voice reads by an embedded engine.

    Args:
        chosen: Language → the show's voice; another one was asked for on purpose.
        used: The voices that read.
    """
    for voice in used:
        if voice.engine in EMBEDDED and chosen.get(voice.lang) == voice.voice:
            tell(_offer(voice.lang, voice.by))


def _offer(lang: str, by: str) -> str:
    natural = natural_voice(lang)
    how = "no network needed" if natural.is_here else "a download; its size is told first"
    return (
        f"{language(lang)} is spoken by {by}, a small embedded voice. A natural one: "
        f"`narrate voices pull {natural.name} --use` ({natural.licence}; {how})"
    )
