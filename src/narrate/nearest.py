"""The nearest known name, for messages about misspelled ones."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_LONGEST = 100
"""Characters compared at most: names come from files that anybody wrote."""

_LIKE = 0.6


def nearest(name: str, known: Iterable[str], likeness: float = _LIKE) -> str:
    """The known name most like ``name``, whatever its capitals; empty when none is like it.

    Args:
        likeness: From 0, whatever there is, to 1, nothing but the name itself.
    """
    by_folded = {item.casefold(): item for item in known}
    match = difflib.get_close_matches(name[:_LONGEST].casefold(), by_folded, n=1, cutoff=likeness)
    return by_folded[match[0]] if match else ""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A question with the known name meant, and a space; empty when none is like it.

    That is the nearest one or, where none is near, the only one that begins with these words.
    """
    names = tuple(known)
    near = nearest(name, names) or _begun(name, names)
    return f"Did you mean “{near}”? " if near else ""


def _begun(name: str, known: tuple[str, ...]) -> str:
    """The only known name that ``name`` is the first word of, or the first ones; else empty."""
    start = f"{name.casefold().rstrip()} "
    found = [item for item in known if item.casefold().startswith(start)]
    return found[0] if len(found) == 1 and start.strip() else ""


def suggestion(name: str, known: Iterable[str]) -> str:
    """A question with the nearest known name, or a sentence with all of them."""
    names = tuple(known)
    return did_you_mean(name, names).rstrip() or f"Known: {', '.join(names) or 'none'}."
