"""What narrate asks of a destination, and how files arrive where one can be renamed."""

from __future__ import annotations

import abc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from narrate.errors import OutputError
from narrate.model import Destination

Told = Callable[[int], None]
"""Called with the number of bytes of a file that have arrived."""


class Lost(OutputError):  # noqa: N818 - as people say it
    """The connection broke; another may hold."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What a destination says of a file.

    Attributes:
        bytes: Its length; -1 for what is no file.
        etag: What the destination calls this content; empty where it does not.
    """

    bytes: int
    etag: str = ""

    @classmethod
    def listed(cls, entry: Mapping[str, Any], etag: str = "") -> Stored:
        """From what fsspec lists of a name."""
        return cls(entry["size"] if entry["type"] == "file" else -1, etag)


class Remote(abc.ABC):
    """An open destination: one folder with files.

    Every method raises :class:`OutputError`, in words, when it fails, and :class:`Lost` when the
    connection did.
    """

    @abc.abstractmethod
    def prepare(self) -> None:
        """Make the folder if it is missing."""

    @abc.abstractmethod
    def listing(self) -> Mapping[str, Stored]:
        """Everything in the folder by name; hidden files may be missing. Empty without one."""

    @abc.abstractmethod
    def read(self, name: str, most: int) -> bytes | None:
        """A file's content, cut behind ``most`` + 1 bytes; ``None`` when there is no such file."""

    @abc.abstractmethod
    def put(self, source: Path, name: str, part: str, told: Told) -> Stored:
        """Copy a file so that it appears whole under its name.

        Args:
            part: What it is called until then; the same for the same content.
        """

    @abc.abstractmethod
    def write(self, name: str, content: bytes) -> None:
        """Give a small file its content, whole or not at all where the destination can."""

    @abc.abstractmethod
    def remove(self, name: str) -> None:
        """Take a file away; one that is not there is no failure."""

    @abc.abstractmethod
    def close(self) -> None:
        """End the connection; never fails."""


class RenamingRemote(Remote):
    """A destination where files can be renamed: what was cut off is gone on with."""

    def put(self, source: Path, name: str, part: str, told: Told) -> Stored:
        """Append to what has arrived of the content, compare its length, rename it."""
        size = source.stat().st_size
        had = self._size(part)
        for begin in (min(had, size), 0) if had else (0,):
            self._append(source, part, begin, told)
            if self._size(part) == size:
                self._rename(part, name)
                return Stored(size)
        self.remove(part)
        raise OutputError(
            "arrived with another length than it has here",
            where=name,
            mend="Run `narrate publish` again; if it stays so, ask whoever runs the server.",
        )

    def write(self, name: str, content: bytes) -> None:
        """Write under another name, then rename."""
        part = f"{name}.part"
        self._write(part, content)
        self._rename(part, name)

    @abc.abstractmethod
    def _size(self, name: str) -> int:
        """Length of a file; 0 when there is none."""

    @abc.abstractmethod
    def _append(self, source: Path, part: str, begin: int, told: Told) -> None:
        """Copy from byte ``begin`` on, or from one before it; what lay behind is replaced."""

    @abc.abstractmethod
    def _write(self, name: str, content: bytes) -> None:
        """Write a small file."""

    @abc.abstractmethod
    def _rename(self, old: str, new: str) -> None:
        """Give a file another name; one that has it is replaced."""


def open_remote(place: Destination) -> Remote:
    """Connect to a destination.

    Raises:
        OutputError: It cannot be reached or refuses.
    """
    if place.kind == "sftp":
        from narrate.publish.sftp import Sftp  # noqa: PLC0415

        return Sftp(place)
    if place.kind == "ftps":
        from narrate.publish.ftps import Ftps  # noqa: PLC0415

        return Ftps(place)
    if place.kind == "s3":
        from narrate.publish.s3 import Bucket  # noqa: PLC0415

        return Bucket(place)
    from narrate.publish.folder import Folder  # noqa: PLC0415

    return Folder(place)
