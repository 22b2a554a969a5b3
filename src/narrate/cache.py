"""A content-addressed store: every entry is named by a digest of what it was made from.

An entry is two files, ``KEY.SUFFIX`` with the content and ``KEY.json`` with its checksum and a few
facts. The second is written last, so an entry whose writing was cut off does not exist.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from narrate.errors import AudioError
from narrate.files import replacing, sha256_of, write_atomically
from narrate.model import Speech, canonical_json
from narrate.sound import compressed, read_sound

_SCHEMA = 1
Facts = Mapping[str, Any]
"""Numbers, texts and lists of whole numbers, by name."""


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
        return self.folder / key[:2] / f"{key}.json"

    def facts(self, key: str) -> Facts | None:
        """What was noted with an entry; ``None`` when there is none that can be read."""
        try:
            facts = json.loads(self._facts_path(key).read_bytes())
        except (OSError, ValueError):
            return None
        if not isinstance(facts, dict) or facts.get("schema") != _SCHEMA:
            return None
        return facts

    def state(self, key: str) -> EntryState:
        """Whether an entry is there and its content agrees with its checksum; reads it whole."""
        facts_path, path = self._facts_path(key), self.path(key)
        if not facts_path.exists():
            return EntryState.MISSING
        facts = self.facts(key)
        if facts is None or not path.is_file() or sha256_of(path) != facts.get("sha256"):
            return EntryState.DAMAGED
        return EntryState.PRESENT

    def put(self, key: str, facts: Facts, fill: Callable[[Path], None]) -> None:
        """Make an entry.

        Args:
            facts: Noted with it; ``schema`` and ``sha256`` are added.
            fill: Writes the content to the path it is given.

        Raises:
            OutputError: The store cannot be written.
        """
        with replacing(self.path(key)) as temporary:
            fill(temporary)
            checksum = sha256_of(temporary)
        noted = {**facts, "schema": _SCHEMA, "sha256": checksum}
        write_atomically(self._facts_path(key), canonical_json(noted))


@dataclass(frozen=True, slots=True)
class ClipCache:
    """Clips by their key, as FLAC."""

    folder: Path

    @property
    def _store(self) -> Store:
        return Store(self.folder, ".flac")

    def state(self, key: str) -> EntryState:
        """Whether a clip can be used; reads it whole."""
        return self._store.state(key)

    def seconds(self, key: str) -> float:
        """Length of a clip without reading its audio; 0 when it is not there."""
        facts = self._store.facts(key)
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
        self._store.put(key, facts, lambda path: _write_bytes(path, content))

    def read(self, key: str) -> Speech:
        """A clip's audio, sample for sample as it was written.

        Raises:
            AudioError: The clip is missing or damaged.
        """
        if self.state(key) is not EntryState.PRESENT:
            raise AudioError("a clip of the cache is missing or damaged", where=key[:12])
        return read_sound(self._store.path(key))


def _write_bytes(path: Path, content: bytes) -> None:
    path.write_bytes(content)
