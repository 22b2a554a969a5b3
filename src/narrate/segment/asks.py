"""What the author asked for in a sentence: passages marked as another language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from narrate.segment.counting import nonspace
from narrate.spoken import Foreign, SpokenText, spoken_form


def with_passages(
    text: str, sentences: Sequence[SpokenText], foreign: Sequence[Foreign]
) -> tuple[SpokenText, ...]:
    """Sentences of a text, each with the marked passages that it has a part of.

    Args:
        text: That the sentences are of, in order, white space aside.
        foreign: Passages that the author marked.
    """
    places = [at for at, char in enumerate(text) if not char.isspace()]
    asking, seen = [], 0
    for sentence in sentences:
        length = nonspace(sentence.text)
        if length:
            start, end = places[seen], places[seen + length - 1] + 1
            own = tuple(ask for one in foreign for ask in _asks(text, one, start, end))
            asking.append(replace(sentence, asks=tuple(dict.fromkeys((*sentence.asks, *own)))))
        else:
            asking.append(sentence)
        seen += length
    return tuple(asking)


def _asks(text: str, passage: Foreign, start: int, end: int) -> Iterator[str]:
    """A passage within ``text[start:end]``, and what its language's lexicon says for its words."""
    words = text[max(passage.start, start) : min(passage.end, end)].strip()
    if not words:
        return
    yield f"{passage.lang}: “{words}”"
    if passage.lexicon.entries:
        yield from spoken_form(words, passage.lang, lexicon=passage.lexicon).asks
