"""Finished audio. Lengths are counted in frames: one sample per channel."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Loudness:
    """What every chapter is brought to.

    Attributes:
        lufs: Integrated loudness (ITU-R BS.1770).
        true_peak_dbtp: Highest inter-sample peak, measured on the encoded audio.
    """

    lufs: float
    true_peak_dbtp: float = -1.0


@dataclass(frozen=True, slots=True)
class AudioSettings:
    """Form of the finished files.

    Attributes:
        formats: Subset of ``mp3``, ``m4b`` and ``m4a``, in the order they are written.
        channels: 1 or 2 (the same signal on both).
        bitrate_kbps: Constant for MP3, average for AAC; of the whole stream.
    """

    formats: tuple[str, ...] = ("mp3", "m4b")
    sample_rate: int = 44_100
    channels: int = 1
    bitrate_kbps: int = 96
    loudness: Loudness = Loudness(-19.0)

    @property
    def encodings(self) -> tuple[str, ...]:
        """What chapters are encoded in, each once: some formats hold the same packets."""
        return tuple(dict.fromkeys(encoding_of(fmt) for fmt in self.formats))


def encoding_of(fmt: str) -> str:
    """The format of the encoded chapters that a file is joined from."""
    return "m4b" if fmt == "m4a" else fmt


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter of a finished file; frames count from its beginning."""

    title: str
    start_frame: int
    end_frame: int


@dataclass(frozen=True, slots=True)
class Tags:
    """What a finished file says of itself.

    Attributes:
        lyrics: Everything that is said, a paragraph a line; left out of files where it is empty.
        measured: How loud the file is, for ReplayGain.
    """

    title: str
    artist: str
    album: str
    lang: str
    date: str
    description: str = ""
    link: str = ""
    lyrics: str = ""
    measured: Loudness | None = None
