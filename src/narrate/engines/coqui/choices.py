"""What a voice chooses of a model: a speaker, a language, and options of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from narrate.engines.settings import option
from narrate.errors import EngineError
from narrate.model import Voice

_LISTED = 12


def choose_speaker(voice: Voice, known: Sequence[str]) -> str | None:
    """The voice's speaker among those of the model; ``None`` where there is no choice.

    Raises:
        EngineError: The model has no such speaker, or several and none is chosen.
    """
    if voice.speaker in known or (not voice.speaker and len(known) <= 1):
        return voice.speaker or None
    raise unknown_speaker(voice, known)


def choose_language(voice: Voice, lang: str, known: Sequence[str]) -> str | None:
    """The model's own name of a language; ``None`` for a model that has only one.

    Raises:
        EngineError: The model does not speak it.
    """
    if len(known) <= 1:
        return None
    wanted = option(voice, "language", lang)
    for name in known:
        if name == wanted or name.split("-")[0] == wanted:
            return name
    raise EngineError(
        f"the model does not speak “{wanted}”, but {_listed(known)}",
        where=f"voice {voice.name}",
        mend="Set “language” in the voice's options to one of these.",
    )


def refuse_options(voice: Voice, names: Iterable[str]) -> None:
    """Refuse options that belong to another kind of model.

    Raises:
        EngineError: The voice sets one of them.
    """
    for name in names:
        if name in dict(voice.options):
            raise EngineError(
                f"this kind of model has no option “{name}”", where=f"voice {voice.name}"
            )


def refuse_reference(voice: Voice) -> None:
    """Refuse a recording to clone.

    Raises:
        EngineError: The voice names one.
    """
    if voice.reference:
        raise EngineError(
            "a VITS model cannot take its voice from a recording",
            where=f"voice {voice.name}",
            mend="Take “reference” out of the voice, or choose an XTTS model.",
        )


def unknown_speaker(voice: Voice, known: Sequence[str]) -> EngineError:
    """The error for a speaker that the model does not have."""
    where = f"voice {voice.name}"
    if not known:
        return EngineError(
            f"the model has one speaker only, none named “{voice.speaker}”",
            where=where,
            mend="Take “speaker” out of the voice.",
        )
    what = "no speaker is chosen"
    if voice.speaker:
        what = f"the model has no speaker “{voice.speaker}”"
    return EngineError(what, where=where, mend=f"Set “speaker” to one of: {_listed(known)}.")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_LISTED])
    return f"{shown}, … ({len(names)} in all)" if len(names) > _LISTED else shown
