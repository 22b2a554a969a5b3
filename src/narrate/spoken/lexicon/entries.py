"""The user's own readings: words and phrases that are said otherwise than the rules would.

A word of the lexicon is found before any rule looks at the text and replaced by a stand-in: a word
of two letters that no cleaned text contains and that no rule changes. When all rules are through,
the reading takes the stand-in's place, so that no rule can undo it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

from narrate.model import Sound

USUAL, EXACT, ANY = "usual", "exact", "any"
CASES = (USUAL, EXACT, ANY)
"""How an entry minds capitals.

``usual``: as written; a word in small letters also with a capital at its beginning; words of four
letters and more also all in capitals. ``exact``: as written. ``any``: whatever the capitals.
"""

_SHOUTED = 4
_STAND_IN = re.compile(r"[Þþ]([Ððþ]{6,})")
_ATOM = re.compile(r"[^\W_]+")
_BEFORE = r"(?<![^\W_])(?<![^\W_]['’])(?!(?<=\d[.,:])\d)"
_AFTER = r"(?P<suffix>['’]?s)?(?![^\W_])(?!(?<=\d)(?:[.,:]\d| \d{3}(?!\d)))"
"""Around a word: no part of a longer one, nor of a longer number, such as the 4 of “GPT-4.5”."""

_CLOSING = " \"'”“’»«)]"
_FEW = 8
_LONE_CAPITAL = re.compile(r"(?:^|[\s'-])[A-Z]$")
_HISSES = tuple("szʃʒʂʐɕʑ")
_VOICELESS = tuple("ptkfθ")
_FIRST_PRIVATE, _LAST_PRIVATE = 0xE000, 0xE0EF
_PRIVATE = re.compile(f"[{chr(_FIRST_PRIVATE)}-{chr(_LAST_PRIVATE)}]")

OPEN, CLOSE = "\ue0f1", "\ue0f2"
"""Stand around each foreign word while a sentence is said, so that it may be cut anywhere.

For private use by Unicode; a text that holds them has no foreign passages. A foreign word is left
to the lexicon of its own language.
"""

_FOREIGN_WORD = re.compile(f"({OPEN}[^{OPEN}{CLOSE}]*{CLOSE})")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a lexicon.

    Attributes:
        written: The word or phrase; a regular expression where ``is_pattern``.
        say: What is said for it, itself a spoken form; empty: what the rules say for it.
        ipa: Its sounds for engines that take them, or empty.
        case: One of :data:`CASES`.
        voices: Names of the voices that it is for; empty: all.
        form: How a cleaned text has the word; empty where cleaning would not leave it whole.
    """

    written: str
    say: str = ""
    ipa: str = ""
    case: str = USUAL
    voices: tuple[str, ...] = ()
    is_pattern: bool = False
    form: str = ""

    @property
    def in_words(self) -> str:
        """The word and its reading; differs when one of them does."""
        sounds = f"[{self.ipa}]" if self.ipa else ""
        return f"lexicon “{self.written}”: {' '.join(filter(None, (self.say, sounds)))}"


@dataclass(frozen=True, slots=True)
class Found:
    """A word of the lexicon in a text."""

    entry: Entry
    text: str
    suffix: str = ""


