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


SPOKEN = Path(__file__).parent / "golden" / "spoken"
TABLES = sorted(SPOKEN.glob("*/*.txt"))
"""Tables of the spoken form, one for each language and class."""


def spoken_rows(table: Path) -> list[tuple[str, str]]:
    """What is written, and how a person reads it aloud."""
    found = []
    for line in table.read_text(encoding="utf-8").splitlines():
        written, arrow, spoken = line.partition(" → ")
        assert arrow, f"{table.name}: {line!r} has no arrow"
        found.append((written, spoken))
    return found


def spoken_rows_of(lang: str) -> list[tuple[str, str]]:
    """All rows of a language."""
    return [row for table in TABLES if table.parent.name == lang for row in spoken_rows(table)]
