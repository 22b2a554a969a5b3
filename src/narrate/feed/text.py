"""Text as feeds may carry it: legal in XML, without edge white space, of bounded length."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

from narrate.plain_text import clean, in_bytes, one_line, shortened

MAX_LINE = 255
"""Characters of every text but a description; Apple refuses longer ones."""

MAX_DESCRIPTION = 4_000
"""Bytes of UTF-8 in a description; Apple refuses longer ones."""


def line(text: str, limit: int = MAX_LINE) -> str:
    """Text as one line of at most ``limit`` characters."""
    return shortened(one_line(text), limit)


def plain(body: str, notes: Sequence[str] = ()) -> str:
    """Body and notes as plain text of at most :data:`MAX_DESCRIPTION` bytes.

    The body gives way: a note may be a disclosure or an attribution that a licence demands.
    """
    return _bounded(body, notes, in_bytes)


def escaped(body: str, notes: Sequence[str] = ()) -> str:
    """The same for elements that readers take for HTML; the limit counts the escapes."""
    return html.escape(_bounded(body, notes, _escaped_bytes), quote=False)


def whole(body: str, notes: Sequence[str] = ()) -> str:
    """Body and notes as plain text of any length."""
    return "\n\n".join(_filled((body, *notes)))


def _bounded(body: str, notes: Sequence[str], cost: Callable[[str], int]) -> str:
    tail = shortened("\n\n".join(_filled(notes)), MAX_DESCRIPTION, cost)
    room = MAX_DESCRIPTION - sum(map(cost, "\n\n" + tail if tail else ""))
    return "\n\n".join(_filled([shortened(clean(body).strip(), room, cost), tail]))


def _filled(paragraphs: Sequence[str]) -> list[str]:
    return [text for text in (clean(text).strip() for text in paragraphs) if text]


def _escaped_bytes(char: str) -> int:
    return len(html.escape(char, quote=False).encode())
