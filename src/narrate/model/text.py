"""Languages, and text on one line."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

LANGUAGES: Mapping[str, str] = {"de": "Deutsch", "en": "English"}
"""The languages narrate speaks, each with its own name."""


def one_line(text: str) -> str:
    """``text`` in one line, without characters that neither tags nor XML can hold."""
    kept = (c if unicodedata.category(c) not in ("Cc", "Cs", "Cn") else " " for c in text)
    return " ".join("".join(kept).split())
