"""English names and words in German text, read by a German voice."""

from __future__ import annotations

import re

from narrate.engines.respelling.english_names import NAMES, OPENERS, SMALL

_TABLE = {**NAMES, **SMALL}
_ENDING = (
    r"(?:'?s|(?<=e[lr])n|(?<=er)in(?:nen)?|(?:(?<=cool)|(?<=fair)|(?<=smart))(?:er|st)?e[mnrs]?)?"
)
_KNOWN = re.compile(
    rf"(?<![\w'])({'|'.join(map(re.escape, sorted(_TABLE, key=len, reverse=True)))})"
    rf"({_ENDING})(?!\w)(?!'\w)"
)
_MARGIN = 20
_LONG = 6
_NO_OPENERS = frozenset({"Amazon", "Morgan", "Universal", "Warner"})
"""Names that are the beginning of German words: ``Amazonas``, ``Universalgenie``."""

_OPENERS = sorted(
    (
        name
        for name in OPENERS - _NO_OPENERS
        if len(name) >= _LONG and name.isalpha() and name[:-1] not in OPENERS
    ),
    key=len,
)
_COMPOUND = re.compile(rf"(?<![\w'])({'|'.join(reversed(_OPENERS))})([a-zäöüß]{{4,40}})(?!\w)")
"""A long English word that opens a German one: ``Smartphonehersteller``."""

_PLAIN = re.compile(
    r"(?<![\w'])(?:[A-Z][a-z]{0,1}oa(?:[dklmp]|st|t)(?:er|ing|trip)?"
    r"|[A-Z][a-z]{0,12}(?:(?:ea|ee|oo|oa|igh|ou|ow|sh)[a-z]{0,4}(?<!l)(?<!inn)ing"
    r"|igh(?:t|ts|ting|ter)?|sh(?:ing|ings)?|wh[aeiy][a-z]{1,8}|ness|ship|dge))(?=s?(?![\w]))"
)
"""A word whose letters no German word has in this order: it is read by English spelling."""

_GERMAN = frozenset({"Toast", "Toaster", "Toasts", "Baroness", "Raps", "Sams"})
_ELSEWHERE = {
    "Lee": re.compile(r"(?:^|\b(?:in|nach|und|von|Luv|In|Nach|Von))\s$"),
    "Java": re.compile(r"\b(?:auf|nach|von|Insel|liegt|Auf|Nach|Von)\s$"),
}
"""Names that are German words behind these."""

_SPELLING = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"^kn", "n"), (r"ough(?=t)", "oh"), (r"ough", "aff"), (r"igh", "ei"),
        (r"ee|ea(?!d\b)|ie(?=f|ld)", "ie"),
        (r"oo", "uh"), (r"oa", "oh"), (r"ou|ow(?=[nrd])", "au"), (r"ow", "oh"),
        (r"ai|ay|ey\b", "eh"),
        (r"aw|au", "oh"), (r"ew", "juh"), (r"tch", "tsch"), (r"ch", "tsch"), (r"sh", "sch"),
        (r"th", "s"), (r"ph", "f"), (r"wh", "w"), (r"dge", "dsch"), (r"ck", "ck"), (r"j", "dsch"),
        (r"y\b", "i"), (r"ness", "niss"), (r"a([bdfgklmnprtvz])e(?=s?\b)", r"eh\1"),
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
    elsewhere = _ELSEWHERE.get(match.group())
    before = match.string[max(0, match.start() - _MARGIN) : match.start()]
    if match.group() in _GERMAN or (elsewhere and elsewhere.search(before)):
        return match.group()
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
