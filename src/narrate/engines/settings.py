"""The options of a voice, as engines read them."""

from __future__ import annotations

from typing import TypeVar

from narrate.model import Voice

T = TypeVar("T", str, int, float, bool)


def option(voice: Voice, name: str, default: T) -> T:
    """The value of an option, or what stands in for it."""
    for known, value in voice.options:
        if known == name:
            return type(default)(value)
    return default
