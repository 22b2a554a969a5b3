"""What an engine reads right in place of what a spoken form says.

Spoken forms are the same for every engine: letters stand as single capitals (``A I``), and what is
no sentence has no full stop. Engines that guess from the spelling need a hint at both.
"""

from __future__ import annotations

import re

_LETTER_A = re.compile(r"(?<![\w'-])A(?= [A-Z](?![\w'-]))|(?<=[\w,;:] )A(?![\w-])")
"""A capital A beside another letter, or where no sentence begins: the letter, not the article."""

_ENDS = (".", "?", "!", ":", ";", "…")


def respell(spoken: str, lang: str) -> str:
    """The text for an engine that reads letters by its own dictionary.

    - English ``A`` as a letter becomes ``eigh``: espeak-ng and Pico read a lone A as the article.
    - A text without a final mark gets a full stop, so that the voice falls at the end of a heading
      and does not break off.
    """
    text = spoken.rstrip()
    if lang == "en":
        text = _LETTER_A.sub("eigh", text)
    return text if text.endswith(_ENDS) else f"{text.rstrip(',-– ')}."
