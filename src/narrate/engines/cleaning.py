"""Cleans the text that goes to the small C libraries.

Pico takes ``<…>`` for commands (one of them writes files), hangs on words of 256 bytes, ends at a
NUL, and reads letters outside its repertoire as spaces, which cuts words in two. espeak-ng reads
such letters by their names and cuts long words off. So only letters and marks that both are known
to read reach them; everything else is changed here or refused.
"""

from __future__ import annotations

import re
import unicodedata

from narrate.errors import EngineError

LONGEST_WORD = 90
"""In characters; at most 180 bytes, as all that pass the filter have one or two."""

_ASCII = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_LETTERS = (
    _ASCII | frozenset("ŠšŽž") | {chr(c) for c in range(0xC0, 0x100) if c not in {0xD7, 0xF7}}
)
_MARKS = frozenset(" .,;:!?'-")
_RESPELLED = {
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T", "ı": "i",
    "ŋ": "ng", "Ŋ": "Ng", "œ": "oe", "Œ": "Oe", "ſ": "s", "ẞ": "SS", "ĸ": "k", "ə": "e",
}  # fmt: skip
_QUOTES = '"“”„‟«»‹›‚'
_APOSTROPHES = "’‘‛`´ʼ"
_REPLACED = str.maketrans(
    {
        **dict.fromkeys(_QUOTES, " "),  # Pico halts for half a second at one
        **dict.fromkeys(_APOSTROPHES, "'"),
        **dict.fromkeys("‐‑", "-"),
        **dict.fromkeys("—―", ", "),
        **dict.fromkeys("()[]{}", ", "),
        **dict.fromkeys("¡¿", " "),
    }
)
_LOOSE_DASH = re.compile(r"(?<!\S)[-–]+(?!\S)")
_DOTS = re.compile(r"(?:…|\.\.+)+(\s*)(?=(\w?))")
_LOOSE_APOSTROPHE = re.compile(r"(?<!\w)'|'(?!\w)")
_MARK_RUN = re.compile(r" ?[.,;:!?](?: ?[.,;:!?])+| [.,;:!?]")
_WORD_START = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")


def clean(spoken: str, engine: str) -> str:
    """The text as the library may have it: letters of its repertoire and plain marks, one line.

    Quotation marks vanish, dashes and brackets become commas, letters with foreign diacritics
    become the nearest ones that it reads, words longer than :data:`LONGEST_WORD` are divided.

    Args:
        engine: As errors name it.

    Raises:
        EngineError: There are characters that have no reading, or nothing to read at all.
    """
    text = unicodedata.normalize("NFC", spoken).translate(_REPLACED)
    text = _DOTS.sub(_dots, _LOOSE_DASH.sub(",", text)).replace("–", "-")
    text = "".join(_spelling(char) for char in text)
    if refused := sorted(set(text) - _LETTERS - _MARKS):
        raise EngineError(
            f"{engine} cannot say {', '.join(_name(char) for char in refused)}",
            mend="Write it in words, or choose another voice.",
        )
    text = " ".join(_LOOSE_APOSTROPHE.sub(" ", text).split())
    text = _MARK_RUN.sub(_strongest, text).strip(" ,;:-")
    if not any(char in _LETTERS for char in text):
        raise EngineError(f"there is nothing to say in “{spoken[:40]}”")
    return _WORD_START.sub(r"\g<0> ", text)


def _spelling(char: str) -> str:
    """The character itself, or what is read best in its place."""
    if char in _LETTERS or char in _MARKS:
        return char
    if char.isspace():
        return " "
    if char in _RESPELLED:
        return _RESPELLED[char]
    kind = unicodedata.category(char)
    if kind in {"Cf", "Mn"}:
        return ""
    base = [c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)]
    return "".join(base) if kind.startswith("L") and _ASCII.issuperset(base) else char


def _dots(found: re.Match[str]) -> str:
    space, following = found.group(1), found.group(2)
    return f",{space}" if following.islower() else f".{space}"


def _strongest(found: re.Match[str]) -> str:
    """One mark for several in a row: there would be a halt at each."""
    run = found.group()
    for mark in "?!":
        if mark in run:
            return mark
    return run[-1]


def _name(char: str) -> str:
    shown = f"“{char}” " if char.isprintable() else ""
    return f"{shown}(U+{ord(char):04X})"
