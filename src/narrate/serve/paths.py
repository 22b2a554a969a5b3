"""From the path of a request to a file of the output folder, and to nothing else."""

from __future__ import annotations

import errno
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote_to_bytes

_LONGEST = 2_000
_REFUSED = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')
"""Signs that no published name has; on some system each of them means another place."""

_DEVICES = re.compile(r"(?:aux|con|nul|prn|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices in every folder."""

_NOT_THERE = frozenset(
    {
        *(errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ENAMETOOLONG),
        *(errno.EACCES, errno.EPERM, errno.ENXIO, errno.EINVAL),
    }
)
"""Why a name leads to nothing that is served, as opposed to a machine that fails."""

Parts = tuple[str, ...]


@dataclass(slots=True)
class OpenFile:
    """A file that is read from its beginning to its end, whatever takes its name meanwhile."""

    name: str
    stream: BinaryIO
    stat: os.stat_result

    @property
    def identity(self) -> tuple[int, ...]:
        """Differs whenever the content may."""
        found = self.stat
        return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns

    def has_changed(self) -> bool:
        """Whether somebody writes into the very file that is open, not a new one of its name."""
        now = os.fstat(self.stream.fileno())
        before = self.stat
        return (now.st_size, now.st_mtime_ns) != (before.st_size, before.st_mtime_ns)

    def close(self) -> None:
        """Give the file back."""
        self.stream.close()


def parts_of(path: bytes) -> Parts | None:
    """The names on a request's path, which begins with a slash; a slash at its end is an empty one.

    Returns:
        ``None`` for a path that leads nowhere: hidden names, names of parent folders or devices,
        and names that hold a separator of any system, however they are encoded.
    """
    if len(path) > _LONGEST or not path.startswith(b"/"):
        return None
    try:
        parts = [unquote_to_bytes(part).decode("utf-8") for part in path[1:].split(b"/")]
    except UnicodeDecodeError:
        return None
    return tuple(parts) if all(map(_is_name, parts[:-1])) and _is_last(parts[-1]) else None


def _is_last(part: str) -> bool:
    return not part or _is_name(part)


def _is_name(part: str) -> bool:
    return not (
        not part
        or part.startswith(".")
        or part.endswith((".", " "))
        or _REFUSED.search(part)
        or _DEVICES.fullmatch(part)
    )


def open_inside(folder: Path, parts: Parts) -> OpenFile | None:
    """Open a file below a folder; ``None`` where there is none to be served.

    Symbolic links are followed as long as they stay within the folder.

    Raises:
        OSError: The disk failed, or too many files are open.
    """
    try:
        return _opened(folder, parts)
    except RuntimeError:  # a loop of links, before Python 3.13
        return None
    except OSError as error:
        if error.errno in _NOT_THERE:
            return None
        raise


def _opened(folder: Path, parts: Parts) -> OpenFile | None:
    root = folder.resolve(strict=True)
    path = root.joinpath(*parts).resolve(strict=True)
    if not path.is_relative_to(root) or not all(map(_is_name, path.relative_to(root).parts)):
        return None
    flags = (getattr(os, name, 0) for name in ("O_BINARY", "O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK"))
    stream = open(os.open(path, os.O_RDONLY | sum(flags)), "rb", buffering=0)  # noqa: SIM115, PTH123
    found = os.fstat(stream.fileno())
    # A pipe would never end.
    if stat.S_ISREG(found.st_mode):
        return OpenFile(parts[-1], stream, found)
    stream.close()
    return None
