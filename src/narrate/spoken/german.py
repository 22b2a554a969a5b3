"""German: the rules in the order they are tried, and where sentences end."""

from __future__ import annotations

from narrate.spoken import german_tables as tables
from narrate.spoken.core import Language
from narrate.spoken.german_quantities import DATE_RULES, EARLY_RULES, NUMBER_RULES, QUANTITY_RULES
from narrate.spoken.german_sentences import MARKS
from narrate.spoken.german_short import ABBREVIATION_RULES
from narrate.spoken.german_words import GENDER_RULES, LETTER_RULES, SLASH_RULES, SPELLING
from narrate.spoken.written import addresses, symbol_rule

GERMAN = Language(
    code="de",
    rules=(
        *addresses(at="ät", dot="Punkt", dash="Strich", number="Nummer"),
        *GENDER_RULES,
        *SLASH_RULES,
        *EARLY_RULES,
        *ABBREVIATION_RULES,
        *LETTER_RULES,
        SPELLING.joined(),
        *DATE_RULES,
        *QUANTITY_RULES,
        *NUMBER_RULES,
        symbol_rule(tables.SYMBOLS),
        *SPELLING.rules(),
    ),
    symbols=tables.SYMBOLS,
    marks=MARKS,
)
