"""What an engine reads right in place of what a spoken form says.

Spoken forms are the same for every engine: letters stand as single capitals (``A I``), names keep
their spelling, and what is no sentence has no full stop. Engines that guess from the spelling need
a hint at all three. Raise :data:`narrate.revisions.RESPELLING` when a text comes out otherwise.
"""

from __future__ import annotations

from narrate.engines.respelling import (
    english_heteronyms,
    german_heteronyms,
    names_in_english,
)
from narrate.engines.respelling.english_letters import say_english_letters
from narrate.engines.respelling.letter_a import say_letter_a
from narrate.engines.respelling.say_names import say_names

__all__ = ["respell"]

_ENDS = (".", "?", "!", ":", ";", "…")


def respell(spoken: str, lang: str, *, by_espeak: bool = True) -> str:
    """The text for an engine that reads letters by its own dictionary.

    - English: ``A`` as a letter is no article; heteronyms by their neighbours;
      Chinese names.
    - German: abbreviations that are said with English letters; heteronyms and prefix verbs by
      their neighbours; English names and words by German spelling.
    - A text without a final mark gets a full stop, so that the voice falls at the end of a heading
      and does not break off.

    Args:
        by_espeak: Whether espeak-ng turns the text into sounds.
    """
    text = spoken.rstrip()
    if lang == "en":
        text = english_heteronyms.say_heteronyms(say_letter_a(text))
        text = names_in_english.say_names(text)
    elif lang == "de":
        text = german_heteronyms.say_heteronyms(text, by_espeak=by_espeak)
        text = say_names(say_english_letters(text))
    return text if text.endswith(_ENDS) else f"{text.rstrip(',-– ')}."
