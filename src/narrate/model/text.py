"""Languages, and text on one line."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

LANGUAGES: Mapping[str, str] = {"de": "Deutsch", "en": "English"}
"""The languages narrate speaks, each with its own name."""


_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of a line, and so what a reader believes to see."""


def megabytes(size: int) -> str:
    """Bytes as ``126 MB`` or ``1.9 GB``; decimal, as shops and servers count."""
    return f"{size / 1e9:.1f} GB" if size >= 10**9 else f"{size / 1e6:.3g} MB"


def byte_size(count: int) -> str:
    """Bytes as ``379 bytes``, ``12 KB``, ``1.2 GB``; decimal. Below 0 counts as 0."""
    if count == 1:
        return "1 byte"
    number = float(max(count, 0))
    for unit in ("bytes", "KB", "MB", "GB"):
        if number < 999.5:  # noqa: PLR2004 - what rounds to four digits is the next unit's
            shown = f"{number:.1f}" if unit in {"MB", "GB"} and number < 10 else f"{number:.0f}"  # noqa: PLR2004
            return f"{shown} {unit}"
        number /= 1000
    return f"{number:.1f} TB"


def one_line(text: str) -> str:
    """``text`` in one line, without characters that neither tags nor XML can hold."""
    kept = (c if unicodedata.category(c) not in ("Cc", "Cs", "Cn") else " " for c in text)
    return " ".join("".join(c for c in kept if c not in _BIDI).split())


def printable(text: str) -> str:
    """``text`` as a terminal may have it on one line: whatever would steer it is replaced."""
    return "".join(map(_printable, text))


def printable_lines(text: str) -> str:
    """:func:`printable` for each line."""
    return "\n".join(map(printable, text.split("\n")))


def _printable(char: str) -> str:
    if char.isprintable():
        return char
    kind = unicodedata.category(char)
    if kind == "Cf":
        return ""
    return " " if kind == "Zs" or char == "\t" else "\N{REPLACEMENT CHARACTER}"
