"""Abbreviations made of capitals, and words with capitals inside."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from narrate.spoken.core import Rule, left_of, words
from narrate.spoken.writing.characters import LETTERS, LOWER, UPPER

LONGEST_ACRONYM = 5
"""A word of more capitals is a word in capitals, not an abbreviation."""

_ANY_CAPS = re.compile(
    rf"(?<![{LETTERS}])(?:[{UPPER}]?[{LOWER}]+(?=[{UPPER}])|[{UPPER}]{{2}})[{LETTERS}]*"
)
_NO_VOWEL = re.compile(rf"(?<![{LETTERS}'])[bcdfghjklmnpqrstvwxz]{{2,4}}(?![{LETTERS}'])")
_JOINED_BY_AND = re.compile(
    rf"(?<![{LETTERS}])([{UPPER}]{{1,4}})\s?&\s?([{UPPER}]{{1,4}})(s?)(?![{LETTERS}])"
)
_PARTS = re.compile(rf"[{UPPER}]{{2,}}(?=s$|[{UPPER}][{LOWER}]|$)|[{UPPER}]?[{LOWER}]+|[{UPPER}]+")
_PLURAL = re.compile(rf"([{UPPER}]{{2,}})(s|e[rn]?)")
_WHOLE = re.compile(r".+", re.DOTALL)
_CAPITALS_WORD = re.compile(rf"(?<![{LETTERS}])[{UPPER}]{{2,}}(?![{LETTERS}])")
_FAMILY_NAME = re.compile(rf"(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|Fitz)[{UPPER}][{LOWER}]+")
_SOUNDS = frozenset(
    words(
        "hm hmm mhm pst psst brr grr shh tsk pfft hmph hmmm shhh pssst nth mr mrs dr ms "
        "st jr sr zzz"
    )
)
_CAPITALS_ROW = re.compile(
    rf"(?<![{LETTERS}'&-])[{UPPER}]{{2,}}(?: [{UPPER}]{{1,20}}){{1,40}}(?![{LETTERS}'&-])"
)
_VOWEL = re.compile(r"[AEIOUYÄÖÜ]")
_BEGINS = re.compile(r"(?:^|[.!?] )$")
_SHOUTED = 4
_SHOUTED_WORDS = 2


@dataclass(frozen=True, slots=True)
class Spelling:
    """How one language says words made of capitals.

    Attributes:
        said: Words that are not spelled by the rule, with what is said instead.
        shouted: Common words in capitals for emphasis.
        joint: What ``&`` is called.
        lettered: Abbreviations that stay letters in a text that is all in capitals.
        is_word: Whether a word in capitals that no table knows is said as a word.
        has_nouns: Whether the language writes its nouns with a capital.
    """

    said: Mapping[str, str]
    shouted: frozenset[str]
    joint: str
    lettered: frozenset[str] = frozenset()
    is_word: Callable[[str], bool] = lambda word: len(word) > LONGEST_ACRONYM
    has_nouns: bool = False

    def spell(self, letters: str) -> str:
        """Letters one by one, as single capitals."""
        return " ".join(letters.upper())

    def word(self, word: str) -> str:
        """A word with two or more capitals, or with one inside."""
        if word in self.said:
            return self.said[word]
        if word.isupper():
            return self._capitals(word)
        if plural := _PLURAL.fullmatch(word):
            return self._plural(plural.group(1), plural.group(2))
        if word[-1] == "s" and word[:-1] in self.said:
            return self._plural(word[:-1], "s")
        if _FAMILY_NAME.fullmatch(word):
            return word
        return self._mixed(word)

    def _plural(self, stem: str, ending: str) -> str:
        said = self.said.get(stem) or self.spell(stem)
        ends_in_letter = len(said.split()[-1]) == 1
        return said + ("'" if ends_in_letter else "") + ending

    def _capitals(self, word: str) -> str:
        if word in self.shouted:
            return word.lower()
        if self.is_word(word):
            return word.capitalize()
        return self.spell(word)

    def _mixed(self, word: str) -> str:
        parts: list[str] = []
        for part in _PARTS.findall(word):
            if part == "s" and parts and len(word) > 1 and word[-2].isupper():
                parts[-1] += "'s"
            elif len(part) == 1:
                parts.append(self.spell(part))
            else:
                known = part in self.said or (part.isupper() and len(part) > 1)
                parts.append(self.word(part) if known else part)
        return " ".join(parts)

    def calm(self, text: str) -> str:
        """A text all in capitals, in small letters where it is shouted."""
        if not text.isupper():
            return text
        shouted = _CAPITALS_WORD.findall(text)
        if sum(len(word) >= _SHOUTED or word in self.shouted for word in shouted) < _SHOUTED_WORDS:
            return text
        return _CAPITALS_WORD.sub(self._calm_word, text)

    def _calm_word(self, match: re.Match[str]) -> str:
        word = match.group()
        return word if word in self.said or word in self.lettered else word.capitalize()

    def quieten(self, match: re.Match[str]) -> str:
        """Words in capitals in a row, in small letters if one of them is a common word."""
        row = match.group().split()
        if not any(word in self.shouted for word in row):
            return match.group()
        said = " ".join(map(self._quiet_word, row))
        return said[0].upper() + said[1:] if _BEGINS.search(left_of(match)) else said

    def _quiet_word(self, word: str) -> str:
        if word in self.said or word in self.lettered or len(word) == 1:
            return word
        is_word = word in self.shouted or (len(word) >= _SHOUTED and _VOWEL.search(word))
        if is_word and self.has_nouns and word not in self.shouted:
            return word.capitalize()
        return word.lower() if is_word else word

    def _consonants(self, match: re.Match[str]) -> str:
        word = match.group()
        return word if word in _SOUNDS else self.spell(word)

    def joined(self) -> Rule:
        """The rule for letters around ``&``: ``R&D``, ``AT&T``."""
        return Rule(
            "letters around &",
            _JOINED_BY_AND,
            lambda match: (
                f"{self.spell(match[1])} {self.joint} {self.spell(match[2])}"
                + ("'s" if match[3] else "")
            ),
            "&",
        )

    def rules(self) -> tuple[Rule, ...]:
        """The rules for words in capitals: texts first, then words."""
        return (
            Rule("text in capitals", _WHOLE, lambda match: self.calm(match.group())),
            Rule("words in capitals", _CAPITALS_ROW, self.quieten),
            Rule("capitals", _ANY_CAPS, lambda match: self.word(match.group())),
            Rule("no vowel", _NO_VOWEL, self._consonants),
        )
