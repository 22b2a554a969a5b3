"""Loudness (ITU-R BS.1770, EBU R 128): measuring it, and choosing what to do about it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from narrate.encode.ffmpeg import Ffmpeg, run_ffmpeg
from narrate.errors import AudioError
from narrate.model import Loudness

TOLERANCE_LU = 0.3
"""A chapter this near to its target is not encoded again."""

GATE_LUFS = -70.0
"""BS.1770 counts nothing below it: a chapter without louder moments has no loudness."""

_RESOLUTION_DB = 0.1
"""ffmpeg prints one decimal, so a peak may lie half of this above what it says."""

_LUFS = re.compile(r"\bI:\s+(\S+) LUFS")
_PEAK = re.compile(r"\bPeak:\s+(\S+) dBFS")


@dataclass(frozen=True, slots=True)
class Level:
    """What was measured.

    Attributes:
        lufs: Integrated loudness; :data:`GATE_LUFS` when there is none.
        true_peak: Highest inter-sample peak, dBTP.
    """

    lufs: float
    true_peak: float

    @property
    def audible(self) -> bool:
        """Whether anything passed the gate."""
        return self.lufs > GATE_LUFS


@dataclass(frozen=True, slots=True)
class Treatment:
    """What a chapter goes through before the encoder.

    Attributes:
        gain_db: Applied first.
        ceiling_db: What the limiter keeps all samples, also those between, below.
        limiting: Whether there is a limiter at all.
    """

    gain_db: float
    ceiling_db: float
    limiting: bool


def measure(ffmpeg: Ffmpeg, path: Path, options: dict[str, str | int]) -> Level:
    """Measure a file as it sounds when decoded.

    Args:
        options: Input options that tell ffmpeg what the file is.

    Raises:
        AudioError: ffmpeg fails.
    """
    import ffmpeg as graph  # type: ignore[import-untyped] # noqa: PLC0415

    stream = graph.input(f"file:{path}", **options).filter(
        "ebur128", peak="true", framelog="verbose"
    )
    log = run_ffmpeg(
        ffmpeg,
        stream.output("-", f="null"),
        None,
        "measuring the loudness of a chapter",
        log_level="info",
    )
    return level_in(log, ffmpeg)


def level_in(log: str, ffmpeg: Ffmpeg) -> Level:
    """What the filter ``ebur128`` has printed at its end.

    Raises:
        AudioError: It has printed nothing of the kind.
    """
    summary = log.rpartition("Summary:")[2]
    lufs, peak = _LUFS.search(summary), _PEAK.search(summary)
    if not lufs or not peak:
        raise AudioError("ffmpeg did not say how loud a chapter is", where=ffmpeg.path)
    value = float(lufs[1])
    return Level(max(GATE_LUFS, value), float(peak[1]))


def joined_loudness(levels: Iterable[tuple[Level, int]]) -> Loudness | None:
    """How loud chapters are together, each with its length; ``None`` where none has a loudness."""
    heard = [(level, frames) for level, frames in levels if level.audible]
    if not heard:
        return None
    power = sum(frames * 10 ** (level.lufs / 10) for level, frames in heard)
    mean = 10 * math.log10(power / sum(frames for _, frames in heard))
    return Loudness(mean, max(level.true_peak for level, _ in heard))


def first_treatment(
    source: Level, target: Loudness, encoder_db: float, channels_db: float
) -> Treatment:
    """Bring a chapter to its target; one without any loudness is left as it is.

    Args:
        encoder_db: Known change of level by the encoder, which is made up for.
        channels_db: By how much the finished file's channels together are louder than the source.
    """
    gain = target.lufs - source.lufs - channels_db - encoder_db if source.audible else 0.0
    ceiling = _limit(target) - encoder_db
    return Treatment(round(gain, 2), round(ceiling, 2), source.true_peak + gain > ceiling)


def corrected(treatment: Treatment, result: Level, target: Loudness) -> Treatment:
    """The next treatment, after ``treatment`` had ``result`` on the encoded audio."""
    gain = treatment.gain_db
    if result.audible:
        gain += target.lufs - result.lufs
    changed = replace(treatment, gain_db=round(gain, 2))
    excess = result.true_peak - _limit(target)
    if excess <= 0:
        return changed
    ceiling = treatment.ceiling_db - excess if treatment.limiting else treatment.ceiling_db
    return replace(changed, ceiling_db=round(ceiling, 2), limiting=True)


def is_safe(result: Level, target: Loudness) -> bool:
    """Whether the peaks are as low as they have to be."""
    return result.true_peak <= _limit(target) + _RESOLUTION_DB / 100


def distance(result: Level, target: Loudness) -> float:
    """How far from its target a chapter is, in LU; 0 for one without any loudness."""
    return abs(target.lufs - result.lufs) if result.audible else 0.0


def _limit(target: Loudness) -> float:
    return target.true_peak_dbtp - _RESOLUTION_DB
