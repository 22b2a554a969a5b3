"""Play a file with whatever player the machine has."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

_PLAYERS = (
    ("pw-play",),
    ("paplay",),
    ("aplay", "-q"),
    ("afplay",),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "error"),
    ("play", "-q"),
)


def play(file: Path) -> bool:
    """Play a WAV file; says whether a player was found and did it."""
    for program, *options in _PLAYERS:
        path = shutil.which(program)
        if path is None:
            continue
        done = subprocess.run(  # noqa: S603 - a known program, no shell
            [path, *options, str(file.resolve())], check=False, capture_output=True
        )
        if done.returncode == 0:
            return True
    return False
