"""The line that a translator, a machine or a person, puts in front of the translation."""

from __future__ import annotations

import re

RULE = "translator's line"

_MAX_CHARS = 160
_POLITE = (
    r"(?:(?:sure|certainly|of course|okay|ok|gerne?|natürlich|selbstverständlich|klar)[,.!:]?\s+)?"
)
_ENGLISH = (
    r"(?:here(?:[’'`]s| is| are| follows)|below is|below you(?:[’']ll| will)? find|the following is"
    r"|following is|please find(?: below)?)\b[^.!?:]*\b(?:translat\w+|english|german)\b[^.!?:]*:"
)
_GERMAN = (
    r"(?:hier|im folgenden|nachfolgend|nachstehend|es folgt|anbei|folgend)\b[^.!?:]*"
    r"\b(?:\w*übersetz\w+|\w*übertragung|deutsche\w*|englische\w*)\b[^.!?:]*:"
)
_BARE = (
    r"(?:(?:the )?(?:english|german) (?:translation|version)|translation"
    r"|(?:die )?(?:deutsche|englische) (?:übersetzung|fassung|version)|übersetzung)"
    r"(?: (?:of|from|into|aus|ins?|des|der)\b[^.!?:]*)?:"
)
_LINE = re.compile(rf"{_POLITE}(?:{_ENGLISH}|{_GERMAN}|{_BARE})", re.IGNORECASE)


def is_translators_line(text: str) -> bool:
    """Whether ``text`` only announces that a translation follows.

    It ends with a colon, so that a sentence about a translation is not taken for one.
    """
    line = " ".join(text.split()) if len(text) <= 2 * _MAX_CHARS else ""
    return 0 < len(line) <= _MAX_CHARS and _LINE.fullmatch(line) is not None
