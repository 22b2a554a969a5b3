"""What is heard in a finished file when it is decoded from beginning to end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from narrate.encode.ffmpeg import Ffmpeg, run_ffmpeg
from narrate.encode.loudness import Level, level_in
from narrate.errors import AudioError

_SILENT_DB = -55
_SHORTEST_S = 0.1
_NUMBER = r"(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)"
_START = re.compile(rf"silence_start: {_NUMBER}")
_END = re.compile(rf"silence_end: {_NUMBER}")
_SAMPLES = re.compile(r"Number of samples: (\d+)")


@dataclass(frozen=True, slots=True)
class Heard:
    """A decoded file.

    Attributes:
        frames: Its length.
        silences: Start and end of each silence of at least a tenth of a second, in seconds.
    """

    level: Level
    frames: int
    silences: tuple[tuple[float, float], ...]

    def onset(self, start: float) -> float:
        """Seconds from ``start`` to the first sound after it; 0 when there is sound already."""
        within = 0.02
        for begin, end in self.silences:
            if begin - within <= start < end:
                return end - start
        return 0.0


def listen(ffmpeg: Ffmpeg, path: Path) -> Heard:
    """Decode a file once, with flat memory.

    Raises:
        AudioError: It cannot be decoded without an error.
    """
    import ffmpeg as graph  # type: ignore[import-untyped] # noqa: PLC0415

    stream = (
        graph.input(f"file:{path}", xerror=None, err_detect="explode")["a:0"]
        .filter("ebur128", peak="true", framelog="verbose")
        .filter("silencedetect", noise=f"{_SILENT_DB}dB", d=_SHORTEST_S)
        .filter("astats", measure_perchannel="none", measure_overall="Number_of_samples")
    )
    log = run_ffmpeg(
        *(ffmpeg, stream.output("-", f="null"), None, "listening to a file"), log_level="info"
    )
    samples = _SAMPLES.findall(log)
    if not samples:
        raise AudioError("ffmpeg did not say how long a file is", where=ffmpeg.path)
    return Heard(level_in(log, ffmpeg), int(samples[-1]), _silences(log))


def _silences(log: str) -> tuple[tuple[float, float], ...]:
    starts: Sequence[float] = [float(one) for one in _START.findall(log)]
    ends = [float(one) for one in _END.findall(log)]
    return tuple(zip(starts, [*ends, float("inf")][: len(starts)], strict=True))
