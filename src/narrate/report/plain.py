"""Plain lines: for screen readers, log files and terminals that cannot draw."""

from __future__ import annotations

import sys
import time

from narrate.model import printable_lines
from narrate.report.lines import LineReport, Weight

PROGRESS_EVERY_S = 10.0


class PlainReport(LineReport):
    """Writes progress at most every ten seconds, warnings and failures to standard error.

    Args:
        output: Name of the output folder as it is shown.
    """

    def __init__(self, output: str) -> None:
        super().__init__(output)
        self._last = time.monotonic()

    def _write(self, line: str, weight: Weight) -> None:
        stream = sys.stdout if weight is Weight.USUAL else sys.stderr
        print(printable_lines(line), file=stream, flush=True)

    def _advance(self) -> None:
        if time.monotonic() - self._last >= PROGRESS_EVERY_S:
            self._last = time.monotonic()
            self._write(f"Progress: {self._progress}", Weight.USUAL)
