"""narrate as a user starts it: a process of its own, killed with all that it started or alone."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_VICTIM = Path(__file__).with_name("victim.py")
_MARK = "CHAOS_RUN"
_STEERING = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "SOURCE_DATE_EPOCH")
_LONGEST_S = 300.0
_LINGER_S = 30.0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended.

    Attributes:
        code: Exit status; negative for a signal.
        moments: When each line of standard output came, in seconds after the start.
    """

    code: int
    out: str
    err: str
    wall_s: float
    moments: tuple[float, ...] = ()

    @property
    def said(self) -> str:
        """All that was printed."""
        return self.out + self.err

    def has_traceback(self) -> bool:
        """Whether a person was shown one."""
        return "Traceback (most recent call last)" in self.said

    def brief(self) -> str:
        """Exit status and last words, for a report."""
        lines = [line for line in self.said.splitlines() if line.strip()]
        return f"exit {self.code}: {' | '.join(lines[-3:])[-400:]}"


@dataclass(slots=True)
class Running:
    """A command that runs; whatever it starts carries its mark in the environment."""

    process: subprocess.Popen[str]
    mark: str
    started: float
    lines: list[tuple[float, str]] = field(default_factory=list)
    _errors: list[str] = field(default_factory=list)
    _readers: list[threading.Thread] = field(default_factory=list)
    _news: threading.Condition = field(default_factory=threading.Condition)

    def listen(self) -> None:
        """Take in what it prints, as it comes."""
        for target in (self._read_out, self._read_err):
            thread = threading.Thread(target=target, daemon=True)
            thread.start()
            self._readers.append(thread)

    def _read_out(self) -> None:
        assert self.process.stdout is not None  # noqa: S101 - it is a pipe
        with self.process.stdout as stream:
            for line in stream:
                with self._news:
                    self.lines.append((time.monotonic() - self.started, line))
                    self._news.notify_all()

    def _read_err(self) -> None:
        assert self.process.stderr is not None  # noqa: S101 - it is a pipe
        with self.process.stderr as stream:
            self._errors.append(stream.read())

    def wait_for_lines(self, number: int) -> bool:
        """Wait until so many lines were printed; says whether they were before it ended."""
        with self._news:
            while len(self.lines) < number:
                if self.process.poll() is not None:
                    return False
                self._news.wait(0.05)
        return True

    def send(self, number: int) -> bool:
        """Send a signal to the main process; says whether it still ran."""
        if self.process.poll() is not None:
            return False
        self.process.send_signal(number)
        return True

    def kill(self, *, everything: bool) -> bool:
        """Kill the main process, and at once all it started or not; says whether it still ran."""
        ran = self.send(signal.SIGKILL)
        if everything:
            kill_all(self.mark)
        return ran

    def finish(self) -> Ended:
        """Wait for the end.

        Raises:
            subprocess.TimeoutExpired: It hangs; it is killed first.
        """
        try:
            code = self.process.wait(_LONGEST_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            kill_all(self.mark)
            raise
        wall_s = time.monotonic() - self.started
        for thread in self._readers:
            thread.join(_LINGER_S)
        out = "".join(line for _, line in self.lines)
        moments = tuple(moment for moment, _ in self.lines)
        return Ended(code, out, "".join(self._errors), wall_s, moments)


@dataclass(frozen=True, slots=True)
class Starter:
    """Starts narrate for one show after the other.

    Attributes:
        cache: The user's cache of these runs.
    """

    cache: Path

    def start(  # noqa: PLR0913 - what a process can be given
        self,
        show: Path,
        command: Sequence[str],
        epoch: int,
        *,
        fault: Mapping[str, Any] | None = None,
        environment: Mapping[str, str] | None = None,
        through: Sequence[str] = (),
    ) -> Running:
        """Start a command.

        Args:
            epoch: The time it takes place, in seconds since 1970.
            fault: What happens to it, see :class:`faults.victim.Fate`.
            through: A program that starts it, with arguments.
        """
        mark = uuid.uuid4().hex
        known = {
            name: value
            for name, value in os.environ.items()
            if name not in _STEERING and not name.startswith("NARRATE_")
        }
        program = [sys.executable, "-m", "narrate"]
        if fault is not None:
            program = [sys.executable, str(_VICTIM), json.dumps({"show": str(show), **fault})]
        process = subprocess.Popen(
            [*through, *program, *command],
            cwd=show,
            env={
                **known,
                _MARK: mark,
                "SOURCE_DATE_EPOCH": str(epoch),
                "NARRATE_CACHE": str(self.cache),
                **(environment or {}),
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        running = Running(process, mark, time.monotonic())
        running.listen()
        return running

    def run(self, show: Path, command: Sequence[str], epoch: int, **options: Any) -> Ended:
        """Start a command and wait for its end; see :meth:`start`."""
        return self.start(show, command, epoch, **options).finish()


def survivors(mark: str) -> list[int]:
    """Processes that carry a mark and are no zombies."""
    wanted = f"{_MARK}={mark}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if wanted in (folder / "environ").read_bytes().split(b"\0"):
                state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
                if state != "Z":
                    found.append(int(folder.name))
    return found


def kill_all(mark: str) -> None:
    """Kill every process that carries a mark."""
    while found := survivors(mark):
        for pid in found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.005)


def left_running(mark: str) -> str:
    """What still runs some time after its main process is gone; empty when nothing does."""
    if eventually(lambda: not survivors(mark), _LINGER_S):
        return ""
    number = len(survivors(mark))
    kill_all(mark)
    return f"{number} processes of a killed build went on for {_LINGER_S:g} s"


def eventually(true: Callable[[], bool], within_s: float) -> bool:
    """Whether something comes true in time."""
    give_up = time.monotonic() + within_s
    while not true():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.02)
    return True
