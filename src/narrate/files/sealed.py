"""JSON files of the cache with a checksum of their own, so that damage is not taken for content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from narrate.errors import ShowError
from narrate.files.schemas import UPDATE_OR_DELETE_CACHE, Migration, migrate
from narrate.model import canonical_json, digest

_SEAL = "check"


def seal(content: Mapping[str, Any], schema: int) -> bytes:
    """The text of a file: its content, its schema, and a checksum of both.

    Raises:
        TypeError, ValueError: The content is not JSON.
    """
    whole = {**content, "schema": schema}
    return canonical_json({**whole, _SEAL: digest(whole)})


def unseal(
    path: Path, current: int, migrations: Mapping[int, Migration] | None = None, *, first: int = 1
) -> dict[str, Any] | None:
    """The content of a sealed file, in the current schema; ``None`` when it is missing or damaged.

    Args:
        current: The schema that this narrate writes.
        migrations: As :func:`narrate.files.migrate` takes them.
        first: The lowest schema whose files have a checksum; older ones are believed.

    Raises:
        ShowError: A newer narrate wrote the file.
    """
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(content, dict):
        return None
    schema, told = content.get("schema"), content.pop(_SEAL, None)
    if not isinstance(schema, int) or (schema >= first and told != _digest(content)):
        return None
    name = f"{path.parent.name}/{path.name}"
    try:
        lifted = migrate(content, name, current, migrations, mend_newer=UPDATE_OR_DELETE_CACHE)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None  # what is migrated was no sound content of its schema
    except ShowError:
        if schema > current:
            raise
        return None
    del lifted["schema"]
    return lifted


def _digest(content: dict[str, Any]) -> str:
    try:
        return digest(content)
    except (TypeError, ValueError):  # NaN is no JSON, but Python reads it
        return ""
