"""Plain lines: for screen readers, log files and terminals that cannot draw."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from narrate.events import (
    ChapterEncoded,
    Downloading,
    EpisodeWritten,
    Event,
    Failed,
    FeedWritten,
    Finished,
    Started,
    UtteranceSpoken,
    Warned,
)
from narrate.report import text
from narrate.report.progress import Progress

PROGRESS_EVERY_S = 10.0


class PlainReport:
    """Writes a line for each event that matters, and progress at most every ten seconds.

    Args:
        output: Name of the output folder as it is shown.
    """

    def __init__(self, output: str) -> None:
        self._output = output
        self._progress = Progress()
        self._feeds: list[FeedWritten] = []
        self._last = time.monotonic()

    def __enter__(self) -> PlainReport:  # noqa: PYI034 - typing.Self is not in 3.10
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        sys.stdout.flush()

    def __call__(self, event: Event) -> None:
        """Write what an event says."""
        self._progress.note(event)
        if isinstance(event, Started):
            self._line(text.started(event))
        elif isinstance(event, Warned):
            self._line(text.warned(event), to_stderr=True)
        elif isinstance(event, Failed):
            self._line(text.failed(event.error), to_stderr=True)
        elif isinstance(event, EpisodeWritten):
            self._line(text.episode_written(event))
        elif isinstance(event, FeedWritten):
            self._feeds.append(event)
        elif isinstance(event, Finished):
            for line in text.summary(event, self._feeds, self._output):
                self._line(line)
        elif isinstance(event, (UtteranceSpoken, ChapterEncoded, Downloading)):
            self._now_and_then()

    def _now_and_then(self) -> None:
        if time.monotonic() - self._last >= PROGRESS_EVERY_S:
            self._last = time.monotonic()
            self._line(f"Progress: {self._progress}")

    def _line(self, line: str, *, to_stderr: bool = False) -> None:
        print(line, file=sys.stderr if to_stderr else sys.stdout, flush=True)
