"""Names of chapters that stay the same when the text around them changes."""

from __future__ import annotations

import re
import unicodedata

OPENING = "opening"
"""Id of the section before the first heading."""

_MAX_CHARS = 60
_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l"}
)


def slug(title: str) -> str:
    """``title`` in ASCII letters, digits and hyphens; at least one, at most 60 characters."""
    lowered = unicodedata.normalize("NFC", title).lower().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", lowered).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(words) > _MAX_CHARS:
        cut = words[: _MAX_CHARS + 1].rpartition("-")[0]
        words = cut or words[:_MAX_CHARS]
    return words or "chapter"


def unique_ids(titles: list[str]) -> list[str]:
    """An id for each title; an empty title is the opening section.

    Only a title that occurs before it with the same slug changes an id.
    """
    taken = {OPENING}
    ids = []
    for title in titles:
        base = slug(title) if title else OPENING
        name, count = base, 1
        while title and name in taken:
            count += 1
            name = f"{base}-{count}"
        taken.add(name)
        ids.append(name)
    return ids
