"""Golden files: an expected result that a person has read."""

from __future__ import annotations

from pathlib import Path

import pytest


def same_as_golden(expected: Path, found: str) -> None:
    """Compare with the file; a missing one is written, and the test fails until it was read."""
    if not expected.exists():
        expected.write_text(found, encoding="utf-8")
        pytest.fail(f"{expected.name} was missing and is written; read it, then run again")
    assert found == expected.read_text(encoding="utf-8")
