"""Words whose sounds the lexicon tells: they take the place of what the phonemiser would write.

The phonemiser sees the whole sentence, with a word of no language where a told word stands, so that
its neighbours are read as they would be. What it writes for that word is known and gives way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence

from narrate.model import Sound

_STAND_IN = "quaxu"
_STRESS = "ˈˌ"


def with_stand_ins(spoken: str, sounds: Sequence[Sound]) -> str:
    """The spoken form with a stand-in for each word whose sounds are told."""
    for sound in reversed(sounds):
        spoken = spoken[: sound.start] + _STAND_IN + spoken[sound.end :]
    return spoken


def told(
    phonemize: Callable[[str], str],
    text: str,
    sounds: Sequence[Sound],
    symbols: Collection[str],
) -> str:
    """The phonemes of a text that :func:`with_stand_ins` made, the told ones in their places.

    Args:
        symbols: That the model knows.
    """
    if not sounds:
        return phonemize(text)
    ipas = [spelled(sound.ipa, symbols) for sound in sounds]
    parts = _between(phonemize(text), phonemize(_STAND_IN))
    if len(parts) != len(ipas) + 1:
        parts = [_alone(phonemize, part) for part in text.split(_STAND_IN)]
    pieces = [parts[0]]
    for ipa, part in zip(ipas, parts[1:], strict=False):
        pieces += [ipa, part]
    return "".join(pieces)


def _alone(phonemize: Callable[[str], str], part: str) -> str:
    """The phonemes of a part of a sentence, with the spaces at its edges."""
    if not part.strip():
        return part
    before, after = " " * part[0].isspace(), " " * part[-1].isspace()
    return before + phonemize(part).strip() + after


def spelled(ipa: str, symbols: Collection[str]) -> str:
    """Sounds in the model's spelling: characters whole where it has them so, else taken apart."""
    whole = unicodedata.normalize("NFC", ipa)
    return "".join(
        char if char in symbols else unicodedata.normalize("NFD", char) for char in whole
    )


def _between(phonemes: str, stand_in: str) -> list[str]:
    """What stands around each stand-in, wherever its stress fell."""
    letters = [char for char in stand_in.strip() if char not in _STRESS]
    if not letters:
        return []
    stress = f"[{_STRESS}]?"
    return re.split(stress + stress.join(map(re.escape, letters)), phonemes)
