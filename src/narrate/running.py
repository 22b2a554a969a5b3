"""How far a running build is, noted in a small file for whoever else wants to show it.

The note lies in the show's cache, is replaced whole, and goes with the build. One that a killed
build has left behind is not believed.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

_FILE = "progress.json"
_FRESH = ".new-progress.json"
"""As all temporary files are called, so that it is swept away if it stays."""

_LARGEST = 20_000
_CLOCKS_S = 5
"""By how much two clocks of one machine may tell the start of a process differently."""


@dataclass(frozen=True, slots=True)
class Running:
    """What a build has done of what it will do.

    Attributes:
        doing: In words, such as ``episodes 1/3, chapters …``; for people.
        article: Stem of the episode it is at, as in ``moon.de``; empty at its beginning.
        characters_done: Of spoken forms that were read, of ``characters`` to read.
        left_s: Expected seconds to its end; ``None`` while nobody can say.
    """

    doing: str = ""
    article: str = ""
    episodes_done: int = 0
    episodes: int = 0
    chapters_done: int = 0
    chapters: int = 0
    utterances_done: int = 0
    utterances: int = 0
    characters_done: int = 0
    characters: int = 0
    left_s: float | None = None


def note(cache: Path, running: Running) -> None:
    """Leave a note; a build does not fail because it cannot be left.

    Args:
        cache: The show's ``.narrate`` folder.
    """
    content = {"process": os.getpid(), **asdict(running)}
    with contextlib.suppress(OSError):
        fresh = cache / _FRESH
        # Nobody needs it after a power cut, so it does not wait for the disk.
        fresh.write_text(json.dumps(content), encoding="utf-8")
        fresh.replace(cache / _FILE)


def forget(cache: Path) -> None:
    """Take the note away."""
    with contextlib.suppress(OSError):
        (cache / _FRESH).unlink(missing_ok=True)
        (cache / _FILE).unlink(missing_ok=True)


def running_build(cache: Path) -> Running | None:
    """What the build that runs now has noted; ``None`` where none runs or the note is none."""
    path = cache / _FILE
    try:
        with path.open("rb") as stream:
            written = os.fstat(stream.fileno()).st_mtime
            found = json.loads(stream.read(_LARGEST))
        if not _lives(found.pop("process"), written):
            return None
        checked: dict[str, Any] = {name: _checked(name, found[name]) for name in _NAMES}
        return Running(**checked)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


_NAMES = tuple(field.name for field in fields(Running))
_TEXTS = frozenset({"doing", "article"})


def _checked(name: str, value: object) -> object:
    """A value of the note.

    Raises:
        TypeError: It is none of this kind.
    """
    kinds: tuple[type, ...] = (str,) if name in _TEXTS else (int,)
    if name == "left_s":
        kinds = (int, float, type(None))
    if not isinstance(value, kinds) or isinstance(value, bool):
        raise TypeError(name)
    return value


def _lives(process: object, written: float) -> bool:
    """Whether the process that wrote the note is still there, and no later one of its number."""
    import psutil  # type: ignore[import-untyped] # noqa: PLC0415 - only where there is a note

    if not isinstance(process, int) or isinstance(process, bool) or process <= 0:
        return False
    try:
        started: float = psutil.Process(process).create_time()
    except (psutil.Error, OverflowError):
        return False
    return started <= written + _CLOCKS_S
