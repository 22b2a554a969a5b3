"""Which language a text is in, and what authors call it."""

from __future__ import annotations

import re
from collections import Counter

# Function words that the other language does not have.
_GERMAN = """
    der das und ist nicht ein eine einen einem einer eines den dem des mit auf für von zu zum zur
    sich auch als wie nach bei aus wird werden wurde wurden sind sie er es wir ich haben oder aber
    noch nur wenn dass über durch kann diese dieser dieses im vom hatte sein ihre ihr mehr schon
    zwischen unter weil
"""
_ENGLISH = """
    the and of is not a an to with on for from by that this these those are were be been has have
    had it its he she they we you or but if which who their his her our as at into than then there
    would could should can will about over between because only also
"""
_WORDS = {"de": frozenset(_GERMAN.split()), "en": frozenset(_ENGLISH.split())}
_NAMES = {
    "de": "de",
    "deutsch": "de",
    "german": "de",
    "en": "en",
    "english": "en",
    "englisch": "en",
}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 200_000
_MIN_HITS = 2
_MIN_RATIO = 2
_CLEAR_HITS = 20
_CLEAR_RATIO = 5

# Of a paragraph that is in another language than its article. Running text of either language has
# a third of its words among these; what only quotes the other, or lists its names, has far fewer.
_PARAGRAPH_WORDS = 12
_PARAGRAPH_SHARE = 0.2
_PARAGRAPH_RATIO = 10


def language_code(written: str) -> str:
    """The code of a language as an author writes it (``de``, ``en-GB``, ``Deutsch``), or empty."""
    name = written.strip().casefold()
    return _NAMES.get(name) or _NAMES.get(re.split(r"[-_]", name, maxsplit=1)[0], "")


def detect(text: str) -> str:
    """The language of ``text`` by its function words; empty when they do not tell."""
    (best, hits), (_, others) = _count(text)
    return best if hits >= _MIN_HITS and hits >= _MIN_RATIO * others else ""


def contradicts(text: str, lang: str) -> bool:
    """Whether ``text`` is beyond doubt in another language than ``lang``."""
    (best, hits), (_, others) = _count(text)
    return best != lang and hits >= _CLEAR_HITS and hits >= _CLEAR_RATIO * others


def other_language(paragraph: str, lang: str) -> str:
    """The language that a whole paragraph is in where it is not ``lang``; else empty.

    In doubt, as with short or mixed paragraphs, it is none.
    """
    words = _WORD.findall(paragraph[:_SAMPLE].lower())
    own = _WORDS[lang]
    for other, known in _WORDS.items():
        if other == lang or len(words) < _PARAGRAPH_WORDS:
            continue
        hits = sum(word in known for word in words)
        others = sum(word in own for word in words)
        if hits >= _PARAGRAPH_SHARE * len(words) and hits >= _PARAGRAPH_RATIO * others:
            return other
    return ""


def _count(text: str) -> list[tuple[str, int]]:
    words = Counter(_WORD.findall(text[:_SAMPLE].lower()))
    hits = {lang: sum(words[word] for word in known) for lang, known in _WORDS.items()}
    return sorted(hits.items(), key=lambda item: -item[1])
