"""One build at a time for each show, and one change of its lexicons."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import filelock

from narrate import project
from narrate.build.workspace import Workspace
from narrate.errors import OutputError
from narrate.files import write_atomically, write_failure
from narrate.model import Show


@contextlib.contextmanager
def locked_workspace(folder: Path) -> Iterator[Workspace]:
    """A show that nobody else builds meanwhile, as it is once it is locked.

    The lock ends with the process that holds it, however that ends.

    Raises:
        ShowError: The show is invalid; nothing was written.
        OutputError: Another process builds the show, or the cache cannot be written.
    """
    show = Workspace.open(folder).show
    lock = filelock.FileLock(show.cache / "lock")
    owner = show.cache / "lock.json"
    try:
        show.cache.mkdir(exist_ok=True)
        lock.acquire(blocking=False)
    except filelock.Timeout:
        raise OutputError(
            f"another build of this show is running{_who(owner)}",
            where=str(show.root),
            mend="Wait until it ends, or stop it.",
        ) from None
    except OSError as error:
        raise write_failure(show.cache, error) from error
    try:
        shutil.rmtree(show.cache / "work", ignore_errors=True)  # left by a build that was killed
        since = datetime.now().astimezone().isoformat(timespec="seconds")
        write_atomically(owner, json.dumps({"process": os.getpid(), "since": since}).encode())
        yield Workspace.open(project.find_show(folder))
    finally:
        with contextlib.suppress(OSError):
            owner.unlink(missing_ok=True)
        lock.release()


@contextlib.contextmanager
def locked_lexicons(show: Show) -> Iterator[None]:
    """The lexicons of a show, which nobody else changes meanwhile; waits for others.

    A build may run.

    Raises:
        OutputError: The cache cannot be written.
    """
    lock = filelock.FileLock(show.cache / "lexicon.lock")
    try:
        show.cache.mkdir(exist_ok=True)
        lock.acquire()
    except OSError as error:
        raise write_failure(show.cache, error) from error
    try:
        yield
    finally:
        lock.release()


def _who(owner: Path) -> str:
    try:
        note = json.loads(owner.read_bytes())
        return f" (process {int(note['process'])}, since {note['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
