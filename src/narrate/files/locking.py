"""Locks between processes; one ends with the process that holds it, however that ends."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import filelock

from narrate.errors import OutputError
from narrate.files.writing import write_failure


@contextlib.contextmanager
def held(path: Path, busy: Callable[[], OutputError] | None = None) -> Iterator[None]:
    """Hold a lock; its folder is made where it is missing.

    Args:
        busy: What is raised where another process holds it; ``None`` waits for that one.

    Raises:
        OutputError: The lock cannot be written, or is held.
    """
    lock = filelock.FileLock(path)
    try:
        path.parent.mkdir(exist_ok=True)
        lock.acquire(blocking=busy is None)
    except filelock.Timeout:
        if busy is None:
            raise
        raise busy() from None
    except OSError as error:
        raise write_failure(path.parent, error) from error
    try:
        yield
    finally:
        lock.release()
