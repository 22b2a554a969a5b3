"""How far a build is, and how long it will take."""

from __future__ import annotations

import time

from narrate.events import (
    ChapterEncoded,
    Downloading,
    EpisodeWritten,
    Event,
    Started,
    Uploading,
    UtteranceSpoken,
)
from narrate.report.text import duration
from narrate.running import Running

_SPEED_AFTER_S = 1.0


class Progress:
    """Counts events. The time between two events belongs to the kind of work the later one ends."""

    def __init__(self) -> None:
        self._began = self._last = time.monotonic()
        self._totals = Started(0, 0, 0, 0, 0)
        self._episodes = self._chapters = self._utterances = self.characters = 0
        self._audio_s = self._speaking_s = self._encoding_s = 0.0
        self._transfer = _Transfer()

    def note(self, event: Event) -> None:
        """Count an event."""
        now = time.monotonic()
        since, self._last = now - self._last, now
        self._transfer.note(event, now)
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
    def share(self) -> tuple[int, int]:
        """How much of how much is done: bytes while something is transferred, else characters."""
        if event := self._transfer.event:
            return event.done, event.total
        return self.characters, self._totals.characters

    def __str__(self) -> str:
        if self._transfer.event:
            return str(self._transfer)
        totals = self._totals
        parts = [
            f"episodes {self._episodes}/{totals.episodes}",
            f"chapters {self._chapters}/{totals.chapters}",
            f"utterances {self._utterances}/{totals.utterances}",
        ]
        if (left := self._left_s()) is not None:
            parts.append(f"{duration(left)} left")
        if self._audio_s:
            factor = (self._last - self._began) / self._audio_s
            parts.append(f"real-time factor {factor:.2f}")
        return ", ".join(parts)

    def state(self, article: str) -> Running:
        """The counts, for other processes.

        Args:
            article: Stem of the episode the build is at.
        """
        totals = self._totals
        return Running(
            doing=str(self),
            article=article,
            episodes_done=self._episodes,
            episodes=totals.episodes,
            chapters_done=self._chapters,
            chapters=totals.chapters,
            utterances_done=self._utterances,
            utterances=totals.utterances,
            characters_done=self.characters,
            characters=totals.characters,
            left_s=self._left_s(),
        )

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


class _Transfer:
    """What is being fetched or published, how fast, and how long it will take."""

    def __init__(self) -> None:
        self.event: Downloading | Uploading | None = None
        self._first = (0.0, 0)
        self._last = 0.0

    def note(self, event: Event, now: float) -> None:
        """Remember a step of a transfer; any other event ends it."""
        going = event if isinstance(event, (Downloading, Uploading)) else None
        before, self.event, self._last = self.event, going, now
        if going and (before is None or before.what != going.what):
            self._first = (now, going.done)

    def __str__(self) -> str:
        event = self.event
        if event is None:
            return ""
        size = f"{event.done / 1e6:.1f}" + (f" of {event.total / 1e6:.1f}" if event.total else "")
        verb = "fetching" if isinstance(event, Downloading) else "publishing"
        line = f"{verb} {event.what}: {size} MB"
        began, had = self._first
        passed, came = self._last - began, event.done - had
        if passed < _SPEED_AFTER_S or came <= 0:
            return line
        line += f", {came / passed / 1e6:.1f} MB/s"
        if event.total:
            line += f", {duration((event.total - event.done) * passed / came)} left"
        return line
