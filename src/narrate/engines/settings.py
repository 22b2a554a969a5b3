"""Checks of a voice's options that every engine shares."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TypeVar

from narrate.errors import ShowError
from narrate.model import Voice

T = TypeVar("T", str, int, float, bool)

_WORDS: Mapping[type, str] = {
    str: "a text in quotes",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
}


def check_options(voice: Voice, known: Mapping[str, type]) -> None:
    """Check the names and types of a voice's options against those an engine understands.

    Raises:
        ShowError: An option is unknown or has a value of another type.
    """
    for name, value in voice.options:
        if name not in known:
            raise _unknown(voice, name, known)
        if not _fits(value, known[name]):
            raise ShowError(
                f"the option “{name}” must be {_WORDS[known[name]]}, not {value!r}",
                where=f"voice {voice.name}",
            )


def option(voice: Voice, name: str, default: T) -> T:
    """The value of a checked option, or what stands in for it."""
    for known, value in voice.options:
        if known == name:
            return type(default)(value)
    return default


def _fits(value: object, wanted: type) -> bool:
    if isinstance(value, bool) or wanted is bool:
        return isinstance(value, bool) and wanted is bool
    return isinstance(value, (int, float) if wanted is float else wanted)


def _unknown(voice: Voice, name: str, known: Mapping[str, type]) -> ShowError:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"Did you mean “{near[0]}”? " if near else ""
    there = f"Options: {', '.join(sorted(known))}." if known else "It has no options."
    return ShowError(
        f"the engine “{voice.engine}” has no option “{name}”",
        where=f"voice {voice.name}",
        mend=hint + there,
    )
