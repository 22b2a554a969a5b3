"""JSON files that nobody vouches for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeGuard


def read_json(path: Path) -> Any:
    """The content of a file; ``None`` when it is missing or no JSON."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def is_number(value: object) -> TypeGuard[float]:
    """Whether a value is a number; ``true`` is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)
