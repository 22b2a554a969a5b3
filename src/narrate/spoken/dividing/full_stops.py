"""What a full stop is: the end of a sentence, or a part of an abbreviation, a number, a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from narrate.spoken.dividing.marks import SentenceMarks, endings_of

_INITIAL = re.compile(r"(?:^|[\s.(\"„“»«-])[^\W\d_]\.$")
_LABELLED = re.compile(r"([^\W\d_]{2,40})\.?[\s-]([A-Z])\.$")
_NUMBER = re.compile(r"(?:(?<![\w.,:/-])|(?<=\d\.[/–-]))(?:\d{1,4}|\d{1,3}(?:\.\d{3}){1,2})\.$")
_ROMAN = re.compile(r"(?<![\w.])[IVX]{1,6}\.$")
_COUNTED = re.compile(r"\d\s?(?:[A-Za-z]\.\s?){2,3}$")
_COUNTED_OR_NAMED = re.compile(r"(?:\d\s?|[a-z]\s)(?:[A-Za-z]\.\s?){2,3}$")
_GLUED_LETTER = re.compile(r"[^\W\d_]\.[^\W\d_]\.$")
_LETTER = 2
_UNIT = re.compile(r"\d\s?[ghlmst]\.$")
_FIRST_OF_TWO_UNITS = re.compile(r"\d\s?(?:ft|lbs?|yds?|deg)\.$")
_NAME_BEFORE = re.compile(r"(?<!\w)([^\W\d_]{2,40}?)s?\s$")
_NUMERAL = re.compile(r"\d|[IVXLC]{1,8}$|[^\W\d_]$")
_FEW_WORDS = 3
_SHORT, _LONG = 3, 10
_AROUND = " \"'„“”»«›‹‚‘’(–—-"


@dataclass(frozen=True, slots=True)
class Following:
    """What follows a full stop.

    Attributes:
        word: The word, quotation marks and dashes before it left aside; empty when none follows.
        starts: Whether it is one that begins sentences.
        is_initial: Whether it is a letter with a full stop of its own.
    """

    word: str
    starts: bool
    is_initial: bool


def full_stop_ends(before: str, following: Following, marks: SentenceMarks) -> bool:
    """Whether the full stop at the end of ``before``, the sentence so far, ends a sentence."""
    word, starts = following.word, following.starts
    ended = _after_abbreviation(before, word, marks, starts=starts)
    if ended is not None:
        return ended or (before.strip(_AROUND) in marks.alone and word[:1].isalpha())
    if _UNIT.search(before[-_LONG:]):
        return True
    if word[:1].isdigit() and _FIRST_OF_TWO_UNITS.search(before[-_LONG:]):
        return False
    if _INITIAL.search(before[-_SHORT:]):
        return starts or not word or (not following.is_initial and _is_labelled(before, marks))
    if roman := _ROMAN.search(before, max(0, len(before) - _LONG)):
        before = before[: roman.start()]
        name = _NAME_BEFORE.search(before)
        if name and name[1] in marks.monarchs:
            return starts or not word
        before = f"{before}2."
    return not (_NUMBER.search(before, max(0, len(before) - _LONG)) and marks.ordinal(before, word))


def _is_labelled(before: str, marks: SentenceMarks) -> bool:
    """Whether a letter is a name of its own, as in “plan B”, or a monarch's number."""
    label = _LABELLED.search(before)
    if not label:
        return False
    return label[1] in marks.labels or (label[1] in marks.monarchs and label[2] in "IVX")


def _after_abbreviation(
    before: str, word: str, marks: SentenceMarks, *, starts: bool
) -> bool | None:
    """The same for the full stop of an abbreviation; None when there is none.

    Of “e. V.” and “V.” the longer one counts; none is a sentence of its own. The last letter of
    “F.A.Z.” is no abbreviation.
    """
    is_more = len(before.split()) > 1
    kinds = (
        (marks.mostly, True),
        (marks.hours, _hours_end(before, word, marks, starts=starts)),
        (marks.maybe, is_more and (starts or not word)),
        (marks.numbered, not _NUMERAL.match(word)),
        (marks.never, False),
    )
    endings = endings_of(before)
    longest, ends = 0, None
    for table, answer in kinds:
        length = table.longest(endings)
        if length == _LETTER and _GLUED_LETTER.search(before[-_LONG:]):
            continue
        if length > longest:
            longest, ends = length, answer
    return ends


def _hours_end(before: str, word: str, marks: SentenceMarks, *, starts: bool) -> bool:
    if word in marks.after_hours:
        return False
    counted = _COUNTED if word[:1].isdigit() else _COUNTED_OR_NAMED
    return starts or bool(counted.search(before[-_LONG:]) and len(before.split()) > _FEW_WORDS)
