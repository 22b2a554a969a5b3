"""What to do about a voice whose every take sounds the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from narrate.errors import UsageError

if TYPE_CHECKING:
    from narrate.model import Voice


def refuse_unvarying(voices: Mapping[str, Voice], voice: Voice, where: str) -> None:
    """Refuse another take of a voice that has none.

    Args:
        voices: Of the show.

    Raises:
        UsageError: Every take sounds the same.
    """
    from narrate.engines import varies  # noqa: PLC0415

    if not varies(voice):
        raise UsageError(
            f"every take of the voice “{voice.name}” sounds the same (engine {voice.engine})",
            where=where,
            mend=what_helps(voices, voice.name),
        )


def what_helps(voices: Mapping[str, Voice], name: str) -> str:
    """A sentence that names other ways to change how something is read.

    Args:
        voices: Of the show.
        name: Of the voice that cannot vary; it may be gone.
    """
    from narrate.engines import varies  # noqa: PLC0415

    lang = voices[name].lang if name in voices else ""
    others = [one for one in voices.values() if one.lang == lang and one.name != name]
    varying = sorted(one.name for one in others if varies(one))
    teach = "Teach it a word with `narrate lexicon add`, or "
    if varying:
        verb = "varies" if len(varying) == 1 else "vary"
        return f"{teach}give the chapter a voice with `--voice NAME`: {', '.join(varying)} {verb}."
    if others:
        names = ", ".join(sorted(one.name for one in others))
        return f"{teach}give the chapter another voice with `--voice NAME`: {names}."
    return f"{teach}bring in another voice; `narrate voices` lists them."
