"""The recording that a cloned voice is taken from: read within bounds, and judged.

Read in narrate's own process before a build begins, and again by the worker that speaks: both
refuse the same recordings. Only as much is read as the model listens to, whatever a header claims.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narrate.errors import EngineError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHORTEST_S = 3.0
"""Least speech, in seconds, that a voice can be told from (Coqui's own comment on it)."""

ADVISED_S = 6.0
"""Speech, in seconds, from which on a clone resembles its speaker (XTTS v2's model card)."""

_MOST_BYTES = 256 << 20
_LONGEST_S = range(1, 601)
_USUAL_LONGEST_S = 30  # in the configuration that XTTS v2 comes with
_COQUI_LONGEST_S = 10  # in a configuration that does not say
_CHANNELS = 2
_RATES = range(16_000, 192_001)  # the model listens up to 8 kHz: below 16 kHz something is missing

_FRAME_S = 0.02
_PAUSE_FRAMES = 25  # a pause of half a second; a shorter one belongs to speech
_FLOOR_DB = -60.0
_PAUSE_BELOW_DB = 40.0
_QUIET_DB = -40.0
_CANCELLED_DB = 12.0
_PAUSES_SHARE = 0.5
_FLAT_SAMPLES = 3
_FLAT_WITHIN = 2.0**-17  # two samples of 24 bits lie closer, two of 16 bits do not
_FLAT_FROM = 0.1  # few steps are left for the tops of a quieter signal: they look flat
_CLIPPED_SHARE = 0.001

_FORMATS = "WAV, FLAC, MP3 or Ogg"
_KNOWN_FORMATS = frozenset({"WAV", "WAVEX", "RF64", "FLAC", "MP3", "OGG"})
_OPENINGS = (b"RIFF", b"RF64", b"fLaC", b"OggS", b"ID3")
_MPEG_SYNC = (0xFF, 0xE0)
_RECORD_AGAIN = "Record it again, close to the microphone and in a quiet room."


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """The part of a recording that a model listens to.

    Attributes:
        wave: One channel, −1 to 1.
        rate: Samples a second.
        goes_on: Whether the file holds more than this.
        speech_s: Length without the pauses, in seconds.
        level_db: Level of the speech, in dB below full scale (a negative number).
        clipped: Share of samples, 0 to 1, at which the signal was cut off flat.
    """

    wave: NDArray[np.float32]
    rate: int
    goes_on: bool
    speech_s: float
    level_db: float
    clipped: float

    @property
    def seconds(self) -> float:
        """Length, pauses included."""
        return len(self.wave) / self.rate


def longest_s(settings: Mapping[str, object], config: Path) -> int:
    """How many seconds of a recording a model listens to.

    Args:
        settings: The model's configuration.
        config: Its path, for messages.

    Raises:
        EngineError: The configuration names no sensible number.
    """
    value = settings.get("max_ref_len", _COQUI_LONGEST_S)
    if isinstance(value, int) and not isinstance(value, bool) and value in _LONGEST_S:
        return value
    raise EngineError(
        f"“max_ref_len” has a value that no Coqui model needs: {str(value)[:80]}",
        where=str(config),
        mend=f"It is a length in seconds; XTTS comes with {_USUAL_LONGEST_S}.",
    )


def read_recording(path: Path, longest: int = _USUAL_LONGEST_S) -> Recording:
    """The first ``longest`` seconds of a recording.

    Raises:
        EngineError: It cannot be read, or no voice can be taken from it.
    """
    channels, rate, goes_on = _samples(path, longest)
    import numpy as np  # noqa: PLC0415

    name = path.name
    if channels.size == 0:
        raise EngineError(f"the recording “{name}” holds no sound", mend=_enough(longest))
    if not np.isfinite(channels).all():
        raise EngineError(
            f"the recording “{name}” holds values that are no sound (NaN or infinite)",
            mend="Save it anew as 16-bit or 24-bit WAV.",
        )
    clipped = _clipped(channels)
    channels = channels.clip(-1.0, 1.0)
    wave: NDArray[np.float32] = channels.mean(axis=1, dtype=np.float32)
    loudness = _levels(wave, rate)
    level = float(np.percentile(loudness, 95))
    _refuse_cancelled(name, channels, rate, level)
    quiet = loudness < max(_FLOOR_DB, level - _PAUSE_BELOW_DB)
    speech_s = (len(quiet) - _in_runs(quiet, _PAUSE_FRAMES)) * _FRAME_S
    recording = Recording(wave, rate, goes_on, speech_s, level, clipped)
    _refuse_empty(name, recording, longest)
    return recording


def doubts(recording: Recording, longest: int = _USUAL_LONGEST_S) -> tuple[str, ...]:
    """What will make a clone worse than it could be, each as a clause."""
    return tuple(_doubts(recording, longest))


def _doubts(recording: Recording, longest: int) -> Iterator[str]:
    if recording.goes_on:
        yield f"only the first {longest} s of the recording are used"
    if recording.speech_s < min(ADVISED_S, longest):
        yield (
            f"the recording holds only {recording.speech_s:.1f} s of speech, "
            f"{ADVISED_S:g} to {longest} s sound more like the speaker"
        )
    pauses = 1.0 - recording.speech_s / recording.seconds
    if pauses > _PAUSES_SHARE:
        yield f"{pauses:.0%} of the recording are silent, cut the long pauses out"
    if recording.level_db < _QUIET_DB:
        yield (
            f"the recording is very quiet ({-recording.level_db:.0f} dB below full scale), "
            "so its noise will be heard"
        )
    if recording.clipped > _CLIPPED_SHARE:
        yield (
            f"{recording.clipped:.1%} of the recording are clipped, record it again with less gain"
        )


def _samples(path: Path, longest: int) -> tuple[NDArray[np.float32], int, bool]:
    """Frames × channels, the rate, and whether the file goes on behind them."""
    import soundfile  # type: ignore[import-untyped]  # noqa: PLC0415

    try:
        _look_at_file(path)
        with soundfile.SoundFile(path) as sound:
            _look_at_header(path, sound)
            audio = sound.read(sound.samplerate * longest, dtype="float32", always_2d=True)
            goes_on = len(audio) == sound.samplerate * longest and len(sound.read(1)) == 1
            return audio, sound.samplerate, goes_on
    except FileNotFoundError as error:
        raise EngineError(f"{path} is missing", mend="Put the file there.") from error
    except (OSError, RuntimeError, TypeError, ValueError, MemoryError) as error:
        # A name that ends in “.raw” is a TypeError to soundfile.
        raise _unreadable(path) from error


def _look_at_file(path: Path) -> None:
    """Refuse what is no recording before a decoder sees it: decoders know odd old formats too."""
    if path.exists() and not path.is_file():
        raise _unreadable(path)
    size = path.stat().st_size
    if size > _MOST_BYTES:
        raise EngineError(
            f"the recording “{path.name}” is a file of {size >> 20} MB",
            mend=f"Cut it to {ADVISED_S:g} to {_USUAL_LONGEST_S} s.",
        )
    with path.open("rb") as stream:
        opening = stream.read(4)
    is_mpeg = len(opening) > 1 and opening[0] == _MPEG_SYNC[0] and opening[1] >= _MPEG_SYNC[1]
    if not (is_mpeg or opening.startswith(_OPENINGS)):
        raise _unreadable(path)


def _look_at_header(path: Path, sound: Any) -> None:
    name = path.name
    if sound.format not in _KNOWN_FORMATS:
        raise _unreadable(path)
    if sound.channels > _CHANNELS:
        raise EngineError(
            f"the recording “{name}” has {sound.channels} channels",
            mend="Mix it down to one.",
        )
    if sound.samplerate not in _RATES:
        raise EngineError(
            f"the recording “{name}” has {sound.samplerate} samples a second",
            mend="Record at 22050 Hz or more; what was lost does not come back by converting.",
        )


def _unreadable(path: Path) -> EngineError:
    return EngineError(
        f"the recording “{path.name}” cannot be read", mend=f"It must be {_FORMATS}."
    )


def _refuse_cancelled(name: str, channels: NDArray[np.float32], rate: int, mixed_db: float) -> None:
    """Refuse two channels in opposite phase: their mean is nearly silent."""
    import numpy as np  # noqa: PLC0415

    each = [np.percentile(_levels(channel, rate), 95) for channel in channels.T]
    if max(each) - _CANCELLED_DB > max(mixed_db, _FLOOR_DB):
        raise EngineError(
            f"the two channels of the recording “{name}” cancel each other out",
            mend="Save one of them as a mono file.",
        )


def _refuse_empty(name: str, recording: Recording, longest: int) -> None:
    if recording.level_db <= _FLOOR_DB:
        raise EngineError(f"the recording “{name}” is silent", mend=_RECORD_AGAIN)
    if recording.speech_s < min(SHORTEST_S, longest) - _FRAME_S:
        raise EngineError(
            f"the recording “{name}” holds {recording.speech_s:.1f} s of speech",
            mend=_enough(longest),
        )


def _enough(longest: int) -> str:
    return f"Give {ADVISED_S:g} to {longest} s of one person speaking."


def _levels(wave: NDArray[np.float32], rate: int) -> NDArray[np.float64]:
    """Level of each frame of 20 ms, in dB below full scale."""
    import numpy as np  # noqa: PLC0415

    length = min(len(wave), round(rate * _FRAME_S))
    frames = wave[: len(wave) // length * length].reshape(-1, length).astype(np.float64)
    power: NDArray[np.float64] = np.mean(frames * frames, axis=1)
    levels: NDArray[np.float64] = 10.0 * np.log10(np.maximum(power, 1e-20))
    return levels


def _clipped(channels: NDArray[np.float32]) -> float:
    """Share of samples in flat tops: at full scale and above, or all at the loudest value."""
    import numpy as np  # noqa: PLC0415

    loud: NDArray[np.float32] = np.abs(channels)
    if loud.max() < _FLAT_FROM:
        return 0.0
    flat = loud >= min(1.0, float(loud.max()) - _FLAT_WITHIN)
    return sum(_in_runs(channel, _FLAT_SAMPLES) for channel in flat.T) / flat.size


def _in_runs(marked: NDArray[np.bool_], shortest: int) -> int:
    """How many elements are marked in runs of at least ``shortest``."""
    import numpy as np  # noqa: PLC0415

    edges = np.flatnonzero(np.diff(np.concatenate(([False], marked, [False])).astype(np.int8)))
    lengths = edges[1::2] - edges[::2]
    return int(lengths[lengths >= shortest].sum())
