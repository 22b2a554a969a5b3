"""Checks that several commands make, and how they print."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, is_dataclass
from typing import Any

from narrate.errors import UsageError


def check_langs(langs: Iterable[str] | None) -> tuple[str, ...]:
    """The languages of the command line, each known.

    Raises:
        UsageError: One is not.
    """
    from narrate.model import LANGUAGES  # noqa: PLC0415

    chosen = tuple(langs or ())
    for lang in chosen:
        if lang not in LANGUAGES:
            raise UsageError(
                f"narrate speaks no language “{lang}”",
                where="--lang",
                mend=f"Choose {' or '.join(LANGUAGES)}.",
            )
    return chosen


def default_jobs() -> int:
    """A worker for each core that this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return cores or 1


def tell(line: str = "", *, to_stderr: bool = False) -> None:
    """Print a line; what came from a file cannot steer the terminal."""
    from narrate.model import printable_lines  # noqa: PLC0415

    print(printable_lines(line), file=sys.stderr if to_stderr else sys.stdout)


def print_json(value: object) -> None:
    """Print a value as indented JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: Any) -> object:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]], title: str = "") -> None:
    """Print a table that fits the terminal; in a pipe every row stays on one line, whole."""
    if sys.stdout.isatty():
        _print_fitted(headings, rows, title)
        return
    if title:
        tell(title)
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    for row in (headings, *rows):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        tell("  ".join(cells).rstrip())


def _print_fitted(headings: Sequence[str], rows: Sequence[Sequence[str]], title: str) -> None:
    from rich import box  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from narrate.model import printable  # noqa: PLC0415

    table = Table(
        title=Text(printable(title)) if title else None,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    Console(highlight=False).print(table)
