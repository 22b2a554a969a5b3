"""The letter A in English, which engines take for the article."""

from __future__ import annotations

import re

_LETTER_A = re.compile(r"(?<![\w'-])A(?= [A-Z](?![\w'-]))|(?<=[\w,;:] )A(?![\w-])")
"""A capital A beside another letter, or where no sentence begins: the letter, not the article."""


def say_letter_a(text: str) -> str:
    """``A`` as a letter becomes ``eigh``: espeak-ng and Pico read a lone A as the article."""
    return _LETTER_A.sub("eigh", text)
