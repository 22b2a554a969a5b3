"""Which report fits the terminal and the user's wish."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from narrate.report.base import Report


def wants_plain(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the environment asks for plain output: ``NARRATE_PLAIN=1`` or ``TERM=dumb``."""
    return environ.get("NARRATE_PLAIN", "") not in ("", "0") or environ.get("TERM") == "dumb"


def open_report(output: str, *, plain: bool, json: bool) -> Report:
    """The report for this run.

    Args:
        output: Name of the output folder as it is shown.
        plain: The user asked for plain lines.
        json: The user asked for JSON; wins over ``plain``.
    """
    if json:
        from narrate.report.json_lines import JsonReport  # noqa: PLC0415

        return JsonReport()
    if plain or wants_plain() or not sys.stdout.isatty():
        from narrate.report.plain import PlainReport  # noqa: PLC0415

        return PlainReport(output)
    from narrate.report.bars import BarReport  # noqa: PLC0415

    return BarReport(output)
