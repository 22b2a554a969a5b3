"""Places in a text, counted in characters that are no white space."""

from __future__ import annotations


def nonspace(text: str) -> int:
    """Number of characters that are no white space."""
    return sum(map(len, text.split()))


def cut(text: str, count: int) -> tuple[str, str]:
    """``text`` in two, behind its ``count``-th character that is no white space."""
    if count <= 0:
        return "", text
    for index, character in enumerate(text):
        count -= not character.isspace()
        if count == 0:
            return text[: index + 1], text[index + 1 :]
    return text, ""
