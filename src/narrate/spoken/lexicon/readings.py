"""Entries of a lexicon are checked: every word can be found, every reading can be said."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from narrate.spoken import core
from narrate.spoken.core import Language
from narrate.spoken.lexicon import ipa
from narrate.spoken.lexicon.entries import CASES, Entry, Lexicon
from narrate.spoken.lexicon.patterns import PatternError, check_pattern
from narrate.spoken.writing import characters

LONGEST = 200
"""Of a word and of a reading, in characters."""

_INNER_MARKS = ".:;?!"


class ReadingError(ValueError):
    """An entry that cannot be used.

    Attributes:
        index: Of the entry among those that were given.
        what: What is wrong, as a clause.
        mend: How to mend it, as a sentence.
    """

    def __init__(self, index: int, what: str, mend: str) -> None:
        super().__init__(index, what, mend)
        self.index, self.what, self.mend = index, what, mend


class _WrongError(Exception):
    """As :class:`ReadingError`, before it is known which entry it is."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


def make_lexicon(language: Language, entries: Sequence[Entry]) -> Lexicon:
    """A lexicon whose readings are spoken forms that it leaves as they are.

    Args:
        language: Without a lexicon.

    Raises:
        ReadingError: An entry cannot be used.
    """
    checked: list[Entry] = []
    for index, entry in enumerate(entries):
        try:
            checked.append(_checked(entry, language))
        except _WrongError as wrong:  # noqa: PERF203 - it has to name the entry
            raise ReadingError(index, wrong.what, wrong.mend) from wrong
    lexicon = Lexicon(language.code, tuple(checked))
    _refuse_doubles(checked)
    names = sorted({name for entry in checked for name in entry.voices})
    for one in (lexicon.for_voice(name) for name in ("", *names)):
        _refuse_chains(one, checked, language)
    return lexicon


def _checked(entry: Entry, language: Language) -> Entry:
    written, form = _written(entry)
    if entry.case not in CASES:
        raise _WrongError("has an unknown “case”", f"Choose one of {', '.join(CASES)}.")
    if not entry.say and not entry.ipa:
        raise _WrongError("has no reading", "Write how it is said, in quotes.")
    say = _say(entry.say, language) if entry.say else ""
    sounds = _ipa(entry.ipa) if entry.ipa else ""
    return replace(entry, written=written, form=form, say=say, ipa=sounds)


def _written(entry: Entry) -> tuple[str, str]:
    """The word, and how a cleaned text has it."""
    text = " ".join(unicodedata.normalize("NFC", entry.written).split())
    if len(text) > LONGEST:
        raise _WrongError(f"has more than {LONGEST} characters", "Name a word or a phrase.")
    if entry.is_pattern:
        try:
            check_pattern(text)
        except PatternError as error:
            raise _WrongError(
                f"is a pattern that {error}", "docs/lexicon.md says what patterns may hold."
            ) from error
        return text, ""
    cleaned, lost = characters.clean(text, frozenset())
    if not lost and any(char.isalnum() for char in cleaned):
        return text, cleaned
    if not lost and not any(unicodedata.category(char)[0] in "LNS" for char in text):
        raise _WrongError("is no word", "Name a word or a phrase.")
    return text, ""


def _say(text: str, language: Language) -> str:
    if digits := sorted({char for char in text if char.isdigit()}):
        raise _WrongError(
            f"has a reading with digits ({' '.join(digits)})", "Write the number in words."
        )
    said = core.spoken_form(text, language)
    if said.unspoken or any(unicodedata.category(char) in {"Cc", "Cs", "Co"} for char in text):
        parts = " ".join(said.unspoken) or "control characters"
        raise _WrongError(
            f"has a reading that cannot be said: {parts}",
            "Write it with the letters of the language; sounds stand in `ipa`.",
        )
    reading = core.reading_of(said.spoken)
    if not any(char.isalpha() for char in reading):
        raise _WrongError("has an empty reading", "Write how it is said, in quotes.")
    if len(reading) > LONGEST or any(mark in reading for mark in _INNER_MARKS):
        raise _WrongError(
            f"has a reading that is a sentence of its own (“{reading[:40]}”)",
            f"A reading is a few words, at most {LONGEST} characters, without . : ; ? and !",
        )
    return reading


def _ipa(text: str) -> str:
    sounds = ipa.normal(text)
    if unknown := ipa.unknown_symbols(sounds):
        shown = " ".join(f"{char} (U+{ord(char):04X})" for char in unknown)
        raise _WrongError(
            f"has an `ipa` with what is no symbol of that alphabet: {shown}",
            "Copy the transcription from a dictionary, without its brackets.",
        )
    if not ipa.has_sound(sounds) or len(sounds) > LONGEST:
        raise _WrongError("has an `ipa` that is empty or too long", "Write its sounds.")
    return sounds


def _refuse_doubles(entries: Sequence[Entry]) -> None:
    seen: dict[tuple[str, str], int] = {}
    for index, entry in enumerate(entries):
        for voice in entry.voices or ("",):
            if (entry.written, voice) in seen:
                whom = f" for the voice “{voice}”" if voice else ""
                raise ReadingError(
                    index, f"has two readings{whom}", "Keep one, or name `voices` in each."
                )
            seen[entry.written, voice] = index


def _refuse_chains(lexicon: Lexicon, entries: Sequence[Entry], language: Language) -> None:
    """Refuse readings that the lexicon would change again."""
    own = replace(language, lexicon=lexicon)
    for index, entry in _with_readings(entries, lexicon):
        if not lexicon.finds(entry.say):
            continue
        again = core.reading_of(core.spoken_form(entry.say, own).spoken)
        if again != entry.say:
            raise ReadingError(
                index,
                f"has the reading “{entry.say}”, in which another entry (or itself) is found",
                f"Write what is meant in the end, such as “{again}”."
                if entry.written not in entry.say
                else "Write the word in the reading as it sounds.",
            )


def _with_readings(entries: Sequence[Entry], lexicon: Lexicon) -> Iterator[tuple[int, Entry]]:
    used = frozenset(lexicon.entries)
    return ((i, entry) for i, entry in enumerate(entries) if entry.say and entry in used)