@dataclass(frozen=True)
class Lexicon:
    """The readings of one language, for one voice.

    Made by :func:`narrate.spoken.make_lexicon`, which checks that every reading can be said.
    """

    lang: str = ""
    entries: tuple[Entry, ...] = ()

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.lang, self.entries))

    def for_voice(self, name: str) -> Lexicon:
        """The readings that a voice uses; those for it alone come before those for all."""
        if name not in self._by_voice:
            own = [entry for entry in self.entries if name in entry.voices]
            general = [entry for entry in self.entries if not entry.voices]
            everybodys = len(general) == len(self.entries)
            self._by_voice[name] = self if everybodys else Lexicon(self.lang, (*own, *general))
        return self._by_voice[name]

    @cached_property
    def _by_voice(self) -> dict[str, Lexicon]:
        return {}

    @cached_property
    def _words(self) -> Mapping[str, Sequence[Entry]]:
        """First word in small letters → the entries that begin with it, the longest first."""
        index: dict[str, list[Entry]] = {}
        ordered = sorted(self.entries, key=lambda entry: -len(entry.form))
        for entry in ordered:
            if not entry.is_pattern and (first := _ATOM.match(entry.form)):
                index.setdefault(first[0].casefold(), []).append(entry)
        return index

    @cached_property
    def _others(self) -> Sequence[tuple[re.Pattern[str], Entry]]:
        """Patterns, and what does not begin with a letter or digit."""
        ordered = sorted(self.entries, key=lambda entry: (entry.is_pattern, -len(entry.written)))
        words = [e for e in ordered if e.is_pattern or (e.form and not _ATOM.match(e.form))]
        return [(_compiled(entry), entry) for entry in words]

    @cached_property
    def _foreign(self) -> Sequence[Entry]:
        """What the rules could not even read: other scripts, emoji."""
        return sorted(filter(_is_foreign, self.entries), key=lambda entry: -len(entry.written))

    def mark_foreign(self, text: str, found: list[Found]) -> tuple[str, frozenset[str]]:
        """Put one character of the private use area for each word in another script.

        Returns:
            The text, and the characters.
        """
        if not self._foreign or text.isascii() or _PRIVATE.search(text):
            return text, frozenset()
        text = unicodedata.normalize("NFC", text)
        for entry in self._foreign:
            if entry.written in text:
                put = partial(_private, entry=entry, found=found)
                text = _outside(text, partial(_compiled(entry).sub, put))
        return text, frozenset(chr(_FIRST_PRIVATE + number) for number in range(len(found)))

    def mark(self, text: str, found: list[Found]) -> str:
        """Put a stand-in for each word of the lexicon in a cleaned text."""
        text = _PRIVATE.sub(lambda match: _name(ord(match[0]) - _FIRST_PRIVATE, "þ"), text)
        if self._words:
            text = _outside(text, partial(self._mark_words, found=found))
        for pattern, entry in self._others:
            text = _outside(text, partial(pattern.sub, partial(_taken, entry=entry, found=found)))
        return text

    def finds(self, text: str) -> bool:
        """Whether there is a word of the lexicon in a text that is a spoken form."""
        found: list[Found] = []
        self.mark(text, found)
        return bool(found)

    def _mark_words(self, text: str, found: list[Found]) -> str:
        pieces: list[str] = []
        done = 0
        index = self._words
        for atom in _ATOM.finditer(text):
            if atom.start() < done:
                continue
            first = atom[0].casefold()
            known = [
                *index.get(first, ()),
                *(index.get(first[:-1], ()) if first[-1] == "s" else ()),
            ]
            for entry in known:
                match = _compiled(entry).match(text, atom.start())
                if match is not None:
                    pieces += [text[done : match.start()], _taken(match, entry, found)]
                    done = match.end()
                    break
        pieces.append(text[done:])
        return "".join(pieces)

    def restore(
        self, text: str, found: Sequence[Found], usual: Callable[[str], str]
    ) -> tuple[str, tuple[Sound, ...]]:
        """Put the readings in the place of the stand-ins.

        Args:
            usual: What the rules say for a text, without a lexicon.
        """
        pieces: list[str] = []
        sounds: list[Sound] = []
        done = length = 0
        for match in _STAND_IN.finditer(text):
            number = _number(match[1])
            if number >= len(found):
                continue
            one = found[number]
            said = one.entry.say or usual(one.text)
            reading = _with_suffix(_capitalised(said, one, match[0]), one.suffix)
            before = text[done : match.start()]
            done = match.end()
            if text[done : done + 1] == "-" and _LONE_CAPITAL.search(reading):
                text = f"{text[:done]} {text[done + 1 :]}"
            pieces += [before, reading]
            length += len(before)
            if one.entry.ipa and reading:
                ipa = one.entry.ipa + _suffix_sound(one.entry.ipa, one.suffix, self.lang)
                end = length + len(reading)
                word = one.entry.written
                sounds.append(Sound(length, end, ipa, word, bool(one.entry.say)))
            length += len(reading)
        pieces.append(text[done:])
        return "".join(pieces), tuple(sounds)


