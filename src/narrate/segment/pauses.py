"""How long it is silent after what was said; a listener hears the structure by it."""

from __future__ import annotations

from narrate.model import BlockKind, Pauses
from narrate.spoken import SpokenText

_CLOSERS = "\"'“”»«’)] "
_STRONG = (";", ":", "–", "—", "-", "…", "..")


def within(sentence: SpokenText, pauses: Pauses) -> int:
    """After a sentence, or a piece of one, that is not the last of its block."""
    if not sentence.goes_on:
        return pauses.sentence_ms
    strong = sentence.text.rstrip(_CLOSERS).endswith(_STRONG)
    return pauses.break_ms if strong else pauses.clause_ms


def between(before: BlockKind, after: BlockKind | None, pauses: Pauses) -> int:
    """Between two blocks of a chapter.

    Args:
        after: None at the end of a chapter.
    """
    if before is BlockKind.HEADING:
        return pauses.heading_ms
    if after is BlockKind.HEADING:
        return pauses.before_heading_ms
    if before is after is BlockKind.LIST_ITEM:
        return pauses.list_item_ms
    if before is not after and BlockKind.QUOTE in (before, after):
        return pauses.quote_ms
    return pauses.paragraph_ms
