"""The nearest known name, for messages about misspelled ones."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_LONGEST = 100
"""Characters compared at most: names come from files that anybody wrote."""


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like ``name``, whatever its capitals; empty when none is like it."""
    by_folded = {item.casefold(): item for item in known}
    match = difflib.get_close_matches(name[:_LONGEST].casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[match[0]] if match else ""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A question with the nearest known name, and a space; empty when none is like it."""
    near = nearest(name, known)
    return f"Did you mean '{near}'? " if near else ""
