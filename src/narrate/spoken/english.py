"""English: the rules in the order they are tried, and where sentences end."""

from __future__ import annotations

from narrate.spoken import english_acronyms as acronyms
from narrate.spoken import english_tables as tables
from narrate.spoken.core import Language
from narrate.spoken.english_quantities import FIRST_NUMBER_RULES, NUMBER_RULES
from narrate.spoken.english_roman import ROMAN_RULES
from narrate.spoken.english_sentences import MARKS
from narrate.spoken.english_words import WORD_RULES
from narrate.spoken.letters import Spelling
from narrate.spoken.written import addresses, initials, symbol_rule

_SPELLING = Spelling(
    said=acronyms.ACRONYMS, shouted=acronyms.SHOUTED, joint="and", lettered=acronyms.SPELLED
)


ENGLISH = Language(
    code="en",
    rules=(
        *addresses(at="at", dot="dot", dash="dash", number="number"),
        *FIRST_NUMBER_RULES,
        *WORD_RULES,
        initials(),
        *ROMAN_RULES,
        *NUMBER_RULES,
        _SPELLING.joined(),
        symbol_rule(tables.SYMBOLS),
        *_SPELLING.rules(),
    ),
    symbols=tables.SYMBOLS,
    marks=MARKS,
)
