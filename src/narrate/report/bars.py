"""A bar for terminals that can draw one."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from narrate.model import printable_lines
from narrate.report.lines import LineReport, Weight

_STYLES = {Weight.USUAL: "", Weight.WARNING: "yellow", Weight.FAILURE: "bold red"}


class BarReport(LineReport):
    """One bar that counts what is spoken, with the lines that matter above it.

    Args:
        output: Name of the output folder as it is shown.
    """

    def __init__(self, output: str) -> None:
        super().__init__(output)
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

    def close(self) -> None:
        """Take the bar away; whatever is said later stands alone."""
        self._bars.stop()

    def _write(self, line: str, weight: Weight) -> None:
        self._console.print(printable_lines(line), style=_STYLES[weight], soft_wrap=True)

    def _advance(self) -> None:
        done, total = self._progress.share
        self._bars.update(
            self._task,
            description=str(self._progress),
            completed=done,
            total=total or None,
        )
