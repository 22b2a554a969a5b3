"""Where sentences end, and where a sentence too long for an engine is cut."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from narrate.spoken.core import Language, SentenceMarks, SpokenText, spoken_form

SHORTEST_LIMIT = 40
"""Every single character is said within so many; a smaller limit cannot be kept."""

_STOP = re.compile(r"[.!?…。！？]+[\"“”»«›‹'’)\]]*|\n[^\S\n]*\n")
_NEXT = re.compile(r"\s*[\"„“”»«›‹'‘‚’(\[–—-]*\s?([^\W_]{0,40})")
_GLUED = re.compile(r"([^\W\d_]+)")
_INITIAL = re.compile(r"(?:^|[\s.(\"„“»«-])[^\W\d_]\.$")
_NUMBER = re.compile(r"(?<![\w.,:/-])\d{1,4}\.$")
_TAIL = 60
_SURELY_TOO_LONG = 3
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


def fit(sentence: str, language: Language, max_chars: int) -> Iterator[SpokenText]:
    """A sentence as pieces whose spoken forms have at most ``max_chars`` characters each."""
    if len(sentence) <= _SURELY_TOO_LONG * max_chars or len(sentence) == 1:
        said = spoken_form(sentence, language)
        if len(said.spoken) <= max_chars or len(sentence) == 1:
            yield said
            return
    cut = _cut(sentence, language.marks.conjunctions)
    for half in (sentence[:cut].strip(), sentence[cut:].strip()):
        if half:
            yield from fit(half, language, max_chars)


_CLAUSES = (
    re.compile(r"[;:][\"“”»«)]*(?=\s)|\s[–—-](?=\s)"),
    re.compile(r",[\"“”»«)]*(?=\s)"),
)
_SPACE = re.compile(r"\s+")
_REACH = 2000
_MIDDLE = 0.3


def _cut(text: str, conjunctions: re.Pattern[str]) -> int:
    """Where to cut a text in two: near its middle, at the strongest boundary there is.

    Semicolons, colons and dashes are stronger than commas, these than a word that opens a
    clause, and that than a space; numbers and names are cut only when nothing else is left.
    """
    middle = len(text) // 2
    reach = min(_REACH, max(1, int(len(text) * _MIDDLE)))
    low, high = max(1, middle - reach), min(len(text) - 1, middle + reach)
    for pattern in (*_CLAUSES, conjunctions):
        found = [match.end() for match in pattern.finditer(text, low, high)]
        if found:
            return min(found, key=lambda at: abs(at - middle))
    spaces = [match.start() for match in _SPACE.finditer(text, low, high)]
    spaces = spaces or [match.start() for match in _SPACE.finditer(text, 1, len(text) - 1)]
    if spaces:
        good = [at for at in spaces if not _binds(text, at)]
        return min(good or spaces, key=lambda at: abs(at - middle))
    return _cut_word(text, middle)


def _binds(text: str, space: int) -> bool:
    """Whether the words around a space belong together: a number, a name, an abbreviation."""
    before = text[max(0, space - _TAIL) : space].rsplit(None, 1)[-1:]
    after = text[space : space + _TAIL].split(None, 1)[:1]
    if not before or not after:
        return False
    left, right = before[0], after[0]
    if left[-1].isdigit() or right[0].isdigit() or left[-1] == ".":
        return True
    return left[0].isupper() and right[0].isupper()


def _cut_word(text: str, middle: int) -> int:
    """Where to cut a text without a space: not before a mark that belongs to its letter."""
    for at in range(middle, min(len(text), middle + _TAIL)):
        if not unicodedata.combining(text[at]) and text[at] not in "\u200d\ufe0f":
            return max(1, at)
    return max(1, middle)
