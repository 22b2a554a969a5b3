"""Checks of level and length: silence, holes, clipping, too much and too little.

The thresholds here and in ``tail`` were chosen on 6,148 real readings of 1,900 texts (Pico,
espeak-ng and a Piper voice with its own and with more noise; length scales from 0.6 to 1.6), of
which they refuse none. Each names how near sound readings came to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from narrate.model import Speech
from narrate.verify.fault import Fault, FaultKind
from narrate.verify.pace import Pace
from narrate.verify.tail import tail_faults

_WINDOW_S = 0.01
_LOUD_WINDOWS = 5
"""A clip is as loud as its fifth loudest window: 50 ms, shorter than a word, more than a click."""

_SILENT_DBFS = -50.0
"""The quietest sound readings, “Shhh.” and “Ach!”, had −41 and −39; of more words −23."""
_SOUND_BELOW_LOUDEST_DB = 35.0

_LONGEST_HOLE_S = 2.0
_LONGEST_HOLE_LETTERS = 35
"""For slow voices. The longest pause was 0.85 s."""

_FULL_SCALE = 32_760
_OVER_RUN = 3
"""Samples at full scale in a row that meters have called an over since the days of the CD."""
_MOST_OVERS = 0.005
"""Share of the sounding samples that may stand in such runs; sound readings had none."""

_TOO_LONG, _TOO_LONG_S = 1.7, 1.2
_TOO_SHORT, _TOO_SHORT_S = 0.6, 0.15
"""Times the expected seconds, and seconds on top. Past the latter, sound readings took 0.76 to 1.27
times as long as expected. Half a sentence is too short in four of five cases, mostly the longer
ones; a third in 99 of 100."""


@dataclass(frozen=True, slots=True)
class Levels:
    """The loudness of a clip over time.

    Attributes:
        loudest: Root mean square that 50 ms of the clip reach; 0 for a shorter clip.
        sounding: For each window, whether there is sound in it.
        window_s: Length of a window.
    """

    loudest: float
    sounding: NDArray[np.bool_]
    window_s: float

    @classmethod
    def of(cls, speech: Speech) -> Levels:
        """Measure a clip, without regard to a constant offset."""
        samples = np.frombuffer(speech.pcm, "<i2").astype(np.float32)
        width = max(round(_WINDOW_S * speech.sample_rate), 1)
        windows = samples[: samples.size // width * width].reshape(-1, width)
        windows = windows - samples.mean() if samples.size else windows
        levels = np.sqrt(np.einsum("ij,ij->i", windows, windows) / width) / (1 << 15)
        if levels.size < _LOUD_WINDOWS:
            return cls(0.0, np.zeros(levels.size, np.bool_), _WINDOW_S)
        loudest = float(np.partition(levels, -_LOUD_WINDOWS)[-_LOUD_WINDOWS])
        sounding = levels > loudest * 10 ** (-_SOUND_BELOW_LOUDEST_DB / 20)
        return cls(loudest, sounding, width / speech.sample_rate)

    @property
    def sounding_s(self) -> float:
        """Seconds in which there is sound."""
        return float(self.sounding.sum()) * self.window_s

    @property
    def hole_s(self) -> float:
        """The longest silence between two sounds."""
        sounds = np.flatnonzero(self.sounding)
        return float(np.diff(sounds).max(initial=1) - 1) * self.window_s


def find_faults(speech: Speech, spoken: str, lang: str, pace: Pace | None) -> tuple[Fault, ...]:
    """All faults of a clip; of a silent one only that."""
    levels = Levels.of(speech)
    if levels.loudest < 10 ** (_SILENT_DBFS / 20):
        return (Fault(FaultKind.SILENCE, "it is silent"),)
    return (
        *_clipping(speech, levels),
        *_hole(levels, pace),
        *_length(levels, pace.seconds_for(spoken, lang) if pace else None),
        *tail_faults(speech, spoken),
    )


def _clipping(speech: Speech, levels: Levels) -> Iterator[Fault]:
    """More than every two hundredth sounding sample stands in a run of them at full scale."""
    samples = np.frombuffer(speech.pcm, "<i2")
    overs = 0
    for full in (samples >= _FULL_SCALE, samples <= -_FULL_SCALE):
        edges = np.flatnonzero(np.diff(full, prepend=False, append=False))
        runs = edges[1::2] - edges[::2]
        overs += int(runs[runs >= _OVER_RUN].sum())
    share = overs / (levels.sounding_s * speech.sample_rate)
    if share > _MOST_OVERS:
        yield Fault(FaultKind.CLIPPING, f"{share:.1%} of it is clipped at full scale")


def _hole(levels: Levels, pace: Pace | None) -> Iterator[Fault]:
    longest = _LONGEST_HOLE_S
    if pace is not None:
        longest = max(longest, _LONGEST_HOLE_LETTERS * pace.seconds_per_letter)
    if levels.hole_s > longest:
        yield Fault(FaultKind.HOLE, f"there are {levels.hole_s:.1f} s of silence within it")


def _length(levels: Levels, expected: float | None) -> Iterator[Fault]:
    if expected is None:
        return
    seconds = levels.sounding_s
    words = f"it speaks for {seconds:.1f} s where about {expected:.1f} s were expected"
    if seconds > _TOO_LONG * expected + _TOO_LONG_S:
        yield Fault(FaultKind.TOO_LONG, words)
    elif seconds < _TOO_SHORT * expected - _TOO_SHORT_S:
        yield Fault(FaultKind.TOO_SHORT, words)
