"""A folder on another machine, as one of fsspec's file systems shows it."""

from __future__ import annotations

import abc
import contextlib
import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from narrate.errors import OutputError
from narrate.model import Destination
from narrate.publish.remote import RenamingRemote, Stored


class Server(RenamingRemote):
    """What servers have in common: names below one folder, and failures in words.

    Attributes:
        _failures: What a connection raises, besides a file that is not there.
    """

    _failures: tuple[type[Exception], ...]

    def __init__(self, place: Destination, folder: str, system: Any) -> None:
        self._place, self._folder, self._system = place, folder, system

    def listing(self) -> Mapping[str, Stored]:
        """Everything there that the server shows."""
        found: list[dict[str, Any]] = []
        with self._told(""), contextlib.suppress(FileNotFoundError):
            found = self._system.ls(self._folder, detail=True)
        return {posixpath.basename(one["name"]): Stored.listed(one) for one in found}

    @abc.abstractmethod
    def _in_words(self, error: Exception, where: str) -> OutputError:
        """One of the failures, told."""

    def _at(self, name: str) -> str:
        return posixpath.join(self._folder, name)

    @contextlib.contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """Failures in words."""
        where = f"{str(self._place).rstrip('/')}/{name}" if name else str(self._place)
        try:
            yield
        except FileNotFoundError as error:
            mend = "Check the folder's path on the server."
            raise OutputError("there is no such folder", where=where, mend=mend) from error
        except self._failures as error:
            raise self._in_words(error, where) from error
