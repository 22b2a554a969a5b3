"""Where a sentence may be cut in two, and what each cut costs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from narrate.spoken.core import DIGITS, MARGIN, Language, spoken_form
from narrate.spoken.dividing.marks import SentenceMarks

STOP, CLAUSE, COMMA, BRACKET, CONJUNCTION = 0.0, 0.2, 0.45, 0.45, 0.6
PREPOSITION, ITEM, SPACE = 0.9, 1.0, 1.2
"""Costs of a cut. Two pieces, one of them twice as long as the other, cost 0.2 more than halves."""

NAME = 4.0
"""Cost of a cut between two capitalised words: a name, or two German nouns."""

BOUND = 8.0
"""Cost of a cut through a number or an abbreviation."""

WITHIN = 80.0
"""Cost of a cut through a word."""

_MARKS = (
    (STOP, re.compile(r"[;:…][\"“”»«)]*(?=\s)|\s[–—-](?=\s)")),
    (BRACKET, re.compile(r"\)(?=\s)|(?<=\S)(?=\s\()")),
)
_COMMA = re.compile(r",[\"“”»«)]*(?=\s)")
_ITEM_AFTER = re.compile(
    r"\s+(?:[A-ZÄÖÜ][^\s,;:.!?]*\s(?:[^\s,;:.!?]+\s)?)?"
    r"[^\s,;:.!?]+(?:,\s|\s(?:und|oder|sowie|and|or)\s)"
)
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\s,;:.!?]+")
_TAIL = 60
_ENDS = '.,;:!?)”“»«"'


def breaks(text: str, language: Language, low: int, high: int) -> Mapping[int, float]:
    """Position → cost of each cut from ``low`` to ``high``; the parts need stripping.

    Semicolons, colons and dashes are better places than commas, these than a word that opens a
    clause or a phrase, and that than a mere space; of commas, those before a clause are the best
    and those of a list the worst. Numbers and names are cut at a high price.
    """
    costs: dict[int, float] = {}
    for at, cost in _found(text, language.marks, low, high):
        costs[at] = min(cost, costs.get(at, cost))
    return costs


def _found(text: str, marks: SentenceMarks, low: int, high: int) -> Iterator[tuple[int, float]]:
    for cost, pattern in _MARKS:
        yield from ((match.end(), cost) for match in pattern.finditer(text, low, high))
    for comma in _COMMA.finditer(text, low, high):
        yield comma.end(), _comma(text, comma.end(), marks)
    for space in _SPACE.finditer(text, low, high):
        at = space.start()
        if bond := _bond(text, at, marks):
            yield at, bond
        elif marks.conjunctions.match(text, at):
            yield at, CONJUNCTION
        elif marks.prepositions.match(text, at):
            yield at, PREPOSITION
        else:
            yield at, SPACE


def _comma(text: str, end: int, marks: SentenceMarks) -> float:
    """Cost of a cut behind a comma: low before a clause, high between the items of a list."""
    if marks.conjunctions.match(text, end) or marks.relatives.match(text, end):
        return CLAUSE
    return ITEM if _ITEM_AFTER.match(text, end, end + _TAIL) else COMMA


def _bond(text: str, space: int, marks: SentenceMarks) -> float:
    """Cost of a cut between two words that belong together; 0 where they do not."""
    before = text[max(0, space - _TAIL) : space].rsplit(None, 1)[-1:]
    after = text[space : space + _TAIL].split(None, 2)[:2]
    if not before or not after:
        return 0.0
    left, right = before[0], after[0]
    if left[-1] == "." or _counts(left, after, marks):
        return BOUND
    return NAME if left[0].isupper() and right[0].isupper() else 0.0


def _counts(left: str, after: Sequence[str], marks: SentenceMarks) -> bool:
    """Whether a cut would part a number, or what is counted from its number.

    “3 | und 5”, “und | 5”, “3 | Punkte” and the same in words; not “1995 | und dann”.
    """
    right = after[0]
    if left[-1] not in _ENDS and _is_number(left, marks):
        return right.casefold() not in marks.joiners or _is_number(after[-1], marks)
    return right[0] in DIGITS or (left.casefold() in marks.joiners and _is_number(right, marks))


def _is_number(word: str, marks: SentenceMarks) -> bool:
    bare = word.casefold().strip(_ENDS)
    return word[-1] in DIGITS or bare[:1] in tuple(DIGITS) or bool(marks.numerals.fullmatch(bare))


def reads_the_same(text: str, at: int, language: Language) -> bool:
    """Whether the words around a cut are said as they are without it: “1990 – 1995” is not."""
    left, right = text[max(0, at - MARGIN) : at], text[at : at + MARGIN]
    parts = [*_words(left, language), *_words(right, language)]
    return parts == _words(left + right, language)


def _words(text: str, language: Language) -> list[str]:
    return _WORD.findall(spoken_form(text, language).spoken.casefold())


def within_word(text: str, middle: int) -> int:
    """Where to cut a text without a space: not before a mark that belongs to its letter."""
    for at in range(middle, min(len(text), middle + _TAIL)):
        if not unicodedata.combining(text[at]) and text[at] not in "\u200d\ufe0f":
            return max(1, at)
    return max(1, middle)
