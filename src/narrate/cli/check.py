"""``narrate check``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli.app import Jobs, Json, Keys, Langs, show_folder
from narrate.cli.common import check_langs, default_jobs, print_json, print_table, tell

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.check import Report

_MOST_JOBS = 2
"""Listening is bound by the processor; more would only hold each other up."""


def check(
    context: typer.Context,
    keys: Keys = None,
    langs: Langs = None,
    public: Annotated[
        bool, typer.Option("--public", help="Ask the public addresses instead: reachable, right.")
    ] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Without listening to the audio.")] = False,
    as_json: Json = False,
    jobs: Jobs = None,
) -> None:
    """Check settings, files and feeds, and say what to mend.

    Leaves with 1 if there is an error, with 0 if there are only warnings and notes.

    \b
    Examples:
      narrate check
      narrate check welcome --lang en --json
      narrate check --public
    """  # noqa: D301
    from narrate.build import Workspace  # noqa: PLC0415
    from narrate.check import Scope, check_public, check_show  # noqa: PLC0415
    from narrate.errors import UsageError  # noqa: PLC0415

    chosen = check_langs(langs)
    if public and (keys or quick):
        raise UsageError(
            "the public addresses are asked for whole feeds",
            where="--public",
            mend="Leave out KEY and `--quick`; `--lang` may stay.",
        )
    space = Workspace.open(show_folder(context))
    if public:
        report = check_public(space, chosen)
    else:
        scope = Scope(tuple(keys or ()), chosen, quick)
        with _progress(quiet=as_json) as progress:
            report = check_show(space, scope, min(jobs or default_jobs(), _MOST_JOBS), progress)
    if as_json:
        print_json(_facts(report))
    else:
        _print(report, public=public)
    if not report.is_sound:
        raise typer.Exit(1)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A line that tells how far listening is, on a terminal only."""
    shown = not quiet and sys.stderr.isatty()

    def show(name: str, done: int, total: int) -> None:
        if shown:
            line = f"Listened to {done} of {total} files: {name}"[:78]
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        if shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _facts(report: Report) -> dict[str, object]:
    from narrate.check import Severity  # noqa: PLC0415

    return {
        "errors": report.count(Severity.ERROR),
        "warnings": report.count(Severity.WARNING),
        "notes": report.count(Severity.NOTE),
        "feeds": report.feeds,
        "episodes": report.episodes,
        "files": report.files,
        "findings": [
            {
                "severity": one.severity.value,
                "where": one.where,
                "what": one.what,
                "mend": one.mend,
            }
            for one in report.findings
        ],
    }


def _print(report: Report, *, public: bool) -> None:
    from narrate.check import Severity  # noqa: PLC0415

    if report.findings:
        rows = [(one.severity.value, one.where, one.what, one.mend) for one in report.findings]
        print_table(("", "Where", "What", "To mend it"), rows)
    what = [_number_of(report.feeds, "feed")]
    what += [_number_of(report.files, "address", "addresses")] if public else []
    if not public:
        what += [_number_of(report.episodes, "episode"), _number_of(report.files, "file")]
    counts = [
        _number_of(report.count(Severity.ERROR), "error"),
        _number_of(report.count(Severity.WARNING), "warning"),
    ]
    tell(f"Checked {', '.join(what)}: {', '.join(counts)}")


def _number_of(count: int, one: str, many: str = "") -> str:
    """A number with its word, singular or plural."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"
