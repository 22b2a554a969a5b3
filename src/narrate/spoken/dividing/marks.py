"""What a language must tell so that the ends of its sentences and clauses can be found."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_WORD_START = re.compile(r"(?<!\w)\w")
_SPACE = re.compile(r"\.\s{1,2}(?=\w)")
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Endings:
    """Abbreviations that a text may end in; looked up, as tables are long.

    Attributes:
        keys: As :func:`ending_with` writes them.
        suffixes: What abbreviates the end of a longer noun.
    """

    keys: frozenset[str] = frozenset()
    suffixes: tuple[str, ...] = ()

    def longest(self, endings: Sequence[str]) -> int:
        """Length of the longest of :func:`endings_of` a text that is listed; 0 for none."""
        for ending in endings:
            if ending in self.keys:
                return len(ending)
        word = endings[-1] if endings else ""
        if not word.endswith(self.suffixes) or not word[0].isupper():
            return 0
        suffix = next(end for end in self.suffixes if word.endswith(end))
        return len(suffix) if word.removesuffix(suffix)[-1:].islower() else 0


def endings_of(text: str) -> Sequence[str]:
    """What an abbreviation at the end of ``text`` may be, the longest first."""
    tail = _unspaced(text[-_LONGEST:])
    return [tail[found.start() :] for found in _WORD_START.finditer(tail)]


def ending_with(keys: frozenset[str], *, suffixes: tuple[str, ...] = ()) -> Endings:
    """A table of abbreviations, with or without the spaces behind their full stops.

    At the beginning of a sentence they are capitalised, single letters excepted: “C.” is a name.

    Args:
        suffixes: What abbreviates the end of a longer noun.
    """
    capitalised = {key[0].upper() + key[1:] for key in keys if key[1:2] != "."}
    return Endings(frozenset(map(_unspaced, {*keys, *capitalised})), suffixes)


def _unspaced(text: str) -> str:
    return _SPACE.sub(".", text)


@dataclass(frozen=True, slots=True)
class SentenceMarks:
    """What a language needs to tell the end of a sentence from other full stops.

    Attributes:
        never: Abbreviations after which a sentence goes on whatever follows.
        maybe: Abbreviations that can end a sentence: it does before a starter.
        starters: Capitalised words that begin sentences and are seldom names or nouns.
        ordinal: Whether the full stop of a number, with the text up to and including it and the
            word that follows, may make it an ordinal.
        conjunctions: Matches white space before a word that opens a clause.
        relatives: The same for a word that opens a clause behind a comma.
        prepositions: The same for a phrase.
        numerals: Matches a number in words, in lower case.
        joiners: Words that join two numbers to one expression.
        mostly: Abbreviations that end a sentence before every capital, such as “etc.”.
        numbered: Abbreviations before a number or a single letter, and words elsewhere.
        hours: Abbreviations of times of day and of eras: behind a number and before a capital they
            end it like ``mostly``, but not before one of ``after_hours`` nor at the beginning of
            a sentence.
        after_hours: Capitalised words that go on after a time of day: zones and days.
        labels: Words after which a single capital is a name of its own: “plan B”, “vitamin C”.
        alone: Abbreviations that are a word and a sentence of its own before a capital.
        monarchs: First names that Roman numbers follow.
        open_words: Words no sentence ends in: articles, prepositions, conjunctions.
        names: Names that end in an exclamation mark, without it.
        sayings: Verbs that say who spoke a quotation, where they follow a name.
        months: Months: a number before one is a day and no mark of a list.
    """

    never: Endings
    maybe: Endings
    starters: frozenset[str]
    ordinal: Callable[[str, str], bool]
    conjunctions: re.Pattern[str]
    relatives: re.Pattern[str]
    prepositions: re.Pattern[str]
    numerals: re.Pattern[str]
    joiners: frozenset[str]
    mostly: Endings = Endings()
    numbered: Endings = Endings()
    hours: Endings = Endings()
    after_hours: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    monarchs: frozenset[str] = frozenset()
    open_words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    sayings: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
