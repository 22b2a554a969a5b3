"""A report that also notes for other processes how far the build is."""

from __future__ import annotations

import time
from pathlib import Path

from narrate import running
from narrate.events import ChapterEncoded, Downloading, EpisodeWritten, Event, UtteranceSpoken
from narrate.report.base import Report
from narrate.report.progress import Progress

_EVERY_S = 0.5


class NotedReport(Report):
    """Hands every event on, and leaves a note at most twice a second.

    Args:
        inner: The report that the user sees. Whoever opened it closes it.
        cache: The show's ``.narrate`` folder.
    """

    def __init__(self, inner: Report, cache: Path) -> None:
        self._inner, self._cache = inner, cache
        self._progress = Progress()
        self._article = ""
        self._noted = 0.0

    def __call__(self, event: Event) -> None:
        """Hand an event on and count it."""
        self._inner(event)
        self._progress.note(event)
        if isinstance(event, UtteranceSpoken | ChapterEncoded | EpisodeWritten):
            self._article = event.stem
        elif not isinstance(event, Downloading):
            # What else there is does not move the build; one that does nothing leaves no note.
            return
        now = time.monotonic()
        if not self._noted or now - self._noted >= _EVERY_S:
            self._noted = now
            running.note(self._cache, self._progress.state(self._article))

    def close(self) -> None:
        """Take the note away; the inner report stays open."""
        running.forget(self._cache)
