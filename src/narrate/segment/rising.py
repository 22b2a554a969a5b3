"""Headings that ask rise at their end, whether a question mark is written or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from narrate.model import Block, BlockKind
from narrate.spoken import SpokenText
from narrate.spoken.dividing.questions import asks


def rising(
    block: Block, sentences: Sequence[SpokenText], lang: str, max_chars: int
) -> tuple[SpokenText, ...]:
    """The sentences of a block; what is said of a heading that asks ends in a question mark.

    Args:
        max_chars: Longest spoken form; one that has no room for the mark stays as it is.
    """
    if block.kind is not BlockKind.HEADING or not sentences or not asks(block.text, lang):
        return tuple(sentences)
    *before, last = sentences
    spoken = last.spoken.rstrip(" .,;:")
    if not spoken or spoken.endswith("?") or len(spoken) >= max_chars:
        return tuple(sentences)
    return (*before, replace(last, spoken=f"{spoken}?"))
