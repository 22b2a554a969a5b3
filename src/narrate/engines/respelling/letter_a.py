"""The letter A in English, which engines take for the article."""

from __future__ import annotations

import re

_LETTER_A = re.compile(
    r"(?<![\w'-])A(?= [A-Z](?![\w'-]))|(?<=[\w,;:] )A(?![\w-])"
    r"|(?<![\w'-])A(?=(?: (?:is|was|and|or|to|stands|equals|has|plus|minus|means)\b|[,.;:?!]))"
)
"""A capital A beside another letter, where no sentence begins, or before no noun: the letter."""


def say_letter_a(text: str) -> str:
    """``A`` as a letter becomes ``eigh``: espeak-ng and Pico read a lone A as the article."""
    return _LETTER_A.sub("eigh", text)
