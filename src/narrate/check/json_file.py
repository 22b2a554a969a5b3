"""JSON files that nobody vouches for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeGuard

_MOST = 1e12


def read_json(path: Path) -> Any:
    """The content of a file; ``None`` when it is missing or no JSON."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def is_number(value: object) -> TypeGuard[float]:
    """Whether a value is a number that can be a time; ``true`` and NaN are none."""
    is_numeric = isinstance(value, int | float) and not isinstance(value, bool)
    return is_numeric and -_MOST < value < _MOST  # type: ignore[operator]


def tables_in(value: object) -> list[dict[str, Any]]:
    """The objects of a list; empty for everything else."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
