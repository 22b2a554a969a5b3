"""How long a voice needs for a text: what the length of a clip is held against.

A clip's verdict must depend on the clip, its text and its voice alone, never on which other clips
were made, in what order or by how many workers: a reading that is refused gives way to another one
under the same key. So a voice's pace is not gathered from the clips of a build. It is measured on
five fixed sentences that the voice reads once, before its first clip, and their median counts.

The unit is a letter of the spoken form, and what is measured is the time in which there is sound.
On 6,148 readings by Pico, espeak-ng and a Piper voice, in both languages, at length scales from
0.6 to 1.6, that time strays by 6 to 10 % (standard deviation) from ``LEAD_S`` and a constant number
of seconds for each letter; groups of vowels stray by 6 to 11 %, the whole length of a clip, which
holds its pauses too, by 8 to 17 %. A word of one or two letters takes as long as one of three, and
the name of the English W as long as nine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

PACE_REVISION = 1
"""Raise it when a pace is measured otherwise."""

LEAD_S = 0.1
"""Seconds of sound that no letter accounts for."""

PACE_SENTENCES: Mapping[str, tuple[str, ...]] = {
    "de": (
        "Der Zug hielt kurz an einem kleinen Bahnhof zwischen zwei Hügeln.",
        "Am Abend saßen die Nachbarn lange vor dem Haus und redeten.",
        "Meine Schwester hat gestern ein neues Fahrrad gekauft.",
        "Wer früh aufsteht, sieht den Nebel über den Wiesen.",
        "Im Garten blühen jetzt die ersten roten Rosen.",
    ),
    "en": (
        "The train made a short stop at a small station between two hills.",
        "In the evening the neighbours sat in front of the house and talked.",
        "My sister bought a new bicycle for her birthday.",
        "Those who get up early can see the mist above the meadows.",
        "The first red roses are in bloom in the garden now.",
    ),
}
"""Language → plain sentences of three to four seconds: no names, no numbers, nothing foreign."""

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_WORD = 3
_ENGLISH_W = 9
_SLOWEST, _FASTEST = 0.25, 0.015
_USUAL = 0.057
"""Seconds a letter at length scale 1; measured from 0.052 (Piper) to 0.060 (Pico)."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a voice speaks.

    Attributes:
        seconds_per_letter: Of sound, without pauses.
    """

    seconds_per_letter: float

    def seconds_for(self, spoken: str, lang: str) -> float:
        """How long the sound of a text lasts when nothing goes wrong."""
        return LEAD_S + self.seconds_per_letter * letters(spoken, lang)


def letters(spoken: str, lang: str) -> int:
    """Letters of a spoken form, short words and letter names counted as the time they take."""
    return sum(_letters_of(word, lang) for word in _WORD.findall(spoken))


def pace_of(readings: Iterable[tuple[str, float]], lang: str, length_scale: float) -> Pace:
    """The pace of a voice.

    Args:
        readings: Sentences, and how many seconds of sound the voice made of each. Without any, or
            where they make no pace that a person could follow, it is the usual one.
        length_scale: Of the voice, for the usual pace.
    """
    found = [(seconds - LEAD_S) / letters(spoken, lang) for spoken, seconds in readings]
    measured = median(found) if found else 0.0
    plausible = _FASTEST <= measured / length_scale <= _SLOWEST
    return Pace(round(measured if plausible else _USUAL * length_scale, 5))


def _letters_of(word: str, lang: str) -> int:
    if word == "W" and lang == "en":
        return _ENGLISH_W
    return max(len(word), _SHORTEST_WORD)
