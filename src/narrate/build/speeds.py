"""How long things take on this machine, as earlier builds measured it: ``.narrate/speeds/``.

Nothing that is made depends on these numbers: they only tell what to expect.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from narrate.build.workspace import Workspace
from narrate.errors import NarrateError
from narrate.files import seal, unseal, write_atomically
from narrate.model import Voice, digest

_SCHEMA = 1
_REMEMBERED_S = 1_800.0
_FEWEST_S = 1.0
_ENCODING = "encoding"


@dataclass(frozen=True, slots=True)
class Speed:
    """What was measured of one kind of work, summed up.

    Attributes:
        audio_s: Length of the audio that was made.
        worker_s: Processing time, of all workers together.
        characters: Of the spoken forms; 0 for encoding.
        bytes: Of what was kept.
    """

    audio_s: float = 0.0
    worker_s: float = 0.0
    characters: int = 0
    bytes: int = 0

    def __add__(self, other: Speed) -> Speed:
        return Speed(
            self.audio_s + other.audio_s,
            self.worker_s + other.worker_s,
            self.characters + other.characters,
            self.bytes + other.bytes,
        )

    def faded(self) -> Speed:
        """The same, counting for half an hour of audio at most: machines and disks change."""
        share = min(1.0, _REMEMBERED_S / self.audio_s) if self.audio_s else 1.0
        return Speed(
            self.audio_s * share,
            self.worker_s * share,
            round(self.characters * share),
            round(self.bytes * share),
        )


@dataclass
class Speeds:
    """Reads what is known, gathers what a build measures, and keeps both."""

    space: Workspace
    _measured: dict[str, Speed] = field(default_factory=dict)

    def of(self, voice: Voice) -> Speed | None:
        """How fast a voice spoke here; ``None`` while nobody knows."""
        return _read(self._path(self._name(voice)))

    def of_encoding(self) -> Speed | None:
        """How fast chapters were encoded and joined here, in all formats of the show."""
        return _read(self._path(self._encoding))

    def spoke(self, voice: Voice, speed: Speed) -> None:
        """Add what a clip took."""
        self._add(self._name(voice), speed)

    def encoded(self, speed: Speed) -> None:
        """Add what an episode's chapters and files took, with all workers at work."""
        self._add(self._encoding, speed)

    def keep(self) -> None:
        """Write down what was measured; a disk that refuses is no reason to fail."""
        for name, speed in self._measured.items():
            path = self._path(name)
            if speed.audio_s < _FEWEST_S:
                continue
            total = (_read(path) or Speed()).faded() + speed
            content = {key: getattr(total, key) for key in Speed.__slots__}
            with contextlib.suppress(NarrateError):
                write_atomically(path, seal(content, _SCHEMA))
        self._measured.clear()

    @property
    def _encoding(self) -> str:
        audio = self.space.show.audio
        told = [list(audio.formats), audio.channels, audio.bitrate_kbps, audio.sample_rate]
        return f"{_ENCODING}-{digest(told)[:16]}"

    def _name(self, voice: Voice) -> str:
        return digest([voice.name, self.space.voice_digest(voice)])

    def _path(self, name: str) -> Path:
        return self.space.show.cache / "speeds" / f"{name}.json"

    def _add(self, name: str, speed: Speed) -> None:
        self._measured[name] = self._measured.get(name, Speed()) + speed


def _read(path: Path) -> Speed | None:
    content = unseal(path, _SCHEMA)
    return None if content is None else _sound(content)


def _sound(content: Mapping[str, object]) -> Speed | None:
    try:
        speed = Speed(**content)  # type: ignore[arg-type]
        fits = all(math.isfinite(getattr(speed, name)) for name in Speed.__slots__)
    except (TypeError, ValueError):
        return None
    return speed if fits and speed.audio_s > 0 and speed.worker_s > 0 else None
