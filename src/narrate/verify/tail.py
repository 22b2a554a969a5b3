"""Checks of how a clip ends: in noise, a hum or breath, or in saying the same again and again.

Both look at the spectral envelope over time: sixteen bands, a step every 20 ms, in decibels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from narrate.model import Speech
from narrate.verify.fault import Fault, FaultKind

Decibels = NDArray[np.float32]

_LOOKED_AT_S = 8.0
_FRAME_S = 0.032
_HOP_S = 0.02
_BANDS = 16
_LOWEST_HZ, _HIGHEST_HZ = 150.0, 7_000.0
_END_BELOW_LOUDEST_DB = 42.0

_STEADY_S = 1.0
_STEADY_DB = 4.0
"""Sound readings never ended in more than 0.40 s of so steady a spectrum."""
_MODEL_STEPS = 20
_SMOOTHED_STEPS = 5
_START_STEPS = 15
_NOISE_FLATNESS = -1.5

_SHORTEST_LAG_S, _LONGEST_LAG_S = 0.3, 2.0
_LEAST_REPEATED_S = 1.2
_LIKENESS = 0.84
"""Sound readings of texts that do not repeat themselves stayed below 0.75. An end that
was said three times by splicing is found in 91 (0.5 s each) to 99 of 100 cases."""
_FLOOR_DB = 45.0
_LEAST_SWING_DB = 2.0
_SAID_THRICE = re.compile(r"(.{2,40}?)(.{0,8}?)\1\2\1")
_LETTER_THRICE = re.compile(r"\b(\w)\W+\1\W+\1\b")
_NO_LETTERS = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class Ending:
    """The last seconds of a clip, up to its last sound.

    Attributes:
        bands: Step × band, in decibels.
        flatness: Of each step: 0 for a flat spectrum, about −0.6 for white noise, far below for a
            tone.
    """

    bands: Decibels
    flatness: Decibels

    @classmethod
    def of(cls, speech: Speech) -> Ending | None:
        """Look at a clip; ``None`` when it is too short to end in anything."""
        rate = speech.sample_rate
        samples = np.frombuffer(speech.pcm, "<i2").astype(np.float32) / (1 << 15)
        size = 1 << (round(_FRAME_S * rate).bit_length() - 1)
        hop = round(_HOP_S * rate)
        tail = samples[-round(_LOOKED_AT_S * rate) :]
        if tail.size < size + hop:
            return None
        tail = tail - tail.mean()
        frames = np.lib.stride_tricks.sliding_window_view(tail, size)[::hop]
        spectra = np.fft.rfft(frames * np.hanning(size).astype(np.float32), axis=1)
        power = np.square(spectra.real) + np.square(spectra.imag) + np.float32(1e-9)
        highest = min(_HIGHEST_HZ, 0.48 * rate)
        edges = _LOWEST_HZ * (highest / _LOWEST_HZ) ** (np.arange(_BANDS + 1) / _BANDS)
        bins = np.unique(np.round(edges * size / rate).astype(int))
        inner = power[:, bins[0] : bins[-1]]
        total = 10 * np.log10(inner.sum(axis=1))
        sounding = np.flatnonzero(total > total.max() - _END_BELOW_LOUDEST_DB)
        kept = slice(sounding[0], sounding[-1] + 1)
        bands = 10 * np.log10(np.add.reduceat(inner, bins[:-1] - bins[0], axis=1))
        flatness = np.log(inner).mean(axis=1) - np.log(inner.mean(axis=1))
        return cls(bands[kept], flatness[kept])


def tail_faults(speech: Speech, spoken: str) -> Iterator[Fault]:
    """What is wrong with the end of a clip."""
    ending = Ending.of(speech)
    if ending is None:
        return
    yield from _noise(ending)
    yield from _repetition(ending, spoken)


def _noise(ending: Ending) -> Iterator[Fault]:
    """The shape of the spectrum stands still, whatever the level: no speech does for a second."""
    shape = ending.bands - np.median(ending.bands[-_MODEL_STEPS:], axis=0)
    shape -= np.median(shape, axis=1, keepdims=True)
    moving = np.flatnonzero(_smoothed(np.abs(shape).mean(axis=1)) >= _STEADY_DB)
    steady = len(shape) - 1 - int(moving[-1]) if moving.size else len(shape)
    if steady * _HOP_S < _STEADY_S:
        return
    if len(shape) - steady > _START_STEPS:
        yield Fault(FaultKind.NOISE, f"it ends in {steady * _HOP_S:.1f} s of noise")
    elif ending.flatness.mean() > _NOISE_FLATNESS:
        yield Fault(FaultKind.NOISE, "it is nothing but noise")


def _repetition(ending: Ending, spoken: str) -> Iterator[Fault]:
    """The end is like what stands one period before it, for 1.2 s or more; the text is not."""
    bands = np.maximum(ending.bands, ending.bands.max() - _FLOOR_DB)
    bands -= bands.mean(axis=0)
    before = np.concatenate(([0.0], np.cumsum(np.einsum("ij,ij->i", bands, bands))))
    steps = len(bands)
    shortest, longest, least = (
        round(seconds / _HOP_S) for seconds in (_SHORTEST_LAG_S, _LONGEST_LAG_S, _LEAST_REPEATED_S)
    )
    for lag in range(shortest, min(longest, steps // 3) + 1):
        span = max(2 * lag, least)
        if span + lag > steps:
            continue
        late = before[steps] - before[steps - span]
        early = before[steps - lag] - before[steps - lag - span]
        swing = float(np.sqrt(late * early))
        if swing < span * bands.shape[1] * _LEAST_SWING_DB**2:
            continue  # hardly anything changes there: no speech, repeated or not
        likeness = float(np.vdot(bands[-span:], bands[-span - lag : -lag])) / swing
        if likeness > _LIKENESS and not says_thrice(spoken):
            words = f"its end says the same at least three times, {lag * _HOP_S:.1f} s each"
            yield Fault(FaultKind.REPETITION, words)
            return


def says_thrice(spoken: str) -> bool:
    """Whether some letters come three times: “nein, nein, nein”, “wieder und wieder und wieder”."""
    text = spoken.casefold()
    return bool(_SAID_THRICE.search(_NO_LETTERS.sub("", text)) or _LETTER_THRICE.search(text))


def _smoothed(values: Decibels) -> Decibels:
    """Each value the mean of those around it."""
    if values.size < _SMOOTHED_STEPS:
        return values
    padded = np.pad(values, _SMOOTHED_STEPS // 2, mode="edge")
    means: Decibels = np.convolve(padded, np.full(_SMOOTHED_STEPS, 1 / _SMOOTHED_STEPS), "valid")
    return means
