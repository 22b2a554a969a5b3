"""Samples ↔ sound files in memory, by libsndfile."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from narrate.model import Speech


def compressed(speech: Speech, fmt: str) -> bytes:
    """The content of a sound file.

    In memory, for libsndfile does not say when a disk is full; and in a thread of its own, for it
    calls back into Python, where Ctrl-C would be lost: only the main thread ever gets it.

    Args:
        fmt: ``FLAC``, ``WAV``, ``OGG`` or ``MP3``.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(_compressed, speech, fmt).result()


def _compressed(speech: Speech, fmt: str) -> bytes:
    import numpy as np  # noqa: PLC0415 - loaded when there is something to write
    import soundfile  # type: ignore[import-untyped]  # noqa: PLC0415

    file = io.BytesIO()
    samples = np.frombuffer(speech.pcm, dtype="<i2")
    soundfile.write(file, samples, speech.sample_rate, format=fmt)
    return file.getvalue()


def read_sound(path: Path) -> Speech:
    """The samples of a sound file with one channel of 16 bits."""
    import soundfile  # noqa: PLC0415 - loaded when there is something to read

    samples, rate = soundfile.read(path, dtype="int16")
    return Speech(rate, samples.astype("<i2").tobytes())
