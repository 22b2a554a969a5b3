"""docs/spoken.md is true: every example is said as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from narrate.ingest.markdown import parse_markdown
from narrate.spoken import spoken_form

PAGE = (Path(__file__).parents[1] / "docs" / "spoken.md").read_text(encoding="utf-8")
_ROW = re.compile(r"^\| [^|]+ \| `([^`]+)` \| `([^`]+)` \|$", re.MULTILINE)


def rows() -> list[tuple[str, str, str]]:
    found = []
    for lang, name in (("de", "German"), ("en", "English")):
        section = PAGE.partition(f"### {name}\n")[2].partition("\n#")[0]
        found += [(lang, *match.groups()) for match in _ROW.finditer(section)]
    return found  # type: ignore[return-value]


@pytest.mark.parametrize(("lang", "written", "spoken"), rows())
def test_examples_are_said_as_they_stand_there(lang: str, written: str, spoken: str) -> None:
    assert spoken_form(written, lang).spoken == spoken


def test_no_example_is_passed_over() -> None:
    tables = PAGE.partition("## The rules")[2].partition("## When")[0]
    lines = [line for line in tables.splitlines() if line.startswith("| ")]
    assert len(rows()) == len(lines) - 2 >= 25


@pytest.mark.parametrize(
    "mark", re.findall(r"`([^`]*lang=[^`]*)`", PAGE.partition("| Written | Marks |")[2])
)
def test_marks_are_understood(mark: str) -> None:
    pieces = [piece for block in parse_markdown(mark, 1) for piece in block.pieces]
    text = "".join(piece.text for piece in pieces)
    assert "lang" not in text
    assert all(piece.lang in ("en", "de") for piece in pieces if piece.text.strip())
