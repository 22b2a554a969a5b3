"""German: the rules in the order they are tried, and where sentences end."""

from __future__ import annotations

from narrate.spoken.core import Language
from narrate.spoken.german import tables
from narrate.spoken.german.abbreviations import ABBREVIATION_RULES
from narrate.spoken.german.numbers import DIGITS
from narrate.spoken.german.quantities import DATE_RULES, EARLY_RULES, NUMBER_RULES, QUANTITY_RULES
from narrate.spoken.german.sentences import MARKS
from narrate.spoken.german.words import GENDER_RULES, LETTER_RULES, SLASH_RULES, SPELLING
from narrate.spoken.writing import addresses, codes
from narrate.spoken.writing.symbols import GERMAN_SYMBOLS
from narrate.spoken.writing.written import symbol_rule, titles_in_capitals

_SYMBOLS = {**GERMAN_SYMBOLS, **tables.SYMBOLS}
_ADDRESS_WORDS = addresses.AddressWords(
    at="ät", dot="Punkt", dash="Strich", underscore="Unterstrich", slash="Schrägstrich",
    backslash="Backslash", colon="Doppelpunkt", tilde="Tilde", number="Nummer",
)  # fmt: skip

GERMAN = Language(
    code="de",
    rules=(
        *codes.rules(DIGITS, colon="Doppelpunkt", plates=True),
        *addresses.rules(_ADDRESS_WORDS),
        *GENDER_RULES,
        *SLASH_RULES,
        *EARLY_RULES,
        titles_in_capitals(),
        *ABBREVIATION_RULES,
        *LETTER_RULES,
        SPELLING.joined(),
        *DATE_RULES,
        *QUANTITY_RULES,
        *NUMBER_RULES,
        addresses.dotted_names(_ADDRESS_WORDS),
        symbol_rule(_SYMBOLS),
        *SPELLING.rules(),
    ),
    symbols=_SYMBOLS,
    marks=MARKS,
)
