"""Phonemes clause by clause, with the mark that ended each clause.

The library's call that only translates: quick, without a stress that synthesis adds to clauses of
unstressed words. Piper's voices learnt from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from narrate.engines.espeak.library import espeak

# The library reads one character of the next clause before it knows that the last one has ended.
_MARK = re.compile(r"([.,:;?!–—…])[\"'“”„‘’»«)\]]*(?:\s+\S?)?$")
_SAME_MARK = {"–": ";", "—": ";", "…": ";"}


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a text that is said in one breath.

    Attributes:
        phonemes: IPA, with flags such as ``(en)`` where the language switches.
        mark: One of ``. , : ; ? !``, or empty where the text goes on or ends without any.
    """

    phonemes: str
    mark: str


def clauses(text: str, language: str) -> tuple[Clause, ...]:
    """The clauses of a text.

    A German clause that ends with a Roman numeral and a full stop, “K I.”, has its mark here; the
    library takes that full stop for a part of an ordinal and would tell none.

    Args:
        language: As espeak-ng names it.

    Raises:
        EngineError: The library is missing or does not know the language.
    """
    read = espeak().translate(text, language)
    return tuple(Clause(phonemes, _mark(part)) for phonemes, part in read if phonemes)


def _mark(part: str) -> str:
    match = _MARK.search(part)
    return _SAME_MARK.get(match[1], match[1]) if match else ""
