"""English: the rules in the order they are tried, and where sentences end."""

from __future__ import annotations

from narrate.spoken.core import Language
from narrate.spoken.english import acronyms, tables
from narrate.spoken.english.numbers import DIGITS
from narrate.spoken.english.quantities import FIRST_NUMBER_RULES, NUMBER_RULES
from narrate.spoken.english.roman import ROMAN_RULES
from narrate.spoken.english.sentences import MARKS
from narrate.spoken.english.words import SHOUTED_ENDINGS, WORD_RULES
from narrate.spoken.writing import addresses, codes
from narrate.spoken.writing.letters import Spelling
from narrate.spoken.writing.symbols import ENGLISH_SYMBOLS
from narrate.spoken.writing.written import initials, symbol_rule, titles_in_capitals

_SPELLING = Spelling(
    said=acronyms.ACRONYMS, shouted=acronyms.SHOUTED, joint="and", lettered=acronyms.SPELLED
)
_SYMBOLS = {**ENGLISH_SYMBOLS, **tables.SYMBOLS}
_ADDRESS_WORDS = addresses.AddressWords(
    at="at", dot="dot", dash="dash", underscore="underscore", slash="slash",
    backslash="backslash", colon="colon", tilde="tilde", number="number",
)  # fmt: skip

ENGLISH = Language(
    code="en",
    rules=(
        *codes.rules(DIGITS, colon="colon", plates=False),
        *addresses.rules(_ADDRESS_WORDS),
        *FIRST_NUMBER_RULES,
        titles_in_capitals(),
        *WORD_RULES,
        initials(),
        *ROMAN_RULES,
        *NUMBER_RULES,
        addresses.dotted_names(_ADDRESS_WORDS),
        _SPELLING.joined(),
        symbol_rule(_SYMBOLS),
        _SPELLING.rules()[0],
        SHOUTED_ENDINGS,
        *_SPELLING.rules()[1:],
    ),
    symbols=_SYMBOLS,
    marks=MARKS,
)
