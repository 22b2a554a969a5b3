"""What is wrong with a clip."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class FaultKind(Enum):
    """What a clip is checked for."""

    SILENCE = "silence"
    HOLE = "hole"
    CLIPPING = "clipping"
    TOO_LONG = "too long"
    TOO_SHORT = "too short"
    NOISE = "noise"
    REPETITION = "repetition"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one clip.

    Attributes:
        what: A clause about the clip: “it is silent”.
    """

    kind: FaultKind
    what: str
