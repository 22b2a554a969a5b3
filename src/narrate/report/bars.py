"""A bar for terminals that can draw one; everything else is the plain report's."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

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


class BarReport:
    """One bar that counts what is spoken, with the lines that matter above it.

    Args:
        output: Name of the output folder as it is shown.
    """

    def __init__(self, output: str) -> None:
        self._output = output
        self._progress = Progress()
        self._feeds: list[FeedWritten] = []
        self._console = Console(highlight=False, markup=False)
        self._bars = Bars(
            BarColumn(bar_width=24),
            TextColumn("{task.description}", markup=False),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
        )
        self._task = self._bars.add_task("", total=None)

    def __enter__(self) -> BarReport:  # noqa: PYI034 - typing.Self is not in 3.10
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def __call__(self, event: Event) -> None:
        """Draw or write what an event says."""
        self._progress.note(event)
        if isinstance(event, Started):
            self._console.print(text.started(event))
        elif isinstance(event, Warned):
            self._console.print(text.warned(event), style="yellow")
        elif isinstance(event, Failed):
            self._console.print(text.failed(event.error), style="bold red")
        elif isinstance(event, EpisodeWritten):
            self._console.print(text.episode_written(event))
        elif isinstance(event, FeedWritten):
            self._feeds.append(event)
        elif isinstance(event, Finished):
            self._bars.stop()
            for line in text.summary(event, self._feeds, self._output):
                self._console.print(line, soft_wrap=True)
        if isinstance(event, (UtteranceSpoken, ChapterEncoded, Downloading, EpisodeWritten)):
            self._bars.update(
                self._task,
                description=str(self._progress),
                completed=self._progress.characters,
                total=self._progress.total_characters or None,
            )
