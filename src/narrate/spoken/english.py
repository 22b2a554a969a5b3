"""English: the rules in the order they are tried, and where sentences end."""

from __future__ import annotations

import re

from narrate.spoken import english_tables as tables
from narrate.spoken.characters import UPPER
from narrate.spoken.core import (
    Language,
    Rule,
    SentenceMarks,
    alternatives,
    before_one_of,
    ending_with,
    left_of,
    right_of,
    squeeze,
)
from narrate.spoken.english_numbers import cardinal, ordinal
from narrate.spoken.english_quantities import CLOCK_RULES, DATE_RULES, NUMBER_RULES, QUANTITY_RULES
from narrate.spoken.letters import Spelling
from narrate.spoken.numerals import roman_value
from narrate.spoken.written import addresses, closing_stop, initials, symbol_rule

_EVERYWHERE = {key: said for key, said in tables.ABBREVIATIONS.items() if key != "c."}
_SQUEEZED = {squeeze(k): said for k, said in {**tables.BEFORE_NUMBER, **_EVERYWHERE}.items()}
_MONTHS = tables.MONTH_ABBREVIATIONS
_DAYS = tables.DAY_ABBREVIATIONS


def _abbreviation(match: re.Match[str]) -> str:
    key = squeeze(match.group())
    before = left_of(match).rstrip()
    if key == "min." and before[-1:].isdigit():
        return "minutes" + closing_stop(match)
    if key == "St." and (_STREET_BEFORE.search(before) or not _SAINT_AFTER.match(right_of(match))):
        return "Street" + closing_stop(match)
    said = _SQUEEZED.get(key)
    if said is None:
        said = _SQUEEZED[key[0].lower() + key[1:]]
        said = said[0].upper() + said[1:]
    return said + closing_stop(match)


_STREET_BEFORE = re.compile(r"\d\s[\w\s]{1,30}$")
_SAINT_AFTER = re.compile(rf"\s*[{UPPER}]")
_SHORT = r"(?<![\w@])(?=[^\W\d_]{1,8}[.\s])"
_CAPITALISED = tuple({*_EVERYWHERE, *(key[0].upper() + key[1:] for key in _EVERYWHERE)})
_ABBREVIATIONS = (
    Rule("weekdays, abbreviated", re.compile(rf"{_SHORT}({alternatives(_DAYS)})(?=,?\s[A-Z\d])"),
         lambda match: _DAYS[match.group(1)], "."),
    Rule("months, abbreviated", re.compile(
         rf"\b({alternatives(_MONTHS)})(?=,?\s\d)|(?<=\d\s)({alternatives(_MONTHS)})(?!\w)"),
         lambda match: _MONTHS[match.group(1) or match.group(2)], "."),
    Rule("abbreviations before a number", re.compile(
         rf"{_SHORT}(?:{alternatives(tables.BEFORE_NUMBER)})(?=\s?\d)"), _abbreviation, "."),
    Rule("abbreviations", re.compile(
         rf"{_SHORT}(?:{alternatives(_CAPITALISED)})(?![^\W\d_])"), _abbreviation, "."),
    initials(),
)  # fmt: skip

_ROMAN = re.compile(
    rf"(?<!\w)(?:({'|'.join(tables.ROMAN_LABELS)})\s([IVXL]{{1,7}})(?!\w)"
    rf"|({'|'.join(tables.MONARCHS)})\s([IVX]{{2,6}}|V|X|I(?=[,.;:)]|\sof\b|\swas\b|'s\b|$))(?!\w))"
)


def _roman(match: re.Match[str]) -> str:
    label, number, monarch, order = match.groups()
    value = roman_value(number or order)
    if not value:
        return match.group()
    return f"{label} {cardinal(value)}" if label else f"{monarch} the {ordinal(value).capitalize()}"


_SPELLING = Spelling(said=tables.ACRONYMS, shouted=tables.SHOUTED, joint="and")


def _is_ordinal(before: str, word: str) -> bool:
    """English ordinals have no full stop; only a list's number at the start goes on."""
    return bool(word) and not before.rstrip("0123456789.").strip(" \"'(")


_NEVER = frozenset({*_EVERYWHERE, *tables.BEFORE_NUMBER, *_MONTHS, *_DAYS}) - tables.MAY_END
_WORDS_TOO = frozenset({"no.", "art.", "tab.", "app.", "sec.", "fig.", "l.", "n.", "s.", "Sat.",
                        "Sun.", "Mar.", "par.", "v.", "p.", "temp."})  # fmt: skip

ENGLISH = Language(
    code="en",
    rules=(
        *addresses(at="at", dot="dot", dash="dash", number="number"),
        *CLOCK_RULES,
        *_ABBREVIATIONS,
        Rule("Roman numerals", _ROMAN, _roman, "IVX"),
        *DATE_RULES,
        *QUANTITY_RULES,
        *NUMBER_RULES,
        _SPELLING.joined(),
        symbol_rule(tables.SYMBOLS),
        *_SPELLING.rules(),
    ),
    symbols=tables.SYMBOLS,
    marks=SentenceMarks(
        never=ending_with(_NEVER - _WORDS_TOO),
        maybe=ending_with(tables.MAY_END | (_NEVER & _WORDS_TOO)),
        starters=tables.STARTERS,
        ordinal=_is_ordinal,
        conjunctions=before_one_of(tables.CONJUNCTIONS),
        prepositions=before_one_of(tables.PREPOSITIONS),
        numerals=tables.NUMERALS,
        joiners=tables.JOINERS,
    ),
)
