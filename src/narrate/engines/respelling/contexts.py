"""Words that are spelled alike and said differently, told apart by their neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_MARGIN = 60
"""How far, in characters, the neighbours of a word are looked at."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How some words are read in a certain place.

    Attributes:
        words: In small letters; more than one with spaces between.
        said: What an engine reads right, for each of the words.
        left: Pattern for the text before, up to the word; empty: any.
        right: Pattern for the text behind, from the word on; empty: any.
        unless: Pattern for a text before the word where this is not so.
    """

    words: str
    said: str
    left: str = ""
    right: str = ""
    unless: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    said: str
    left: re.Pattern[str] | None
    right: re.Pattern[str] | None
    unless: re.Pattern[str] | None

    def fits(self, before: str, after: str) -> bool:
        if self.right and not self.right.match(after):
            return False
        if self.left and not self.left.search(before):
            return False
        return not (self.unless and self.unless.search(before))


@dataclass(frozen=True, slots=True)
class Readings:
    """Readings by word, the first that fits counts; takes linear time."""

    table: dict[str, list[_Place]]
    pattern: re.Pattern[str] = field(repr=False)

    @classmethod
    def of(cls, readings: Iterable[Reading]) -> Readings:
        """Compile a table."""
        table: dict[str, list[_Place]] = {}
        for reading in readings:
            left, unless = (
                re.compile(f"(?:{one})$") if one else None for one in (reading.left, reading.unless)
            )
            right = re.compile(reading.right) if reading.right else None
            said = reading.said.split()
            for word, respelled in zip(reading.words.split(), said, strict=True):
                table.setdefault(word, []).append(_Place(respelled, left, right, unless))
        words = "|".join(sorted(table, key=len, reverse=True))
        return cls(table, re.compile(rf"(?<![\w'])(?:{words})(?!\w)", re.IGNORECASE))

    def apply(self, text: str) -> str:
        """``text`` with every word respelled where a reading fits."""
        return self.pattern.sub(self._said, text)

    def _said(self, match: re.Match[str]) -> str:
        word, text = match.group(), match.string
        before = text[max(0, match.start() - _MARGIN) : match.start()]
        after = text[match.end() : match.end() + _MARGIN]
        for place in self.table[word.lower()]:
            if place.fits(before, after):
                said = place.said
                return said[0].upper() + said[1:] if word[0].isupper() else said
        return word
