"""Sounds to test with, and what independent readers find in a finished file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from narrate.model import Speech

RATE = 44_100
Samples = NDArray[np.floating]


def sine(frequency: float, seconds: float, rate: int = RATE, peak: float = 0.5) -> Samples:
    return peak * np.sin(2 * np.pi * frequency * np.arange(round(seconds * rate)) / rate)


def silence(seconds: float, rate: int = RATE) -> Samples:
    return np.zeros(round(seconds * rate))


def pcm(samples: Samples) -> bytes:
    return np.rint(np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes()


def speech(samples: Samples, rate: int = RATE) -> Speech:
    return Speech(rate, pcm(samples))


def read_pcm(path: Path) -> Samples:
    return np.fromfile(path, "<i2") / 32_768


def decoded(path: Path) -> Iterator[NDArray[np.float32]]:
    """The sound in blocks of shape (channels, frames), as a player's decoder gives it."""
    with av.open(str(path)) as container:
        for frame in container.decode(container.streams.audio[0]):
            yield frame.to_ndarray()


def all_decoded(path: Path) -> Samples:
    return np.concatenate(list(decoded(path)), axis=1).astype(np.float64)


@dataclass(frozen=True)
class Envelope:
    """The highest absolute sample of each ``BIN`` frames, and the number of all frames."""

    peaks: Samples
    frames: int

    BIN = 49
    BLOCKS = 500

    @classmethod
    def of(cls, path: Path) -> Envelope:
        peaks: list[Samples] = []
        waiting: list[Samples] = []
        frames = 0
        for block in decoded(path):
            frames += block.shape[1]
            waiting.append(np.abs(block).max(axis=0))
            if len(waiting) == cls.BLOCKS:
                waiting = cls._reduced(waiting, peaks)
        cls._reduced([*waiting, np.zeros(cls.BIN)], peaks)
        return cls(np.concatenate(peaks), frames)

    @classmethod
    def _reduced(cls, waiting: list[Samples], peaks: list[Samples]) -> list[Samples]:
        joined = np.concatenate(waiting)
        whole = joined.size // cls.BIN * cls.BIN
        peaks.append(joined[:whole].reshape(-1, cls.BIN).max(axis=1))
        return [joined[whole:]]

    def first_sound(self, after_s: float, threshold: float) -> float:
        """Seconds from ``after_s`` to the first bin above ``threshold``."""
        start = round(after_s * RATE / self.BIN)
        loud = np.flatnonzero(self.peaks[start:] > threshold)
        return float(loud[0]) * self.BIN / RATE

    def loudest(self, start_s: float, end_s: float) -> float:
        first, last = (max(round(s * RATE / self.BIN), 0) for s in (start_s, end_s))
        return float(self.peaks[first:last].max(initial=0.0))
