"""Where a show's records lie, and how they are read: nothing in them is believed unseen.

Two JSON files under ``.narrate/``: ``episodes/STEM.json`` is small and read by every build,
``scripts/STEM.json`` says what is heard in the episode and what made it, and is read only when that
is asked for. Both can be lost: the next build then finds its clips and encoded chapters by their
keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from narrate.build.record import (
    ChapterRecord,
    Origin,
    OutputFile,
    Record,
    ScriptRecord,
    SpokenLine,
)
from narrate.cache import is_entry_key
from narrate.files import Migration, seal, typed, unseal, write_failure, write_with_schema
from narrate.model import is_key

_SCHEMA = 2
_SEALED = 2
_ENCODER = {"ffmpeg", "assembly", "encoding"}


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a show, in its ``.narrate`` folder."""

    folder: Path

    def _path(self, kind: str, stem: str) -> Path:
        return self.folder / kind / f"{stem}.json"

    def load_all(self) -> dict[str, Record]:
        """Stem → record; unreadable ones are as good as lost.

        Raises:
            ShowError: A newer narrate wrote one.
        """
        records = (_read_record(path) for path in sorted((self.folder / "episodes").glob("*.json")))
        return {record.stem: record for record in records if record is not None}

    def save(self, record: Record, script: ScriptRecord) -> None:
        """Keep what a later build must know.

        Raises:
            OutputError: The folder cannot be written.
        """
        path = self._path("scripts", record.stem)
        write_with_schema(path, seal(_script_content(script), _SCHEMA), _SCHEMA)
        self.update(replace(record, script=OutputFile.of(path)))

    def update(self, record: Record) -> None:
        """Replace the small half of a record.

        Raises:
            OutputError: The folder cannot be written.
        """
        content = seal(asdict(record), _SCHEMA)
        write_with_schema(self._path("episodes", record.stem), content, _SCHEMA)

    def remove(self, stem: str) -> None:
        """Forget an episode; its files stay, and so does what was heard in it, for its return.

        Raises:
            OutputError: The folder cannot be written.
        """
        path = self._path("episodes", stem)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise write_failure(path, error) from error

    def has_script(self, record: Record) -> bool:
        """Whether the file that says what is heard is as it was written with the record."""
        return record.script is None or record.script.is_intact(self.folder / "scripts")

    def script(self, stem: str) -> ScriptRecord:
        """What is heard in the finished episode; empty when it is lost.

        Raises:
            ShowError: A newer narrate wrote it.
        """
        content = _read_json(self._path("scripts", stem), {1: _script_from_1})
        try:
            return _script(content) if content else ScriptRecord()
        except (KeyError, TypeError, IndexError, ValueError):
            return ScriptRecord()


def _script_content(script: ScriptRecord) -> dict[str, object]:
    """A script as its file has it: each origin once, lines name its number."""
    origins: list[Origin] = []

    def plain(line: SpokenLine) -> dict[str, object]:
        if line.origin is not None and line.origin not in origins:
            origins.append(line.origin)
        number = None if line.origin is None else origins.index(line.origin)
        return {one.name: getattr(line, one.name) for one in fields(line)} | {"origin": number}

    return {
        "chapters": [asdict(chapter) for chapter in script.chapters],
        "lines": [plain(line) for line in script.lines],
        "earlier": [plain(line) for line in script.earlier],
        "origins": [asdict(origin) for origin in origins],
        "pauses": script.pauses,
    }


def _script(content: Mapping[str, Any]) -> ScriptRecord:
    """The script that a file's content is.

    Raises:
        TypeError, KeyError, IndexError, ValueError: It is none.
    """
    origins = typed(tuple[Origin, ...], content["origins"])
    lines, earlier = (
        [
            {**line, "origin": None if line["origin"] is None else origins[line["origin"]]}
            for line in content.get(name, ())
        ]
        for name in ("lines", "earlier")
    )
    script: ScriptRecord = typed(
        ScriptRecord,
        {
            "chapters": content["chapters"],
            "lines": lines,
            "earlier": earlier,
            "pauses": content["pauses"],
        },
    )
    if not _is_sound(script):
        raise ValueError("no build writes such a script")
    return script


def _is_sound(script: ScriptRecord) -> bool:
    """Whether the parts of a script fit together, and its keys lead into the cache only."""
    numbers = [number for number, _ in groupby(script.lines, lambda line: line.chapter)]
    lines = (*script.lines, *script.earlier)
    origins = {id(line.origin): line.origin for line in lines if line.origin is not None}
    return (
        (not script.chapters or numbers == list(range(1, len(script.chapters) + 1)))
        and all(is_entry_key(line.key) for line in lines)
        and all(_is_sound_chapter(chapter) for chapter in script.chapters)
        and all(_is_sound_origin(origin) for origin in origins.values())
    )


def _is_sound_chapter(chapter: ChapterRecord) -> bool:
    return all(is_entry_key(key) for key in chapter.parts.values()) and all(
        made.keys() == _ENCODER and made["assembly"].isdecimal() and made["encoding"].isdecimal()
        for made in chapter.encoders.values()
    )


def _is_sound_origin(origin: Origin) -> bool:
    return "engine" in origin.settings and isinstance(origin.settings.get("options"), dict)


def _script_from_1(content: dict[str, Any]) -> dict[str, Any]:
    """Schema 1 knew the text, spoken form, voice, take and key of each line."""
    lines = [{"asks": (), **line, "origin": None} for line in content["lines"]]
    return {"chapters": [], "lines": lines, "origins": [], "pauses": ""}


def _record_from_1(content: dict[str, Any]) -> dict[str, Any]:
    """Schema 1 did not tell the user's half from the software's."""
    known = {name: value for name, value in content.items() if name != "made"}
    return {**known, "voices": [content["voice"]]}


def _read_json(path: Path, migrations: Mapping[int, Migration]) -> dict[str, Any] | None:
    """The content of a file, lifted to the current schema; ``None`` when it cannot be used."""
    return unseal(path, _SCHEMA, migrations, first=_SEALED)


def _read_record(path: Path) -> Record | None:
    """The record in a file; ``None`` when it is no sound one of the episode it is named by."""
    content = _read_json(path, {1: _record_from_1})
    if content is None:
        return None
    try:
        record: Record = typed(Record, content)
    except TypeError:
        return None
    is_sound = (
        (is_key(record.key) and is_key(record.lang) and record.stem == path.stem)
        and all(Path(file.name).name == file.name for file in record.outputs)
        and (record.script is None or record.script.name == path.name)
        and (bool(record.marks) and record.sample_rate > 0)
    )
    return record if is_sound else None
