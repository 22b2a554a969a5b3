"""A folder of this machine, or one that is mounted there."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from narrate.errors import OutputError
from narrate.files import sync_folder, write_failure
from narrate.model import Destination
from narrate.publish.remote import RenamingRemote, Stored, Told

_BLOCK = 1 << 20


class Folder(RenamingRemote):
    """Files are on the disk before they get their names."""

    def __init__(self, place: Destination) -> None:
        self._folder = Path(place.path)

    def prepare(self) -> None:
        """Make the folder."""
        with _told(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)

    def listing(self) -> Mapping[str, Stored]:
        """Everything there."""
        found = {}
        with _told(self._folder), contextlib.suppress(FileNotFoundError):
            for path in self._folder.iterdir():
                status = path.lstat()
                is_file = stat.S_ISREG(status.st_mode)
                found[path.name] = Stored(status.st_size if is_file else -1)
        return found

    def read(self, name: str, most: int) -> bytes | None:
        """A file's content."""
        path = self._folder / name
        with (
            _told(path),
            contextlib.suppress(FileNotFoundError),
            open(path, "rb", opener=_opened_itself) as stream,
        ):
            return stream.read(most + 1)
        return None

    def remove(self, name: str) -> None:
        """Take a file away."""
        path = self._folder / name
        with _told(path):
            path.unlink(missing_ok=True)

    def close(self) -> None:
        """Have the names on the disk, too."""
        sync_folder(self._folder)

    def _size(self, name: str) -> int:
        path = self._folder / name
        with _told(path), contextlib.suppress(FileNotFoundError):
            return path.lstat().st_size
        return 0

    def _append(self, source: Path, part: str, begin: int, told: Told) -> None:
        del begin  # what a power cut has left may have its length and not its content
        path = self._folder / part
        with (
            _told(path),
            source.open("rb") as stream,
            open(path, "wb", opener=_opened_itself) as target,
        ):
            while block := stream.read(_BLOCK):
                target.write(block)
                told(stream.tell())
            target.flush()
            os.fsync(target.fileno())

    def _write(self, name: str, content: bytes) -> None:
        path = self._folder / name
        with _told(path), open(path, "wb", opener=_opened_itself) as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())

    def _rename(self, old: str, new: str) -> None:
        with _told(self._folder / new):
            (self._folder / old).replace(self._folder / new)


def _opened_itself(path: str, flags: int) -> int:
    """Open a file, never what a link there leads to, and without waiting for a pipe's other end."""
    only = (getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK"))
    return os.open(path, flags | sum(only), 0o666)


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Failures in words."""
    try:
        yield
    except OSError as error:
        failure = write_failure(path, error)
        mend = failure.mend.replace("build into", "publish to")
        raise OutputError(failure.what, where=failure.where, mend=mend) from error
