"""One build at a time for each show, and one change of its lexicons."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from narrate import project
from narrate.build.workspace import Workspace
from narrate.errors import OutputError
from narrate.files import held, sweep, write_atomically
from narrate.model import Show, canonical_json, printable

_WRITING_S = 600
_LONGEST = 200


@contextlib.contextmanager
def locked_workspace(folder: Path) -> Iterator[Workspace]:
    """A show that nobody else builds meanwhile, as it is once it is locked.

    The lock ends with the process that holds it, however that ends.

    Raises:
        ShowError: The show is invalid; nothing was written.
        OutputError: Another process builds the show, or the cache cannot be written.
    """
    show = Workspace.open(folder).show
    owner = show.cache / "lock.json"

    def busy() -> OutputError:
        return OutputError(
            f"another build of this show is running{_who(owner)}",
            where=str(show.root),
            mend="Wait until it ends, or stop it.",
        )

    with held(show.cache / "lock", busy):
        try:
            _clear_up(show, was_killed=owner.exists())
            write_atomically(owner, canonical_json(_note()))
            yield Workspace.open(project.find_show(folder))
        finally:
            with contextlib.suppress(OSError):
                owner.unlink(missing_ok=True)


@contextlib.contextmanager
def locked_lexicons(show: Show) -> Iterator[None]:
    """The lexicons of a show, which nobody else changes meanwhile; waits for others.

    A build may run.

    Raises:
        OutputError: The cache cannot be written.
    """
    with held(show.cache / "lexicon.lock"):
        yield


def _clear_up(show: Show, *, was_killed: bool) -> None:
    """Take away what a killed build has left half-written; its finished work stays.

    Args:
        was_killed: The last build did not end by itself, so that the cache may hold pieces, too.
    """
    shutil.rmtree(show.cache / "work", ignore_errors=True)
    sweep(show.output)
    # Some files there change while a build runs; that takes no longer than a moment. Pieces that
    # are too fresh now go with a later build.
    sweep(show.root, idle_s=_WRITING_S)
    # Who holds the lock is noted there; a build may have been killed while it wrote just that.
    sweep(show.cache, deep=was_killed)


def _note() -> dict[str, object]:
    """Who holds the lock, for whoever meets it."""
    return {
        "process": os.getpid(),
        "since": datetime.now().astimezone().isoformat(sep=" ", timespec="seconds"),
        "command": " ".join(["narrate", *sys.argv[1:]])[:_LONGEST],
    }


def _who(owner: Path) -> str:
    """The holder of the lock in words; empty when the note is that of a process that is gone."""
    import psutil  # type: ignore[import-untyped] # noqa: PLC0415 - only when two builds meet

    try:
        note = json.loads(owner.read_bytes())
        process = int(note["process"])
        if not psutil.pid_exists(process):
            return ""
        command = printable(str(note.get("command", "")))
        told = f"`{command}`, " if command else ""
        return f" ({told}process {process}, since {printable(str(note['since']))})"
    except (OSError, ValueError, KeyError, TypeError, OverflowError, AttributeError):
        return ""
