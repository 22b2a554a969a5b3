"""What the rules of every language share: the values, and how rules are applied.

A language is data: an ordered list of rules, a table of symbols and what divides its sentences.
Each rule is a regular expression that takes linear time and a function that says what it found.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from operator import itemgetter

from narrate.model import Sound
from narrate.spoken import characters, punctuation
from narrate.spoken.lexicon import EMPTY, Found, Lexicon
from narrate.spoken.marks import SentenceMarks

DIGITS = "0123456789"
GROUP = "ʘ"
"""Stands between groups of three digits once a number's notation is understood.

A letter to regular expressions, so that it does not end a number, but one that no cleaned text
contains. It keeps ``1.984`` (a quantity) apart from ``1984`` (perhaps a year).
"""

MAX_PASSES = 5
MARGIN = 80
"""How far, in characters, a rule looks at the words beside its match."""


@dataclass(frozen=True, slots=True)
class SpokenText:
    """A run of written text and what an engine says for it.

    Attributes:
        text: As written.
        spoken: Words and punctuation only; empty when nothing of ``text`` can be said.
        unspoken: The parts of ``text`` that were left out because they cannot be said.
        goes_on: Whether the sentence goes on in the next piece, as it was too long for one.
        sounds: Words whose sounds the lexicon knows, in order.
    """

    text: str
    spoken: str
    unspoken: tuple[str, ...] = ()
    goes_on: bool = False
    sounds: tuple[Sound, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of writing and how it is said.

    Attributes:
        name: For people who look for the rule behind a word.
        pattern: What it finds; must take linear time on any text.
        say: The words for a match; may look at the text around it.
        needs: The rule is tried only on texts with one of these characters; empty: on all.
    """

    name: str
    pattern: re.Pattern[str]
    say: Callable[[re.Match[str]], str]
    needs: str = ""

    def apply(self, text: str) -> str:
        """``text`` with every match said."""
        return self.pattern.sub(self.say, text)


@dataclass(frozen=True, slots=True)
class Language:
    """Everything the spoken form of one language needs; the lexicon is the show's."""

    code: str
    rules: tuple[Rule, ...]
    symbols: Mapping[str, str]
    marks: SentenceMarks
    lexicon: Lexicon = EMPTY


def spoken_form(sentence: str, language: Language) -> SpokenText:
    """How one sentence is said; see :func:`narrate.spoken.spoken_form`."""
    text, found = sentence, list[Found]()
    sayable = frozenset(language.symbols)
    lexicon = language.lexicon
    if lexicon.entries:
        text, marks = lexicon.mark_foreign(text, found)
        sayable |= marks
    cleaned, unspoken = characters.clean(text, sayable, language.code)
    if lexicon.entries:
        cleaned = lexicon.mark(cleaned, found)
    spoken = _by_rules(cleaned, language)
    sounds: tuple[Sound, ...] = ()
    if found:
        plain = replace(language, lexicon=EMPTY)
        spoken, sounds = lexicon.restore(
            spoken, found, lambda word: reading_of(spoken_form(word, plain).spoken)
        )
        if (tidied := punctuation.tidy(spoken)) != spoken:
            spoken, sounds = tidied, ()
    if not spoken and not unspoken and sentence.strip():
        unspoken = (sentence.strip(),)
    return SpokenText(sentence, spoken, unspoken, sounds=sounds)


def _by_rules(cleaned: str, language: Language) -> str:
    spoken = _one_pass(cleaned, language)
    for _ in range(MAX_PASSES):
        again = _one_pass(spoken, language)
        if again == spoken:
            break
        spoken = again
    return spoken


def reading_of(spoken: str) -> str:
    """A spoken form as part of a sentence: without the marks at its end."""
    return spoken.rstrip(".,;:?! ")


def _one_pass(text: str, language: Language) -> str:
    gates = _gates(language.rules)
    rules = gates.tried(text)
    number = 0
    while number < len(rules):
        at, rule = rules[number]
        said = rule.apply(text)
        number += 1
        if said != text:
            text = said
            following = gates.tried(text)
            if following is not rules:
                rules = following
                number = bisect_right(rules, at, key=itemgetter(0))
    return punctuation.tidy(text)


class _Gates:
    """Which rules are tried on a text, by the characters that it has."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        needed = sorted({char for rule in rules for char in rule.needs})
        kinds: dict[tuple[bool, ...], str] = {}
        self._kind = {
            char: kinds.setdefault(tuple(char in rule.needs for rule in rules), char)
            for char in needed
        }
        self._needed = frozenset(needed)
        self._known: dict[frozenset[str], tuple[tuple[int, Rule], ...]] = {}

    def tried(self, text: str) -> tuple[tuple[int, Rule], ...]:
        """The rules that may find something, each with its number."""
        present = frozenset(map(self._kind.__getitem__, self._needed.intersection(text)))
        known = self._known.get(present)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[present] = tuple(
                (number, rule)
                for number, rule in enumerate(self.rules)
                if not rule.needs or not present.isdisjoint(map(self._kind.__getitem__, rule.needs))
            )
        return known


_MOST_KNOWN = 4096
_GATES: dict[int, _Gates] = {}


def _gates(rules: tuple[Rule, ...]) -> _Gates:
    """The gates of a language's rules; made once, and kept as long as the rules are."""
    found = _GATES.get(id(rules))
    if found is None or found.rules is not rules:
        found = _GATES[id(rules)] = _Gates(rules)
    return found


def left_of(match: re.Match[str]) -> str:
    """The text just before a match, at most :data:`MARGIN` characters."""
    return match.string[max(0, match.start() - MARGIN) : match.start()]


def right_of(match: re.Match[str]) -> str:
    """The text just after a match, at most :data:`MARGIN` characters."""
    return match.string[match.end() : match.end() + MARGIN]


def alternatives(keys: Mapping[str, str] | frozenset[str] | tuple[str, ...]) -> str:
    """A pattern that matches any of ``keys``, the longest first; a space may be missing."""
    longest_first = sorted(keys, key=lambda key: (-len(key), key))
    return "|".join(re.escape(key).replace(r"\ ", r"\s?") for key in longest_first)


def words(text: str) -> tuple[str, ...]:
    """The words of a list that is written as running text."""
    return tuple(text.split())


def squeeze(text: str) -> str:
    """``text`` without white space: how ``z. B.`` and ``z.B.`` find one entry of a table."""
    return "".join(text.split())


def before_one_of(keys: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for the white space before one of some words."""
    return re.compile(rf"\s+(?=(?:{alternatives(keys)})\s)")
