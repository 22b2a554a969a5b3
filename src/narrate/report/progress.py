"""How far a build is, and how long it will take."""

from __future__ import annotations

import time

from narrate.events import (
    ChapterEncoded,
    Downloading,
    EpisodeWritten,
    Event,
    Started,
    UtteranceSpoken,
)
from narrate.report.text import duration


class Progress:
    """Counts events. Time left comes from the characters spoken per second so far."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._totals = Started(0, 0, 0, 0, 0)
        self._episodes = self._chapters = self._utterances = self.characters = 0
        self._audio_s = 0.0
        self._download = ""

    def note(self, event: Event) -> None:
        """Count an event."""
        if isinstance(event, Started):
            self._totals = event
            self._began = time.monotonic()
        elif isinstance(event, UtteranceSpoken):
            self._utterances += 1
            self.characters += event.characters
            self._audio_s += event.audio_s
            self._download = ""
        elif isinstance(event, ChapterEncoded):
            self._chapters += 1
        elif isinstance(event, EpisodeWritten):
            self._episodes += 1
        elif isinstance(event, Downloading):
            self._download = _download(event)

    @property
    def total_characters(self) -> int:
        """Characters to be spoken in all."""
        return self._totals.characters

    def __str__(self) -> str:
        if self._download:
            return self._download
        totals = self._totals
        parts = [
            f"episodes {self._episodes}/{totals.episodes}",
            f"chapters {self._chapters}/{totals.chapters}",
            f"utterances {self._utterances}/{totals.utterances}",
        ]
        elapsed = time.monotonic() - self._began
        if self._audio_s:
            parts.append(f"real-time factor {elapsed / self._audio_s:.2f}")
            left = (totals.characters - self.characters) * elapsed / max(self.characters, 1)
            parts.append(f"{duration(left)} left")
        return ", ".join(parts)


def _download(event: Downloading) -> str:
    megabytes = f"{event.done / 1e6:.1f}"
    if event.total:
        megabytes += f" of {event.total / 1e6:.1f}"
    return f"fetching {event.what}: {megabytes} MB"
