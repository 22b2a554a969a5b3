"""Schema numbers: files of an older narrate are migrated, those of a newer one refused.

Every file that narrate writes says ``schema``. Reading lifts an older content to the current
schema, one step at a time; the first write afterwards keeps the older file beside itself::

    content = migrate(parsed, name, 2, {1: from_one_to_two})
    …
    write_with_schema(path, rendered, 2)      # leaves path.schema-1 behind, once
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from narrate.errors import NarrateError, ShowError
from narrate.files.reading import parse_toml
from narrate.files.writing import sync_folder, write_atomically, write_failure, write_if_changed

Migration = Callable[[dict[str, Any]], dict[str, Any]]
"""Makes the content of one schema into that of the next; may change what it is given. Raises what
reading raises of a damaged file."""

UPDATE = "Update narrate."
UPDATE_OR_DELETE_CACHE = "Update narrate, or delete .narrate/: that costs nothing but time."
"""What to do about newer files of the cache."""


def migrate(  # noqa: PLR0913 - a file, its schema, and what to say of another
    content: Mapping[str, Any],
    name: str,
    current: int,
    migrations: Mapping[int, Migration] | None = None,
    *,
    missing: int | None = None,
    mend: str = "",
    mend_newer: str = UPDATE,
    kind: type[NarrateError] = ShowError,
) -> dict[str, Any]:
    """The content of a file as the current schema has it; its ``schema`` is ``current``.

    Args:
        content: Of the whole file, as parsed; left as it is.
        name: What messages call the file.
        current: The schema that this narrate writes, from 1.
        migrations: Schema → step from it to the next.
        missing: Schema of a file that names none; ``None`` refuses such a file.
        mend: What to do about a file without a schema, or with one that never was.
        mend_newer: What to do about a newer file.
        kind: Of the errors.

    Raises:
        NarrateError: Of ``kind``; a newer narrate wrote the file, or its schema is none.
    """
    schema = content.get("schema", missing)
    if isinstance(schema, bool) or not isinstance(schema, int) or schema < 1:
        what = "“schema” is missing" if schema is None else "“schema” is no number from 1"
        raise kind(what, where=name, mend=mend)
    if schema > current:
        raise kind(
            f"a newer narrate wrote this file (schema {schema}, this one knows {current})",
            where=name,
            mend=mend_newer,
        )
    steps = migrations or {}
    lifted = dict(content)
    for step in range(schema, current):
        if step not in steps:
            raise kind(f"no narrate knows its schema, {schema}", where=name, mend=mend)
        lifted = steps[step](lifted)
    return {**lifted, "schema": current}


def write_with_schema(target: Path, content: bytes, current: int) -> bool:
    """Write a file whole or not at all unless it has this content; says whether it was written.

    Args:
        content: TOML or JSON, as the suffix of ``target`` says, of the current schema.

    Raises:
        OutputError: The folder cannot be written or is full.
    """
    keep_older(target, current)
    changed = write_if_changed(target, content)
    if changed:
        sync_folder(target.parent)
    return changed


def keep_older(path: Path, current: int) -> None:
    """Before a file is replaced: keep it as ``NAME.schema-1`` if its schema is older.

    A backup that is there already stays as it is.

    Raises:
        OutputError: The folder cannot be written or is full.
    """
    try:
        raw = path.read_bytes()
    except OSError:
        return
    schema = _schema_of(raw, path)
    if schema is None or schema >= current:
        return
    backup = path.with_name(f"{path.name}.schema-{schema}")
    try:
        exists = backup.exists()
    except OSError as error:  # a name longer than the file system allows
        raise write_failure(backup, error) from error
    if not exists:
        write_atomically(backup, raw)


def _schema_of(raw: bytes, path: Path) -> int | None:
    """The number in a file's text; ``None`` when it names none or cannot be read."""
    try:
        content = json.loads(raw) if path.suffix == ".json" else parse_toml(raw, path.name)
    except (ValueError, RecursionError, ShowError):
        return None
    schema = content.get("schema") if isinstance(content, dict) else None
    return schema if isinstance(schema, int) and not isinstance(schema, bool) else None
