"""Where sentences end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.spoken.core import SentenceMarks

_STOP = re.compile(r"[.!?…。！？]+[\"“”»«›‹'’)\]]*|\n[^\S\n]*\n")
_NEXT = re.compile(r"\s*[\"„“”»«›‹'‘‚’(\[–—-]*\s?([^\W_]{0,40})")
_GLUED = re.compile(r"([^\W\d_]+)")
_INITIAL = re.compile(r"(?:^|[\s.(\"„“»«-])[^\W\d_]\.$")
_NUMBER = re.compile(r"(?<![\w.,:/-])\d{1,4}\.$")
_TAIL = 60
_SHORTEST_GLUED = 3


def sentences(text: str, marks: SentenceMarks) -> Iterator[str]:
    """The sentences of a text, in order, without white space around them."""
    start = 0
    for stop in _STOP.finditer(text):
        if stop.start() >= start and _ends(text, stop, marks):
            if sentence := text[start : stop.end()].strip():
                yield sentence
            start = stop.end()
    if sentence := text[start:].strip():
        yield sentence


def _ends(text: str, stop: re.Match[str], marks: SentenceMarks) -> bool:
    """Whether a sentence ends with ``stop``."""
    if stop.group()[0] in "\n。！？":
        return True
    end = stop.end()
    if end >= len(text):
        return True
    if not text[end].isspace():
        return _glued(text, stop, marks)
    following = _NEXT.match(text, end)
    word = following.group(1) if following else ""
    if word[:1].islower():
        return False
    if stop.group()[0] != "." or stop.group().startswith(".."):
        return bool(word) or stop.group()[0] in "!?"
    return _full_stop_ends(text[max(0, stop.start() - _TAIL) : stop.start() + 1], word, marks)


def _full_stop_ends(before: str, word: str, marks: SentenceMarks) -> bool:
    """Whether the full stop at the end of ``before`` ends a sentence when ``word`` follows."""
    if marks.never.search(before):
        return False
    if marks.maybe.search(before) or _INITIAL.search(before):
        return word in marks.starters or not word
    if _NUMBER.search(before):
        return not marks.ordinal(before, word)
    return True


def _glued(text: str, stop: re.Match[str], marks: SentenceMarks) -> bool:
    """Whether a space was forgotten after a sentence: ``… Ende.Die …``."""
    word = _GLUED.match(text, stop.end())
    before = text[max(0, stop.start() - _SHORTEST_GLUED) : stop.start()]
    long_enough = len(before) == _SHORTEST_GLUED and before.isalpha() and before.islower()
    return bool(word and long_enough and word.group() in marks.starters)
