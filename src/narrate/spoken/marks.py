"""What a language must tell so that the ends of its sentences and clauses can be found."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

NOTHING = re.compile(r"(?!)")
"""Matches nowhere."""


def ending_with(keys: frozenset[str], *, suffix: str = r"(?!)") -> re.Pattern[str]:
    """A pattern for texts that end in one of some abbreviations.

    At the beginning of a sentence they are capitalised, single letters excepted: “C.” is a name.
    The spaces within may be missing.

    Args:
        suffix: A pattern for what abbreviates the end of a longer word; by default nothing does.
    """
    variants = {*keys, *(key[0].upper() + key[1:] for key in keys if key[1:2] != ".")}
    longest_first = sorted(variants, key=lambda key: (-len(key), key))
    spelled = "|".join(re.escape(key).replace(r"\ ", r"\s?") for key in longest_first)
    return re.compile(rf"(?:^|[^\w])(?:{spelled})$|{suffix}$")


@dataclass(frozen=True, slots=True)
class SentenceMarks:
    """What a language needs to tell the end of a sentence from other full stops.

    Patterns are searched at the end of a text that ends in a full stop, unless said otherwise.

    Attributes:
        never: Abbreviations after which a sentence goes on whatever follows.
        maybe: Abbreviations that can end a sentence: it does before a starter.
        starters: Capitalised words that begin sentences and are seldom names or nouns.
        ordinal: Whether the full stop of a number, with the text up to and including it and the
            word that follows, may make it an ordinal.
        conjunctions: Matches white space before a word that opens a clause.
        prepositions: The same for a phrase.
        numerals: Matches a number in words, in lower case.
        joiners: Words that join two numbers to one expression.
        mostly: Abbreviations that end a sentence before every capital, such as “etc.”.
        hours: Abbreviations of times of day; before a capital they end it like ``mostly``, but
            not before one of ``after_hours`` nor at the beginning of a sentence.
        after_hours: Capitalised words that go on after a time of day: zones and days.
        labels: Words after which a single capital is a name of its own: “plan B”, “vitamin C”.
        alone: Abbreviations that are a word and a sentence of its own before a capital.
        monarchs: First names that Roman numbers follow.
        open_words: Words no sentence ends in: articles, prepositions, conjunctions.
        names: Names that end in an exclamation mark, without it.
        sayings: Verbs that say who spoke a quotation, where they follow a name.
        months: Months: a number before one is a day and no mark of a list.
    """

    never: re.Pattern[str]
    maybe: re.Pattern[str]
    starters: frozenset[str]
    ordinal: Callable[[str, str], bool]
    conjunctions: re.Pattern[str]
    prepositions: re.Pattern[str]
    numerals: re.Pattern[str]
    joiners: frozenset[str]
    mostly: re.Pattern[str] = NOTHING
    hours: re.Pattern[str] = NOTHING
    after_hours: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    monarchs: frozenset[str] = frozenset()
    open_words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    sayings: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
