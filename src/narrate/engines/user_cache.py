"""The user's folder for what engines work out once and can always work out again.

Shows have a cache of their own, ``.narrate/``. This one is for what depends on a model alone and
serves every show that uses it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import filelock

from narrate.errors import OutputError
from narrate.files import write_failure

VARIABLE = "NARRATE_CACHE"
"""Environment variable that names another folder."""


def cache_folder() -> Path:
    """Where the cache lies; it need not exist, and whoever writes to it makes it.

    ``NARRATE_CACHE`` where it is set, else where the platform keeps caches.

    Raises:
        OutputError: The user has no home folder.
    """
    try:
        if named := os.environ.get(VARIABLE):
            return Path(named).expanduser().absolute()
        return _platform_folder()
    except RuntimeError as error:
        raise OutputError(
            "there is no home folder for narrate's cache",
            mend=f"Set the environment variable `{VARIABLE}` to a folder that you may write.",
        ) from error


def _platform_folder() -> Path:
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData/Local") / "narrate" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "narrate"
    # Relative paths in XDG variables are to be ignored (XDG Base Directory Specification).
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (base if base.is_absolute() else Path.home() / ".cache") / "narrate"


def prepared() -> Iterator[Path]:
    """Every file and folder that an engine keeps there; locks and temporary files aside.

    Raises:
        OutputError: The user has no home folder.
    """
    for path in sorted(cache_folder().glob("*/*")):
        if path.suffix != ".lock" and not path.name.startswith("."):
            yield path


def remove(path: Path) -> None:
    """Take away what :func:`prepared` named; whoever needs it makes it again.

    Raises:
        OSError: It cannot be taken away.
        OutputError: The folder cannot be written, or its file system knows no locks.
    """
    with locked(path):
        if path.is_dir() and not path.is_symlink():
            # Out of its place first: half of it is never there.
            going = path.with_name(f".old-{path.name}")
            shutil.rmtree(going, ignore_errors=True)
            path.replace(going)
            shutil.rmtree(going)
        else:
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold ``path`` against other processes and threads; waits for as long as another holds it.

    The lock is the file ``path`` + ``.lock``, whose folder is made where it is missing. It ends
    with the process that holds it, however that ends.

    Raises:
        OutputError: The folder cannot be written, or its file system knows no locks.
    """
    lock = filelock.FileLock(path.with_name(f"{path.name}.lock"), thread_local=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except OSError as error:
        raise write_failure(path, error) from error
    except NotImplementedError as error:
        raise OutputError(
            "the file system knows no locks",
            where=str(path.parent),
            mend=f"Set the environment variable `{VARIABLE}` to a folder on another one.",
        ) from error
    try:
        yield
    finally:
        lock.release()
