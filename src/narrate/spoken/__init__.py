"""The spoken form: written German or English as words that every engine reads alike.

A spoken form holds Latin letters (with the diacritics of Latin-1 and œ), spaces, apostrophes and
hyphens within words, and ``. , ; : ? !``: no digit, no symbol, no quotation mark, no control
character. Making the spoken form of a spoken form changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from narrate.spoken import core
from narrate.spoken.core import Language, SpokenText
from narrate.spoken.dividing import divide, fitting
from narrate.spoken.dividing.fitting import SHORTEST_LIMIT
from narrate.spoken.lexicon.entries import CASES, EMPTY, Entry, Lexicon
from narrate.spoken.lexicon.misread import Suspect, suspects
from narrate.spoken.lexicon.readings import ReadingError
from narrate.spoken.lexicon.readings import make_lexicon as _make_lexicon

__all__ = [
    "CASES",
    "EMPTY",
    "SHORTEST_LIMIT",
    "Entry",
    "Foreign",
    "Lexicon",
    "ReadingError",
    "SpokenText",
    "Suspect",
    "make_lexicon",
    "sentences",
    "speak_text",
    "spoken_form",
    "suspects",
]


@dataclass(frozen=True, slots=True)
class Foreign:
    """``text[start:end]`` is in the language ``lang``, with the user's readings for it."""

    start: int
    end: int
    lang: str
    lexicon: Lexicon = EMPTY


def speak_text(
    text: str,
    lang: str,
    max_chars: int,
    *,
    lexicon: Lexicon = EMPTY,
    foreign: Sequence[Foreign] = (),
) -> tuple[SpokenText, ...]:
    """Divide a paragraph or heading into what is said at once.

    Sentences whose spoken form is too long become pieces of about the same length, cut at clauses,
    else between words, and only when nothing else is left within one. The ``text`` of all pieces,
    joined, is the input again (white space aside), on any input. A piece is empty in ``spoken``
    when nothing of it can be said.

    Args:
        lang: ``de`` or ``en``.
        max_chars: Longest spoken form of a piece, in characters; at least ``SHORTEST_LIMIT``.
        lexicon: The user's readings; see :meth:`Lexicon.for_voice`.
        foreign: Passages in another language, in order and apart from each other: they are said by
            its rules.

    Raises:
        ValueError: A language is unknown or the limit too small.
    """
    if max_chars < SHORTEST_LIMIT:
        raise ValueError(f"max_chars is {max_chars}, the least is {SHORTEST_LIMIT}")
    language = _with(lang, lexicon)
    if foreign:
        from narrate.spoken.dividing import passages  # noqa: PLC0415 - most texts have none

        others = [passages.Passage(p.start, p.end, _with(p.lang, p.lexicon)) for p in foreign]
        return tuple(passages.speak(text, language, others, max_chars))
    return tuple(
        piece
        for sentence in divide.sentences(text, language.marks)
        for piece in fitting.fit(sentence, language, max_chars)
    )


def spoken_form(sentence: str, lang: str, *, lexicon: Lexicon = EMPTY) -> SpokenText:
    """The spoken form of one sentence, of any length; never an error for any text.

    Args:
        lang: ``de`` or ``en``.
        lexicon: The user's readings.

    Raises:
        ValueError: The language is unknown.
    """
    return core.spoken_form(sentence, _with(lang, lexicon))


def sentences(text: str, lang: str) -> tuple[str, ...]:
    """The sentences of a text, in order, without the white space between them.

    Args:
        lang: ``de`` or ``en``.

    Raises:
        ValueError: The language is unknown.
    """
    return tuple(divide.sentences(text, _language(lang).marks))


def make_lexicon(lang: str, entries: Sequence[Entry]) -> Lexicon:
    """The user's readings in one language, each checked.

    Args:
        lang: ``de`` or ``en``.

    Raises:
        ReadingError: An entry cannot be used; says which and why.
        ValueError: The language is unknown.
    """
    return _make_lexicon(_language(lang), entries)


@lru_cache(maxsize=16)
def _with(lang: str, lexicon: Lexicon) -> Language:
    return replace(_language(lang), lexicon=lexicon)


@cache
def _language(lang: str) -> Language:
    if lang == "de":
        from narrate.spoken.german.language import GERMAN  # noqa: PLC0415 - compiles its own rules only

        return GERMAN
    if lang == "en":
        from narrate.spoken.english.language import ENGLISH  # noqa: PLC0415 - compiles its own rules only

        return ENGLISH
    raise ValueError(f"no spoken rules for the language {lang!r}")
