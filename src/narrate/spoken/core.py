"""What the rules of every language share: the values, and how rules are applied.

A language is data: an ordered list of rules, a table of symbols and what divides its sentences.
Each rule is a regular expression that takes linear time and a function that says what it found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from narrate.model import Sound
from narrate.spoken import required
from narrate.spoken.dividing.marks import SentenceMarks
from narrate.spoken.lexicon.entries import EMPTY, Found, Lexicon
from narrate.spoken.writing import characters, punctuation

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
        asks: What the user asked for here: each entry of the lexicon that applies, in words.
    """

    text: str
    spoken: str
    unspoken: tuple[str, ...] = ()
    goes_on: bool = False
    sounds: tuple[Sound, ...] = ()
    asks: tuple[str, ...] = ()


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
    asks = tuple(dict.fromkeys(one.entry.in_words for one in found))
    return SpokenText(sentence, spoken, unspoken, sounds=sounds, asks=asks)


def _by_rules(cleaned: str, language: Language) -> str:
    spoken = _one_pass(cleaned, language)
    if spoken == cleaned:
        return spoken
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
    lacking = gates.lacking(text)
    for rule, asked in gates.asked:
        if asked & lacking:
            continue
        said = rule.apply(text)
        if said != text:
            text = said
            lacking = gates.lacking(text)
    return punctuation.tidy(text)


class _Gates:
    """Which rules may find something in a text, by the characters that it has.

    Attributes:
        asked: Each rule with what it asks for: a bit for each group of characters.
    """

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        numbers: dict[required.Group, int] = {}
        self.asked = tuple(
            (rule, sum({1 << numbers.setdefault(one, len(numbers)) for one in _asked(rule)}))
            for rule in rules
        )
        self._bits: dict[str, int] = {}
        for group, number in numbers.items():
            for sign in group:
                self._bits[sign] = self._bits.get(sign, 0) | 1 << number
        self._signs = frozenset(self._bits)
        self._all = (1 << len(numbers)) - 1

    def lacking(self, text: str) -> int:
        """The bits of the groups of which a text has no character."""
        found = 0
        for sign in self._signs.intersection(text):
            found |= self._bits[sign]
        if text.find(".", 0, len(text) - 1) >= 0:
            found |= self._bits.get(required.INNER_STOP, 0)
        return self._all & ~found


def _asked(rule: Rule) -> tuple[required.Group, ...]:
    needs = (frozenset(rule.needs),) if rule.needs else ()
    return (*needs, *required.required(rule.pattern))


_MOST_GATES = 16
_GATES: dict[int, _Gates] = {}


def _gates(rules: tuple[Rule, ...]) -> _Gates:
    """The gates of a language's rules, made once; a text with foreign passages has its own."""
    found = _GATES.get(id(rules))
    if found is None or found.rules is not rules:
        if len(_GATES) >= _MOST_GATES:
            _GATES.clear()
        found = _GATES[id(rules)] = _Gates(rules)
    return found


def left_of(match: re.Match[str]) -> str:
    """The text just before a match, at most :data:`MARGIN` characters."""
    return match.string[max(0, match.start() - MARGIN) : match.start()]


def right_of(match: re.Match[str]) -> str:
    """The text just after a match, at most :data:`MARGIN` characters."""
    return match.string[match.end() : match.end() + MARGIN]


def alternatives(keys: Mapping[str, str] | frozenset[str] | tuple[str, ...]) -> str:
    """A pattern that matches any of ``keys``, the longest first; a space may be missing.

    Keys of one first letter stand together: a text is compared with letters, not with all keys.
    """
    groups: dict[str, list[str]] = {}
    for key in sorted(keys, key=lambda key: (-len(key), key)):
        groups.setdefault(_escaped(key[:1]), []).append(_escaped(key[1:]))
    return "|".join(
        first + (rests[0] if len(rests) == 1 else f"(?:{'|'.join(rests)})")
        for first, rests in groups.items()
    )


def _escaped(key: str) -> str:
    return re.escape(key).replace(r"\ ", r"\s?")


def words(text: str) -> tuple[str, ...]:
    """The words of a list that is written as running text."""
    return tuple(text.split())


def squeeze(text: str) -> str:
    """``text`` without white space: how ``z. B.`` and ``z.B.`` find one entry of a table."""
    return "".join(text.split())


def before_one_of(keys: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for the white space before one of some words."""
    return re.compile(rf"\s+(?=(?:{alternatives(keys)})\s)")
