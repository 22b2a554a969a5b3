"""German: the rules in the order they are tried, and where sentences end."""

from __future__ import annotations

import re

from narrate.spoken import german_grammar as grammar
from narrate.spoken import german_tables as tables
from narrate.spoken.characters import LOWER
from narrate.spoken.core import (
    Language,
    Rule,
    alternatives,
    left_of,
    right_of,
    squeeze,
)
from narrate.spoken.german_numbers import cardinal, ordinal
from narrate.spoken.german_quantities import DATE_RULES, NUMBER_RULES, QUANTITY_RULES
from narrate.spoken.german_sentences import MARKS
from narrate.spoken.letters import Spelling
from narrate.spoken.numerals import roman_value
from narrate.spoken.written import addresses, closing_stop, initials, symbol_rule

_WORD = re.compile(r"\s*([^\W\d_]+)")
_SQUEEZED = {
    squeeze(key): said
    for table in (tables.ABBREVIATIONS, tables.BEFORE_NUMBER, tables.ADJECTIVES)
    for key, said in table.items()
}
_MONTHS = tables.MONTH_ABBREVIATIONS
_DAYS = tables.DAY_ABBREVIATIONS


def _first_word(text: str) -> str:
    found = _WORD.match(text)
    return found.group(1) if found else ""


def _abbreviation(match: re.Match[str]) -> str:
    key = squeeze(match.group())
    before = left_of(match)
    if key in {"Jh.", "Jhd.", "Jhdt."} and re.search(r"\bdes\b[^,;]*$", before):
        return "Jahrhunderts" + closing_stop(match)
    if key == "min." and before.rstrip()[-1:].isdigit():
        return "Minuten" + closing_stop(match)
    if key == "Fr." and not _first_word(right_of(match))[:1].isupper():
        return "Freitag" + closing_stop(match)
    said = _SQUEEZED.get(key)
    if said is None:
        said = _SQUEEZED[key[0].lower() + key[1:]]
        said = said[0].upper() + said[1:]
    return said + closing_stop(match)


def _adjective(match: re.Match[str]) -> str:
    stem = tables.ADJECTIVES[match.group()]
    noun = _first_word(right_of(match))
    if not noun[:1].isupper():
        return stem + closing_stop(match)
    return stem + grammar.ending(left_of(match), noun)


def _capitalised(table: dict[str, str]) -> tuple[str, ...]:
    return tuple({*table, *(key[0].upper() + key[1:] for key in table)})


_SHORT = r"(?<![\w@])(?=[^\W\d_]{1,10}\.)"
_DAY = "|".join(day.rstrip(".") for day in _DAYS)
_ABBREVIATIONS = (
    Rule(
        "ranges of weekdays",
        re.compile(rf"(?<!\w)({_DAY})\.?\s?[–-]\s?({_DAY})(?!\w)\.?"),
        lambda match: f"{_DAYS[match[1] + '.']} bis {_DAYS[match[2] + '.']}{closing_stop(match)}",
        "–-",
    ),
    Rule(
        "weekdays, abbreviated",
        re.compile(rf"{_SHORT}({alternatives(_DAYS)}),?(?=\s\d)"),
        lambda match: _DAYS[match.group(1)] + ",",
        ".",
    ),
    Rule(
        "months, abbreviated",
        re.compile(rf"(?<=\d\.\s)({alternatives(_MONTHS)})|\b({alternatives(_MONTHS)})(?=\s\d{{4}})"),
        lambda match: _MONTHS[match.group(1) or match.group(2)],
        ".",
    ),
    Rule(
        "abbreviated adjectives",
        re.compile(rf"{_SHORT}(?:{alternatives(tables.ADJECTIVES)})(?!\w)"),
        _adjective,
        ".",
    ),
    Rule(
        "abbreviations before a number",
        re.compile(rf"{_SHORT}(?:{alternatives(tables.BEFORE_NUMBER)})(?=\s?\d)"),
        _abbreviation,
        ".",
    ),
    Rule(
        "abbreviations",
        re.compile(rf"{_SHORT}(?:{alternatives(_capitalised(tables.ABBREVIATIONS))})(?![^\W\d_])"),
        _abbreviation,
        ".",
    ),
    Rule("streets", re.compile(rf"(?<=[{LOWER}])str\.(?=\s|$)"), lambda _: "straße", "."),
    initials(),
)  # fmt: skip

_GENDERED = (
    Rule(
        "both genders",
        re.compile(rf"(?<=[{LOWER}])(?:(?:[*:_]|/-?)[iI]|I)n(nen)?(?![{LOWER}])"),
        lambda match: " in" + (match.group(1) or ""),
    ),
)

_ROMAN = re.compile(
    rf"(?<!\w)(?:({'|'.join(tables.ROMAN_LABELS)})\s([IVXL]{{1,7}})(?!\w)"
    rf"|({'|'.join(tables.MONARCHS + tables.QUEENS)})(s?)\s([IVX]{{1,6}})\.?(?!\w)"
    r"|([IVX]{1,6})\.(?=\s(?:Jahrhundert|Weltkrieg|Akt|Internationale|Kammer|Korps)))"
)


def _roman(match: re.Match[str]) -> str:
    label, number, monarch, genitive, order, century = match.groups()
    value = roman_value(number or order or century)
    if not value:
        return match.group()
    if label:
        return f"{label} {cardinal(value)}"
    if century:
        return f"{value}."
    before = grammar.determiner(left_of(match))
    last = before[-1].lower() if before else ""
    queen = monarch in tables.QUEENS
    article, ending = ("die", "e") if queen else ("der", "e")
    if genitive:
        article, ending = ("der" if queen else "des"), "en"
    elif last in {"von", "unter", "mit", "bei", "nach", "seit", "zu", "vor", "gegenüber", "dem"}:
        article, ending = ("der" if queen else "dem"), "en"
    elif last in {"für", "gegen", "durch", "ohne", "um", "den"} and not queen:
        article, ending = "den", "en"
    stop = "." if match.group().endswith(".") and not right_of(match).strip() else ""
    return f"{monarch}{genitive} {article} {ordinal(value).capitalize()}{ending}{stop}"


_SPELLING = Spelling(said=tables.ACRONYMS, shouted=tables.SHOUTED, joint="und")

GERMAN = Language(
    code="de",
    rules=(
        *addresses(at="ät", dot="Punkt", dash="Strich", number="Nummer"),
        *_GENDERED,
        Rule("Roman numerals", _ROMAN, _roman, "IVX"),
        *_ABBREVIATIONS,
        _SPELLING.joined(),
        *DATE_RULES,
        *QUANTITY_RULES,
        *NUMBER_RULES,
        symbol_rule(tables.SYMBOLS),
        *_SPELLING.rules(),
    ),
    symbols=tables.SYMBOLS,
    marks=MARKS,
)
