"""One chapter's PCM becomes a stream of encoded frames at the right loudness."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.encode.ffmpeg import Ffmpeg, run_ffmpeg
from narrate.encode.loudness import (
    TOLERANCE_LU,
    Level,
    Treatment,
    corrected,
    distance,
    first_treatment,
    is_safe,
    measure,
)
from narrate.encode.streams import JOIN_FRAMES, SAMPLE_RATES, STREAMS, cut_stream
from narrate.errors import AudioError
from narrate.files import write_failure
from narrate.model import AudioSettings

if TYPE_CHECKING:
    from ffmpeg.nodes import FilterableStream, OutputStream  # type: ignore[import-untyped]

_ROUNDS = 5
"""A chapter is encoded at most this often; speech needs one or two."""

_LAME_SCALE_DB = -0.45
"""LAME multiplies what it is given by 0.95."""

_STEREO = 2

_OVERSAMPLING = 4
"""BS.1770's measure of true peak; the limiter sees what lies between the samples."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """How an encoded chapter came out.

    Attributes:
        frames: Its length; as many as the PCM had.
        level: Of the encoded audio.
        rounds: How often it was encoded.
    """

    frames: int
    level: Level
    rounds: int


def measure_chapter(pcm: Path, settings: AudioSettings, ffmpeg: Ffmpeg) -> Level:
    """How loud a chapter is before it is encoded: alike for every format.

    Raises:
        AudioError: ffmpeg fails.
    """
    return measure(ffmpeg, pcm, _pcm_options(settings))


def measure_part(part: Path, fmt: str, ffmpeg: Ffmpeg) -> Level:
    """How loud an encoded chapter is.

    Raises:
        AudioError: ffmpeg fails.
    """
    return measure(ffmpeg, part, {"f": STREAMS[fmt].demuxer})


def encode_chapter(  # noqa: PLR0913 - what a chapter is encoded from
    pcm: Path,
    fmt: str,
    settings: AudioSettings,
    ffmpeg: Ffmpeg,
    destination: Path,
    *,
    source: Level | None = None,
) -> Encoded:
    """Encode a chapter so that it can be joined to others without being decoded.

    The encoded audio is measured and, while it misses the loudness or the true peak of the
    settings, encoded again with what was learnt. The true peak has precedence: a chapter whose
    peaks leave no room stays quieter than asked.

    Args:
        pcm: As :func:`narrate.assemble.assemble_chapter` writes it.
        fmt: ``mp3`` (MP3 frames) or ``m4b`` (AAC in ADTS).
        destination: Written whole or not at all.
        source: What :func:`measure_chapter` found; measured here when it is not given.

    Raises:
        AudioError: The PCM is damaged, the sample rate unknown to the formats, or ffmpeg fails.
        OutputError: The folder of ``destination`` cannot be written.
    """
    if settings.sample_rate not in SAMPLE_RATES:
        raise AudioError(
            f"audio cannot be encoded at {settings.sample_rate} Hz",
            mend=f"Use one of {', '.join(map(str, SAMPLE_RATES))}.",
        )
    size = pcm.stat().st_size
    frames = size // 2
    if not frames or size % (2 * JOIN_FRAMES):
        raise AudioError("the audio of a chapter is damaged: it does not fill whole frames")
    try:
        with tempfile.TemporaryDirectory(dir=destination.parent, prefix=".encode-") as folder:
            level = source or measure_chapter(pcm, settings, ffmpeg)
            rounds = list(_rounds(pcm, level, fmt, settings, ffmpeg, Path(folder)))
            best = min(rounds, key=lambda result: result.rank)
            best.path.replace(destination)
    except OSError as error:
        raise write_failure(destination, error) from error
    return Encoded(frames, best.level, len(rounds))


@dataclass(frozen=True, slots=True)
class _Round:
    """One encoding and how it turned out.

    Attributes:
        rank: The lower the better: peaks first, then the distance from the loudness asked for.
    """

    path: Path
    level: Level
    rank: tuple[bool, float]


def _rounds(  # noqa: PLR0913, PLR0917 - what a chapter is encoded from
    pcm: Path, source: Level, fmt: str, settings: AudioSettings, ffmpeg: Ffmpeg, folder: Path
) -> Iterator[_Round]:
    """Encode until the result fits."""
    target = settings.loudness
    frames = pcm.stat().st_size // 2
    # Both channels of a stereo file carry the chapter: together 3 dB louder than the one.
    known = (_LAME_SCALE_DB if fmt == "mp3" else 0.0, 10 * math.log10(settings.channels))
    treatment = first_treatment(source, target, *known)
    for number in range(_ROUNDS):
        raw, path = folder / f"{number}.raw", folder / f"{number}.{fmt}"
        graph = _treated(pcm, frames, settings, treatment)
        run_ffmpeg(ffmpeg, _encoder(graph, fmt, settings, raw), raw, "encoding a chapter")
        cut_stream(raw, fmt, frames, path)
        raw.unlink()
        level = measure_part(path, fmt, ffmpeg)
        safe = is_safe(level, target)
        miss = distance(level, target) if safe else level.true_peak
        yield _Round(path, level, (not safe, miss))
        if safe and miss <= TOLERANCE_LU:
            return
        treatment = corrected(treatment, level, target)


def _pcm_options(settings: AudioSettings) -> dict[str, str | int]:
    return {"f": "s16le", "ar": settings.sample_rate, "ac": 1}


def _treated(
    pcm: Path, frames: int, settings: AudioSettings, treatment: Treatment
) -> FilterableStream:
    """The chapter as the encoder gets it; as many frames as before, none of them moved."""
    import ffmpeg as graph  # type: ignore[import-untyped] # noqa: PLC0415

    rate = settings.sample_rate
    stream = graph.input(f"file:{pcm}", **_pcm_options(settings))
    stream = stream.filter("volume", f"{treatment.gain_db}dB")
    if treatment.limiting:
        ceiling = 10 ** (treatment.ceiling_db / 20)
        stream = (
            stream.filter("aresample", rate * _OVERSAMPLING)
            .filter("alimiter", limit=ceiling, level=0, attack=2, release=50, latency=1)
            .filter("aresample", rate)
            .filter("apad", whole_len=frames)
            .filter("atrim", end_sample=frames)
        )
    if settings.channels == _STEREO:
        stream = stream.filter("pan", "stereo|c0<c0|c1<c0")
    return stream


def _encoder(
    stream: FilterableStream, fmt: str, settings: AudioSettings, destination: Path
) -> OutputStream:
    """Constant bit rate and nothing that names a time or a version."""
    codecs: dict[str, dict[str, str | int]] = {
        # Without the reservoir no frame needs bytes of an earlier one, so frames can be joined.
        "mp3": {"c:a": "libmp3lame", "reservoir": 0, "write_xing": 0, "id3v2_version": 0},
        # 13 dB more SNR on speech than the default coder at the same size, and twice as fast.
        # Without noise substitution: a decoder draws that noise, so how a chapter sounds would
        # depend on those before it. It saves nothing at these bit rates.
        "m4b": {"c:a": "aac", "aac_coder": "fast", "aac_pns": 0},
    }
    options: dict[str, str | int] = {
        "f": STREAMS[fmt].muxer,
        "b:a": f"{settings.bitrate_kbps}k",
        "flags": "+bitexact",
        "fflags": "+bitexact",
        "map_metadata": -1,
    }
    return stream.output(f"file:{destination}", **codecs[fmt], **options)