EMPTY = Lexicon()
"""No readings: the rules alone."""


def _outside(text: str, change: Callable[[str], str]) -> str:
    """``text`` with everything changed but its foreign words."""
    if OPEN not in text:
        return change(text)
    parts = _FOREIGN_WORD.split(text)
    parts[::2] = map(change, parts[::2])
    return "".join(parts)


def _private(match: re.Match[str], entry: Entry, found: list[Found]) -> str:
    if _FIRST_PRIVATE + len(found) > _LAST_PRIVATE:
        return match[0]
    found.append(Found(entry, match[0]))
    return f" {chr(_FIRST_PRIVATE + len(found) - 1)} "


def _taken(match: re.Match[str], entry: Entry, found: list[Found]) -> str:
    suffix = match["suffix"] or ""
    text = match[0][: len(match[0]) - len(suffix)]
    if not text or _STAND_IN.search(match[0]):
        return match[0]
    found.append(Found(entry, text, suffix))
    rest = match.string[match.end() : match.end() + _FEW]
    stop = "." if text.endswith(".") and not rest.strip(_CLOSING) else ""
    return _name(len(found) - 1, "Þ" if text[0].isupper() else "þ") + stop


def _name(number: int, first: str) -> str:
    """The stand-in of a number: a word in small letters but for the first."""
    return first + f"{number:06b}".replace("0", "ð").replace("1", "þ")


def _number(digits: str) -> int:
    return int(digits.casefold().replace("ð", "0").replace("þ", "1"), 2)


def _is_foreign(entry: Entry) -> bool:
    return not entry.is_pattern and not entry.form


@lru_cache(maxsize=4096)
def _compiled(entry: Entry) -> re.Pattern[str]:
    if entry.is_pattern:
        flags = re.IGNORECASE if entry.case == ANY else re.RegexFlag(0)
        return re.compile(rf"{_BEFORE}(?:{entry.written}){_AFTER}", flags)
    if _is_foreign(entry):
        return re.compile(re.escape(entry.written))
    body = "|".join(re.escape(form).replace(r"\ ", " ") for form in _forms(entry))
    before = _BEFORE if _ATOM.match(entry.form) else ""
    after = _AFTER if _ATOM.match(entry.form[-1]) else "(?P<suffix>)"
    flags = re.IGNORECASE if entry.case == ANY else re.RegexFlag(0)
    return re.compile(rf"{before}(?:{body}){after}", flags)


def _forms(entry: Entry) -> Sequence[str]:
    """How the word may be written."""
    word = entry.form
    if entry.case != USUAL:
        return (word,)
    forms = [word]
    if word == word.lower():
        forms.append(word[0].upper() + word[1:])
    if sum(char.isalpha() for char in word) >= _SHOUTED:
        forms.append(word.upper())
    return tuple(dict.fromkeys(forms))


def _capitalised(said: str, found: Found, stand_in: str) -> str:
    """The reading with a capital where the word has one that the lexicon does not."""
    is_small = found.entry.written[:1].islower() and not found.entry.is_pattern
    return said[:1].upper() + said[1:] if is_small and stand_in[0] == "Þ" else said


def _with_suffix(reading: str, suffix: str) -> str:
    if suffix and _LONE_CAPITAL.search(reading):
        return f"{reading}'s"
    return reading + suffix.replace("’", "'")


def _suffix_sound(ipa: str, suffix: str, lang: str) -> str:
    """How -s sounds behind a word."""
    if not suffix or lang != "en":
        return "s" if suffix else ""
    bare = ipa.rstrip("ː ")
    if bare.endswith(_HISSES):
        return "ɪz"
    return "s" if bare.endswith(_VOICELESS) else "z"
