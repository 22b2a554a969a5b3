"""Where the clips of an encoded chapter are heard, as its cache entry notes it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from narrate.cache import Facts

if TYPE_CHECKING:
    from narrate.assemble import Layout

Span = tuple[int, int]
"""First frame and the one behind the last."""


def layout_facts(layout: Layout) -> Facts:
    """What is noted with an encoded chapter."""
    return {"frames": layout.frames, "clips": list(chain.from_iterable(layout.clips))}


def noted_spans(facts: Facts | None, count: int) -> tuple[Span, ...] | None:
    """Where each of a chapter's clips is heard; ``None`` when an entry does not say it.

    Entries that an earlier narrate made have no positions.

    Args:
        count: Number of clips the chapter has.
    """
    flat = facts.get("clips") if facts else None
    if not isinstance(flat, list) or len(flat) != 2 * count:
        return None
    if not all(isinstance(frame, int) for frame in flat):
        return None
    return tuple(zip(flat[::2], flat[1::2], strict=True))
