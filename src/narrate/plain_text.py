"""Text of other people as XML, tags and players can hold it: legal characters, whole words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_ELLIPSIS = "…"
# Characters that XML 1.0 forbids (section 2.2), surrogates among them, and the C1 controls, which
# it discourages and no reader shows.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_JOINER = "\u200d"
_SKIN_TONES = "🏻🏼🏽🏾🏿"
_LOOSE_END = re.compile(rf"[\s{_JOINER}]+\Z")


def clean(text: str) -> str:
    """Text without characters that XML forbids, with a line feed for every end of line."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """The same with single spaces for all white space."""
    return " ".join(clean(text).split())


def in_characters(_: str) -> int:
    """Costs every character alike."""
    return 1


def in_bytes(char: str) -> int:
    """Costs a character its bytes of UTF-8."""
    return len(char.encode())


def shortened(text: str, limit: int, cost: Callable[[str], int] = in_characters) -> str:
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
    else:
        while end and (_continues(text[end]) or text[end - 1] == _JOINER):
            end -= 1
        head = text[:end]
    return _LOOSE_END.sub("", head)


def _continues(char: str) -> bool:
    """Whether a character belongs to the one before it."""
    return char == _JOINER or char in _SKIN_TONES or unicodedata.category(char).startswith("M")
