"""Words that a voice is likely to misread: names, letters, words of another language.

No dictionary is asked. A word is suspected for its form, for letters that seldom follow each other
in its language (:mod:`narrate.spoken.lexicon.letter_sequences`), or because it can only be a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from narrate.spoken.lexicon.entries import Lexicon
from narrate.spoken.lexicon.letter_sequences import PACKED

LETTERS, FOREIGN, NAME, RARE = (
    "letters or digits within",
    "letters of another language",
    "a name",
    "an unusual spelling",
)
"""Why a word is suspected."""

_WORD = re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*")
_GENITIVE = re.compile(r"['’]s?$")
_PART = re.compile(r"[^\W_]+")
_COUNTED = re.compile(r"\d+[^\W\d_A-ZÄÖÜ]{1,4}")
"""A number with an ending or a unit, which the rules say: ``9th``, ``90er``, ``12kg``."""

_LONG_SMALL = re.compile(r"(?<![^\W_])[^\W\d_A-ZÄÖÜ]{5}")
"""In titles all words but short ones have capitals."""

_FINISHED = tuple(".!?:;…\"'”“’»)")
_INNER_CAPITAL = re.compile(r"[^\W\d_].*[A-ZÄÖÜ]|\d[^\W\d_]|[^\W\d_]\d")
_AFTER_WORD = re.compile(r"[^\W\d_]\s|[,;]\s")
_OWN_LETTERS = {"de": re.compile(r"[a-zäöüß]+"), "en": re.compile(r"[a-z]+")}
_SEQUENCE = 3
_SHORTEST = 4
_RARE_SHARE = 0.6
_SHORTEST_SUFFIX = 2


@dataclass(frozen=True, slots=True)
class Suspect:
    """A word to listen to.

    Attributes:
        count: How often it stands in the texts.
        why: One of the reasons of this module.
    """

    word: str
    count: int
    why: str


def suspects(texts: Mapping[str, str], lang: str, lexicon: Lexicon) -> tuple[Suspect, ...]:
    """The words of a language's texts that may be misread, the most frequent first.

    Args:
        texts: Language → all that is written in it.
        lexicon: What it has needs no suggestion.
    """
    counts = Counter(_words(texts.get(lang, "")))
    names = _names(texts.get("en", ""))
    small = {word for word in counts if word.islower()}
    known = _known(lexicon)
    found = []
    for word, count in counts.items():
        why = _why(word, lang, names, small)
        if why and word.casefold() not in known:
            found.append(Suspect(word, count, why))
    return tuple(sorted(found, key=lambda one: (-one.count, one.word)))


def _words(text: str) -> list[str]:
    """Words, compounds taken apart unless a part is letters; a genitive is its word."""
    found: list[str] = []
    for match in _WORD.finditer(text):
        whole = _GENITIVE.sub("", match[0])
        if re.search(r"\d", whole) and re.search(r"[^\W\d_]", whole) and whole.isascii():
            found.append(_headed(whole))
            continue
        found += [_bare(part) for part in _PART.findall(whole)]
    return [word for word in found if word]


def _headed(compound: str) -> str:
    """``GPT-4o`` of ``GPT-4o-Version``: up to the last part with a capital or digit inside."""
    parts = compound.split("-")
    while len(parts) > 1 and not _INNER_CAPITAL.search(parts[-1]) and not parts[-1].isdigit():
        parts.pop()
    return "-".join(parts) if _INNER_CAPITAL.search("-".join(parts)) else ""


def _bare(word: str) -> str:
    """``OpenAI`` of ``OpenAIs``; other words as they are."""
    if word[-1:] == "s" and len(word) > _SHORTEST_SUFFIX and word[-2].isupper():
        return word[:-1]
    return word


def _names(text: str) -> set[str]:
    """Words with a capital amid English sentences that never stand in small letters."""
    capitals, small = set(), set()
    for line in text.splitlines():
        is_title = _is_title(line)
        for match in _PART.finditer(line):
            word = match[0]
            if word.islower():
                small.add(word)
            elif is_title or not word[0].isupper():
                continue
            elif _AFTER_WORD.match(line[max(0, match.start() - 2) : match.start()]):
                capitals.add(word)
    return {word for word in capitals if word.lower() not in small}


def _is_title(line: str) -> bool:
    """Whether all long words of a line without an end have capitals: no sign of a name."""
    return not line.rstrip().endswith(_FINISHED) and not _LONG_SMALL.search(line)


def _why(word: str, lang: str, names: set[str], small: set[str]) -> str:
    if word.isdigit() or len(word) == 1 or _COUNTED.fullmatch(word):
        return ""
    if _INNER_CAPITAL.search(word):
        return LETTERS
    if not _OWN_LETTERS[lang].fullmatch(word.lower()):
        return FOREIGN
    if len(word) >= _SHORTEST and _rarity(word.lower(), lang) >= _RARE_SHARE and word not in small:
        return RARE
    if word in names and word.lower() not in small and not _is_usual(word.lower(), lang):
        return NAME
    return ""


def _rarity(word: str, lang: str) -> float:
    """Share of a word's letter sequences that are not usual in a language, 0 to 1."""
    threes = _threes(word)
    return sum(one not in _usual(lang) for one in threes) / len(threes)


def _is_usual(word: str, lang: str) -> bool:
    return _rarity(word, lang) == 0.0


def _threes(word: str) -> list[str]:
    padded = f"_{word}_"
    return [padded[at : at + _SEQUENCE] for at in range(len(padded) - _SEQUENCE + 1)]


@cache
def _usual(lang: str) -> frozenset[str]:
    return frozenset(
        group[:2] + third for group in PACKED[lang].split() for third in group[_SEQUENCE - 1 :]
    )


def _known(lexicon: Lexicon) -> frozenset[str]:
    words = (word for entry in lexicon.entries for word in _PART.findall(entry.written))
    return frozenset(
        (*(word.casefold() for word in words), *(e.written.casefold() for e in lexicon.entries))
    )
