"""Where tasks are handed in and carried out, one at a time, and where it is told how far they are.

The server's threads hand in; the main thread carries out, so that Ctrl-C ends a task as it ends a
command.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, Protocol

from narrate.errors import NarrateError, UsageError
from narrate.model import printable_lines
from narrate.report.lines import LineReport, Weight

_LINES = 500
"""Of one task that are kept for the page, the last ones."""


class Stopped(KeyboardInterrupt):
    """The page asked for the end of the task that runs; the studio goes on."""


class Task(Protocol):
    """Something to be done that may take a while."""

    def __str__(self) -> str:
        """In words, such as “reading first.en again”."""

    def carry_out(self, report: LineReport) -> dict[str, Any]:
        """Do it.

        Args:
            report: Told of everything as it happens.

        Returns:
            What the page needs of it, as JSON has it; ``error`` holds what failed, as
            :func:`in_parts` has it, where other parts were done.

        Raises:
            NarrateError: It cannot be done.
        """


@dataclass
class Account:
    """How far a task is. Written by one thread, read by others under the desk's lock.

    Attributes:
        state: ``running``, ``done``, ``failed`` or ``stopped``.
        lines: Weight and words; ``first`` is the number of the first that is kept.
        share: How much of how much is done; of nothing while that is unknown.
    """

    number: int
    words: str
    state: str = "running"
    doing: str = ""
    share: tuple[int, int] = (0, 0)
    lines: deque[tuple[str, str]] = field(default_factory=lambda: deque(maxlen=_LINES))
    first: int = 0
    result: dict[str, Any] = field(default_factory=dict)
    error: dict[str, str] | None = None


class Desk:
    """Takes tasks in and says what became of the last one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._account: Account | None = None
        self._waiting: Task | None = None
        self._stoppable = False  # written by the main thread alone

    def put(self, task: Task) -> int:
        """Hand a task in; its number.

        Raises:
            UsageError: Another is not finished.
        """
        with self._changed:
            account = self._account
            if account is not None and account.state == "running":
                raise UsageError(
                    f"the studio is busy: {account.words}", mend="Wait until that ends, or stop it."
                )
            number = account.number + 1 if account else 1
            self._account, self._waiting = Account(number, str(task)), task
            self._changed.notify_all()
            return number

    def work(self, output: str) -> None:
        """Carry out tasks as they come, without end.

        Args:
            output: Name of the output folder as it is shown.

        Raises:
            KeyboardInterrupt: The process was asked to stop.
        """
        with self._hearing_stop():
            while True:
                with self._changed:
                    self._changed.wait_for(lambda: self._waiting is not None)
                    task, self._waiting = self._waiting, None
                if task is not None:
                    self._carry_out(task, output)

    def _carry_out(self, task: Task, output: str) -> None:
        report = _DeskReport(self, output)
        try:
            self._stoppable = True
            try:
                result = task.carry_out(report)
            finally:
                self._stoppable = False
        except Stopped:
            self.end("stopped")
        except NarrateError as error:
            self.end("failed", error=in_parts(error))
        except Exception as error:  # noqa: BLE001 - told on the page; the studio goes on
            what = f"something went wrong that nobody foresaw: {type(error).__name__}: {error}"
            self.end("failed", error=in_parts(NarrateError(what)))
        else:
            failure = result.pop("error", None)
            self.end("failed" if failure else "done", result, failure)

    def end(
        self, state: str, result: dict[str, Any] | None = None, error: dict[str, str] | None = None
    ) -> None:
        """Note what became of the task."""
        with self._changed:
            if self._account is not None:
                account = self._account
                account.state, account.result, account.error = state, result or {}, error

    def stop(self) -> bool:
        """Ask the task that runs to end; says whether there is one."""
        with self._changed:
            running = self._account is not None and self._account.state == "running"
        main = threading.main_thread().ident
        if running and main is not None and hasattr(signal, "pthread_kill"):
            signal.pthread_kill(main, signal.SIGUSR1)
        return running

    @contextlib.contextmanager
    def _hearing_stop(self) -> Iterator[None]:
        """While it is open, the signal of :meth:`stop` ends what the main thread carries out."""
        if not hasattr(signal, "SIGUSR1"):
            yield
            return
        before = signal.signal(signal.SIGUSR1, self._heard_stop)
        try:
            yield
        finally:
            signal.signal(signal.SIGUSR1, before)

    def _heard_stop(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        if self._stoppable:
            self._stoppable = False
            raise Stopped

    @property
    def is_busy(self) -> bool:
        """Whether a task is being carried out."""
        with self._changed:
            return self._account is not None and self._account.state == "running"

    def say(self, line: str, weight: Weight, doing: str, share: tuple[int, int]) -> None:
        """Note a line, or none, and how far the task is."""
        with self._changed:
            account = self._account
            if account is None:
                return
            account.doing, account.share = doing, share
            if line:
                account.first += len(account.lines) == _LINES
                account.lines.append((weight.value, printable_lines(line)))

    def told(self, since: int = 0) -> dict[str, Any]:
        """What the page asks for: the last task, and its lines from number ``since`` on."""
        with self._changed:
            account = self._account
            if account is None:
                return {"number": 0, "state": "idle"}
            skipped = max(since - account.first, 0)
            lines = [{"weight": w, "text": t} for w, t in list(account.lines)[skipped:]]
            done, of = account.share
            return {
                "number": account.number,
                "state": account.state,
                "words": account.words,
                "doing": account.doing,
                "done": done,
                "of": of,
                "lines": lines,
                "next": account.first + len(account.lines),
                "result": account.result,
                "error": account.error,
            }


def in_parts(error: NarrateError) -> dict[str, str]:
    """A failure as the page gets it."""
    parts = {"what": error.what, "where": error.where, "mend": error.mend}
    return {name: printable_lines(text) for name, text in parts.items()}


class _DeskReport(LineReport):
    """What a task says, for the page."""

    def __init__(self, desk: Desk, output: str) -> None:
        super().__init__(output)
        self._desk = desk

    def _write(self, line: str, weight: Weight) -> None:
        self._desk.say(line, weight, str(self._progress), self._progress.share)

    def _advance(self) -> None:
        self._desk.say("", Weight.USUAL, str(self._progress), self._progress.share)
