"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from narrate.errors import OutputError


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A temporary file beside ``target`` that takes its place when the block ends well.

    The content is on the disk before the name changes; a failure leaves an earlier ``target``
    untouched and no temporary file behind.

    Raises:
        OutputError: The folder cannot be written or is full.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = _empty_file(target)
    except OSError as error:
        raise write_failure(target, error) from error
    try:
        yield temporary
        finish(temporary)
        temporary.replace(target)
    except OSError as error:
        raise write_failure(target, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def _empty_file(target: Path) -> Path:
    """A new file beside another, with the permissions of an ordinary one, as ``tempfile``'s lack.

    Raises:
        OSError: It cannot be made.
    """
    while True:
        path = target.with_name(f".new-{secrets.token_hex(4)}{target.suffix}")
        with contextlib.suppress(FileExistsError):
            path.open("xb").close()
            return path


def finish(path: Path) -> None:
    """Have a new file on the disk.

    Raises:
        OSError: The disk is full or failed.
    """
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


@contextlib.contextmanager
def replacing_folder(target: Path) -> Iterator[Path]:
    """An empty folder beside ``target`` that takes its place when the block ends well.

    Its files are on the disk before the name changes; a failure leaves an earlier ``target``
    untouched. One process at a time may do this for a ``target``: what one that was killed has left
    behind is swept away by the next.

    Raises:
        OutputError: The folder cannot be written or is full.
    """
    fresh, old = (target.with_name(f".{kind}-{target.name}") for kind in ("new", "old"))
    try:
        _sweep(fresh, old)
        fresh.mkdir(parents=True)
        try:
            yield fresh
            sync_files(fresh)
            if target.exists():
                target.replace(old)
            fresh.replace(target)
        finally:
            _sweep(fresh, old)
    except OSError as error:
        raise write_failure(target, error) from error


def _sweep(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def sync_files(folder: Path) -> None:
    """Have the content of all files of a folder on the disk, before a name says that it is there.

    Raises:
        OSError: The disk is full or failed.
    """
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as stream:
                os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, so that no power cut takes a renaming back.

    File systems that cannot do this are left alone: they keep their own order.
    """
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_atomically(target: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        OutputError: The folder cannot be written or is full.
    """
    with replacing(target) as temporary:
        temporary.write_bytes(content)


def write_if_changed(target: Path, content: bytes) -> bool:
    """Write a file unless it has this content already; says whether it was written.

    Raises:
        OutputError: The folder cannot be written or is full.
    """
    if target.is_file() and target.read_bytes() == content:
        return False
    write_atomically(target, content)
    return True


def write_failure(target: Path, error: OSError) -> OutputError:
    """What to tell a person about a file that could not be written."""
    mend = {
        errno.ENOSPC: "The disk is full: make room and run the command again.",
        errno.EDQUOT: "Your disk quota is used up: make room and run the command again.",
        errno.EROFS: "The file system is read-only: build into a folder that can be written.",
        errno.EACCES: "You may not write there: check the folder's owner and permissions.",
        errno.EPERM: "You may not write there: check the folder's owner and permissions.",
        errno.ENOTDIR: "A part of this path is a file: remove or rename it.",
        errno.EISDIR: "A folder has this name: remove or rename it.",
    }.get(error.errno or 0, "Check the disk and the folder's permissions.")
    reason = (error.strerror or str(error)).lower()
    return OutputError(f"cannot be written: {reason}", where=str(target), mend=mend)
