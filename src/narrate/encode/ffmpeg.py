"""Where ffmpeg is, and the one place that runs it."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.errors import AudioError, NarrateError
from narrate.files import write_failure

if TYPE_CHECKING:
    from ffmpeg.nodes import OutputStream  # type: ignore[import-untyped]

VARIABLE = "NARRATE_FFMPEG"
"""Environment variable that names the program to use instead of looking for one."""

OLDEST = (5, 1)
"""First release whose limiter compensates its own delay."""

_INSTALL = (
    f"Install ffmpeg {OLDEST[0]}.{OLDEST[1]} or newer, or the package imageio-ffmpeg,"
    f" or name a program in {VARIABLE}."
)
_DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES)
_VERSION = re.compile(r"ffmpeg version (\S+)")
_PREFIX = re.compile(r"^(\[[^]]*\] )+")
_ERROR = re.compile(
    r"error|invalid|failed|unknown|unrecognized|unable|cannot|no such", re.IGNORECASE
)
_NUMBER = re.compile(r"n?(\d+)\.(\d+)")


@dataclass(frozen=True, slots=True)
class Ffmpeg:
    """An ffmpeg program that does all that narrate asks of it.

    Attributes:
        version: As it calls itself.
    """

    path: str
    version: str


def find_ffmpeg() -> Ffmpeg:
    """The program that ``NARRATE_FFMPEG`` names, else the system's, else the wheel's.

    A system ffmpeg that is too old or lacks the MP3 encoder is passed over.

    Raises:
        AudioError: There is none, or the named one is unfit.
    """
    if named := os.environ.get(VARIABLE):
        found = _examine(named)
        if isinstance(found, Ffmpeg):
            return found
        raise AudioError(
            f"{found} ({VARIABLE} names it)", where=named, mend=f"Correct or unset {VARIABLE}."
        )
    complaints = []
    for candidate in _candidates():
        found = _examine(candidate)
        if isinstance(found, Ffmpeg):
            return found
        complaints.append(f"{candidate}: {found}")
    known = f" ({'; '.join(complaints)})" if complaints else ""
    raise AudioError(f"no usable ffmpeg was found{known}", mend=_INSTALL)


def run_ffmpeg(
    ffmpeg: Ffmpeg,
    output: OutputStream,
    destination: Path | None,
    doing: str,
    *,
    log_level: str = "error",
) -> str:
    """Run one command.

    Args:
        output: What ffmpeg-python is to compile; it already names its output.
        destination: The file it writes, removed again on failure; None when it writes none.
        doing: What is going on, in words, for the error message.

    Returns:
        What ffmpeg wrote to its standard error.

    Raises:
        AudioError: It cannot be started, fails, or is killed.
        OutputError: The disk is full or may not be written.
    """
    quiet = ("-hide_banner", "-nostdin", "-nostats", "-loglevel", log_level)
    command = output.global_args(*quiet).compile(cmd=ffmpeg.path, overwrite_output=True)
    complete = False
    try:
        done = subprocess.run(  # noqa: S603 - a list, no shell
            command, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        complete = done.returncode == 0
    except OSError as error:
        raise AudioError(
            f"ffmpeg cannot be started ({error.strerror})", where=ffmpeg.path, mend=_INSTALL
        ) from error
    finally:
        if destination is not None and not complete:
            with contextlib.suppress(OSError):
                destination.unlink()
    log = done.stderr.decode("utf-8", "replace")
    if not complete:
        raise _failure(done.returncode, log, destination, doing)
    return log


def _failure(code: int, log: str, destination: Path | None, doing: str) -> NarrateError:
    """What a failed run means to a person."""
    for number in _DISK_ERRORS if destination is not None else ():
        if os.strerror(number) in log:
            return write_failure(destination or Path(), OSError(number, os.strerror(number)))
    if code < 0:
        name = signal.Signals(-code).name
        return AudioError(
            f"ffmpeg was killed ({name})",
            where=doing,
            mend="Run the command again; if it recurs, look for a lack of memory.",
        )
    lines = [_PREFIX.sub("", line).strip() for line in log.splitlines() if line.strip()]
    reason = next((line for line in lines if _ERROR.search(line)), "it gave no reason")
    return AudioError(
        f"ffmpeg failed with exit code {code}: {reason}",
        where=doing,
        mend=f"Try another ffmpeg through {VARIABLE}.",
    )


def _candidates() -> Iterator[str]:
    if system := shutil.which("ffmpeg"):
        yield system
    try:
        import imageio_ffmpeg  # type: ignore[import-untyped] # noqa: PLC0415

        yield imageio_ffmpeg.get_ffmpeg_exe()
    except (ImportError, RuntimeError):
        return


def _examine(program: str) -> Ffmpeg | str:
    """The program with its version, or what is wrong with it."""
    try:
        done = subprocess.run(  # noqa: S603 - a list, no shell
            [program, "-version"], stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except OSError as error:
        return f"it cannot be started ({error.strerror})"
    if done.returncode < 0:
        return f"it was killed ({signal.Signals(-done.returncode).name})"
    text = done.stdout.decode("utf-8", "replace")
    version = _VERSION.match(text)
    if done.returncode or not version:
        return "it is no ffmpeg"
    number = _NUMBER.match(version[1])
    # Builds from the development branch have no number; they are taken to be recent.
    if number and (int(number[1]), int(number[2])) < OLDEST:
        return f"version {version[1]} is too old"
    if "--enable-libmp3lame" not in text:
        return "it has no MP3 encoder"
    return Ffmpeg(program, version[1])
