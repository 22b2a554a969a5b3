"""Abbreviations that Germans say with English letters: ``C E O`` is not “Zeh Eh Oh”."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

ENGLISH_LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "CEO": "Si-I-Oh",
    }
)
"""Letters of a German text → how a German voice has to spell them to say them in English."""

_RUN = re.compile(r"(?<![\w'-])[A-Z](?: [A-Z])+(?![\w])")


def say_english_letters(text: str) -> str:
    """A run of single capitals that is in the table, and nothing but such a run."""
    return _RUN.sub(_said, text)


def _said(match: re.Match[str]) -> str:
    return ENGLISH_LETTERS.get(match.group().replace(" ", ""), match.group())
