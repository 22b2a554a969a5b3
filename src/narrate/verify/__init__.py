"""Whether a clip can be a reading of its text: signal checks, the same for every engine.

A neural voice may babble on, swallow half a sentence, fall silent or end in noise. Nobody listens
to a thousand clips, so each is checked before it is kept. The checks are pure: samples, text and
the voice's pace go in, faults come out. What is not a number never gets here: 16-bit samples cannot
say it, and an engine raises ``SpeechFault`` where its model does.
"""

from __future__ import annotations

from narrate.model import Speech
from narrate.verify.fault import Fault, FaultKind
from narrate.verify.pace import PACE_REVISION, PACE_SENTENCES, Pace, letters, pace_of

__all__ = [
    "PACE_REVISION",
    "PACE_SENTENCES",
    "Fault",
    "FaultKind",
    "Pace",
    "faults",
    "letters",
    "pace_of",
    "sounding_s",
]


def faults(speech: Speech, spoken: str, lang: str, pace: Pace | None = None) -> tuple[Fault, ...]:
    """What is wrong with a clip; nothing for a good one.

    Args:
        spoken: Spoken form that it reads.
        pace: Of the voice; without it the length is not judged.
    """
    from narrate.verify.checks import find_faults  # noqa: PLC0415 - numpy, once there is a clip

    return find_faults(speech, spoken, lang, pace)


def sounding_s(speech: Speech) -> float:
    """For how many seconds there is sound in a clip; its pauses do not count."""
    from narrate.verify.checks import Levels  # noqa: PLC0415 - numpy, once there is a clip

    return Levels.of(speech).sounding_s
