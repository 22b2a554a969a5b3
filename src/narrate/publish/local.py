"""What the output folder holds now, in the order in which listeners may see it."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from narrate.errors import OutputError
from narrate.files import read_failure
from narrate.media_types import AUDIO, is_feed
from narrate.publish.manifest import is_plain

_PAGE = (".html", ".js", ".css", ".opml", "show.json")


class Stage(IntEnum):
    """When a file is copied: what others point to comes first."""

    AUDIO = 0
    COMPANION = 1
    PAGE = 2
    FEED = 3


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file to publish, as it was seen.

    Attributes:
        mark: Changes whenever the file does: its inode, and when it was last written.
    """

    path: Path
    bytes: int
    mark: tuple[int, int]

    @property
    def name(self) -> str:
        """Here and at the destination."""
        return self.path.name

    @property
    def stage(self) -> Stage:
        """When it is copied."""
        name = self.name.lower()
        if is_feed(name):
            return Stage.FEED
        if name.endswith(AUDIO):
            return Stage.AUDIO
        is_page = name.endswith(_PAGE) and not name.endswith(".transcript.js")
        return Stage.PAGE if is_page else Stage.COMPANION

    def is_as_seen(self) -> bool:
        """Whether nobody has changed it since."""
        try:
            status = self.path.lstat()
        except OSError:
            return False
        return _seen(self.path, status) == self


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The output folder at one moment.

    Attributes:
        files: In the order in which they are copied.
        odd: Names of what lies there and is no file that can be published.
    """

    files: tuple[LocalFile, ...]
    odd: tuple[str, ...]

    def is_current(self) -> bool:
        """Whether every file is as it was."""
        return all(file.is_as_seen() for file in self.files)


def take_snapshot(output: Path) -> Snapshot:
    """Look into the output folder. Hidden files are no part of it, links are never followed.

    Raises:
        OutputError: It cannot be read.
    """
    files, odd = [], []
    try:
        with os.scandir(output) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                path = output / entry.name
                status = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(status.st_mode) and is_plain(entry.name):
                    files.append(_seen(path, path.lstat()))
                else:
                    odd.append(entry.name)
    except FileNotFoundError:  # the folder, or a file that a build has just replaced
        if output.is_dir():
            return take_snapshot(output)
    except OSError as error:
        raise read_failure(str(output), error, OutputError) from error
    # Pages of a long feed have more dots in their names than its first page, which names them.
    files.sort(key=lambda one: (one.stage, -one.name.count("."), one.name))
    return Snapshot(tuple(files), tuple(sorted(odd)))


def _seen(path: Path, status: os.stat_result) -> LocalFile:
    return LocalFile(path, status.st_size, (status.st_ino, status.st_mtime_ns))
