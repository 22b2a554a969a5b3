"""Fetching a model of Coqui's catalogue into the place where Coqui looks for it.

A model appears whole or not at all. What has come of it waits in a folder ``.narrate`` beside the
models and is gone on with; a lock keeps two processes from fetching the same model twice. No part
of this loads Coqui, so whatever fails, fails at once.
"""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import filelock

from narrate.engines.base import Progress
from narrate.engines.coqui import download_archive as archives
from narrate.engines.coqui.download_http import Patience, Transfer, read_note
from narrate.engines.coqui.download_hub import HubModel
from narrate.engines.coqui.model import (
    CatalogueEntry,
    data_folder,
    downloaded_files,
    files_in,
)
from narrate.errors import EngineError
from narrate.files import sha256_of, write_failure
from narrate.model import megabytes

_WAIT_S = 0.5


class _Source(Protocol):
    """Where a model comes from."""

    @property
    def host(self) -> str: ...

    def fetch(self, progress: Callable[[int, int], None]) -> str: ...

    def damage(self) -> tuple[str, ...] | None: ...

    def discard(self) -> None: ...

    def note(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Download:
    """One model to be fetched."""

    entry: CatalogueEntry
    patience: Patience = field(default_factory=Patience)

    def run(self, progress: Progress) -> None:
        """Fetch the model unless it is here.

        Raises:
            EngineError: The network, the server or the model's files failed; nothing is left that
                could be taken for a model, and what has come is gone on with next time.
            OutputError: The data folder cannot be written, or the disk is too small.
        """
        with self._locked(progress):
            if downloaded_files(self.entry) is None:
                self._fetch(progress)

    def pull(self, progress: Progress, say: Callable[[str], None]) -> None:
        """Fetch the model, or check the one that is here and fetch it again if it is damaged.

        Args:
            say: Told in a clause what was found or done.

        Raises:
            EngineError: As :meth:`run`; so too if the server has another model than was noted.
            OutputError: As :meth:`run`.
        """
        with self._locked(progress):
            if downloaded_files(self.entry) is not None:
                damage = self._source.damage()
                if damage is None:
                    say(self._source.note())
                    return
                if not damage:
                    say("is here, whole")
                    return
                say(f"is damaged ({', '.join(damage)}) and is fetched again")
                self._source.discard()
            say(f"fetched: {self._fetch(progress)}")

    def _fetch(self, progress: Progress) -> str:
        source = self._source
        what = f"{self.entry.name} from {source.host}"
        fetched = source.fetch(lambda done, total: progress(what, done, total))
        if downloaded_files(self.entry) is None:
            raise EngineError("what was fetched is no model", where=self.entry.name)
        return fetched

    @property
    def _source(self) -> _Source:
        if self.entry.repository:
            return HubModel(self.entry, self.patience)
        return ArchiveModel(self.entry, self.patience)

    @contextlib.contextmanager
    def _locked(self, progress: Progress) -> Iterator[None]:
        """Be the only process that fetches this model; until then tell how far the other one is."""
        waiting = f"{self.entry.name} (another process fetches it)"
        lock = filelock.FileLock(_waiting_room(self.entry, ".lock"))
        try:
            lock_folder = Path(lock.lock_file).parent
            lock_folder.mkdir(parents=True, exist_ok=True)
            while True:
                try:
                    lock.acquire(blocking=False)
                    break
                except filelock.Timeout:
                    progress(waiting, *partly_here(self.entry))
                    time.sleep(_WAIT_S)
        except OSError as error:
            raise write_failure(data_folder(), error) from error
        try:
            yield
        finally:
            lock.release()


@dataclass(frozen=True, slots=True)
class ArchiveModel:
    """A model that is published as a zip file."""

    entry: CatalogueEntry
    patience: Patience

    @property
    def host(self) -> str:
        """Where it comes from."""
        return urlsplit(self.entry.url).hostname or self.entry.url

    def fetch(self, progress: Callable[[int, int], None]) -> str:
        """Fetch and unpack it; what was fetched, in words.

        Raises:
            EngineError: Server, network or archive failed.
            OutputError: The data folder cannot be written.
        """
        if self._folder.exists():
            raise EngineError(
                "an incomplete download is in the way", where=str(self._folder), mend="Delete it."
            )
        transfer = Transfer(
            name=self.entry.name,
            url=self.entry.url,
            part=_part(self.entry),
            patience=self.patience,
            copies=2,
        )
        transfer.run(progress)
        size = transfer.part.stat().st_size
        digest = sha256_of(transfer.part)
        self._check_pin(transfer, digest)
        try:
            self._unpack(transfer.part, digest)
        except archives.UnfitError as error:
            transfer.discard()
            raise transfer.failure(str(error)) from error
        transfer.discard()
        return f"{megabytes(size)}, SHA-256 {digest}"

    def damage(self) -> tuple[str, ...] | None:
        """Names of files that are not as they were noted; ``None`` if nothing was noted."""
        pins = archives.read_pins(self._pins)
        return archives.damaged_files(self._folder, pins) if pins else None

    def discard(self) -> None:
        """Take the model away; its checksums stay."""
        try:
            aside = _waiting_room(self.entry, ".damaged")
            shutil.rmtree(aside, ignore_errors=True)
            self._folder.replace(aside)
            shutil.rmtree(aside, ignore_errors=True)
        except OSError as error:
            raise write_failure(self._folder, error) from error

    def note(self) -> str:
        """Note the checksums of a model that somebody else put here; that, in words."""
        archives.write_pins(self._pins, archives.pins_of(self._folder))
        return "is here; its checksums were not known and are noted now"

    @property
    def _folder(self) -> Path:
        return data_folder() / self.entry.folder_name

    @property
    def _pins(self) -> Path:
        return _waiting_room(self.entry, ".json")

    def _check_pin(self, transfer: Transfer, digest: str) -> None:
        pins = archives.read_pins(self._pins)
        if pins and pins.archive not in ("", digest):
            transfer.discard()
            raise transfer.failure(
                "the server now has another file than the one that was fetched first; its "
                f"SHA-256 is {digest}, not {pins.archive}",
                f"If the model's maker says so, delete {self._pins} and run the command again.",
            )

    def _unpack(self, archive: Path, digest: str) -> None:
        staging = _waiting_room(self.entry, ".new")
        try:
            archives.unpack(archive, staging)
            if files_in(staging, self.entry) is None:
                raise archives.UnfitError("the archive holds no model")
            archives.write_pins(self._pins, archives.pins_of(staging, digest))
            staging.replace(self._folder)
        except OSError as error:
            raise write_failure(self._folder, error) from error
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def partly_here(entry: CatalogueEntry) -> tuple[int, int]:
    """Bytes of a model that have come, and in all; 0 where nothing is known. Quick."""
    part = _part(entry)
    note = read_note(part)
    if note is None:
        return 0, 0
    with contextlib.suppress(OSError):
        return part.stat().st_size, note.size
    return 0, note.size


def _part(entry: CatalogueEntry) -> Path:
    return _waiting_room(entry, ".zip.part")


def _waiting_room(entry: CatalogueEntry, suffix: str) -> Path:
    """A place beside the models where Coqui never looks."""
    return data_folder() / ".narrate" / f"{entry.folder_name}{suffix}"
