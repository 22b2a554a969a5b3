"""What a build remembers of each episode it made, so that the next one can leave it alone.

Two JSON files under ``.narrate/``: ``episodes/STEM.json`` is small and read by every build,
``scripts/STEM.json`` lists the utterances and is read only when reasons must be found. Both can be
lost: the next build then finds its clips and encoded chapters by their keys.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from narrate.files import sha256_of, write_if_changed
from narrate.model import Mark, canonical_json

_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file of an episode as it was written."""

    name: str
    bytes: int
    mtime_ns: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> OutputFile:
        """Measure a file."""
        status = path.stat()
        return cls(path.name, status.st_size, status.st_mtime_ns, sha256_of(path))

    def is_intact(self, folder: Path) -> bool:
        """Whether the file is still what was written; reads it only when its time changed."""
        path = folder / self.name
        try:
            status = path.stat()
        except OSError:
            return False
        if status.st_size != self.bytes:
            return False
        return status.st_mtime_ns == self.mtime_ns or sha256_of(path) == self.sha256


@dataclass(frozen=True, slots=True)
class Record:
    """One finished episode.

    Attributes:
        source: Name of the article's file within the show.
        inputs: Digest of everything the episode depends on, read from the outside.
        made: Digest of everything its files are made of.
        cover: The article's own picture, relative to the show, or empty.
        image: Name of that picture as the episode's file, or empty.
        clips: Number of utterances.
        left_out: Rule → number of words.
        notes: Sentences that belong into the show notes.
    """

    key: str
    lang: str
    source: str
    inputs: str
    made: str
    outputs: tuple[OutputFile, ...]
    title: str
    author: str
    summary: str
    link: str
    cover: str
    image: str
    notes: tuple[str, ...]
    frames: int
    sample_rate: int
    marks: tuple[Mark, ...]
    voice: str
    clips: int
    left_out: Mapping[str, int]
    warnings: tuple[str, ...]

    @property
    def stem(self) -> str:
        """Name of the episode's files without their extension."""
        return f"{self.key}.{self.lang}"

    def output(self, extension: str) -> OutputFile | None:
        """The episode's file with this extension, if it has one."""
        name = f"{self.stem}.{extension}"
        return next((file for file in self.outputs if file.name == name), None)

    def damaged_output(self, folder: Path) -> str:
        """Name of a file that is missing or was changed by others; empty when all are intact."""
        return next((file.name for file in self.outputs if not file.is_intact(folder)), "")


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """An utterance of the last build: enough to say later why it is spoken again."""

    text: str
    spoken: str
    voice: str
    take: int
    key: str


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a show, in its ``.narrate`` folder."""

    folder: Path

    def _path(self, kind: str, stem: str) -> Path:
        return self.folder / kind / f"{stem}.json"

    def load_all(self) -> dict[str, Record]:
        """Stem → record; unreadable ones are as good as lost."""
        records = (_read_record(path) for path in sorted((self.folder / "episodes").glob("*.json")))
        return {record.stem: record for record in records if record is not None}

    def save(self, record: Record, lines: tuple[SpokenLine, ...]) -> None:
        """Keep what a later build must know.

        Raises:
            OutputError: The folder cannot be written.
        """
        script = {"schema": _SCHEMA, "lines": [asdict(line) for line in lines]}
        write_if_changed(self._path("scripts", record.stem), canonical_json(script))
        self.update(record)

    def update(self, record: Record) -> None:
        """Replace the small half of a record.

        Raises:
            OutputError: The folder cannot be written.
        """
        content = {"schema": _SCHEMA, **asdict(record)}
        write_if_changed(self._path("episodes", record.stem), canonical_json(content))

    def remove(self, stem: str) -> None:
        """Forget an episode; its files stay."""
        for kind in ("episodes", "scripts"):
            self._path(kind, stem).unlink(missing_ok=True)

    def lines(self, stem: str) -> tuple[SpokenLine, ...]:
        """The utterances of the last build; empty when they are lost."""
        content = _read_json(self._path("scripts", stem))
        try:
            return tuple(SpokenLine(**line) for line in content["lines"]) if content else ()
        except (KeyError, TypeError):
            return ()


def _read_json(path: Path) -> dict[str, Any] | None:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(content, dict) or content.pop("schema", None) != _SCHEMA:
        return None
    return content


def _read_record(path: Path) -> Record | None:
    content = _read_json(path)
    if content is None:
        return None
    try:
        content["outputs"] = tuple(OutputFile(**file) for file in content["outputs"])
        content["marks"] = tuple(Mark(**mark) for mark in content["marks"])
        content["notes"] = tuple(content["notes"])
        content["warnings"] = tuple(content["warnings"])
        return Record(**content)
    except (KeyError, TypeError):
        return None
