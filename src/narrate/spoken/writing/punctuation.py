"""Punctuation that every engine reads alike: full stop, comma, colon, semicolon, ? and !.

Quotation marks have no sound and make some voices pause before the quoted word, so they go.
Brackets, dashes between words and dots of omission become commas: some voices know no other mark.
"""

from __future__ import annotations

import re

from narrate.spoken.writing.characters import LETTERS

LONGEST_WORD = 90
"""A word is cut after this many characters: some engines hang on words of 256 bytes."""

_STRENGTH = ",;:.!?"
_INNER_BRACKETS = re.compile(rf"(?<=[{LETTERS}])\(([{LETTERS}]{{1,8}})\)")
_ARGUMENT = re.compile(rf"(?<=[{LETTERS}])\(([knxyz])\)(?![{LETTERS}])")
_POINT = re.compile(r"\.(?=[,;:])")
_DASH = re.compile(r"\s[–—-]{1,3}(?=\s)|\s?—\s?|--+")
_PAUSE = re.compile(r"[()\[\]{}|]")
_OMISSION = re.compile(r"(?:…|\.\s?\.\s?\.)[.…]*")
_OTHER = re.compile(rf"[^{LETTERS}' ,;:.!?-]+")
_MARKS = re.compile(r" ?[,;:.!?](?: ?[,;:.!?])* ?")
_APOSTROPHE = re.compile(rf"(?<![{LETTERS}])'|'(?![{LETTERS}])")
_HYPHEN = re.compile(rf"(?<![{LETTERS}])-|-(?![{LETTERS}])")
_LETTER_HYPHEN = re.compile(rf"(?<![{LETTERS}'])(?!A-[a-z])([A-Z])-|-(?=[A-Z](?![{LETTERS}]))")
_LONG_WORD = re.compile(rf"[{LETTERS}'-]{{{LONGEST_WORD}}}(?=[{LETTERS}'-])")
_TIDY = re.compile(
    rf"[{LETTERS}]{{1,{LONGEST_WORD}}}(?:[,;:]? [{LETTERS}]{{1,{LONGEST_WORD}}})*[.?!]?"
)
"""Words that need no look: most sentences are of this form."""


def tidy(text: str) -> str:
    """Only letters, apostrophes and hyphens within words, single spaces and ``. , ; : ? !``."""
    if _TIDY.fullmatch(text):
        return text
    text = _ARGUMENT.sub(r" \1", text)
    text = _INNER_BRACKETS.sub(r"\1", text)
    text = _OMISSION.sub(_pause_or_stop, text)
    text = _POINT.sub("", text)
    text = _DASH.sub(",", text)
    text = _PAUSE.sub(",", text.rstrip(" )]}"))
    text = _OTHER.sub(" ", text)
    text = _APOSTROPHE.sub("", text)
    text = _HYPHEN.sub(" ", text)
    text = _LETTER_HYPHEN.sub(lambda match: (match.group(1) or "") + " ", text)
    text = " ".join(text.split())
    text = _MARKS.sub(_strongest, text)
    text = _LONG_WORD.sub(lambda match: match.group() + " ", text)
    return text.strip().lstrip(_STRENGTH + " ")


def _pause_or_stop(match: re.Match[str]) -> str:
    after = match.string[match.end() : match.end() + 20].strip(" .)]")
    return ", " if after else "."


def _strongest(match: re.Match[str]) -> str:
    return max(match.group().replace(" ", ""), key=_STRENGTH.index) + " "
