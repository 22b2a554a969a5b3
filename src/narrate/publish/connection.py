"""A destination whose connection is made again when it broke."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import TypeVar

from narrate.errors import OutputError
from narrate.model import Destination
from narrate.publish.remote import Lost, Remote, open_remote

_Done = TypeVar("_Done")
_WAITS_S = (1.0, 4.0)
_GO_ON = "What has arrived stays there; `narrate publish` goes on with the rest."


class Connection:
    """A destination whose connection is made again when it broke.

    Raises:
        OutputError: It cannot be reached.
    """

    def __init__(self, place: Destination) -> None:
        self._place = place
        self._open: Remote | None = open_remote(place)
        self._waits_s: tuple[float, ...] = _WAITS_S
        self._is_over = False

    @property
    def now(self) -> Remote:
        """The destination, connected to.

        Raises:
            Lost: It cannot be reached any more.
        """
        if self._open is None:
            if self._is_over:
                raise Lost("the connection broke", where=str(self._place), mend=_GO_ON)
            try:
                self._open = open_remote(self._place)
            except OutputError as error:
                raise Lost(error.what, where=error.where, mend=error.mend) from error
        return self._open

    def do(self, do: Callable[[Remote], _Done]) -> _Done:
        """Do something, with up to two more connections where one breaks.

        Raises:
            OutputError: It failed, or the connection broke again.
        """
        for wait in self._waits_s:
            with contextlib.suppress(Lost):
                return do(self.now)
            self.close()
            time.sleep(wait)
        try:
            return do(self.now)
        except Lost as error:
            self.close()
            raise Lost(error.what, where=error.where, mend=error.mend or _GO_ON) from error

    def hurry(self, *, anew: bool) -> None:
        """From now on, a connection that breaks is the end.

        Args:
            anew: Begin with another one: this one was left in the middle of an answer.
        """
        if anew:
            self.close()
            self._open = open_remote(self._place)
        self._waits_s, self._is_over = (), True

    def close(self) -> None:
        """End the connection."""
        if self._open is not None:
            self._open.close()
            self._open = None
