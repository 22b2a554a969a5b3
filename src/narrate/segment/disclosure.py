"""The sentence that says what is read, by whom it was written, and that a machine reads it."""

from __future__ import annotations

import re

from narrate.model import Document, Reading

_FIELD = re.compile(r"\{(title|author)\}(\.?)")
# Without an author " by {author}" goes as a whole, with a comma in front of it.
_BY_NOBODY = re.compile(
    r",?\s*(?:\b(?:written\s+|geschrieben\s+)?(?:by|von|from)\s+)?\{author\}", re.IGNORECASE
)
_ENDS = (".", "!", "?", "…", ":")


def disclosure_text(document: Document, reading: Reading, author: str) -> str:
    """The disclosure of one article; empty when it is off or none is set for its language.

    Args:
        author: The show's author, named when the article has none. If both are empty, the
            template's " by {author}" (" von {author}") is left out.
    """
    template = reading.disclosure.texts.get(document.lang, "")
    if reading.disclosure.position == "off":
        return ""
    values = {"title": document.title, "author": document.author or author}
    if not values["author"]:
        template = _BY_NOBODY.sub("", template).lstrip(" ,:;–—-")

    def fill(field: re.Match[str]) -> str:
        value = values[field[1]]
        return value if value.endswith(_ENDS) else value + field[2]

    return " ".join(_FIELD.sub(fill, template).split())


def says_title(document: Document, reading: Reading, heading: str) -> bool:
    """Whether the disclosure, at the start, already says the title that ``heading`` is."""
    disclosure = reading.disclosure
    return (
        disclosure.position == "start"
        and "{title}" in disclosure.texts.get(document.lang, "")
        and document.title.split() == heading.split()
    )
