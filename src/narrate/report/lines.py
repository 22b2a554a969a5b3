"""Which events get a line, whatever kind of terminal shows it."""

from __future__ import annotations

import abc
from enum import Enum

from narrate.events import (
    ChapterEncoded,
    Downloading,
    EpisodeWritten,
    Event,
    Failed,
    FeedWritten,
    Finished,
    Noted,
    ReadAgain,
    Started,
    Uploading,
    UtteranceSpoken,
    Warned,
)
from narrate.report import text
from narrate.report.base import Report
from narrate.report.progress import Progress

_ADVANCING = (UtteranceSpoken, ChapterEncoded, Downloading, Uploading, EpisodeWritten)


class Weight(Enum):
    """How much a line matters."""

    USUAL = "usual"
    WARNING = "warning"
    FAILURE = "failure"


class LineReport(Report):
    """A line for each event that matters, and the summary at the end.

    Args:
        output: Name of the output folder as it is shown.
    """

    def __init__(self, output: str) -> None:
        self._output = output
        self._progress = Progress()
        self._feeds: list[FeedWritten] = []

    def __call__(self, event: Event) -> None:
        """Write what an event says."""
        self._progress.note(event)
        self._tell(event)
        if isinstance(event, FeedWritten):
            self._feeds.append(event)
        elif isinstance(event, Finished):
            self.close()
            for line in text.summary(event, self._feeds, self._output):
                self._write(line, Weight.USUAL)
        if isinstance(event, _ADVANCING):
            self._advance()

    def _tell(self, event: Event) -> None:
        """Write the line of an event that has one."""
        if isinstance(event, Started):
            self._write(text.started(event), Weight.USUAL)
        elif isinstance(event, Noted):
            self._write(event.text, Weight.USUAL)
        elif isinstance(event, Warned):
            self._write(text.warned(event), Weight.WARNING)
        elif isinstance(event, Failed):
            self._write(text.failed(event.error), Weight.FAILURE)
        elif isinstance(event, ReadAgain):
            self._write(text.read_again(event), Weight.USUAL)
        elif isinstance(event, EpisodeWritten):
            self._write(text.episode_written(event), Weight.USUAL)

    @abc.abstractmethod
    def _write(self, line: str, weight: Weight) -> None:
        """Show one line."""

    @abc.abstractmethod
    def _advance(self) -> None:
        """Show how far the build is, if it is time to."""
