"""English names and words in German text, read by a German voice."""

from __future__ import annotations

import re

from narrate.engines.respelling.english_names import NAMES, SMALL

_TABLE = {**NAMES, **SMALL}
_ENDING = r"(?:'?s|es|en|n)?"
_KNOWN = re.compile(
    rf"(?<![\w'])({'|'.join(map(re.escape, sorted(_TABLE, key=len, reverse=True)))})"
    rf"({_ENDING})(?!\w)(?!'\w)"
)
_LONG = 6
_OPENERS = sorted((name for name in NAMES if len(name) >= _LONG and name.isalpha()), key=len)
_COMPOUND = re.compile(rf"(?<![\w'])({'|'.join(reversed(_OPENERS))})s?([a-zäöüß]{{4,40}})(?!\w)")
"""A long English word that opens a German one: ``Smartphonehersteller``."""

_PLAIN = re.compile(
    r"(?<![\w'])[A-Z][a-z]{0,12}(?:(?:ea|ee|oo|oa|igh|ou|ow|sh)[a-z]{0,6}ing|oa[a-z]{1,6}"
    r"|igh(?:t|ts|ting|ter)?|sh(?:ing|ings)?|wh[aeiy][a-z]{1,8}|ness|ship|dge)(?=s?(?![\w]))"
)
"""A word whose letters no German word has in this order: it is read by English spelling."""

_GERMAN = frozenset(
    (
        "Boas",
        "Oase",
        "Oasen",
        "Koala",
        "Koalas",
        "Goas",
        "Samoa",
        "Noah",
        "Toast",
        "Toaster",
        "Toasts",
        "Toastbrot",
        "Croatia",
    )
)
_SPELLING = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"ough(?=t)", "oh"), (r"ough", "aff"), (r"igh", "ei"), (r"ee|ea(?!d\b)|ie(?=f|ld)", "ie"),
        (r"oo", "uh"), (r"oa", "oh"), (r"ou|ow(?=[nrd])", "au"), (r"ow", "oh"),
        (r"ai|ay|ey\b", "eh"),
        (r"aw|au", "oh"), (r"ew", "juh"), (r"tch", "tsch"), (r"ch", "tsch"), (r"sh", "sch"),
        (r"th", "s"), (r"ph", "f"), (r"wh", "w"), (r"dge", "dsch"), (r"ck", "ck"), (r"j", "dsch"),
        (r"y\b", "i"), (r"ness", "niß"), (r"a([bdfgklmnprtvz])e(?=s?\b)", r"eh\1"),
        (r"i([bdfgklmnprtvz])e(?=s?\b)", r"ei\1"), (r"o([bdfgklmnprtvz])e(?=s?\b)", r"oh\1"),
        (r"v", "w"),
    )
)  # fmt: skip


def say_names(text: str) -> str:
    """German text with English names and words spelled so that a German voice says them."""
    text = _KNOWN.sub(_known, text)
    text = _COMPOUND.sub(lambda match: f"{NAMES[match[1]]}-{match[2]}", text)
    return _PLAIN.sub(_by_spelling, text)


def _known(match: re.Match[str]) -> str:
    said, ending = _TABLE[match.group(1)], match.group(2)
    return said + ending.lstrip("'")


def _by_spelling(match: re.Match[str]) -> str:
    word = match.group()
    if word in _GERMAN:
        return word
    said = word.lower()
    for pattern, replacement in _SPELLING:
        said = pattern.sub(replacement, said)
    return said.capitalize()
