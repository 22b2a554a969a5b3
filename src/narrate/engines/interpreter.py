"""Processes of narrate's own: how they are started, how they ended, and what they said last."""

from __future__ import annotations

import signal
import sys

TAIL_BYTES = 4096
"""As much of what a process writes to stderr is enough to tell its last words."""

_LAST_WORDS_CHARS = 200
_NO_MEMORY = ("bad_alloc", "bad allocation", "allocate memory", "out of memory", "map segment")


def command(module: str, *arguments: str) -> list[str]:
    """How to start a process that runs the ``main`` of one of narrate's modules.

    The current folder is often a show's, and shows come from anywhere: without the empty entry of
    ``sys.path`` a file in it cannot pose as a module.
    """
    program = (
        "import sys; sys.path[:] = [folder for folder in sys.path if folder]; "
        f"from {module} import main; sys.exit(main())"
    )
    return [sys.executable, "-c", program, *arguments]


def lacks_memory(error: BaseException) -> bool:
    """Whether there was too little memory; numpy, torch and ONNX Runtime each say it their way."""
    said = str(error).lower()
    return isinstance(error, MemoryError) or any(words in said for words in _NO_MEMORY)


def was_killed(status: int) -> bool:
    """Whether a process ended as the system ends one when memory runs out."""
    return sys.platform != "win32" and status == -signal.SIGKILL


def fate(status: int) -> str:
    """How a process ended, as a predicate.

    Args:
        status: Its exit status; negative for a signal.
    """
    if status >= 0:
        return f"ended by itself with status {status}"
    if was_killed(status):
        return "was killed by the system, as happens when memory runs out"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = str(-status)
    return f"died of signal {name}"


def last_words(written: bytes) -> str:
    """The last line that is not empty, of bounded length, without control characters."""
    lines = written.decode(errors="replace").split("\n")
    printable = ("".join(c for c in line if c.isprintable()).strip() for line in lines)
    said = [line for line in printable if line]
    return said[-1][:_LAST_WORDS_CHARS] if said else ""
