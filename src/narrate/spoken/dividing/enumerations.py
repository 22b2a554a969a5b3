"""Lists within a paragraph: ``1. … 2. …``, ``a) … b) …``, ``• … • …``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.spoken.dividing.marks import SentenceMarks

_MARKER = re.compile(
    r"(?:(?<=\s)|^)(?:\(?(?P<number>\d{1,2}|[a-z])(?P<closing>\.\)|[.)])\s{1,3}|(?P<bullet>[•▪‣◦●])\s?)"
    r"(?P<word>[^\W_]{1,40})?"
)
_BEFORE = re.compile(r"(?:^|[:.!?…]\s{0,3}|[\"„“»]\s?)$")
_LAST_WORD = re.compile(r"([^\W\d_]{1,40})\s*$")
_TAIL = 60


def item_starts(text: str, marks: SentenceMarks) -> frozenset[int]:
    """Where an item of a list begins within a paragraph, the first one included.

    Marks count from 1 or ``a`` without a gap. Items joined by commas, semicolons or a conjunction
    are one sentence: they are not found.
    """
    starts: set[int] = set()
    for items in _runs(text, marks):
        if len(items) > 1 and all(_stands_free(text, at, marks) for at in items[1:]):
            starts.update(items)
    return frozenset(starts)


def _runs(text: str, marks: SentenceMarks) -> Iterator[list[int]]:
    """Positions of marks of one kind that count on from the first."""
    bullets: list[int] = []
    items: list[int] = []
    kind, count = "", 0
    for found in _MARKER.finditer(text):
        if found["bullet"]:
            bullets.append(found.start())
            continue
        if not found["word"] or found["word"] in marks.months:
            continue
        number, closing = found["number"], found["closing"]
        value = int(number) if number.isdigit() else ord(number) - ord("a") + 1
        this = f"{'1' if number.isdigit() else 'a'}{closing}"
        if items and this == kind and value == count + 1:
            items.append(found.start())
            count = value
        elif value == 1 and _BEFORE.search(text, max(0, found.start() - _TAIL), found.start()):
            yield items
            items, kind, count = [found.start()], this, 1
    yield items
    yield bullets


def _stands_free(text: str, at: int, marks: SentenceMarks) -> bool:
    """Whether what stands before a mark is at its end."""
    before = text[max(0, at - _TAIL) : at].rstrip()
    word = _LAST_WORD.search(before)
    return not before.endswith((",", ";")) and not (word and word[1].lower() in marks.open_words)
