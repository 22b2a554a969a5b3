"""Passages in another language: said by its rules, in a sentence of the first or on their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from narrate.spoken import core
from narrate.spoken.core import Language, Rule, SpokenText
from narrate.spoken.dividing import divide, fitting
from narrate.spoken.lexicon.entries import CLOSE, OPEN

_WORD = re.compile(r"\S+")
_WORDS = re.compile(rf"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}(?:\s+{OPEN}[^{OPEN}{CLOSE}]*{CLOSE})*")
_STRAY = re.compile(f"[{OPEN}{CLOSE}]")
_BEFORE, _BEHIND = "([{'-–—", ",;:!?)]}'-–—"
_GOES_ON = re.compile(r"\s*[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Passage:
    """``text[start:end]`` is in ``language``, with the user's readings for it."""

    start: int
    end: int
    language: Language


def speak(
    text: str, language: Language, passages: Sequence[Passage], max_chars: int
) -> Iterator[SpokenText]:
    """:func:`narrate.spoken.speak_text` for a text with foreign passages.

    A sentence that lies in a passage is said by the rules of that language, and so are the words of
    a passage within a sentence.

    Args:
        passages: In order, apart from each other, all in one language.
    """
    if not passages or OPEN in text or CLOSE in text:
        for sentence in divide.sentences(text, language.marks):
            yield from fitting.fit(sentence, language, max_chars)
        return
    other = passages[0].language
    mixed = _with_passages(language, other)
    first = 0
    for start, end in _sentences(text, language, other, passages):
        while first < len(passages) and passages[first].end <= start:
            first += 1
        inside = []
        for passage in passages[first:]:
            if passage.start >= end:
                break
            inside.append((max(start, passage.start), min(end, passage.end)))
        if not inside:
            yield from fitting.fit(text[start:end], language, max_chars)
        elif _covers(text, start, end, inside):
            yield from fitting.fit(text[start:end], other, max_chars)
        else:
            for piece in fitting.fit(_marked(text, start, end, inside), mixed, max_chars):
                yield _unmarked(piece)


def _sentences(
    text: str, language: Language, other: Language, passages: Sequence[Passage]
) -> Iterator[tuple[int, int]]:
    """Begin and end of each sentence; within a passage its language tells where one ends."""
    ends, foreign_ends = (set(_ends(text, one)) for one in (language, other))
    start = index = 0
    for end in sorted(ends | foreign_ends):
        while index < len(passages) and passages[index].end < end:
            index += 1
        inside = index < len(passages) and passages[index].start < end
        if end in (foreign_ends if inside else ends):
            yield start, end
            start = end
    if text[start:].strip():
        yield start, len(text)


def _ends(text: str, language: Language) -> Iterator[int]:
    at = 0
    for sentence in divide.sentences(text, language.marks):
        at = text.index(sentence, at) + len(sentence)
        yield at


def _covers(text: str, start: int, end: int, inside: Sequence[tuple[int, int]]) -> bool:
    """Whether nothing of a sentence that can be said lies outside of the passages."""
    edges = [start, *(at for pair in inside for at in pair), end]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    return not any(char.isalnum() for a, b in gaps for char in text[a:b])


def _marked(text: str, start: int, end: int, inside: Sequence[tuple[int, int]]) -> str:
    parts = []
    for a, b in inside:
        parts += [text[start:a], _WORD.sub(rf"{OPEN}\g<0>{CLOSE}", text[a:b])]
        start = b
    return "".join([*parts, text[start:end]]).strip()


def _unmarked(piece: SpokenText) -> SpokenText:
    unspoken = tuple(filter(None, (_STRAY.sub("", part).strip() for part in piece.unspoken)))
    return replace(piece, text=_STRAY.sub("", piece.text), unspoken=unspoken)


def _with_passages(language: Language, other: Language) -> Language:
    """A language with a rule for marked words."""

    def say(match: re.Match[str]) -> str:
        words = _STRAY.sub("", match.group())
        bare = words.lstrip(_BEFORE)
        front = words[: len(words) - len(bare)]
        bare = bare.rstrip(_BEHIND)
        back = words[len(front) + len(bare) :]
        said = core.spoken_form(bare, other).spoken
        if _GOES_ON.match(match.string, match.end()):
            said = said.rstrip(".")
        return f"{front}{said}{back}"

    rules = (
        Rule("foreign passages", _WORDS, say, OPEN),
        Rule("torn passages", _STRAY, lambda _: "", OPEN + CLOSE),
    )
    symbols = {**language.symbols, OPEN: "", CLOSE: ""}
    return replace(language, rules=(*rules, *language.rules), symbols=symbols)
