"""Several files of a folder that are finished out of sight and then take their places together."""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from narrate.errors import OutputError
from narrate.files.writing import finish, sync_folder, write_failure

_OWN = re.compile(r"\.(?:new|encode)-[a-z0-9_]{8}(?:\.\w{1,8})?")
"""Temporary names that narrate gives: those of ``tempfile`` behind its own beginnings."""


class Staging:
    """A hidden folder within ``folder`` for files that will lie there.

    What is staged is on the disk. :meth:`settle` renames it file by file, in the order in which it
    came; that may be cut off anywhere and called again.

    Raises:
        OutputError: The folder cannot be written or is full.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._names: list[str] = []
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._hidden = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
        except OSError as error:
            raise write_failure(folder, error) from error

    @contextlib.contextmanager
    def file(self, name: str) -> Iterator[Path]:
        """A path to write the file ``name`` to; it counts once the block ends well.

        Raises:
            OutputError: The folder cannot be written or is full.
        """
        path = self._hidden / name
        with self._named(name):
            yield path
            finish(path)
        if name not in self._names:
            self._names.append(name)

    def write(self, name: str, content: bytes) -> Path:
        """Stage a file unless the folder has it with this content; says where it lies now.

        Raises:
            OutputError: The folder cannot be written or is full.
        """
        target = self.folder / name
        with contextlib.suppress(OSError):
            if target.read_bytes() == content:
                return target
        with self.file(name) as temporary:
            temporary.write_bytes(content)
        return self._hidden / name

    def path(self, name: str) -> Path:
        """Where a staged file lies until it is settled."""
        return self._hidden / name

    def settle(self) -> None:
        """Give every staged file its place, and take the hidden folder away.

        Raises:
            OutputError: A name cannot be given; what is left can be settled later.
        """
        for name in self._names:
            with self._named(name):
                self._give_place(name)
        sync_folder(self.folder)
        self.discard()

    def _give_place(self, name: str) -> None:
        target = self.folder / name
        try:
            (self._hidden / name).replace(target)
        except FileNotFoundError:
            # Gone where an earlier call was cut off after this file.
            if not target.exists():
                raise

    def discard(self) -> None:
        """Take away what was not settled."""
        shutil.rmtree(self._hidden, ignore_errors=True)

    @contextlib.contextmanager
    def _named(self, name: str) -> Iterator[None]:
        """Errors that name the file as people know it."""
        target = str(self.folder / name)
        try:
            yield
        except OutputError as error:
            raise OutputError(error.what, where=target, mend=error.mend) from error
        except OSError as error:
            raise write_failure(self.folder / name, error) from error


def sweep(folder: Path, *, deep: bool = False, idle_s: float = 0) -> int:
    """Take away what killed commands have left half-written in a folder; says how many pieces.

    Only for folders that nobody else writes to meanwhile, or with ``idle_s``.

    Args:
        deep: In its subfolders, too.
        idle_s: Leave what was changed within these seconds.
    """
    before = time.time() - idle_s
    swept = 0
    for path in list(folder.rglob(".*") if deep else folder.glob(".*")):
        with contextlib.suppress(OSError):
            if not _OWN.fullmatch(path.name) or (idle_s and path.lstat().st_mtime > before):
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
            swept += 1
    return swept
