"""A bar for terminals that can draw one."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.table import Column

from narrate.model import printable_lines
from narrate.report.lines import LineReport, Weight

_BAR_WIDTH, _ELAPSED_WIDTH = 10, 7
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
            BarColumn(bar_width=_BAR_WIDTH, table_column=Column(min_width=_BAR_WIDTH)),
            # What is last in the line gives way where a terminal is narrow.
            TextColumn(
                "{task.description}",
                markup=False,
                table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis"),
            ),
            TimeElapsedColumn(table_column=Column(min_width=_ELAPSED_WIDTH, no_wrap=True)),
            console=self._console,
            transient=True,
            expand=True,
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
