"""Text as feeds may carry it: legal in XML, without edge white space, of bounded length."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Sequence

MAX_LINE = 255
"""Characters of every text but a description; Apple refuses longer ones."""

MAX_DESCRIPTION = 4_000
"""Bytes of UTF-8 in a description; Apple refuses longer ones."""

_ELLIPSIS = "…"
# Characters that XML 1.0 forbids (section 2.2), surrogates among them, and the C1 controls, which
# it discourages and no reader shows.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_JOINER = "\u200d"
_LOOSE_END = re.compile(rf"[\s{_JOINER}]+\Z")


def clean(text: str) -> str:
    """Text without characters that XML forbids, with a line feed for every end of line."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str, limit: int = MAX_LINE) -> str:
    """Text as one line of at most ``limit`` characters."""
    return _cut(" ".join(clean(text).split()), limit, _one)


def plain(body: str, notes: Sequence[str] = ()) -> str:
    """Body and notes as plain text of at most :data:`MAX_DESCRIPTION` bytes.

    The body gives way: a note may be a disclosure or an attribution that a licence demands.
    """
    return _bounded(body, notes, _bytes)


def escaped(body: str, notes: Sequence[str] = ()) -> str:
    """The same for elements that readers take for HTML; the limit counts the escapes."""
    return html.escape(_bounded(body, notes, _escaped_bytes), quote=False)


def _bounded(body: str, notes: Sequence[str], cost: Callable[[str], int]) -> str:
    tail = _cut("\n\n".join(_filled(notes)), MAX_DESCRIPTION, cost)
    room = MAX_DESCRIPTION - sum(map(cost, "\n\n" + tail if tail else ""))
    return "\n\n".join(_filled([_cut(clean(body).strip(), room, cost), tail]))


def _filled(paragraphs: Sequence[str]) -> list[str]:
    return [text for text in (clean(text).strip() for text in paragraphs) if text]


def _one(_: str) -> int:
    return 1


def _bytes(char: str) -> int:
    return len(char.encode())


def _escaped_bytes(char: str) -> int:
    return len(html.escape(char, quote=False).encode())


def _cut(text: str, limit: int, cost: Callable[[str], int]) -> str:
    """Shorten text whose characters cost more than ``limit`` at the end of a word, with ``…``."""
    room = limit - cost(_ELLIPSIS)
    if room < 0:
        return ""
    spent = fits = 0
    for position, char in enumerate(text):
        spent += cost(char)
        if spent <= room:
            fits = position + 1
        if spent > limit:
            return _whole_words(text, fits) + _ELLIPSIS
    return text


def _whole_words(text: str, end: int) -> str:
    """The first ``end`` characters back to the last word; back to a whole one if there is none."""
    head = text[:end]
    if text[end].isspace() or head[-1:].isspace():
        return _LOOSE_END.sub("", head)
    if (words := head.rsplit(maxsplit=1))[1:]:
        head = words[0]
    elif _continues(text[end]):
        while head and _continues(head[-1]):
            head = head[:-1]
        head = head[:-1]
    return _LOOSE_END.sub("", head)


def _continues(char: str) -> bool:
    """Whether a character belongs to the one before it."""
    return char == _JOINER or unicodedata.category(char).startswith("M")
