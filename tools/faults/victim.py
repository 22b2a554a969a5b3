"""The command ``narrate``, to which a fault happens at a chosen step.

    python victim.py '{"show": "/path", "step": 12, "fault": "kill"}' build --json

A step is a change of the file system below the show, or the start of a program, as Python's audit
hooks tell of them in narrate's main process; the fault happens right before it. narrate itself is
not changed, and the faults are real: a signal, a disk without room, a child that dies.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import resource
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

_CHANGES = frozenset(
    {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate"}
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHUNKS = (1 << 20, 4_096, 1)
_LOOK_S = 0.001
_CHILD_S = 5.0


class Fate:
    """Counts the steps of this process, and has its fault happen at one of them.

    Args:
        order: ``show``, and as the fault needs: ``step`` (from 0), ``fault`` (``kill``, ``signal``,
            ``fill``, ``limit``, ``child``; empty for none), ``signal``, ``after_s``, ``trace``
            (a file that gets the list of the steps).
    """

    def __init__(self, order: dict[str, Any]) -> None:
        self._order = order
        self._root = os.path.realpath(order["show"])
        self._at = order.get("step", -1)
        self._count = 0
        self._acting = False
        self._steps: list[tuple[str, str]] = []
        if trace := order.get("trace"):
            atexit.register(lambda: Path(trace).write_text(json.dumps(self._steps)))

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        """Hear of everything that Python does."""
        if self._acting or (event not in _CHANGES and event not in {"open", "subprocess.Popen"}):
            return
        step = self._step(event, args)
        if step is None:
            return
        number, self._count = self._count, self._count + 1
        if "trace" in self._order:
            self._steps.append(step)
        if number == self._at:
            self._acting = True
            self._act()

    def _step(self, event: str, args: tuple[Any, ...]) -> tuple[str, str] | None:
        """What is about to happen and to which path or program; ``None`` if it is no step."""
        if event == "subprocess.Popen":
            command = [os.fsdecode(word) for word in args[1]]
            is_worker = any("narrate" in word and "import main" in word for word in command)
            return event, "worker" if is_worker else Path(command[0]).name
        if event == "open" and not (isinstance(args[2], int) and args[2] & _WRITES):
            return None
        target = args[1] if event == "os.rename" else args[0]
        if not isinstance(target, str | bytes | os.PathLike):
            return None
        path = os.path.realpath(os.fsdecode(target))
        if not path.startswith(f"{self._root}{os.sep}"):
            return None
        return event, os.path.relpath(path, self._root)

    def _act(self) -> None:
        fault = self._order.get("fault", "")
        if fault == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif fault == "signal":
            os.kill(os.getpid(), self._order["signal"])
        elif fault == "fill":
            fill(Path(self._order["filler"]))
        elif fault == "limit":
            hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
            resource.setrlimit(resource.RLIMIT_FSIZE, (self._order["bytes"], hard))
        elif fault == "child":
            known = _children()
            arguments = (known, self._order["after_s"], self._order.get("again", 0))
            threading.Thread(target=_kill_next, args=arguments, daemon=True).start()
        self._acting = fault != "child"


def fill(filler: Path) -> None:
    """Leave no room on the disk that a file lies on."""
    handle = os.open(filler, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    for size in _CHUNKS:
        with contextlib.suppress(OSError):
            while True:
                os.write(handle, bytes(size))
    os.close(handle)


def _children() -> set[int]:
    found: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError):
            found.update(map(int, (task / "children").read_text().split()))
    return found


def _kill_next(known: set[int], after_s: float, again: int) -> None:
    """Wait for a child that is not known, let it work for a while, and kill it.

    Args:
        again: How many of the children after it die too.
    """
    for _ in range(again + 1):
        give_up = time.monotonic() + _CHILD_S
        fresh: set[int] = set()
        while not fresh and time.monotonic() < give_up:
            time.sleep(_LOOK_S)
            fresh = _children() - known
        for pid in sorted(fresh)[:1]:
            known.add(pid)
            time.sleep(after_s)
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def main() -> None:
    """Run the command of the arguments, watched."""
    order = json.loads(sys.argv[1])
    from narrate.cli.main import main as command  # noqa: PLC0415 - before anything is counted

    sys.addaudithook(Fate(order))
    command(sys.argv[2:])


if __name__ == "__main__":
    main()
