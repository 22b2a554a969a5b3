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
    """Counts events. The time between two events belongs to the kind of work the later one ends."""

    def __init__(self) -> None:
        self._began = self._last = time.monotonic()
        self._totals = Started(0, 0, 0, 0, 0)
        self._episodes = self._chapters = self._utterances = self.characters = 0
        self._audio_s = self._speaking_s = self._encoding_s = 0.0
        self._download = ""

    def note(self, event: Event) -> None:
        """Count an event."""
        now = time.monotonic()
        since, self._last = now - self._last, now
        self._download = _download(event) if isinstance(event, Downloading) else ""
        if isinstance(event, Started):
            self._totals = event
            self._began = now
        elif isinstance(event, UtteranceSpoken):
            self._utterances += 1
            self.characters += event.characters
            self._audio_s += event.audio_s
            self._speaking_s += since
        elif isinstance(event, ChapterEncoded):
            self._chapters += 1
            self._encoding_s += since
        elif isinstance(event, EpisodeWritten):
            self._episodes += 1
            self._encoding_s += since

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
        if self._audio_s:
            factor = (self._last - self._began) / self._audio_s
            parts.append(f"real-time factor {factor:.2f}")
        if (left := self._left_s()) is not None:
            parts.append(f"{duration(left)} left")
        return ", ".join(parts)

    def _left_s(self) -> float | None:
        """Expected seconds until all is spoken and encoded; ``None`` before anything was."""
        left = 0.0
        if self._totals.characters:
            if not self.characters:
                return None
            each = self._speaking_s / self.characters
            left += each * (self._totals.characters - self.characters)
        if self._chapters:
            left += self._encoding_s / self._chapters * (self._totals.chapters - self._chapters)
        return left


def _download(event: Downloading) -> str:
    megabytes = f"{event.done / 1e6:.1f}"
    if event.total:
        megabytes += f" of {event.total / 1e6:.1f}"
    return f"fetching {event.what}: {megabytes} MB"
