"""Signals that ask a command to stop: the first ends it cleanly, the second at once."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType

_ASKING = ("SIGINT", "SIGTERM", "SIGHUP")
_WORDS = {"SIGINT": "Interrupted", "SIGTERM": "Terminated", "SIGHUP": "The terminal was closed"}
_SHELL = 128
"""What shells add to a signal's number."""


@dataclass
class Stop:
    """Which signal asked for the end; ``None`` while none has."""

    asked: signal.Signals | None = None

    @property
    def exit_code(self) -> int:
        """As shells number it: 130 for an interruption, 143 for SIGTERM."""
        return _SHELL + (self.asked or signal.SIGINT)

    def __str__(self) -> str:
        word = _WORDS[self.asked.name if self.asked else "SIGINT"]
        return f"{word}. What was done is kept; the same command goes on."


@contextlib.contextmanager
def stopping_cleanly() -> Iterator[Stop]:
    """Turn the first signal that asks for the end into :class:`KeyboardInterrupt`.

    What was set to be ignored, as ``nohup`` does, stays ignored. Outside the main thread, and
    afterwards, nothing changes.
    """
    stop = Stop()
    asking = [signal.Signals[name] for name in _ASKING if name in signal.Signals.__members__]
    heard = {one: signal.getsignal(one) for one in asking}
    heard = {one: how for one, how in heard.items() if how not in (signal.SIG_IGN, None)}
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def ask(number: int, frame: FrameType | None) -> None:
        del frame
        stop.asked = signal.Signals(number)
        for one in heard:
            signal.signal(one, signal.SIG_DFL)
        raise KeyboardInterrupt

    for one in heard:
        signal.signal(one, ask)
    try:
        yield stop
    finally:
        for one, how in heard.items():
            signal.signal(one, how)
