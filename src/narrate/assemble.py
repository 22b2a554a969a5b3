"""Clips become the PCM of one chapter, and chapters become marks.

The PCM of a chapter is raw: signed 16-bit little-endian samples, one channel, at the show's
sample rate. It begins with :data:`narrate.model.CHAPTER_LEAD_MS` of digital silence and fills
whole codec frames of every format, so that encoded chapters join without being decoded. Clips
are written out one by one; no more than one of them is in memory.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from narrate.encode.streams import JOIN_FRAMES, JOIN_SILENCE
from narrate.errors import AudioError
from narrate.files import write_failure
from narrate.model import CHAPTER_LEAD_MS, AudioSettings, Mark, Speech

with warnings.catch_warnings():
    # pydub warns of a missing ffmpeg, which it is never asked to start here, and the compiler
    # and audioop warn of pydub itself.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from numpy.typing import NDArray

SILENCE_BELOW_LOUDEST_DB = 45.0
"""Quieter than the clip's loudest moment by this much is silence: below speech, above the hiss
that speech synthesis leaves at both ends."""

SILENCE_DBFS = -60.0
"""Quieter than this is silence whatever the clip."""

_WINDOW_S = 0.002
_KEEP_BEFORE_S, _KEEP_AFTER_S = 0.010, 0.020
_FADE_IN_S, _FADE_OUT_S = 0.005, 0.015

_HEADROOM = 10 ** (-3 / 20)
"""Clips at full scale rise above it between their samples; loudness is set when encoding."""

_FULL_SCALE = 32_768.0


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the sound of a chapter lies, in frames from its beginning.

    Attributes:
        frames: Length of the chapter, a multiple of :data:`JOIN_FRAMES`.
        clips: For each clip where it is first and last heard: a half-open range.
    """

    frames: int
    clips: tuple[tuple[int, int], ...]


def assemble_chapter(
    clips: Iterable[tuple[Speech, int]], settings: AudioSettings, destination: Path
) -> Layout:
    """Join clips to the PCM of one chapter.

    Each clip loses the silence at its ends and is followed by exactly its own pause. At least
    :data:`JOIN_SILENCE` frames of silence end the chapter.

    Args:
        clips: Each with the pause after it, in milliseconds; read once, in order.
        destination: Written anew; removed again on failure.

    Raises:
        AudioError: There are no clips, or one is silent or damaged.
        OutputError: ``destination`` cannot be written.
    """
    complete = False
    try:
        with destination.open("wb") as file:
            layout = _lay_out(clips, settings.sample_rate, file.write)
        complete = True
    except OSError as error:
        raise write_failure(destination, error) from error
    finally:
        if not complete:
            with contextlib.suppress(OSError):
                destination.unlink()
    return layout


def layout_of(clips: Iterable[tuple[Speech, int]], settings: AudioSettings) -> Layout:
    """How :func:`assemble_chapter` would lay clips out, without writing anything.

    Raises:
        AudioError: As there.
    """
    return _lay_out(clips, settings.sample_rate, len)


def marks(titles: Sequence[str], frames: Sequence[int]) -> tuple[Mark, ...]:
    """Place chapters one behind the other: the first at 0, each ending where the next begins.

    Args:
        titles: One for each chapter.
        frames: Length of each chapter.

    Raises:
        ValueError: There are not as many titles as lengths.
    """
    placed: list[Mark] = []
    start = 0
    for title, length in zip(titles, frames, strict=True):
        placed.append(Mark(title, start, start + length))
        start += length
    return tuple(placed)


def _lay_out(
    clips: Iterable[tuple[Speech, int]], rate: int, write: Callable[[bytes], object]
) -> Layout:
    """Hand on lead, clips with their pauses, and tail, piece by piece."""
    frames = number = pause = 0
    heard = []
    for number, (speech, pause_ms) in enumerate(clips, 1):
        sound = _sound(speech, rate, number)
        if number == 1:
            # The quiet that is kept before the first sound belongs to the half second.
            frames = _frames_of(CHAPTER_LEAD_MS, rate) - sound.start
            write(bytes(2 * frames))
        heard.append((frames + sound.start, frames + sound.end))
        pause = _frames_of(pause_ms, rate)
        piece = _segment(sound.pcm, rate).append(_segment(bytes(2 * pause), rate), crossfade=0)
        write(piece.raw_data)
        frames += int(piece.frame_count())
    if not number:
        raise AudioError("a chapter without any clip cannot be assembled")
    tail = max(JOIN_SILENCE - pause, 0)
    tail += -(frames + tail) % JOIN_FRAMES
    write(bytes(2 * tail))
    return Layout(frames + tail, tuple(heard))


def _frames_of(milliseconds: int, rate: int) -> int:
    return (milliseconds * rate + 500) // 1000


def _segment(pcm: bytes, rate: int) -> AudioSegment:
    return AudioSegment(data=pcm, sample_width=2, frame_rate=rate, channels=1)


@dataclass(frozen=True, slots=True)
class _Sound:
    """A clip as the chapter has it: trimmed, with a little quiet kept at both ends.

    Attributes:
        start, end: Frames between which it is heard.
    """

    pcm: bytes
    start: int
    end: int


def _sound(speech: Speech, rate: int, number: int) -> _Sound:
    """The clip at the chapter's rate, without the silence at its ends."""
    import soxr  # type: ignore[import-untyped] # noqa: PLC0415

    if speech.sample_rate <= 0 or not speech.pcm or len(speech.pcm) % 2:
        raise AudioError(f"clip {number} of the chapter is empty or damaged")
    samples: NDArray[np.float64] = np.frombuffer(speech.pcm, "<i2") / _FULL_SCALE
    if speech.sample_rate != rate:
        samples = soxr.resample(samples, speech.sample_rate, rate, quality="VHQ")
    heard = _heard(samples, rate)
    if heard is None:
        raise AudioError(f"clip {number} of the chapter is silent")
    first = max(heard[0] - round(_KEEP_BEFORE_S * rate), 0)
    kept = samples[first : heard[1] + round(_KEEP_AFTER_S * rate)].copy()
    _fade(kept[: round(_FADE_IN_S * rate)])
    _fade(kept[::-1][: round(_FADE_OUT_S * rate)])
    scaled = np.rint(kept * (_HEADROOM * _FULL_SCALE))
    pcm = np.clip(scaled, -_FULL_SCALE, _FULL_SCALE - 1).astype("<i2").tobytes()
    return _Sound(pcm, heard[0] - first, min(heard[1] - first, kept.size))


def _heard(samples: NDArray[np.float64], rate: int) -> tuple[int, int] | None:
    """From the first sound to the last, as a half-open range of frames; ``None`` if silent."""
    window = max(round(_WINDOW_S * rate), 1)
    padded = np.pad(samples, (0, -samples.size % window))
    power = np.square(padded).reshape(-1, window).mean(axis=1)
    threshold = max(
        float(power.max(initial=0.0)) * 10 ** (-SILENCE_BELOW_LOUDEST_DB / 10),
        10 ** (SILENCE_DBFS / 10),
    )
    loud = np.flatnonzero(power >= threshold)
    return (int(loud[0]) * window, (int(loud[-1]) + 1) * window) if loud.size else None


def _fade(edge: NDArray[np.float64]) -> None:
    """Raise ``edge`` from silence along half a cosine, in place."""
    edge *= 0.5 - 0.5 * np.cos(np.pi * (np.arange(edge.size) + 0.5) / max(edge.size, 1))
