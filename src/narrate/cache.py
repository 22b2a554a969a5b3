"""A content-addressed store: every entry is named by a digest of what it was made from.

An entry is two files, ``KEY.SUFFIX`` with the content and ``KEY.json`` with its checksum and a few
facts. The second is written last, so an entry whose writing was cut off does not exist. Both are
under checksums: whatever befalls either file is noticed before the entry is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from narrate.errors import AudioError
from narrate.files import replacing, seal, sha256_of, unseal, write_atomically
from narrate.model import Speech
from narrate.sound import compressed, read_sound

_SCHEMA = 2
_SEALED = 2
_KEY = re.compile(r"[0-9a-f]{64}")
_FACTS = ".json"
Facts = Mapping[str, Any]
"""Numbers, texts and lists of whole numbers, by name."""


def is_entry_key(text: str) -> bool:
    """Whether a text is a key: of anything else no path is made."""
    return _KEY.fullmatch(text) is not None


class EntryState(Enum):
    """Whether an entry can be used."""

    PRESENT = "present"
    MISSING = "missing"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Store:
    """Entries of one kind in a folder of their own.

    Attributes:
        folder: Made when the first entry is written.
        suffix: Of the content files, with its dot.
    """

    folder: Path
    suffix: str

    def path(self, key: str) -> Path:
        """Where the content of an entry lies, whether it exists or not."""
        return self.folder / key[:2] / f"{key}{self.suffix}"

    def _facts_path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}{_FACTS}"

    def facts(self, key: str) -> Facts | None:
        """What was noted with an entry; ``None`` when there is none or it is damaged.

        Raises:
            ShowError: A newer narrate made the entry.
        """
        facts = unseal(self._facts_path(key), _SCHEMA, {1: dict}, first=_SEALED)
        if facts is None or not isinstance(facts.get("sha256"), str):
            return None
        return facts

    def state(self, key: str) -> EntryState:
        """Whether an entry is there and its content agrees with its checksum; reads it whole.

        Raises:
            ShowError: A newer narrate made the entry.
        """
        facts_path, path = self._facts_path(key), self.path(key)
        if not facts_path.exists():
            return EntryState.MISSING
        facts = self.facts(key)
        try:
            is_sound = facts is not None and sha256_of(path) == facts["sha256"]
        except OSError:
            is_sound = False
        return EntryState.PRESENT if is_sound else EntryState.DAMAGED

    def put(self, key: str, facts: Facts, fill: Callable[[Path], Facts | None]) -> None:
        """Make an entry.

        Args:
            facts: Noted with it; ``sha256`` is added.
            fill: Writes the content to the path it is given; returns what else is to be noted.

        Raises:
            OutputError: The store cannot be written.
        """
        with replacing(self.path(key)) as temporary:
            found = fill(temporary)
            checksum = sha256_of(temporary)
        sealed = seal({**facts, **(found or {}), "sha256": checksum}, _SCHEMA)
        write_atomically(self._facts_path(key), sealed)

    def remove(self, key: str) -> None:
        """Take an entry away, its facts first: without them it does not exist.

        Raises:
            OSError: The store cannot be written.
        """
        self._facts_path(key).unlink(missing_ok=True)
        self.path(key).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Entry:
    """What lies in a store under one key.

    Attributes:
        store: With the suffix of its content; empty where the content is missing.
        bytes: Of all its files.
        made: When it was written, in seconds since 1970.
        is_finished: Its facts are there; without them it does not exist.
    """

    store: Store
    key: str
    bytes: int
    made: float
    is_finished: bool


def entries(folder: Path) -> Iterator[Entry]:
    """Everything that lies in the folder of a store, whatever its suffix, in order of the keys."""
    for shard in sorted(folder.glob("[0-9a-f][0-9a-f]")):
        found: dict[str, list[Path]] = {}
        for path in sorted(shard.iterdir()) if shard.is_dir() else ():
            if is_entry_key(path.stem) and path.is_file():
                found.setdefault(path.stem, []).append(path)
        for key, paths in found.items():
            content = [path.suffix for path in paths if path.suffix != _FACTS]
            status = [path.stat() for path in paths]
            yield Entry(
                store=Store(folder, content[0] if content else ""),
                key=key,
                bytes=sum(one.st_size for one in status),
                made=max(one.st_mtime for one in status),
                is_finished=len(content) < len(paths),
            )


@dataclass(frozen=True, slots=True)
class ClipCache:
    """Clips by their key, as FLAC."""

    folder: Path

    @property
    def store(self) -> Store:
        """Where they lie."""
        return Store(self.folder, ".flac")

    def state(self, key: str) -> EntryState:
        """Whether a clip can be used; reads it whole."""
        return self.store.state(key)

    def seconds(self, key: str) -> float:
        """Length of a clip without reading its audio; 0 when it is not there."""
        facts = self.store.facts(key)
        return 0.0 if facts is None else float(facts["frames"]) / float(facts["sample_rate"])

    def write(self, key: str, speech: Speech, attempt: int = 0) -> None:
        """Keep a clip.

        Args:
            attempt: Number of the reading that was kept: its seed comes from it.

        Raises:
            OutputError: The cache cannot be written.
        """
        facts = {"frames": speech.frames, "sample_rate": speech.sample_rate, "attempt": attempt}
        content = compressed(speech, "FLAC")
        self.store.put(key, facts, lambda path: _write_bytes(path, content))

    def read(self, key: str) -> Speech:
        """A clip's audio, sample for sample as it was written.

        Raises:
            AudioError: The clip is missing or damaged.
        """
        if self.state(key) is not EntryState.PRESENT:
            raise AudioError("a clip of the cache is missing or damaged", where=key[:12])
        return read_sound(self.store.path(key))


def _write_bytes(path: Path, content: bytes) -> None:
    path.write_bytes(content)
